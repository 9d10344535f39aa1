"""The page of the real implementation: what was recorded of it, where it agrees and where it departs."""

from collections import Counter
from html import escape

from runas_model import AGENT, RULEBOOK, decide
from runas_model.inputs.records import Recorded, read_recorded
from runas_model.stories.situations import outcome
from runas_properties.oracle.recorded import AGENT_DECISIONS, Group
from spec_site.evidence import agent_report
from spec_site.markdown import code, folded, link, links, named, table
from spec_site.parts import part

__all__: list[str] = []


@part("agent-summary")
def summary() -> str:
    """How many agree, and how many depart in which way."""
    report = agent_report()
    rows = [["agree with the specification", report.agreed]]
    rows += [[f"depart: `{kind}`", group.count] for kind, group in report.groups.items()]
    rows.append(["depart without an explanation", report.unexplained])
    return table((f"Of {report.rows} recorded decisions", "Rows"), rows, numeric=(1,))


@part("agent-departures")
def departures() -> str:
    """A section for each kind of departure."""
    return "\n\n".join(_departure(kind, group) for kind, group in agent_report().groups.items())


def _departure(kind: str, group: Group) -> str:
    if group.first is None or group.known is None:
        raise ValueError(f"{kind} does not occur")
    return "\n".join(
        [
            named("departure", kind, f"`{kind}`: {group.count} rows", level=3),
            f"\n{group.known.reason} See [where it comes from]({group.known.link}).\n",
            f"- Rules that should have decided: {links('rule', sorted(group.rules))}",
            f"- Laws that it breaks: {links('law', sorted(group.laws))}",
            f"- The first of them:\n\n{code(group.first.story)}",
        ]
    )


@part("agent-by-rule")
def by_rule() -> str:
    """A row for each rule: how many recorded decisions it decides."""
    every = list(read_recorded(AGENT_DECISIONS))
    decides = Counter(str(decide(row.situation, AGENT).rule) for row in every)
    agreeing = Counter(str(decide(row.situation, AGENT).rule) for row in every if _agrees(row))
    return table(
        ("Rule", "Recorded decisions", "Of them started or refused alike"),
        ([link("rule", rule.id), decides[rule.id], agreeing[rule.id]] for rule in RULEBOOK),
        numeric=(1, 2),
    )


def _agrees(row: Recorded) -> bool:
    return decide(row.situation, AGENT).os_user == row.started_as


@part("agent-decisions")
def every_decision() -> str:
    """Every recorded decision, a row each."""
    rows = []
    for row in read_recorded(AGENT_DECISIONS):
        s = row.situation
        expected = decide(s, AGENT)
        rows.append(
            [
                f"`{row.id}`",
                "on" if s.run_as_enabled else "off",
                _name(s.tag) if s.tagged else "-",
                _name(s.default_user) if s.default_named else "-",
                "refused" if row.started_as is None else f"started as {_name(row.started_as)}",
                outcome(expected) if expected.os_user is None else f"started as {_name(expected.os_user)}",
                "" if _agrees(row) else "departs",
            ]
        )
    headings = ("Row", "Run As", "Tag", "Preferences", "The agent", "The specification", "")
    return folded(f"All {len(rows)} recorded decisions", table(headings, rows))


def _name(name: str) -> str:
    """A name with what cannot be seen in it written out, as HTML that Markdown does not touch."""
    shown = repr(name)[1:-1] if not name.isprintable() or name != name.strip() or not name else name
    shown = shown.replace(" ", "␣") if name != name.strip() else shown
    return "<code>" + "".join(f"&#{ord(one)};" if not one.isalnum() else escape(one) for one in shown) + "</code>"
