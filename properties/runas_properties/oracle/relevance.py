"""The part of a trace that its last step depended on, as the specification itself shows by what it reads.

The last step is taken once more on tables that note each key that is read; of the steps before it those are kept that
last wrote one of these keys, and then those that these depended on, back to the first.
"""

from collections.abc import Sequence
from typing import Any

from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import Reading
from runas_model.specification.state import INITIAL, State
from runas_model.specification.transitions import Call
from runas_model.universes.tables import PairTable, Table
from runas_properties.oracle.checking import KEYS, changes
from runas_properties.oracle.oracle import ORACLE

__all__ = ["Reads", "keys_read", "relevant"]

Key = tuple[str, tuple[Any, ...]]


class Reads:
    """A table that notes the keys that are looked at, in `noted`."""

    def __init__(self, name: str, table: Any, noted: set[Key], first: tuple[Any, ...] = ()) -> None:
        self.name, self.table, self.noted, self.first = name, table, noted, first

    def _note(self, key: Any) -> None:
        has_parts = len(KEYS[self.name]) > 1 and not self.first
        self.noted.add((self.name, (*self.first, *(key if has_parts else (key,)))))

    def has(self, key: Any) -> bool:
        self._note(key)
        found: bool = self.table.has(key)
        return found

    def __getitem__(self, key: Any) -> Any:
        self._note(key)
        return self.table[key]

    def under(self, first: Any) -> "Reads":
        return Reads(self.name, self.table.under(first), self.noted, (first,))

    def put(self, key: Any, value: Any) -> "Table[Any, Any] | PairTable[Any, Any, Any]":
        changed: Table[Any, Any] | PairTable[Any, Any, Any] = self.table.put(key, value)
        return changed

    def drop(self, key: Any) -> "Table[Any, Any] | PairTable[Any, Any, Any]":
        changed: Table[Any, Any] | PairTable[Any, Any, Any] = self.table.drop(key)
        return changed

    def copy_under(self, source: Any, to: Any, where: str) -> "PairTable[Any, Any, Any]":
        self.noted.update((self.name, (source, second)) for second in self.table.under(source))
        changed: PairTable[Any, Any, Any] = self.table.copy_under(source, to, where)
        return changed

    def drop_under(self, first: Any) -> "PairTable[Any, Any, Any]":
        self.noted.update((self.name, (first, second)) for second in self.table.under(first))
        changed: PairTable[Any, Any, Any] = self.table.drop_under(first)
        return changed


def keys_read(state: State, call: Call, reading: Reading) -> set[Key]:
    """The keys of tables that an operation reads in a state."""
    noted: set[Key] = set()
    noting: dict[str, Any] = {name: Reads(name, getattr(state, name), noted) for name in KEYS}
    ORACLE.step(call[0], State(**noting), reading, **OPERATIONS[call[0]].complete(call[1]))
    return noted


def relevant(calls: Sequence[Call], reading: Reading) -> tuple[Call, ...]:
    """The calls that the last of them depended on, in order, and the last."""
    states = [INITIAL]
    for operation, arguments in calls:
        states.append(ORACLE.transition(operation, states[-1], reading, **arguments).after)
    wanted = keys_read(states[-2], calls[-1], reading)
    kept = [calls[-1]]
    for before, after, call in reversed(list(zip(states[:-2], states[1:-1], calls[:-1], strict=True))):
        wrote = wanted.intersection((table, key) for table, keys in changes(before, after).items() for key in keys)
        if wrote:
            wanted = (wanted - wrote) | keys_read(before, call, reading)
            kept.append(call)
    return tuple(reversed(kept))
