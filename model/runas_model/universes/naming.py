"""Names for functions: what a rule or law asks by calling one is known by a phrase, in the universe of words alone.

Everywhere else a named function returns what it would without a name.
"""

from collections.abc import Callable
from functools import wraps
from types import CodeType, FunctionType
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

import attrs

__all__ = ["NAMED", "Part", "function_of", "named"]

F = TypeVar("F", bound=Callable[..., Any])


@attrs.frozen
class Part:
    """A function that has a name: the phrase where what it returns is true, or for the value, and where it is false.

    The phrases may use `{parameter}`, the function's arguments by name.
    """

    holds: str
    fails: str
    function: Callable[..., Any]

    @property
    def id(self) -> str:
        return self.function.__name__


NAMED: dict[str, Part] = {}
"""Every named function, by its id; those of a module once it is imported."""


_function_of: "WeakKeyDictionary[Callable[..., Any], tuple[FunctionType, CodeType]]" = WeakKeyDictionary()


def function_of(call: FunctionType) -> FunctionType:
    """The function that was given a name, of what is called in its place; any other function itself."""
    function, code = _function_of.get(call, (call, None))
    return function if call.__code__ is code else call


def named(holds: str, fails: str = "") -> Callable[[F], F]:
    """Give a function a name: a phrase where it holds and one where it fails, or a noun for a value.

    Raises ValueError for a second function of the same id, and for a phrase that another one has.
    """

    def register(function: F) -> F:
        part = Part(holds, fails, function)
        for other in NAMED.values():
            is_same = (other.function.__module__, other.id) == (function.__module__, part.id)
            if not is_same and (other.id == part.id or other.holds == holds):
                raise ValueError(f"{function.__name__} is named as {other.id} is: give it another id and phrase")
        NAMED[part.id] = part

        @wraps(function)
        def call(*arguments: Any) -> Any:
            result = function(*arguments)
            if result is True or result is False:
                return result
            if hasattr(type(result), "called"):
                return result.called(part, arguments)
            return result

        _function_of[call] = (cast(FunctionType, function), cast(FunctionType, call).__code__)
        return cast(F, call)

    return register
