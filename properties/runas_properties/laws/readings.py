"""What must hold of the readings themselves: few enough that every one is looked at."""

from collections.abc import Iterator
from enum import Enum
from typing import Any

from attrs import evolve, fields_dict

from runas_model.specification.clauses import CLAUSES
from runas_model.specification.readings import (
    CHOICES,
    CONTRADICTIONS,
    ORIGINS,
    PROFILES,
    SAID_BY,
    Reading,
    all_readings,
    choices_of,
    choices_said_by,
    counts_under,
    name_of,
    reading_named,
)
from runas_model.specification.rulebook import RULES
from runas_model.specification.vocabulary import RuleId

__all__ = ["problems"]

UNKNOWN = ("", "no-profile", "agent,macos", "agent,macos=no-choice", "agent,no-point=covered", "macos=covered,agent")
"""What names no reading."""


def problems() -> Iterator[str]:
    """What does not hold, each in a line; nothing if all is well."""
    yield from _of_points()
    yield from _of_profiles()
    yield from _of_names()
    yield from _of_clauses()


def _of_points() -> Iterator[str]:
    points = {name: field.type for name, field in fields_dict(Reading).items()}
    if points != CHOICES:
        yield f"the points of a reading are {', '.join(points)}, and those with choices {', '.join(CHOICES)}"
    many = 1
    for choices in CHOICES.values():
        many *= len(choices)
    if len(set(all_readings())) != many:
        yield f"there are {len(set(all_readings()))} readings, and not one for each of {many} combinations of choices"


def _of_profiles() -> Iterator[str]:
    """Each profile makes the choices that its clauses say, and is otherwise silent."""
    if list(PROFILES) != list(ORIGINS):
        yield f"there are profiles {', '.join(PROFILES)}, and origins of {', '.join(ORIGINS)}"
    for name, profile in PROFILES.items():
        if name.rpartition("-")[2].isdecimal() and not name.endswith(ORIGINS[name].date):
            yield f"the profile {name} was taken from what was written in {ORIGINS[name].date}"
        said = {point: choice for clause in ORIGINS[name].clauses for point, choice in choices_said_by(clause)}
        for point, choices in CHOICES.items():
            wanted = said.get(point, next(choice for choice in choices if choice not in SAID_BY))
            if getattr(profile, point) is not wanted:
                clauses = " and ".join(ORIGINS[name].clauses) or "no clause"
                yield (
                    f"the profile {name} has {point}={getattr(profile, point).value}; "
                    f"with the choices of {clauses} it is {wanted.value}"
                )


def _of_names() -> Iterator[str]:
    """Every reading is known by its name, and nothing else is."""
    for reading in all_readings():
        written = ",".join(f"{point}={choice}" for point, choice in choices_of(reading).items())
        for name in (name_of(reading), written):
            if reading_named(name) != reading:
                yield f"{name!r} names the reading {name_of(reading_named(name))}"
    for name, profile in PROFILES.items():
        if not reading_named(name) == profile == PROFILES[name_of(profile)] or name_of(profile) != name:
            yield f"{name!r} does not name the profile {name}"
        for point, choice in ((point, choice) for point, choices in CHOICES.items() for choice in choices):
            changed: dict[str, Any] = {point: choice}
            if reading_named(f"{name},{point}={choice.value}") != evolve(profile, **changed):
                yield f"'{name},{point}={choice.value}' is not the profile {name} with that choice"
    for name in UNKNOWN:
        try:
            reading_named(name)
        except ValueError as error:
            if "use one of" not in str(error):
                yield f"of {name!r} it is not said what may be chosen: {error}"
            continue
        yield f"{name!r} names a reading"


def _of_clauses() -> Iterator[str]:
    """A clause that says choices counts where one of them is made, and every other clause always."""
    said: dict[str, list[tuple[str, Enum]]] = {}
    for choice, clause in SAID_BY.items():
        said.setdefault(clause, []).append((next(p for p, of in CHOICES.items() if of is type(choice)), choice))
    for clause in CLAUSES:
        if list(choices_said_by(clause)) != said.get(clause, []):
            yield f"{clause} says other choices than are kept for it"
        for reading in all_readings():
            counts = clause not in said or any(getattr(reading, point) is choice for point, choice in said[clause])
            if counts_under(clause, reading) != counts:
                yield f"{clause} {'does not count' if counts else 'counts'} under {name_of(reading)}"
    for one in CONTRADICTIONS:
        for rule in map(RuleId, one.decided_by):
            if rule not in RULES or one.settled_for not in RULES[rule].clauses:
                yield f"the contradiction {one.id} is settled for {one.settled_for}, which {rule} does not cite"
