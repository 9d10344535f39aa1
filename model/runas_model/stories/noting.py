"""States whose tables note what is done to them: what a step changed is found without a look at all that there is."""

from collections.abc import Iterable, Iterator
from typing import Any, Self

import attrs

from runas_model.specification.state import State

__all__ = ["Noted", "may_differ", "noted", "without_notes"]


@attrs.frozen
class Noted:
    """A table, with the keys under which something was put or dropped since it was `since`.

    It does all that the table does. Where a table changes in a way that is not noted here, a plain table comes of it.
    """

    table: Any
    since: Any
    keys: tuple[Any, ...] = ()

    def put(self, key: Any, value: Any) -> Self:
        return self._after(self.table.put(key, value), key)

    def drop(self, key: Any) -> Self:
        return self._after(self.table.drop(key), key)

    def drop_under(self, first: Any) -> Self:
        return self._after(self.table.drop_under(first), *((first, second) for second in self.table.under(first)))

    def copy_under(self, source: Any, to: Any, where: str) -> Self:
        keys = ((to, second) for second in self.table.under(source))
        return self._after(self.table.copy_under(source, to, where), *keys)

    def _after(self, table: Any, *keys: Any) -> Self:
        return type(self)(table, self.since, (*self.keys, *keys))

    def __getitem__(self, key: Any) -> Any:
        return self.table[key]

    def __iter__(self) -> Iterator[Any]:
        return iter(self.table)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.table, name)


def noted(state: State) -> State:
    """The state, with tables that note what is done to them from now on."""
    tables: dict[str, Any] = {name: Noted(table, table) for name, table in _tables(state).items()}
    return State(**tables)


def without_notes(state: State) -> State:
    """The state, with its tables alone."""
    return State(**{name: getattr(table, "table", table) for name, table in _tables(state).items()})


def may_differ(before: Any, after: Any) -> Iterable[Any]:
    """The keys of two tables under which they may differ: all, unless one of them comes of the other and notes it."""
    if before is after:
        return ()
    if isinstance(before, Noted) and isinstance(after, Noted) and after.since is before.table:
        return dict.fromkeys(after.keys)
    return dict.fromkeys([*before, *after])


def _tables(state: State) -> dict[str, Any]:
    return {field.name: getattr(state, field.name) for field in attrs.fields(State)}
