"""What is asked under every reading, once for all that make the same choices on the points that matter to it."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, TypeVar

from runas_model.specification.readings import CHOICES, Reading, all_readings

__all__ = ["under_each"]

T = TypeVar("T")


class Noting(Reading):
    """A reading that notes the points whose choice it is asked."""

    noted: set[str]

    def __init__(self, reading: Reading) -> None:
        super().__init__(*_choices(tuple(CHOICES), reading))
        object.__setattr__(self, "noted", set())

    def __getattribute__(self, name: str) -> Any:
        if name in CHOICES and "noted" in object.__getattribute__(self, "__dict__"):
            object.__getattribute__(self, "noted").add(name)
        return object.__getattribute__(self, name)


def under_each(ask: Callable[[Reading], T], readings: Iterable[Reading] | None = None) -> Iterator[tuple[Reading, T]]:
    """Each reading, or each of some, with the answer under it, as they come.

    What is asked answers the same under readings that make the same choices on all points it looks at, and is asked
    under the first of these alone.
    """
    known: dict[tuple[str, ...], dict[tuple[Any, ...], T]] = {}
    for reading in all_readings() if readings is None else readings:
        for points, answers in known.items():
            if (choices := _choices(points, reading)) in answers:
                answer = answers[choices]
                break
        else:
            noting = _noting(reading)
            noting.noted.clear()
            answer = ask(noting)
            points = tuple(sorted(noting.noted))
            known.setdefault(points, {})[_choices(points, reading)] = answer
        yield reading, answer


@cache
def _choices(points: tuple[str, ...], reading: Reading) -> tuple[Any, ...]:
    return tuple(getattr(reading, point) for point in points)


_noting = cache(Noting)
