"""Traces: calls from the initial state, and the shortest ones, which are kept in `shortest-traces.json`.

Each is replayed on the specification at each use; `runas_properties.explorer.reach` makes them.
"""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import attrs

from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import PROFILES, Reading
from runas_model.specification.state import INITIAL
from runas_model.specification.transitions import SPECIFICATION, Call, Specification, Transition
from runas_properties.implementations import plain

__all__ = ["Trace", "as_text", "shortest_traces"]


@attrs.frozen
class Trace:
    """Calls from the initial state under one reading; the last one reaches the goal."""

    goal: str
    reading: Reading
    calls: tuple[Call, ...]

    @property
    def profile(self) -> str:
        """The name of its reading."""
        return next(name for name, reading in PROFILES.items() if reading == self.reading)

    def transitions(self, specification: Specification = SPECIFICATION) -> list[Transition]:
        """The trace, replayed."""
        state, made = INITIAL, []
        for operation, arguments in self.calls:
            made.append(specification.transition(operation, state, self.reading, **arguments))
            state = made[-1].after
        return made

    def plain_calls(self) -> list[list[Any]]:
        """The calls as plain data, to be written as JSON."""
        return [[name, plain(call)] for name, call in self.calls]


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
    """The stored shortest traces, by goal; `python -m runas_properties.explorer.reach` generates them."""
    kept = json.loads(KEPT.read_text("utf-8"))
    return {
        goal: Trace(
            goal,
            PROFILES[trace["reading"]],
            tuple((name, OPERATIONS[name].with_members(arguments)) for name, arguments in trace["calls"]),
        )
        for goal, trace in kept.items()
    }
