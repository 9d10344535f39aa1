"""Every path of a run that forks: the run is repeated, each time with other answers to what is not known.

A path is the answers that were given on it. The run must depend on nothing else, so that the same answers lead to the
same place.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from runas_properties.following.knowledge import Below, Literal, Number, Same, Text, Within, is_possible, values_for

__all__ = ["NotFollowed", "Path", "paths_of"]

T = TypeVar("T")


class NotFollowed(Exception):
    """Something that cannot be followed without knowing values: what it is, and where, by file and line."""

    def __init__(self, what: str, place: tuple[str, int] | None = None) -> None:
        super().__init__(what)
        self.what, self.place = what, place


class Path:
    """One path while it is run: what was asked on it, and what was answered."""

    def __init__(self, plan: list[int], to_do: list[list[int]]) -> None:
        self.plan, self.to_do = plan, to_do
        self.answers: list[int] = []
        self.literals: list[Literal] = []
        self.chosen: dict[str, int] = {}
        self.asked: dict[tuple[Any, ...], bool] = {}

    def same(self, one: Any, other: Any) -> bool:
        """Whether two texts or two numbers are the same, on this path."""
        if one is other:
            return True
        if type(one) not in (Text, Number) and type(other) not in (Text, Number):
            return bool(one == other)
        return self._holds(("same", one, other), lambda holds: Same(one, other, holds))

    def within(self, text: Text, characters: frozenset[str]) -> bool:
        """Whether a text has characters of the set only, on this path."""
        return self._holds(("within", text, characters), lambda holds: Within(text, characters, holds))

    def below(self, number: Number, bound: int) -> bool:
        """Whether a number is less than a constant, on this path."""
        return self._holds(("below", number, bound), lambda holds: Below(number, bound, holds))

    def choice(self, question: str, number: int) -> int:
        """Which of a number of alternatives is taken on this path; the same whenever the question is asked."""
        if question not in self.chosen:
            self.chosen[question] = self._answered(lambda: list(range(number)))
        return self.chosen[question]

    def know_same(self, one: Any, other: Any, holds: bool) -> None:
        """Note that two are the same, or are not."""
        self.literals.append(Same(one, other, holds))

    def know_within(self, text: Text, characters: frozenset[str], holds: bool) -> None:
        """Note that a text has characters of the set only, or has not."""
        self.literals.append(Within(text, characters, holds))

    def know_below(self, number: Number, bound: int, holds: bool) -> None:
        """Note that a number is below a bound, or is not."""
        self.literals.append(Below(number, bound, holds))

    def values_for(self, terms: list[Text | Number], style: int = 0, names: Sequence[str] = ()) -> list[Any] | None:
        """Values for the terms with which a run takes this path, if any are found; from `names` where that can be."""
        return values_for(self.literals, terms, style, names)

    def _holds(self, key: tuple[Any, ...], literal: Callable[[bool], Literal]) -> bool:
        if key not in self.asked:
            holds = (True, False)
            at = self._answered(lambda: [at for at in (0, 1) if is_possible([*self.literals, literal(holds[at])])])
            self.literals.append(literal(holds[at]))
            self.asked[key] = holds[at]
        return self.asked[key]

    def _answered(self, possible: Callable[[], list[int]]) -> int:
        """The answer as planned; beyond the plan the first that is possible, and the others are left to do."""
        if len(self.answers) < len(self.plan):
            answer = self.plan[len(self.answers)]
        else:
            answer, *others = possible()
            self.to_do += [[*self.answers, other] for other in reversed(others)]
        self.answers.append(answer)
        return answer


def paths_of(run: Callable[[Path], T]) -> Iterator[tuple[Path, T]]:
    """Every path with what the run came to on it."""
    to_do: list[list[int]] = [[]]
    while to_do:
        path = Path(to_do.pop(), to_do)
        yield path, run(path)
