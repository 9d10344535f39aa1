"""Tables of the concrete universe: persistent maps that are total functions with a domain.

Reading a key that is not there gives the table's default, so that a rule may look before it asks; `has` tells
the two apart. Every operation of a persistent map costs O(log n).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Generic, Self, TypeVar, get_args, get_origin

import attrs
from rpds import HashTrieMap

K = TypeVar("K")
F = TypeVar("F")
S = TypeVar("S")
V = TypeVar("V")

__all__ = ["FixedTable", "PairTable", "Table", "sorts_of"]


def sorts_of(kind: Any) -> tuple[Any, ...]:
    """The sorts of the parts of a key of a class of tables, and last that of the values: of a `Table[tuple[A, B], V]`
    and of a `PairTable[A, B, V]` alike A, B and V.
    """
    *keys, value = get_args(kind)
    return (*(part for key in keys for part in (get_args(key) if get_origin(key) is tuple else (key,))), value)


@attrs.frozen
class Table(Generic[K, V]):
    """A persistent map from keys to values."""

    default: V
    entries: "HashTrieMap[K, V]" = attrs.field(factory=HashTrieMap)

    @classmethod
    def of(cls, default: V, entries: Iterable[tuple[K, V]]) -> "Table[K, V]":
        """A table that holds `entries`."""
        return cls(default, HashTrieMap(entries))

    def has(self, key: K) -> bool:
        """Whether the table holds the key."""
        return key in self.entries

    def __getitem__(self, key: K) -> V:
        return self.entries.get(key, self.default)

    def put(self, key: K, value: V) -> Self:
        """This table with `value` under `key`."""
        return type(self)(self.default, self.entries.insert(key, value))

    def drop(self, key: K) -> Self:
        """This table without `key`."""
        return type(self)(self.default, self.entries.discard(key))

    def __iter__(self) -> Iterator[K]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


@attrs.frozen(eq=False)
class FixedTable(Generic[K, V]):
    """A table that is mostly asked and seldom changed: a dict, several times faster to ask than a persistent map.

    It equals a `Table` of the same entries; `put` and `drop` make one, at O(n).
    """

    default: V
    entries: Mapping[K, V]
    has: Callable[[K], bool] = attrs.field(init=False, repr=False)
    """Whether the table holds the key."""

    @has.default
    def _(self) -> Callable[[K], bool]:
        return self.entries.__contains__

    @classmethod
    def of(cls, default: V, entries: Iterable[tuple[K, V]]) -> "FixedTable[K, V]":
        """A table that holds `entries`."""
        return cls(default, dict(entries))

    def __getitem__(self, key: K) -> V:
        return self.entries.get(key, self.default)

    def put(self, key: K, value: V) -> Table[K, V]:
        """This table with `value` under `key`."""
        return self._persistent().put(key, value)

    def drop(self, key: K) -> Table[K, V]:
        """This table without `key`."""
        return self._persistent().drop(key)

    def __iter__(self) -> Iterator[K]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __eq__(self, other: object) -> bool:
        return self._persistent() == (other._persistent() if isinstance(other, FixedTable) else other)

    def __hash__(self) -> int:
        return hash(self._persistent())

    def _persistent(self) -> Table[K, V]:
        return Table.of(self.default, self.entries.items())


@attrs.frozen
class PairTable(Generic[F, S, V]):
    """A persistent map from pairs of keys to values, which can drop or show all under a first key at once."""

    default: V
    rows: "HashTrieMap[F, Table[S, V]]" = attrs.field(factory=HashTrieMap)

    def under(self, first: F) -> Table[S, V]:
        """The table of what stands under `first`."""
        row = self.rows.get(first)
        return Table(self.default) if row is None else row

    def has(self, key: tuple[F, S]) -> bool:
        """Whether the table holds the pair."""
        row = self.rows.get(key[0])
        return row is not None and key[1] in row.entries

    def __getitem__(self, key: tuple[F, S]) -> V:
        row = self.rows.get(key[0])
        return self.default if row is None else row.entries.get(key[1], self.default)

    def put(self, key: tuple[F, S], value: V) -> "PairTable[F, S, V]":
        """This table with `value` under the pair."""
        return self._with(key[0], self.under(key[0]).put(key[1], value))

    def drop(self, key: tuple[F, S]) -> "PairTable[F, S, V]":
        """This table without the pair."""
        return self._with(key[0], self.under(key[0]).drop(key[1]))

    def drop_under(self, first: F) -> "PairTable[F, S, V]":
        """This table without any pair that begins with `first`."""
        return PairTable(self.default, self.rows.discard(first))

    def copy_under(self, source: F, to: F, where: str) -> "PairTable[F, S, V]":
        """This table with what stands under `source` under `to` as well: each record whose field `where` is true."""
        copied = self.under(to)
        for second, value in self.under(source).entries.items():
            copied = copied.put(second, value) if getattr(value, where) else copied
        return self._with(to, copied)

    def __iter__(self) -> Iterator[tuple[F, S]]:
        return ((first, second) for first, row in self.rows.items() for second in row)

    def __len__(self) -> int:
        return sum(len(row) for row in self.rows.values())

    def _with(self, first: F, row: Table[Any, Any]) -> "PairTable[F, S, V]":
        rows = self.rows.insert(first, row) if len(row) else self.rows.discard(first)
        return PairTable(self.default, rows)
