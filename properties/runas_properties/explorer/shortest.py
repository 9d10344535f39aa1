"""Shortest traces to everything that is looked for, in a world of one's own calls."""

from collections.abc import Callable, Sequence

from runas_model.specification.readings import Reading
from runas_model.specification.transitions import Call, Specification
from runas_properties.explorer.checks import BROKEN, World, coverage, law_watches, next_start, next_starts
from runas_properties.explorer.packing import packing_of
from runas_properties.explorer.search import Search, Sighting
from runas_properties.explorer.traces import Trace
from runas_properties.laws import LAWS

__all__ = ["shortest", "trace_to"]


def shortest(
    specification: Specification,
    reading: Reading,
    calls: Sequence[Call],
    world: World,
    depth: int,
    wanted: Callable[[str], bool] = lambda _: True,
) -> dict[str, Trace]:
    """A shortest trace from nothing to each operation's success, error, rule, premise of a law, and pair that is met.

    A trace to a pair ends with the start that the rule decides. `depth` is the most calls before the last. Only goals
    that are `wanted`, by name, are looked for.
    """
    packing, columns, _, transitions = packing_of(specification, reading, specification.initial, calls)
    laws = [law for law in LAWS.values() if wanted(f"law {law.id}")]
    watches = [
        *coverage(specification, transitions),
        *law_watches(specification, transitions, laws, world),
        *next_starts(specification, transitions, world),
    ]
    possible = [watch for watch in watches if watch.truth is not False and not watch.name.startswith(BROKEN)]
    looked_for = [watch for watch in possible if wanted(watch.name)]
    search = Search(packing, columns, transitions, looked_for)
    search.run(lambda search: not search.watches or len(search.levels) > depth)
    traces = {goal: trace_to(search, goal, sighting, reading) for goal, sighting in search.seen.items()}
    return {goal: _with_next_start(trace, specification, world) for goal, trace in traces.items()}


def trace_to(search: Search, goal: str, sighting: Sighting, reading: Reading) -> Trace:
    """A shortest trace to what was seen."""
    last = () if sighting.call is None else (sighting.call,)
    return Trace(goal, reading, (*search.path(sighting.state, sighting.depth), *last))


def _with_next_start(trace: Trace, specification: Specification, world: World) -> Trace:
    _, is_pair, rule = trace.goal.partition(", then rule ")
    if not is_pair:
        return trace
    start = next_start(trace.transitions(specification)[-1], rule, world)
    if start is None:
        raise AssertionError(f"{trace.goal}: the concrete functions do not confirm {trace}")
    return Trace(trace.goal, trace.reading, (*trace.calls, start))
