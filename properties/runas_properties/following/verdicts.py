"""What comes of following an implementation of the decision."""

from enum import Enum

import msgspec

from runas_properties.conformance.vectors.vector import Vector

__all__ = ["ASSUMED", "Ending", "Place", "Verdict"]


class Ending(Enum):
    """What was found."""

    PROVED = "proved"
    REFUTED = "refuted"
    NOT_PROVABLE = "not provable"


class Place(msgspec.Struct, frozen=True):
    """A line of a file."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}"


class Verdict(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was found of a target, and how.

    `reading` is the one that the target follows, or departs from least; `given` tells whether it was asked for.
    `os_users` is the longest list of OS users that was followed, `paths` the number of paths, and `runs` how often the
    function itself was run. A refutation has the shortest counterexample found as a vector, `answer`, which is what the
    function gives to it, and its `story`; `id` is that of a vector of the kit, if it is one. What is not provable has
    `why`, and mostly the place at which the code could not be followed any more.
    """

    ending: Ending
    target: str
    reading: str = ""
    given: bool = False
    os_users: int = 0
    paths: int = 0
    runs: int = 0
    why: str = ""
    place: Place | None = None
    id: str = ""
    answer: str = ""
    story: str = ""
    vector: Vector | None = None
    assumed: tuple[str, ...] = ()
    seconds: float = 0.0


ASSUMED = (
    "what the function reads outside of itself, such as globals, is as it was here, and nothing else changes it",
    "importing the module left Python and runas-spec as they were",
    "Python runs the source as the language reference says",
)
"""What a proof takes for granted."""
