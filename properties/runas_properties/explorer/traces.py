"""Traces: calls from the initial state, and the shortest ones, which are kept in `shortest-traces.json`.

Each is replayed on the specification at each use; `runas_properties.explorer.reach` makes them.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import attrs

from runas_model.doors import checked_fields
from runas_model.specification.errors import OperationError
from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import PROFILES, Reading
from runas_model.specification.transitions import SPECIFICATION, Call, Specification, Transition, apply
from runas_properties.implementations import plain

__all__ = ["Trace", "as_text", "shortest_traces"]


@attrs.frozen(field_transformer=checked_fields)
class Trace:
    """Calls from the initial state under one reading; the last one reaches the goal.

    Raises TypeError for a field of a wrong kind.
    """

    goal: str
    reading: Reading
    calls: tuple[Call, ...]

    @property
    def profile(self) -> str:
        """The name of its reading."""
        return next(name for name, reading in PROFILES.items() if reading == self.reading)

    def transitions(self, specification: Specification = SPECIFICATION) -> list[Transition]:
        """The trace, replayed."""
        state, made = specification.initial, []
        for operation, arguments in self.calls:
            made.append(specification.transition(operation, state, self.reading, **arguments))
            state = made[-1].after
        return made

    def applied_otherwise(self) -> str:
        """Where `runas_model.apply` does something else than the transitions; empty if nowhere."""
        for number, t in enumerate(self.transitions(), 1):
            where = f"{self.goal}: step {number}, {t.operation}"
            raised = None
            try:
                after, decision = apply(t.operation, t.before, t.reading, **plain(t.operation, t.arguments))
            except OperationError as error:
                raised, after, decision = error, t.before, t.decision
            if t.accepted is not (raised is None) or (after, decision) != (t.after, t.decision):
                return f"{where}, gives another state or decision, or raises {raised!r}"
            if wrong := _told_otherwise(t, raised):
                return f"{where}, raises {raised!r}, and not {wrong!r}"
            if t.starts() is not (t.accepted and t.decision is not None and t.decision.starts):
                return f"{where}, starts a session or not"
        return ""

    def plain_calls(self) -> list[list[Any]]:
        """The calls as plain data, to be written as JSON."""
        return [[name, plain(name, call)] for name, call in self.calls]


def _told_otherwise(t: Transition, raised: OperationError | None) -> OperationError | None:
    """An error that a transition says is told, but is not raised, or the other way round."""
    others = [error for _, error in t.requires]
    others += [
        type(error)(*more) for error in others for more in (("nobody",) * len(error.subject), (), ("nobody",) * 9)
    ]
    for error in others:
        same = raised is not None and (type(error), error.subject) == (type(raised), raised.subject)
        if t.fails(error) is not same:
            return error
    return None


KEPT = files("runas_properties.explorer") / "shortest-traces.json"


def as_text(traces: Mapping[str, Trace]) -> str:
    """Traces as JSON, a line for each call."""
    plain = {
        goal: {
            "reading": traces[goal].profile,
            "calls": traces[goal].plain_calls(),
        }
        for goal in traces
    }
    lines = [
        f'{json.dumps(goal)}: {{"reading": {json.dumps(trace["reading"])}, "calls": [\n    '
        + ",\n    ".join(map(json.dumps, trace["calls"]))
        + "]}"
        for goal, trace in plain.items()
    ]
    return "{\n" + ",\n".join(lines) + "\n}\n"


@cache
def shortest_traces() -> dict[str, Trace]:
    """The stored shortest traces, by goal; `make renew` generates them."""
    kept = json.loads(KEPT.read_text("utf-8"))
    return {
        goal: Trace(
            goal,
            PROFILES[trace["reading"]],
            tuple((name, OPERATIONS[name].with_members(arguments)) for name, arguments in trace["calls"]),
        )
        for goal, trace in kept.items()
    }
