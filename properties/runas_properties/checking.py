"""The laws asked of a transition: which of them it breaks, and at what.

A law speaks of all accounts, principals, names and so on. A step can only break it at what the step named or changed,
so it is asked there, and of one bystander at a time; or, when `thorough`, of everything in play.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from typing import Any

from runas_model.specification import Transition
from runas_model.state import INITIAL, State
from runas_model.tables import PairTable, Table
from runas_model.vocabulary import Account, Instance, Name, Principal, Session, TagKey
from runas_properties.laws import LAWS, Kind, Law, laws_of

__all__ = ["broken", "changes", "in_play", "tables_read"]

KEYS: dict[str, tuple[Any, ...]] = {
    "preferences": (Account,),
    "principals": (Principal,),
    "tags": (Principal, TagKey),
    "instances": (Instance,),
    "os_users": (Instance, Name),
    "started": (Session,),
    "sessions": (Instance, Session),
}
"""The sorts of a key of each table of a state."""

SORTS: dict[str, Any] = {
    "account": Account,
    "principal": Principal,
    "key": TagKey,
    "instance": Instance,
    "name": Name,
    "value": Name,
    "default_user": Name,
    "session": Session,
}
"""The sorts of the arguments of operations, where they are names of something."""

Values = Mapping[Any, Any]


def broken(t: Transition, thorough: bool = False, number: int = 0) -> Iterator[tuple[Law, dict[str, Any]]]:
    """The laws that a transition breaks, each with values of its variables at which it does.

    Decision laws are asked at starts, step laws always, invariants where a table that they read has changed; `number`
    chooses the bystander.
    """
    if t.decision is not None and t.accepted:
        s = t.specification.situation_of(t.before, t.arguments["principal"], t.arguments["instance"])
        for law in laws_of_kind(Kind.DECISION):
            if not law.meaning(s, t.decision, t.reading).holds:
                yield law, {"s": s, "r": t.reading}
    changed = changes(t.before, t.after)
    everything = in_play(t.before, t.after)
    if thorough:
        for law in (*laws_of_kind(Kind.STEP), *laws_of_kind(Kind.INVARIANT)):
            subject = t if law.kind is Kind.STEP else t.after
            yield from _at(law, subject, _all_values(law, everything, named_in(t)))
        return
    one = {sort: names[number % len(names)] for sort, names in everything.items()} | named_in(t)
    points = [one, *({**one, **dict(zip(KEYS[table], key, strict=True))} for table, key in changed)]
    for law in laws_of_kind(Kind.STEP):
        yield from _at(law, t, points if len(points) == 1 else _distinct(law, points))
    if changed:
        for law in laws_of_kind(Kind.INVARIANT):
            yield from _at(law, t.after, _affected(law, changed, everything))


@cache
def laws_of_kind(kind: Kind) -> tuple[Law, ...]:
    return tuple(laws_of(kind))


def named_in(t: Transition) -> Values:
    """What an operation names, by sort; of two names the last."""
    return {SORTS[name]: value for name, value in t.arguments.items() if name in SORTS}


def _at(law: Law, subject: Any, points: Iterable[Values]) -> Iterator[tuple[Law, dict[str, Any]]]:
    for point in points:
        values = {name: point[sort] for name, sort in law.variables.items()}
        if not law.claim(subject, **values).holds:
            yield law, values
            return


def _distinct(law: Law, points: Iterable[Values]) -> Iterator[Values]:
    sorts = tuple(law.variables.values())
    return iter({tuple(point[sort] for sort in sorts): point for point in points}.values())


def _all_values(law: Law, everything: Mapping[Any, list[Any]], named: Values) -> Iterator[Values]:
    sorts = list(law.variables.values())
    ranges = [list(dict.fromkeys([*everything[sort], *([named[sort]] if sort in named else [])])) for sort in sorts]
    return (dict(zip(sorts, values, strict=True)) for values in product(*ranges))


def _affected(
    law: Law, changed: Collection[tuple[str, tuple[Any, ...]]], everything: Mapping[Any, list[Any]]
) -> Iterator[Values]:
    """Every value at which the invariant reads something that changed."""
    read = tables_read(law.id)
    for table, key in changed:
        if table in read:
            fixed = dict(zip(KEYS[table], key, strict=True))
            free = [sort for sort in law.variables.values() if sort not in fixed]
            for values in product(*(everything[sort] for sort in free)):
                yield {**fixed, **dict(zip(free, values, strict=True))}


def changes(before: State, after: State) -> list[tuple[str, tuple[Any, ...]]]:
    """The tables and keys at which two states differ."""
    if before is after:
        return []
    changed = []
    for table, sorts in KEYS.items():
        old, new = getattr(before, table), getattr(after, table)
        if old is new:
            continue
        for key in dict.fromkeys([*old, *new]):
            if old.has(key) != new.has(key) or old[key] != new[key]:
                changed.append((table, key if len(sorts) == 2 else (key,)))
    return changed


def in_play(*states: State) -> dict[Any, list[Any]]:
    """The names of every sort that the states hold, in a stable order; where there is none, one that stands for all."""
    found: dict[Any, dict[Any, None]] = {sort: {} for sorts in KEYS.values() for sort in sorts}
    for state in dict.fromkeys(states):
        for table, sorts in KEYS.items():
            entries = getattr(state, table)
            if isinstance(entries, PairTable):
                for first, row in entries.rows.items():
                    found[sorts[0]][first] = None
                    found[sorts[1]].update(dict.fromkeys(row))
            else:
                found[sorts[0]].update(dict.fromkeys(entries))
    return {sort: sorted(names) or ["nobody"] for sort, names in found.items()}


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
