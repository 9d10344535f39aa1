"""Loops over values that may not be known, and the count of what is done on a path."""

import operator
from collections.abc import Iterator
from typing import Any

from runas_properties.following.knowledge import Number
from runas_properties.following.paths import NotFollowed, Path
from runas_properties.following.values import Dict, Iter, List, Raised, Set, Unsettled, View, named, seen

__all__ = ["Loops"]

STEPS = 100_000
"""How many parts of the code may be evaluated on one path."""


class Loops:
    """What settles values on one path, and loops over them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.steps = 0

    def settled(self, value: Any) -> Any:
        """A value of which it is known which it is."""
        while type(value) is Unsettled:
            value = value.alternatives[self.path.choice(value.question, len(value.alternatives))]
        return seen(value)

    def tick(self) -> None:
        """Count a step. Raises `NotFollowed` where there were too many for one answer."""
        self.steps += 1
        if self.steps > STEPS:
            raise NotFollowed(f"more than {STEPS:,} steps for one answer, so that it may never come")

    def iterate(self, several: Any) -> Iterator[Any]:
        """The values that a loop over something gives."""
        return self._counted(self._iterated(self.settled(several)))

    def held(self, several: Any) -> list[Any]:
        """The values of something that holds them all. Raises `NotFollowed` where looping over it may do more."""
        several = self.settled(several)
        if type(several) not in (List, Set, Dict, View, tuple, str, range):
            raise NotFollowed(f"the values of a {named(several)}, taken at once")
        return list(self.iterate(several))

    def _counted(self, values: Iterator[Any]) -> Iterator[Any]:
        for value in values:
            self.tick()
            yield seen(value)

    def _iterated(self, several: Any) -> Iterator[Any]:
        kind = type(several)
        if kind is List:
            return self._iterate_list(several)
        if kind is Set:
            if len(several.items) > 1:
                raise NotFollowed("a loop over a set, whose order differs from run to run")
            return self._iterate_set(several)
        if kind is Dict:
            return self._iterate_dict(View(several, "keys"), list(several.entries))
        if kind is View:
            return self._iterate_dict(several, list(several.of.entries))
        if kind is Iter:
            values: Iterator[Any] = several.values
            return values
        if kind in (range, tuple, str):
            return iter(several)
        if kind in (type(None), bool, int, Number):
            raise Raised(TypeError)
        raise NotFollowed(f"a loop over a {named(several)}")

    def _iterate_list(self, several: List) -> Iterator[Any]:
        at = 0
        while at < len(several.items):
            yield several.items[at]
            at += 1

    def _iterate_set(self, several: Set) -> Iterator[Any]:
        items = list(several.items)
        yield from items
        if len(items) != len(several.items) or any(map(operator.is_not, items, several.items)):
            raise NotFollowed("a loop over a set that is changed in it")

    def _iterate_dict(self, view: View, entries: list[tuple[Any, Any]]) -> Iterator[Any]:
        keys = [key for key, _ in entries]
        for at in range(len(keys) + 1):
            now = view.of.entries
            if len(now) != len(keys) or any(pair[0] is not key for pair, key in zip(now, keys, strict=True)):
                raise NotFollowed("a loop over a dict that is changed in it")
            if at < len(keys):
                yield {"keys": now[at][0], "values": now[at][1], "items": now[at]}[view.kind]
