"""Formulas over columns, evaluated with NumPy for a block of packed states at once.

Each formula is computed once for a block, after those that it is made of, and its memory used again as soon as nothing
later needs it: what a block needs stays in the processor's cache.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from runas_properties.explorer.columns import Columns, Field, Truth, is_constant
from runas_properties.explorer.packing import Slot

__all__ = ["BLOCK", "Bools", "Program", "Task", "Word", "Words", "word_of"]

Word = np.unsignedinteger[Any]
Words = npt.NDArray[Word]
Bools = npt.NDArray[np.bool_]

BLOCK = 1 << 16
"""States evaluated at once."""


def word_of(bits: int) -> type[Word]:
    """What holds a state of so many bits: 32 bits, which are sorted in half the time, if that is enough; else 64."""
    return np.uint32 if bits <= 32 else np.uint64


@attrs.frozen(eq=False)
class Task:
    """What to do with the columns of some truths: called with the states of a block and, for each truth, its column.

    A truth that is the same in every state is given as the ``bool`` that it is.
    """

    truths: tuple[Any, ...]
    act: Callable[[Words, Sequence[Any]], None]


class Program:
    """The steps that compute the truths of some tasks, and call each task as soon as its truths are there."""

    def __init__(self, columns: Columns, slots: Iterable[Slot], tasks: Iterable[Task]) -> None:
        self._slots = {id(slot.field): slot for slot in slots}
        self._steps: list[tuple[Truth | Task, list[int]]] = []
        by_last: dict[int, list[Task]] = {}
        needed: set[int] = set()
        for task in tasks:
            roots = [truth.number for truth in task.truths if not is_constant(truth)]
            by_last.setdefault(max(roots, default=-1), []).append(task)
            needed.update(roots)
        order = _closed(columns, needed)
        self._plan(order, by_last)

    def run(self, states: Words) -> None:
        """Evaluate a block of packed states."""
        columns: dict[int, Bools] = {}
        codes: dict[int, Any] = {}
        free: list[Bools] = []
        for step, done in self._steps:
            if isinstance(step, Task):
                step.act(states, [truth if is_constant(truth) else columns[truth.number] for truth in step.truths])
            else:
                out = free.pop() if free else np.empty(len(states), np.bool_)
                columns[step.number] = self._evaluate(step, states, columns, codes, out)
            for number in done:
                free.append(columns.pop(number))

    def _plan(self, order: list[Truth], by_last: dict[int, list[Task]]) -> None:
        """Tasks after the last of their truths; a column is free after the last step that reads it."""
        steps: list[Truth | Task] = list(by_last.get(-1, []))
        for truth in order:
            steps.append(truth)
            steps.extend(by_last.get(truth.number, []))
        last: dict[int, int] = {}
        for place, step in enumerate(steps):
            if isinstance(step, Truth):
                last[step.number] = place
            last |= {part.number: place for part in _read_by(step)}
        done: dict[int, list[int]] = {}
        for number, place in last.items():
            done.setdefault(place, []).append(number)
        self._steps = [(step, done.get(place, [])) for place, step in enumerate(steps)]

    def _evaluate(
        self, truth: Truth, states: Words, columns: dict[int, Bools], codes: dict[int, Any], out: Bools
    ) -> Bools:
        if truth.kind == "is":
            field, code = truth.parts
            if id(field) not in codes:
                codes[id(field)] = self._codes(field, states)
            equal: Bools = np.equal(codes[id(field)], code, out=out)
            return equal
        first, *others = (columns[part.number] for part in truth.parts)
        if truth.kind == "not":
            return np.logical_not(first, out=out)
        connect = {"all": np.logical_and, "any": np.logical_or, "same": np.equal}[truth.kind]
        for other in others:
            first = connect(first, other, out=out)
        return first

    def _codes(self, field: Field, states: Words) -> npt.NDArray[np.unsignedinteger[Any]]:
        slot = self._slots[id(field)]
        code = states >> slot.shift & (1 << slot.width) - 1
        return code.astype(np.uint8 if slot.width <= 8 else np.uint16)


def _read_by(step: Truth | Task) -> list[Truth]:
    if isinstance(step, Task):
        return [truth for truth in step.truths if not is_constant(truth)]
    return [] if step.kind == "is" else list(step.parts)


def _closed(columns: Columns, numbers: set[int]) -> list[Truth]:
    """The truths of these numbers and all that they are made of, parts first."""
    seen, waiting = set(numbers), list(numbers)
    while waiting:
        for part in _read_by(columns.truths[waiting.pop()]):
            if part.number not in seen:
                seen.add(part.number)
                waiting.append(part.number)
    return [columns.truths[number] for number in sorted(seen)]
