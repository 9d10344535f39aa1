"""Some states in one batch: columns of them and of other values, computed with NumPy and compared row by row."""

from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any

import numpy as np

from runas_model import INITIAL
from runas_model.specification.vocabulary import FoldedKey, Spelling, TagKey
from runas_model.universes.connectives import field_names
from runas_properties.explorer.columns import Columns, Field, Truth, Value, possible
from runas_properties.explorer.packing import Leaf, Packing, Slot, code_of, leaves_of
from runas_properties.explorer.program import Program, Task
from solver.homomorphism.generated import reached, value

__all__ = ["CONSTANT_SORTS", "REACHED", "ROWS", "Batch"]

ROWS = 4
CONSTANT_SORTS = (TagKey, FoldedKey, Spelling)
"""Sorts of which this universe has constants alone: it folds no column."""

REACHED: Counter[str] = Counter()
"""What was compared, and how often."""


class Batch:
    """Some states in rows: columns of them and of other values, and what is expected of columns in each row.

    Leaves that have the same codes in all rows share their bits, so that a row fits into a word.
    """

    def __init__(self, chance: Random) -> None:
        self.states = [reached(chance) for _ in range(ROWS)]
        self.columns = Columns()
        self.words = [0] * ROWS
        self.slots: dict[Leaf, Slot] = {}
        self._slot_of_codes: dict[tuple[Any, ...], Slot] = {}
        self._expected: list[tuple[str, list[tuple[Any, Any]], list[Any]]] = []
        rows = [dict(leaves_of(state)) for state in self.states]
        for leaf in dict.fromkeys(leaf for row in rows for leaf in row):
            table, _, path = leaf
            nothing = False if path == "has" else _leaf(getattr(INITIAL, table).default, path)
            held = [row[leaf] for row in rows if leaf in row]
            if path == "has" and len(held) < ROWS:
                held.append(False)
            self._store(leaf, held, [row.get(leaf, nothing) for row in rows])
        self.packing = Packing(dict(self.slots), INITIAL)
        self.state = self.packing.columns(self.columns)

    def _store(self, leaf: Leaf, held: Sequence[Any], rows: Sequence[Any]) -> Any:
        """A column that holds some constants; in a row in which it holds none of them, it is not to be looked at."""
        constants = tuple(dict.fromkeys(held))
        if all(isinstance(one, bool) for one in constants):
            constants = tuple(sorted(constants))
        field = Field(".".join(map(str, leaf)), constants)
        codes = tuple(code_of(field, one) for one in rows)
        same = self._slot_of_codes.get((len(constants), *codes))
        shift = sum(slot.width for slot in self._slot_of_codes.values()) if same is None else same.shift
        slot = self.slots[leaf] = Slot(leaf, field, shift)
        if same is None:
            assert shift + slot.width <= 64, "the rows do not fit into words"
            self._slot_of_codes[len(constants), *codes] = slot
            self.words = [word | code << shift for word, code in zip(self.words, codes, strict=True)]
        return self.columns.stored(field)

    def column(self, rows: Sequence[Any]) -> Any:
        """A value with a value of its own in each row; a record of such values."""
        if names := field_names(type(rows[0])):
            return type(rows[0])(**{name: self.column([getattr(row, name) for row in rows]) for name in names})
        return self._store(("given", (len(self.slots),), ""), rows, rows)

    def given(self, kind: Any, chance: Random) -> tuple[Any, list[Any]]:
        """A column of values of a kind, with its rows, or a constant for all of them."""
        if kind in CONSTANT_SORTS or chance.random() < 0.3:
            return (one := value(kind, chance)), [one] * ROWS
        rows = [value(kind, chance) for _ in range(ROWS)]
        return self.column(rows), rows

    def expect(self, label: str, column: Any, rows: Sequence[Any]) -> None:
        """Expect a column, or each field of a record of columns, to be this in each row."""
        if not isinstance(column, Truth | Value) and (names := field_names(type(column))):
            for name in names:
                self.expect(f"{label}.{name}", getattr(column, name), [getattr(row, name) for row in rows])
            return
        is_it = [(one, column == one if isinstance(column, Truth | Value) else True) for one in possible(column)]
        self._expected.append((label, is_it, list(rows)))
        REACHED[label.partition(":")[0]] += len(rows)

    def check(self) -> None:
        """Compute all columns at once, and compare."""
        seen: list[list[Any]] = [[] for _ in self._expected]

        def task(is_it: list[tuple[Any, Any]], holds: list[Any]) -> Task:
            def act(states: Any, columns: Sequence[Any]) -> None:
                holds.extend([one] * len(states) if isinstance(one, bool) else one.tolist() for one in columns)

            return Task(tuple(truth for _, truth in is_it), act)

        tasks = [task(is_it, holds) for (_, is_it, _), holds in zip(self._expected, seen, strict=True)]
        Program(self.columns, self.slots.values(), tasks).run(np.array(self.words, np.uint64))
        for (label, is_it, rows), holds in zip(self._expected, seen, strict=True):
            for expected, *held in zip(rows, *holds, strict=True):
                got = [constant for (constant, _), one in zip(is_it, held, strict=True) if one]
                assert list(map(repr, got)) == [repr(expected)], f"{label}: {got}, and not {expected!r}"


def _leaf(record: Any, path: str) -> Any:
    for name in path.split("."):
        record = getattr(record, name) if field_names(type(record)) else record
    return record
