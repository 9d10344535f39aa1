"""The laws asked of a transition: which of them it breaks, and at what.

A law speaks of all accounts, principals, names and so on. A step can only break it at what the step named or changed,
so it is asked there, and of one bystander at a time; or, when `thorough`, of everything in play.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import product
from typing import Any, NamedTuple, get_type_hints

from runas_model.doors import checked
from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import Reading
from runas_model.specification.state import INITIAL, State
from runas_model.specification.transitions import Transition
from runas_model.specification.vocabulary import Decision, Name, Reason, Situation
from runas_model.universes.tables import PairTable, Table, sorts_of
from runas_properties.laws import LAWS, Kind, Law, laws_of
from runas_properties.laws.law import GIVEN, NOT_GIVEN
from runas_properties.oracle.unknowns import can_break, unknown_step

__all__ = ["at_stake", "broken", "broken_by", "changes", "decision_seen", "in_play", "named_by", "tables_read"]

KEYS: dict[str, tuple[Any, ...]] = {table: sorts_of(kind)[:-1] for table, kind in get_type_hints(State).items()}
"""The sorts of a key of each table of a state."""

SORTS: dict[str, Any] = {
    name: sort
    for operation in OPERATIONS.values()
    for name, sort in operation.parameters.items()
    if getattr(sort, "__supertype__", None) is str and name not in operation.optional
}
"""The sorts of the arguments of operations that are always given, where they are names of something."""

TABLES_OF: dict[Any, list[tuple[str, int]]] = {
    sort: [(table, sorts.index(sort)) for table, sorts in KEYS.items() if sort in sorts]
    for sort in dict.fromkeys(sort for sorts in KEYS.values() for sort in sorts)
}
"""The tables that have a sort in their keys, and where in these."""

Values = Mapping[Any, Any]
"""What something has of each sort."""
Point = Sequence[Any]
"""Values of the variables of a law, in order."""


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
            yield from _at(law, subject, _all_points(law, everything, named_in(t)))
        return
    changed = changes(t.before, t.after)
    tables = frozenset(changed)
    stake = at_stake(t.operation, t.accepted, None if t.decision is None else t.decision.starts, tables)
    if stake.laws:
        one = {**bystanders(t.before, number, stake.bystanders), **named_in(t)}
        others = [
            {**one, **dict(zip(KEYS[table], key, strict=True))} for table, keys in changed.items() for key in keys
        ]
        found: dict[tuple[Any, ...], list[Point]] = {}
        for law, at_one in stake.laws:
            if law.kinds not in found:
                found[law.kinds] = _distinct(law, (one, *others))
            yield from _at(law, t, found[law.kinds][0 if at_one else 1 :])
    if changed:
        present = cache(partial(names_of, states=(t.after,)))
        affected: dict[Any, list[Point]] = {}
        for law, read in invariants_of(tables):
            if (law.kinds, read) not in affected:
                affected[law.kinds, read] = _affected(law, read, changed, present)
            yield from _at(law, t.after, affected[law.kinds, read])


@checked
def broken_by(d: Decision, s: Situation, r: Reading) -> Iterator[Law]:
    """The decision laws that a decision in a situation breaks."""
    for law in laws_of_kind(Kind.DECISION):
        claim = law.meaning(s, d, r)
        if claim.premise and not claim.conclusion:
            yield law


def decision_seen(expected: Decision, os_user: str | None, told: str | None = None) -> Decision:
    """What was decided instead of what was expected, by the rule that should have: started as somebody, or refused.

    Where the reason that was told is none, the expected one stands for it, so that no law is broken by it alone.
    """
    if os_user is not None:
        return Decision(expected.rule, True, Name(os_user), None)
    reason = next((reason for reason in Reason if reason.value == told), expected.reason or Reason.OS_USER_MISSING)
    return Decision(expected.rule, False, None, reason)


class Stake(NamedTuple):
    """The step laws that a step may break, each with whether it may at what the operation named, and bystanders.

    `bystanders` are the tables from which these are taken: of the sorts that the laws speak of and the operation does
    not name.
    """

    laws: tuple[tuple[Law, bool], ...]
    bystanders: tuple[str, ...]


@cache
def at_stake(operation: str, accepted: bool, starts: bool | None, changed: frozenset[str]) -> Stake:
    """What is at stake in such a step."""
    step, named = unknown_step(operation, accepted, starts, changed), named_by(operation)
    laws = tuple(law for law in laws_of_kind(Kind.STEP) if can_break(law.id, step))
    wanted = {sort for law in laws for sort in law.sorts if sort not in named}
    at_one = [can_break(law.id, step, named.items()) for law in laws]
    return Stake(
        tuple(zip(laws, at_one, strict=True)), tuple(table for table in BYSTANDERS if wanted.intersection(KEYS[table]))
    )


BYSTANDERS = ("documents", "principals", "assumed", "instances", "started", "tags", "os_users")
"""Tables that have a key of every sort, where each sort is in the last of them that has it."""


def bystanders(state: State, number: int, tables: Sequence[str]) -> dict[Any, Any]:
    """One key of each of some tables, by turns; sorted, since tables have no order to rely on. And no parameter."""
    chosen: dict[Any, Any] = {GIVEN: NOT_GIVEN}
    for table in tables:
        entries, sorts = getattr(state, table), KEYS[table]
        if isinstance(entries, PairTable):
            entries, sorts = entries.under(min(entries.rows)) if len(entries.rows) else (), sorts[1:]
        keys = sorted(entries)
        key = keys[number % len(keys)] if keys else ("nobody",) * len(sorts)
        chosen.update(zip(sorts, _parts(key), strict=True))
    return chosen


def _parts(key: Any) -> tuple[Any, ...]:
    return key if isinstance(key, tuple) else (key,)


@cache
def laws_of_kind(kind: Kind) -> tuple[Law, ...]:
    return tuple(law for law in laws_of(kind) if law.id not in OF_THE_RULE)


OF_THE_RULE = {"exactly-one-rule", "rules-say-why", "starts-are-decided"}
"""The laws of the rule that decides: an implementation tells no rule, so that what is seen of it breaks none."""


@cache
def named_by(operation: str) -> dict[Any, str]:
    """The argument that names one of a sort, for each sort that the operation names; of two the last."""
    return {SORTS[name]: name for name in OPERATIONS[operation].parameters if name in SORTS}


def named_in(t: Transition) -> Values:
    """What an operation names, by sort."""
    named: dict[Any, Any] = {sort: t.arguments[name] for sort, name in named_by(t.operation).items()}
    return {**named, GIVEN: (t.asked.filled, t.asked.parameter)} if t.decides else named


def _at(law: Law, subject: Any, points: Iterable[Point]) -> Iterator[tuple[Law, dict[str, Any]]]:
    for point in points:
        claim = law.claim(subject, *point)
        if claim.premise and not claim.conclusion:  # truths are true or false here: no need of connectives
            yield law, dict(zip(law.variables, point, strict=True))
            return


def _distinct(law: Law, every: Iterable[Values]) -> list[Point]:
    """What a law speaks of at some values, each once, in order."""
    sorts = law.sorts
    return [law.point_of(values) for values in dict.fromkeys([tuple([one[sort] for sort in sorts]) for one in every])]


def _all_points(law: Law, everything: Mapping[Any, list[Any]], named: Values) -> Iterator[Point]:
    ranges = [dict.fromkeys([*everything[sort], *([named[sort]] if sort in named else [])]) for sort in law.sorts]
    return map(law.point_of, product(*ranges))


def _affected(
    law: Law,
    read: Iterable[str],
    changed: Mapping[str, Sequence[tuple[Any, ...]]],
    present: Callable[[Any], list[Any]],
) -> list[Point]:
    """Wherever the invariant reads something that changed, each once; `present` are all names of a sort."""
    found: dict[tuple[Any, ...], None] = {}
    for table in read:
        for key in changed[table]:
            fixed = dict(zip(KEYS[table], key, strict=True))
            values = [(fixed[sort],) if sort in fixed else present(sort) for sort in law.sorts]
            found.update(dict.fromkeys(product(*values)))
    return list(map(law.point_of, found))


@cache
def invariants_of(changed: frozenset[str]) -> tuple[tuple[Law, tuple[str, ...]], ...]:
    """The invariants that read one of the tables, each with those that it reads."""
    every = [(law, tuple(table for table in KEYS if table in changed & tables_read(law.id)))
             for law in laws_of(Kind.INVARIANT)]  # fmt: skip
    return tuple((law, read) for law, read in every if read)


def changes(before: State, after: State) -> dict[str, list[tuple[Any, ...]]]:
    """The tables of two states that are not the same one, each with the keys at which they differ."""
    if before is after:
        return {}
    every = [(table, getattr(before, table), getattr(after, table)) for table in KEYS]
    return {table: _differing(old, new) for table, old, new in every if old is not new}


def _differing(old: Any, new: Any) -> list[tuple[Any, ...]]:
    if not isinstance(old, PairTable):
        return [_parts(key) for key in _differing_keys(old.entries, new.entries)]
    rows = [(first, old.under(first), new.under(first)) for first in dict.fromkeys([*old.rows, *new.rows])]
    return [
        (first, second)
        for first, was, row in rows
        if was is not row
        for second in _differing_keys(was.entries, row.entries)
    ]


def _differing_keys(old: Any, new: Any) -> list[Any]:
    put = [key for key, value in new.items() if (had := old.get(key)) is not value and had != value]
    return put + [key for key in old if key not in new]


def in_play(*states: State) -> dict[Any, list[Any]]:
    """The names of every sort that the states hold, as `names_of` has them, and the parameters that can be given."""
    every = {sort: names_of(sort, states) for sort in TABLES_OF}
    declared = any(document.declares_parameter for state in states for document in state.documents.entries.values())
    return {**every, GIVEN: [NOT_GIVEN, *((True, name) for name in every[Name] if declared)]}


def names_of(sort: Any, states: Sequence[State]) -> list[Any]:
    """The names of a sort that states hold, each once; where there is none, one that stands for all."""
    found: dict[Any, None] = {}
    for state, (table, part) in product(states, TABLES_OF[sort]):
        entries = getattr(state, table)
        if not isinstance(entries, PairTable):
            found.update(dict.fromkeys(entries if len(KEYS[table]) == 1 else [key[part] for key in entries]))
        elif part == 0:
            found.update(dict.fromkeys(entries.rows))
        else:
            for row in entries.rows.values():
                found.update(dict.fromkeys(row))
    return list(found) or ["nobody"]


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
