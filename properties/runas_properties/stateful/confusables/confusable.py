"""A way in which implementations take one name for another, and how many pairs of names come from it."""

from collections.abc import Callable, Iterator, Sequence

import attrs

__all__ = ["NAMES", "Confusable", "confusable", "pairs", "spellings"]

NAMES = ("alice", "ssm-user", "root", "ops", "dave2", "svc_backup", "maria.k", "e", "web-admin", "postgres")
"""Plain names, to be written otherwise."""


@attrs.frozen
class Confusable:
    """Names that are written differently, but that some implementations read as one; `flag` is the kind.

    There are so many `ways` to write a name so, and `bases` of plain names to begin with. `written(way, base)` is what
    is written, and the name that it is taken for. The first `examples` of the ways are in the conformance vectors.
    """

    id: str
    flag: str
    ways: int
    bases: int
    examples: int
    written: Callable[[int, int], tuple[str, str]]
    spell: Callable[[int, str], str] | None = None
    """Any name, written in one of the ways; None where the names are listed."""

    def pair(self, way: int, base: int = 0) -> tuple[str, str] | None:
        """The two names; None if they are the same, or one is empty."""
        named, near = self.written(way % self.ways, base % self.bases)
        return (named, near) if named != near and named and near else None

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Every pair, those of the first plain name first."""
        found = (self.pair(way, base) for base in range(self.bases) for way in range(self.ways))
        yield from filter(None, found)


def confusable(
    id: str, flag: str, ways: int, written: Callable[[int], tuple[str, str]], examples: int = 0
) -> Confusable:
    """A confusable whose ways are numbered; all are in the vectors, unless fewer are asked for."""
    return Confusable(id, flag, ways, 1, min(examples or ways, ways), lambda way, _: written(way))


def pairs(id: str, flag: str, *every: tuple[str, str], examples: int = 2) -> Confusable:
    """A confusable whose pairs are listed."""
    return confusable(id, flag, len(every), every.__getitem__, examples)


def spellings(
    id: str, flag: str, *every: Callable[[str], str], names: Sequence[str] = NAMES, examples: int = 0, any: bool = True
) -> Confusable:
    """A confusable from ways to spell any name; all are in the vectors, unless fewer are asked for.

    Without `any`, they spell names such as the given ones alone.
    """

    def written(way: int, base: int) -> tuple[str, str]:
        return every[way](names[base]), names[base]

    def spell(way: int, name: str) -> str:
        return every[way](name)

    return Confusable(id, flag, len(every), len(names), examples or len(every), written, spell if any else None)
