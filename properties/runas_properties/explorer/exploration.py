"""An exploration of a scope, and what it found."""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import attrs

from runas_model.doors import checked
from runas_model.specification.readings import DEFAULT, Reading, choices_of, profile_of
from runas_model.specification.transitions import SPECIFICATION, Specification, Transition
from runas_properties.explorer.checks import BROKEN, World, broken_at, coverage, law_watches, next_starts, world_of
from runas_properties.explorer.packing import packing_of
from runas_properties.explorer.scope import Scope, free_memory
from runas_properties.explorer.search import Search, Sighting, Watch
from runas_properties.explorer.shortest import trace_to
from runas_properties.explorer.traces import Trace
from runas_properties.laws import LAWS, Law

__all__ = ["Broken", "Exploration", "Found", "explore"]


@attrs.frozen
class Broken:
    """A law that does not hold: a shortest trace to a violation, and the values of the law's variables there."""

    law: Law
    trace: Trace
    values: dict[str, Any]


@attrs.frozen
class Found:
    """A goal (a rule, an error, the premise of a law, a pair), and whether it was met in some state or transition."""

    name: str
    met: bool


@attrs.frozen
class Exploration:
    """The result of exploring a scope under a reading.

    `complete` is False where the exploration was interrupted, by what was raised, or stopped at a broken law; then
    `states` are those found by then, and `depth` the greatest of them. `levels` says how many were found at each depth,
    `accepted` how often each operation was. `fingerprint` is a hash of all states, sorted, as they are packed.
    """

    scope: Scope
    reading: Reading
    complete: bool
    interrupted_by: KeyboardInterrupt | None
    states: int
    transitions: int
    levels: tuple[int, ...]
    accepted: dict[str, int]
    found: tuple[Found, ...]
    laws: tuple[Law, ...]
    broken: tuple[Broken, ...]
    bits: int
    fingerprint: str
    seconds: float

    @property
    def depth(self) -> int:
        return len(self.levels) - 1

    @property
    def interrupted(self) -> bool:
        return self.interrupted_by is not None

    @property
    def holds(self) -> bool:
        """Whether every state was visited and no law is broken."""
        return self.complete and not self.broken

    def as_data(self) -> dict[str, Any]:
        """The exploration as plain data."""
        profile = profile_of(self.reading)
        return {
            "scope": attrs.asdict(self.scope),
            "nouns": [noun.value for noun in self.scope.nouns],
            "reading": {
                "profile": profile,
                **choices_of(self.reading),
            },
            "holds": self.holds,
            "complete": self.complete,
            "interrupted": self.interrupted,
            "states": self.states,
            "transitions": self.transitions,
            "depth": self.depth,
            "levels": list(self.levels),
            "fingerprint": self.fingerprint,
            "accepted": self.accepted,
            "met": [found.name for found in self.found if found.met],
            "not_met": [found.name for found in self.found if not found.met],
            "laws": [law.id for law in self.laws],
            "broken": [
                {"law": one.law.id, "calls": one.trace.plain_calls(), "values": _plain(one.values)}
                for one in self.broken
            ],
            "bits": self.bits,
            "seconds": self.seconds,
        }


@checked
def explore(
    scope: Scope,
    reading: Reading = DEFAULT,
    *,
    specification: Specification = SPECIFICATION,
    laws: Iterable[Law] | None = None,
    progress: Callable[[int, int], None] = lambda explored, found: None,
) -> Exploration:
    """Visit every state reachable in a scope under a reading, and check the laws (default: all) in each.

    The exploration stops after the depth at which a law is broken, or when it is interrupted. `progress` is called with
    the number of states explored and the number found. Raises `ScopeError` for a scope that does not fit into memory.
    """
    scope.check_memory(free_memory())
    began = time.perf_counter()
    laws = tuple(LAWS.values() if laws is None else laws)
    calls = scope.calls()
    world = world_of(calls, scope.names_in_play)
    packing, columns, _, transitions = packing_of(specification, reading, scope.start(specification), calls)
    watches = [*coverage(specification, transitions)]
    if laws:
        watches += next_starts(specification, transitions, world)
        watches += law_watches(specification, transitions, laws, world)
    search = Search(packing, columns, transitions, [watch for watch in watches if watch.truth is not False])
    search.progress = lambda explored: progress(explored, len(search.visited))
    complete = False
    interruption: KeyboardInterrupt | None = None
    try:
        complete = search.run(lambda search: any(name.startswith(BROKEN) for name in search.seen))
    except KeyboardInterrupt as caught:
        interruption = caught
    return Exploration(
        scope,
        reading,
        complete,
        interruption,
        len(search.visited),
        sum(search.accepted),
        tuple(map(len, search.levels)),
        _accepted(search),
        _found(watches, search.seen),
        laws,
        tuple(_broken(search, law, specification, world, reading) for law in laws if BROKEN + law.id in search.seen),
        packing.bits,
        hashlib.sha256(search.visited.astype("<u8").tobytes()).hexdigest(),
        time.perf_counter() - began,
    )


def _broken(search: Search, law: Law, specification: Specification, world: World, reading: Reading) -> Broken:
    """The broken law with its trace, after the concrete universe has confirmed it."""
    sighting = search.seen[BROKEN + law.id]
    trace = trace_to(search, f"{BROKEN}{law.id}", sighting, reading)
    replayed: list[Transition] = trace.transitions(specification)
    state = replayed[-1].after if replayed else specification.initial
    values = broken_at(law, state, replayed[-1] if sighting.call else None, world, reading)
    if values is None:
        raise AssertionError(f"{law.id}: the concrete functions do not confirm that {trace} breaks it")
    return Broken(law, trace, values)


def _accepted(search: Search) -> dict[str, int]:
    counted: Counter[str] = Counter()
    for t, count in zip(search.transitions, search.accepted, strict=True):
        counted[t.operation] += count
    return dict(counted)


def _found(watches: Iterable[Watch], seen: dict[str, Sighting]) -> tuple[Found, ...]:
    names = dict.fromkeys(watch.name for watch in watches if not watch.name.startswith(BROKEN))
    return tuple(Found(name, name in seen) for name in names)


def _plain(values: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}
