"""The laws asked of a transition: which of them it breaks, and at what.

A law speaks of all accounts, principals, names and so on. A step can only break it at what the step named or changed,
so it is asked there, and of one bystander at a time; or, when `thorough`, of everything in play.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any, get_type_hints

from runas_model.doors import checked
from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import Reading
from runas_model.specification.state import INITIAL, State
from runas_model.specification.transitions import Transition
from runas_model.specification.vocabulary import NO_NAME, Decision, Name, Reason, Situation
from runas_model.universes.tables import PairTable, Table, sorts_of
from runas_properties.laws import LAWS, Kind, Law, laws_of
from runas_properties.laws.law import GIVEN
from runas_properties.oracle.unknowns import can_break

__all__ = ["at_stake", "broken", "broken_by", "changes", "decision_seen", "in_play", "tables_read"]

KEYS: dict[str, tuple[Any, ...]] = {table: sorts_of(kind)[:-1] for table, kind in get_type_hints(State).items()}
"""The sorts of a key of each table of a state."""

SORTS: dict[str, Any] = {
    name: sort
    for operation in OPERATIONS.values()
    for name, sort in operation.parameters.items()
    if getattr(sort, "__supertype__", None) is str and name not in operation.optional
}
"""The sorts of the arguments of operations that are always given, where they are names of something."""

Values = Mapping[Any, Any]
NOTHING_GIVEN = (False, NO_NAME)
"""That no parameter is given, as a point has it under `GIVEN`."""


@checked
def broken(t: Transition, thorough: bool = False, number: int = 0) -> Iterator[tuple[Law, dict[str, Any]]]:
    """The laws that a transition breaks, each with values of its variables at which it does.

    Decision laws are asked at starts, step laws always, invariants where a table that they read has changed; `number`
    chooses the bystander.
    """
    if t.decision is not None and t.accepted:
        s = t.asks_in(t.before)
        yield from ((law, {"s": s, "r": t.reading}) for law in broken_by(t.decision, s, t.reading))
    if thorough:
        everything = in_play(t.before, t.after)
        for law in (*laws_of_kind(Kind.STEP), *laws_of_kind(Kind.INVARIANT)):
            subject = t if law.kind is Kind.STEP else t.after
            yield from _at(law, subject, _all_values(law, everything, named_in(t)))
        return
    tables = frozenset(name for name in KEYS if getattr(t.before, name) is not getattr(t.after, name))
    changed = changes(t.before, t.after) if tables else []
    to_ask = at_stake(t.operation, t.accepted, None if t.decision is None else t.decision.starts, tables)
    if to_ask:
        one = {**bystanders(t.before, number), **named_in(t)}
        points = [one, *({**one, **dict(zip(KEYS[table], key, strict=True))} for table, key in changed)]
        for law in to_ask:
            yield from _at(law, t, _distinct(law, points))
    if changed:
        present: dict[Any, list[Any]] = {}
        for law, read in invariants_of(tables):
            yield from _at(law, t.after, _affected(law, read, changed, t.after, present))


@checked
def broken_by(d: Decision, s: Situation, r: Reading) -> Iterator[Law]:
    """The decision laws that a decision in a situation breaks."""
    return (law for law in laws_of_kind(Kind.DECISION) if not law.meaning(s, d, r).holds)


def decision_seen(expected: Decision, os_user: str | None, told: str | None = None) -> Decision:
    """What was decided instead of what was expected, by the rule that should have: started as somebody, or refused.

    Where the reason that was told is none, the expected one stands for it, so that no law is broken by it alone.
    """
    if os_user is not None:
        return Decision(expected.rule, True, Name(os_user), None)
    reason = next((reason for reason in Reason if reason.value == told), expected.reason or Reason.OS_USER_MISSING)
    return Decision(expected.rule, False, None, reason)


@cache
def at_stake(operation: str, accepted: bool, starts: bool | None, changed: frozenset[str]) -> tuple[Law, ...]:
    """The step laws that such a step may break."""
    return tuple(law for law in laws_of_kind(Kind.STEP) if can_break(law.id, operation, accepted, starts, changed))


def bystanders(state: State, number: int) -> dict[Any, Any]:
    """One of each sort that the state holds, by turns; sorted, since tables have no order that could be relied on."""
    chosen: dict[Any, Any] = {GIVEN: NOTHING_GIVEN}
    for table in ("documents", "principals", "assumed", "instances", "started", "tags", "os_users"):
        entries, sorts = getattr(state, table), KEYS[table]
        if isinstance(entries, PairTable):
            entries, sorts = entries.under(min(entries.rows)) if len(entries.rows) else (), sorts[1:]
        key = sorted(entries)[number % len(entries)] if len(entries) else ("nobody",) * len(sorts)
        chosen.update(zip(sorts, _parts(key), strict=True))
    return chosen


def _parts(key: Any) -> tuple[Any, ...]:
    return key if isinstance(key, tuple) else (key,)


@cache
def laws_of_kind(kind: Kind) -> tuple[Law, ...]:
    return tuple(law for law in laws_of(kind) if law.id not in OF_THE_RULE)


OF_THE_RULE = {"exactly-one-rule", "rules-say-why", "starts-are-decided"}
"""The laws of the rule that decides: an implementation tells no rule, so that what is seen of it breaks none."""


def named_in(t: Transition) -> Values:
    """What an operation names, by sort; of two names the last."""
    named: dict[Any, Any] = {SORTS[name]: value for name, value in t.arguments.items() if name in SORTS}
    return {**named, GIVEN: (t.asked.filled, t.asked.parameter)} if t.decides else named


def _at(law: Law, subject: Any, points: Iterable[Values]) -> Iterator[tuple[Law, dict[str, Any]]]:
    for point in points:
        values = law.values_at(point)
        if not law.claim(subject, **values).holds:
            yield law, values
            return


def _distinct(law: Law, points: Sequence[Values]) -> Iterator[Values]:
    if len(points) == 1:
        return iter(points)
    return iter({tuple([point[sort] for sort in law.sorts]): point for point in points}.values())


def _all_values(law: Law, everything: Mapping[Any, list[Any]], named: Values) -> Iterator[Values]:
    ranges = [list(dict.fromkeys([*everything[sort], *([named[sort]] if sort in named else [])])) for sort in law.sorts]
    return (dict(zip(law.sorts, values, strict=True)) for values in product(*ranges))


def _affected(
    law: Law,
    read: Collection[str],
    changed: Collection[tuple[str, tuple[Any, ...]]],
    state: State,
    everything: dict[Any, list[Any]],
) -> Iterator[Values]:
    """Every value at which the invariant reads something that changed; `everything` is filled when it is wanted."""
    for table, key in changed:
        if table in read:
            fixed = dict(zip(KEYS[table], key, strict=True))
            free = [sort for sort in law.variables.values() if sort not in fixed]
            if not free:
                yield fixed
                continue
            if not everything:
                everything.update(in_play(state))
            for values in product(*(everything[sort] for sort in free)):
                yield {**fixed, **dict(zip(free, values, strict=True))}


@cache
def invariants_of(changed: frozenset[str]) -> tuple[tuple[Law, frozenset[str]], ...]:
    """The invariants that read one of the tables, each with those that it reads."""
    read = [(law, tables_read(law.id)) for law in laws_of(Kind.INVARIANT)]
    return tuple((law, tables) for law, tables in read if tables & changed)


def changes(before: State, after: State) -> list[tuple[str, tuple[Any, ...]]]:
    """The tables and keys at which two states differ."""
    if before is after:
        return []
    changed: list[tuple[str, tuple[Any, ...]]] = []
    for table in KEYS:
        old, new = getattr(before, table), getattr(after, table)
        if old is new:
            continue
        if not isinstance(old, PairTable):
            changed += ((table, _parts(key)) for key in _differing(old.entries, new.entries))
            continue
        for first in dict.fromkeys([*old.rows, *new.rows]):
            row, now = old.under(first), new.under(first)
            if row is not now:
                changed += ((table, (first, key)) for key in _differing(row.entries, now.entries))
    return changed


def _differing(old: Any, new: Any) -> Iterator[Any]:
    yield from (key for key, value in new.items() if old.get(key) != value)
    yield from (key for key in old if key not in new)


def in_play(*states: State) -> dict[Any, list[Any]]:
    """The names of every sort that the states hold, each once; where there is none, one that stands for all."""
    found: dict[Any, dict[Any, None]] = {sort: {} for sorts in KEYS.values() for sort in sorts}
    for state in states:
        for table, sorts in KEYS.items():
            entries = getattr(state, table)
            if isinstance(entries, PairTable):
                for first, row in entries.rows.items():
                    found[sorts[0]][first] = None
                    found[sorts[1]].update(dict.fromkeys(row))
            else:
                for key in entries:
                    for sort, part in zip(sorts, _parts(key), strict=True):
                        found[sort][part] = None
    every: dict[Any, list[Any]] = {sort: list(names) or ["nobody"] for sort, names in found.items()}
    declared = any(document.declares_parameter for state in states for document in state.documents.entries.values())
    return {**every, GIVEN: [NOTHING_GIVEN, *((True, name) for name in every[Name] if declared)]}


class Watched:
    """The initial state, which notes the tables that are read."""

    def __init__(self) -> None:
        self.read: set[str] = set()

    def __getattr__(self, name: str) -> "Table[Any, Any] | PairTable[Any, Any, Any]":
        self.read.add(name)
        table: Table[Any, Any] | PairTable[Any, Any, Any] = getattr(INITIAL, name)
        return table


@cache
def tables_read(law: str) -> frozenset[str]:
    """The tables that an invariant reads: always the same, since a law does not branch."""
    watched = Watched()
    LAWS[law].claim(watched, **dict.fromkeys(LAWS[law].variables, "nobody"))
    return frozenset(watched.read)
