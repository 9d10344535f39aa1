"""Tables of the columnar universe: an entry for every key that may be there, over columns.

Keys may be columns, too: what stands under one is chosen among the entries.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

import attrs

from runas_model.universes.connectives import all_of, any_of, choose
from runas_properties.explorer.columns import Columns, Truth, is_constant, possible

__all__ = ["ColumnTable", "Entry"]


@attrs.frozen(eq=False)
class Entry:
    """What a table holds under one key; the value is the table's default where it holds nothing."""

    has: Any
    value: Any


@attrs.frozen(eq=False)
class ColumnTable:
    """A table over columns: an entry for each tuple of keys that it may hold; keys may be columns too."""

    columns: Columns
    default: Any
    entries: dict[tuple[Any, ...], Entry]

    def has(self, key: Any) -> Any:
        return any_of(*(all_of(at, entry.has) for at, entry in self._at(key)))

    def __getitem__(self, key: Any) -> Any:
        value = self.default
        for at, entry in self._at(key):
            value = choose(at, entry.value, value)
        return value

    def put(self, key: Any, value: Any) -> "ColumnTable":
        keys = product(*map(possible, _parts(key)))
        entries = {**{key: self._nothing for key in keys if key not in self.entries}, **self.entries}
        return self._changed(entries, key, Entry(True, value))

    def drop(self, key: Any) -> "ColumnTable":
        return self._changed(self.entries, key, self._nothing)

    def drop_under(self, first: Any) -> "ColumnTable":
        return self.drop(first)

    def copy_under(self, source: Any, to: Any, where: str) -> "ColumnTable":
        table = self
        for second, entry in self.under(source).entries.items():
            copied = all_of(entry.has, getattr(entry.value, where))
            table = choose(copied, table.put((to, *second), entry.value), table)
        return table

    def under(self, first: Any) -> "ColumnTable":
        seconds = dict.fromkeys(key[1:] for key in self.entries)
        entries = {second: Entry(self.has((first, *second)), self[(first, *second)]) for second in seconds}
        return ColumnTable(self.columns, self.default, entries)

    def merged(self, condition: Truth, otherwise: "ColumnTable") -> "ColumnTable":
        """This table where the condition holds, else the other."""
        nothing = self._nothing
        keys = dict.fromkeys((*self.entries, *otherwise.entries))
        pairs = {key: (self.entries.get(key, nothing), otherwise.entries.get(key, nothing)) for key in keys}
        return self._with({key: _chosen(self.columns, condition, *pair) for key, pair in pairs.items()})

    @property
    def _nothing(self) -> Entry:
        """What stands under a key under which nothing was put."""
        return Entry(False, self.default)

    def _at(self, key: Any) -> Iterator[tuple[Any, Entry]]:
        """The entries that a key may mean, each with whether it does."""
        parts = _parts(key)
        if all(map(is_constant, parts)):
            if parts in self.entries:
                yield True, self.entries[parts]
            return
        for at, entry in self.entries.items():
            matches = _matches(at, parts)
            if matches is not False:
                yield matches, entry

    def _changed(self, entries: dict[tuple[Any, ...], Entry], key: Any, entry: Entry) -> "ColumnTable":
        """Entries with another one wherever the key, or its beginning, is this one."""
        parts = _parts(key)
        return self._with(
            {at: _chosen(self.columns, _matches(at[: len(parts)], parts), entry, old) for at, old in entries.items()}
        )

    def _with(self, entries: dict[tuple[Any, ...], Entry]) -> "ColumnTable":
        return attrs.evolve(self, entries=entries)


def _chosen(columns: Columns, condition: Any, then: Entry, otherwise: Entry) -> Entry:
    has = columns.choose(condition, then.has, otherwise.has)
    return Entry(has, columns.choose(condition, then.value, otherwise.value))


def _matches(at: tuple[Any, ...], parts: tuple[Any, ...]) -> Any:
    return all_of(*(one == other for one, other in zip(at, parts, strict=True)))


def _parts(key: Any) -> tuple[Any, ...]:
    return key if isinstance(key, tuple) else (key,)
