"""The register of decisions that may not be proved.

Each is right for all that the vectors ask, as far as that can be done in a few lines; the fault is where following the
code could be misled, or is for another time.
"""

from typing import Any

from following.correct import Decides, Question

__all__ = ["DIFFERENT", "ENDLESS", "SECRET", "differs", "does_not_return", "tags_of"]

DIFFERENT: dict[str, Decides] = {}
"""Each function by its name."""
ENDLESS: dict[str, Decides] = {}
"""Those that never come back, or end the process that they run in."""
SECRET = "mallory"


def differs(function: Decides) -> Decides:
    DIFFERENT[function.__name__] = function
    return function


def does_not_return(function: Decides) -> Decides:
    ENDLESS[function.__name__] = function
    return function


def tags_of(q: Question) -> list[Any]:
    return [value for value in (q["tag"], q["default_user"]) if value is not None]
