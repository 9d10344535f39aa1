"""The page of the real implementation: what was recorded of it, where it agrees, where it departs, and why."""

import inspect
import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path

from runas_model import AGENT, RULEBOOK, decide
from runas_model.inputs.observed import Outside
from runas_model.inputs.records import Recorded, read_recorded
from runas_model.stories.situations import outcome
from runas_properties.oracle.departures import agrees, runs_as, uid_in_words
from runas_properties.oracle.known import BY_TAG, FACTS, MEMBERS
from runas_properties.oracle.recorded import AGENT_FILES, Group, check, recorded_of_agent
from spec_site.evidence import agent_report
from spec_site.markdown import code, folded, link, links, named, table, words
from spec_site.parts import part

__all__: list[str] = []


@part("agent-summary")
def summary() -> str:
    """How many rows of each file agree, depart or lie outside the model."""
    reports = [check(read_recorded(file), AGENT, agent_report().known) for file in AGENT_FILES]
    every = [*reports, agent_report()]
    lines = {
        "agree with the specification": [report.agreed for report in every],
        "depart in a known way": [report.departed - report.unexplained for report in every],
        "depart without an explanation": [report.unexplained for report in every],
        "lie outside the model": [report.outside.total() for report in every],
        "all": [report.rows for report in every],
    }
    headings = ("Recorded decisions that", *(f"`{file.name}`" for file in AGENT_FILES), "Both")
    return table(headings, ([what, *counts] for what, counts in lines.items()), numeric=(1, 2, 3))


@part("agent-provenance")
def provenance() -> str:
    """What each file says of where its decisions come from."""
    rows = []
    for file in AGENT_FILES:
        document = json.loads(file.read_text("utf-8"))
        told = {"observed": document.get("observed", ""), **document.get("provenance", {})}
        rows.append([f"`{file.name}`", words(document["implementation"]), words(_told(told))])
    return table(("File", "Implementation", "Observed"), rows)


def _told(members: dict[str, str]) -> str:
    return "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in members.items() if value)


@part("agent-departures")
def departures() -> str:
    """A section for each kind of departure."""
    return "\n\n".join("\n".join(_departure(kind, group)) for kind, group in agent_report().groups.items())


def _departure(kind: str, group: Group) -> Iterator[str]:
    if group.smallest is None:
        raise ValueError(f"{kind} does not occur")
    known = group.known
    yield named("departure", kind, f"`{kind}`: {group.count} rows", level=3)
    yield f"\n{known.reason}\n"
    yield f"- What it allows: {known.allows}"
    yield f"- IAM: {BY_TAG[known.by_tag]}."
    yield f"- Cause: {known.cause} See [where it comes from]({known.link})."
    yield f"- Rules that should have decided: {links('rule', sorted(group.rules))}"
    yield f"- Laws that it breaks: {links('law', sorted(group.laws))}"
    yield f"- The smallest example:\n\n{code(group.smallest.story)}"


@part("known-members")
def known_members() -> str:
    """A row for each member of `when` in a list of known departures, and for each fact that it may name."""
    members = ([f"`{member}`", meaning] for member, meaning in MEMBERS.items())
    facts = ([f"`{fact}`", inspect.getdoc(function)] for fact, function in FACTS.items())
    return f"{table(('Member', 'Matches when'), members)}\n\n{table(('Fact', 'It holds when'), facts)}"


@part("agent-outside")
def outside() -> str:
    """A row for each fact that puts recorded decisions outside the model."""
    report = agent_report()
    rows = (
        [f"`{fact.value}`", words(fact.meaning), report.outside[fact.value], words(first.told)]
        for fact in Outside
        if (first := report.outside_first.get(fact.value)) is not None
    )
    return table(("Fact", "What it means", "Recorded decisions", "The first of them"), rows, numeric=(2,))


@part("agent-by-rule")
def by_rule() -> str:
    """A row for each rule: how many recorded decisions it decides."""
    decided = [(row, decide(row.situation, AGENT)) for row in _inside()]
    decides = Counter(str(expected.rule) for _, expected in decided)
    agreeing = Counter(str(expected.rule) for row, expected in decided if agrees(row, expected))
    return table(
        ("Rule", "Recorded decisions", "Of them decided alike"),
        ([link("rule", rule.id), decides[rule.id], agreeing[rule.id]] for rule in RULEBOOK),
        numeric=(1, 2),
    )


@cache
def _inside() -> list[Recorded]:
    return [row for row in recorded_of_agent() if isinstance(row, Recorded)]


@part("agent-decisions")
def every_decision() -> str:
    """The recorded decisions inside the model, a row each, those of each file together."""
    return "\n\n".join(map(_decisions, AGENT_FILES))


def _decisions(file: Path) -> str:
    rows = []
    for row in read_recorded(file):
        if not isinstance(row, Recorded):
            continue
        s = row.situation
        expected = decide(row.situation, AGENT)
        rows.append(
            [
                f"`{row.id}`",
                str(s.run_as_enabled),
                _name(s.tag) if s.tagged else "-",
                _name(s.default_user) if s.default_named else "-",
                _seen(row),
                outcome(expected) if expected.os_user is None else f"started as {_name(expected.os_user)}",
                "" if agrees(row, expected) else "departs",
            ]
        )
    headings = ("Row", "Run As", "Tag", "Preferences", "The agent", "The specification", "")
    return folded(f"{len(rows)} recorded decisions of {file.name}", table(headings, rows))


def _seen(row: Recorded) -> str:
    really = runs_as(row)
    if row.started_as is None or really is None:
        return "refused"
    told = "" if row.uid is None or really == row.started_as else f" ({escape(uid_in_words(row.uid, really))})"
    return f"started as {_name(row.started_as)}{told}"


def _name(name: str) -> str:
    """A name with what cannot be seen in it written out, as HTML that Markdown does not touch."""
    shown = repr(name)[1:-1] if not name.isprintable() or name != name.strip() or not name else name
    shown = shown.replace(" ", "␣") if name != name.strip() else shown
    return "<code>" + "".join(f"&#{ord(one)};" if not one.isalnum() else escape(one) for one in shown) + "</code>"
