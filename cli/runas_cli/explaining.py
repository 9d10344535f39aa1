"""A decision and its explanation, in lines and as plain data: what `decide` and `tell` print alike."""

from collections.abc import Iterator
from typing import Any

from runas_model.facts.explanation import Explanation
from runas_model.specification.clauses import Clause
from runas_model.specification.readings import Reading, choices_of, profile_of
from runas_model.specification.vocabulary import Decision

__all__ = ["clause_line", "decision_as_data", "explanation_as_data", "explanation_lines", "reading_told"]


def reading_told(reading: Reading) -> str:
    """A line that says each choice of a reading, and its profile, if it is one's."""
    profile = profile_of(reading)
    choices = ", ".join(f"{name}={choice}" for name, choice in choices_of(reading).items())
    return f"reading: {choices}{f' (profile {profile})' if profile else ''}"


def explanation_lines(explanation: Explanation) -> Iterator[str]:
    """The rules up to the one that matched, and its clauses, with an empty line between them."""
    width = max(len(rule.id) for rule in [explanation.rule, *(step.rule for step in explanation.passed_over)])
    for step in explanation.passed_over:
        yield f"  skipped  {step.rule.id:{width}}  {', '.join(step.because)}"
    yield f"  matched  {explanation.rule.id:{width}}  {', '.join(explanation.because) or 'no other rule applies'}"
    yield ""
    yield from map(clause_line, explanation.clauses)


def clause_line(clause: Clause) -> str:
    """A clause with its id and its place, as under an explanation."""
    return f"  {clause.id:4} {clause.where}: {clause.text}"


def explanation_as_data(explanation: Explanation, reading: Reading) -> dict[str, Any]:
    """The explanation as plain data."""
    return {
        **decision_as_data(explanation.decision),
        "because": list(explanation.because),
        "passed_over": [{"rule": step.rule.id, "because": list(step.because)} for step in explanation.passed_over],
        "clauses": [clause.id for clause in explanation.clauses],
        "reading": choices_of(reading),
    }


def decision_as_data(d: Decision) -> dict[str, Any]:
    """The decision as plain data."""
    return {"starts": d.starts, "os_user": d.os_user, "reason": d.reason.value if d.reason else None, "rule": d.rule}
