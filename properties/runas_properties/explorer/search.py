"""Breadth first through every state: frontiers as sorted arrays of packed states, merged by sorting."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import attrs
import numpy as np

from runas_model.specification.transitions import Call, Transition
from runas_model.universes.connectives import any_of
from runas_properties.explorer.columns import Columns
from runas_properties.explorer.packing import Packing, code_of
from runas_properties.explorer.program import BLOCK, Bools, Program, Task, Words, word_of

__all__ = ["Search", "Sighting", "Watch"]

BATCH = 1 << 22
"""Successors that are collected before they are sorted."""


@attrs.frozen(eq=False)
class Watch:
    """A truth of a state, or of what a call does in it, to be seen to hold at least once."""

    name: str
    call: Call | None
    truth: Any


@attrs.frozen
class Sighting:
    """Where a watched truth was first seen to hold: the depth, the packed state, and the call if there is one."""

    depth: int
    state: int
    call: Call | None


@attrs.define(eq=False, slots=False)
class Search:
    """All states that transitions reach, level by level.

    `levels` holds the packed states first met at each depth, sorted; `accepted` how often each transition was accepted;
    `seen` where each watch was first seen to hold; no state of a lesser depth would do. `progress` is called with the
    number of states whose successors are known, after each block.
    """

    packing: Packing
    columns: Columns
    transitions: Sequence[Transition]
    watches: list[Watch]
    progress: Callable[[int], None] = lambda _: None
    levels: list[Words] = attrs.field(factory=list)
    accepted: list[int] = attrs.field(init=False)
    seen: dict[str, Sighting] = attrs.field(factory=dict)
    visited: Words = attrs.field(init=False)
    _successors: list[Words] = attrs.field(factory=list)
    _new: dict[str, Sighting] = attrs.field(factory=dict)
    _predecessors: dict[int, tuple[int, int]] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.accepted = [0] * len(self.transitions)
        self.visited = np.array([self.packing.pack(self.packing.start)], word_of(self.packing.bits))
        self.levels.append(self.visited)

    def run(self, stop: Callable[["Search"], bool]) -> bool:
        """Go on until no state is left, or `stop` says so after a level; True if no state is left."""
        moves = [self._move(place, t) for place, t in enumerate(self.transitions)]
        program = self._program(moves)
        while len(self.levels[-1]):
            level = self._level(program)
            if self._new:
                self.seen |= self._new
                self._new = {}
                self.watches = [watch for watch in self.watches if watch.name not in self.seen]
                program = self._program(moves)
            self.levels.append(level)
            if stop(self):
                break
        if len(self.levels[-1]):
            return False
        self.levels.pop()
        return True

    def path(self, state: int, depth: int) -> tuple[Call, ...]:
        """The calls of a shortest way to a state that was found at a depth."""
        calls: list[Call] = []
        for at in range(depth, 0, -1):
            state, place = self._predecessor(state, at)
            calls.append((self.transitions[place].operation, self.transitions[place].arguments))
        return tuple(reversed(calls))

    def successors(self, states: Words) -> list[tuple[int, Words, Words]]:
        """Of a block of states, for the place of each call: those in which it is accepted, and the states after it."""
        found, program = self._stepping
        found.clear()
        program.run(states)
        return sorted(found, key=lambda one: one[0])

    @cached_property
    def _stepping(self) -> tuple[list[tuple[int, Words, Words]], Program]:
        """The transitions alone, and where their program puts what it finds."""
        found: list[tuple[int, Words, Words]] = []

        def task(place: int) -> Task:
            return self._task(self.transitions[place], lambda before, after: found.append((place, before, after)))

        tasks = map(task, range(len(self.transitions)))
        return found, Program(self.columns, self.packing.slots.values(), tasks)

    def _predecessor(self, state: int, depth: int) -> tuple[int, int]:
        """The least state of the depth before that leads to a state, and the place of the call that does it."""
        if (known := self._predecessors.get(state)) is not None:
            return known
        for block in _blocks(self.levels[depth - 1], BLOCK):
            leading = [
                (int(one), place)
                for place, before, after in self.successors(block)
                for one in before[after == state][:1]
            ]
            if leading:
                self._predecessors[state] = min(leading)
                return self._predecessors[state]
        raise AssertionError(f"no transition leads to {state:#x}, which was found at depth {depth}")

    def _level(self, program: Program) -> Words:
        """The states that a level leads to and that were not met before."""
        fresh: list[Words] = []
        known = len(self.visited) - len(self.levels[-1])
        for block in _blocks(self.levels[-1], BLOCK):
            program.run(block)
            known += len(block)
            self.progress(known)
            if sum(map(len, self._successors)) > BATCH:
                fresh.append(self._unmet())
        fresh.append(self._unmet())
        level = _distinct(fresh)
        merged = np.concatenate([self.visited, level])
        merged.sort(kind="stable")
        self.visited = merged
        return level

    def _unmet(self) -> Words:
        """The successors collected so far, without repetition and without those that were met before."""
        states = _distinct([self.visited[:0], *self._successors])
        self._successors.clear()
        places = np.searchsorted(self.visited, states)
        places[places == len(self.visited)] = 0
        fresh: Words = states[self.visited[places] != states]
        return fresh

    def _program(self, moves: Iterable[Task]) -> Program:
        tasks = [*moves, *(Task((watch.truth,), self._look_out(watch)) for watch in self.watches)]
        return Program(self.columns, self.packing.slots.values(), tasks)

    def _look_out(self, watch: Watch) -> Callable[[Words, Sequence[Any]], None]:
        def act(states: Words, columns: Sequence[Any]) -> None:
            (column,) = columns
            if column is False or watch.name in self._new:
                return
            rows = states if column is True else states[column]
            if len(rows):
                self._new[watch.name] = Sighting(len(self.levels) - 1, int(rows[0]), watch.call)

        return act

    def _move(self, place: int, t: Transition) -> Task:
        def keep(before: Words, after: Words) -> None:
            self.accepted[place] += len(before)
            self._successors.append(after[after != before])

        return self._task(t, keep)

    def _task(self, t: Transition, keep: Callable[[Words, Words], None]) -> Task:
        """Hands on the states in which a transition is accepted, and the states after it."""
        word = word_of(self.packing.bits)
        untouched, constant = int(np.iinfo(word).max), 0
        bits: list[tuple[int, Any]] = []
        for slot, value in self.packing.differences(t.before, t.after, t.accepted).items():
            untouched &= ~(((1 << slot.width) - 1) << slot.shift)
            for bit in range(slot.width):
                ones = [constant for constant in slot.field.values if code_of(slot.field, constant) >> bit & 1]
                truth = any_of(*(value == one for one in ones))
                if truth is True:
                    constant |= 1 << slot.shift + bit
                elif truth is not False:
                    bits.append((slot.shift + bit, truth))

        def act(states: Words, columns: Sequence[Any]) -> None:
            accepted, *others = columns
            if accepted is False:
                return
            before: Words = states if accepted is True else states[accepted]
            after = before & word(untouched) | word(constant)
            for (shift, _), other in zip(bits, others, strict=True):
                column: Bools = other if accepted is True else other[accepted]
                after |= column.astype(word) << shift
            keep(before, after)

        return Task((t.accepted, *(truth for _, truth in bits)), act)


def _distinct(arrays: list[Words]) -> Words:
    """Everything in some arrays, sorted, each once."""
    together = np.concatenate(arrays)
    together.sort()
    first = np.ones(len(together), np.bool_)
    np.not_equal(together[1:], together[:-1], out=first[1:])
    return together[first]


def _blocks(states: Words, size: int) -> Iterator[Words]:
    return (states[begin : begin + size] for begin in range(0, len(states), size))
