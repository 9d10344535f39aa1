"""The page of the readings: where the source text is silent, what it may mean, what is known, and what differs."""

import inspect
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import Any

import attrs

from runas_model import AGENT, PROFILES, Reading
from runas_model.specification.readings import ORIGINS, SAID_BY
from runas_properties.conformance.vectors.vector import vectors
from runas_properties.oracle.recorded import Report, agreement, check_agent
from spec_site.decision_page import facts_in_words, outcome_cell
from spec_site.grouped import groups
from spec_site.markdown import link, named, table
from spec_site.parts import part

__all__: list[str] = []


@part("profiles")
def profiles() -> str:
    """What each profile was taken from and how it fares with the recorded decisions; then what each chooses."""
    fares = {profile: agreement(reading) for profile, reading in PROFILES.items()}
    origins = table(
        ("Profile", "Taken from", "Date", "Recorded decisions that agree", "that depart"),
        (
            [f"`{profile}`", origin.text, origin.date, fares[profile].agreeing, fares[profile].departing]
            for profile, origin in ORIGINS.items()
        ),
        numeric=(3, 4),
    )
    choices = table(
        ("Reading", *(f"`{profile}`" for profile in PROFILES)),
        (
            [link("reading", field.name), *(f"`{getattr(reading, field.name).value}`" for reading in PROFILES.values())]
            for field in attrs.fields(Reading)
        ),
    )
    outside = next(iter(fares.values())).outside
    return (
        f"{origins}\n\nThe recorded decisions are those of amazon-ssm-agent; {outside} more lie outside the model, "
        f"whatever the reading.\n\n{choices}"
    )


@part("readings")
def readings() -> str:
    """A section for each reading."""
    return "\n\n".join(
        "\n".join(_section(field.name, type(getattr(AGENT, field.name)))) for field in attrs.fields(Reading)
    )


def _section(name: str, kind: type[Enum]) -> Iterator[str]:
    yield named("reading", name, f"{(inspect.getdoc(kind) or name).rstrip('.')}: `{name}`")
    yield ""
    rows = []
    for choice in kind:
        takers = [f"`{profile}`" for profile, reading in PROFILES.items() if getattr(reading, name) == choice]
        said = link("clause", SAID_BY[choice], SAID_BY[choice]) if choice in SAID_BY else "no source"
        rows.append([f"`{choice.value}`", said, ", ".join(takers) or "none", _evidence(name, choice)])
    yield table(("Choice", "Said by", "Profiles with this choice", "Evidence from amazon-ssm-agent"), rows)
    count = sum(name in vector.depends_on for vector in vectors())
    yield f"\n{count} test vectors depend on it."


def _evidence(name: str, choice: Enum) -> str:
    """How the recorded decisions fare where this choice replaces the one of the profile `agent`."""
    report = _report(name, choice)
    if report.unexplained:
        first = report.unexplained_first[0].recorded.id
        return f"{report.unexplained} of {report.compared} recorded decisions contradict it (first: `{first}`)"
    others = [one for one in type(choice) if one is not choice]
    if any(_report(name, other).unexplained for other in others):
        return "no recorded decision contradicts it"
    return "no recorded decision covers this"


@cache
def _report(name: str, choice: Any) -> Report:
    reading = attrs.evolve(AGENT, **{name: choice})
    return check_agent(reading)


@part("differences")
def differences() -> str:
    """The groups of situations that the profiles do not decide alike."""
    every = groups(tuple(PROFILES.values()))
    differing = [group for group in every if len({outcome_cell(rule) for rule in group.rules}) > 1]
    rows = table(
        (
            "Run As",
            "Platform",
            "The tag names",
            "The preferences name",
            *(f"`{profile}`" for profile in PROFILES),
            "Classes",
        ),
        ([*facts_in_words(group), *map(outcome_cell, group.rules), len(group.classes)] for group in differing),
        numeric=(7,),
    )
    some, all_ = (frozenset[str]().union(*(group.classes for group in many)) for many in (differing, every))
    return f"The profiles differ in {len(some)} of {len(all_)} classes of situations.\n\n{rows}"
