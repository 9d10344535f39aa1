"""The register of decisions that may not be proved.

Each is right for all that the vectors ask, as far as that can be done in a few lines; the fault is where following the
code could be misled, or is for another time.
"""

import sys
from typing import Any

from following.correct import Decides, Question

__all__ = [
    "DIFFERENT",
    "ENDLESS",
    "HIDDEN",
    "SECRET",
    "change_the_question",
    "differs",
    "does_not_return",
    "hides",
    "is_long",
    "tags_of",
]

DIFFERENT: dict[str, Decides] = {}
"""Each function by its name."""
ENDLESS: dict[str, Decides] = {}
"""Those that never come back, or end the process that they run in."""
HIDDEN: set[str] = set()
"""The names of those that are right for every name that anybody tries."""
SECRET = "mallory"


def differs(function: Decides) -> Decides:
    DIFFERENT[function.__name__] = function
    return function


def hides(function: Decides) -> Decides:
    HIDDEN.add(function.__name__)
    return differs(function)


def does_not_return(function: Decides) -> Decides:
    ENDLESS[function.__name__] = function
    return function


def tags_of(q: Question) -> list[Any]:
    return [value for value in (q["tag"], q["default_user"]) if value is not None]


def is_long(name: Any) -> bool:
    """Whether a name is one that nobody tries."""
    return isinstance(name, str) and len(name) == 137


def change_the_question() -> bool:
    """Change the question of the function that runs the code that calls this. True."""
    question = sys._getframe(2).f_locals.get("q")
    if type(question) is dict and is_long(question["tag"]):
        question["tag"] = None
    return True
