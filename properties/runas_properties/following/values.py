"""The values of a run that is followed: Python's own where they are known, and stand-ins for what is not.

Lists, dicts and sets are always stand-ins, since what they hold may not be known: nothing is hashed, and only what the
run made itself may be changed.
"""

from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

import attrs

from runas_properties.following.classes import check_class, has_metaclass
from runas_properties.following.knowledge import Number, Text
from runas_properties.following.paths import NotFollowed

__all__ = [
    "PLAIN",
    "Dict",
    "Function",
    "Iter",
    "List",
    "Method",
    "Raised",
    "Set",
    "Stripped",
    "Unsettled",
    "View",
    "is_plain",
    "kind_of",
    "named",
    "seen",
]

PLAIN = (type(None), bool, int, str)
"""The types of values that Python's own operations are used on; no subclass of them."""


@attrs.frozen(eq=False)
class Unsettled:
    """One of several values, which is settled when something is asked of it: values of one question go together."""

    question: str
    alternatives: tuple[Any, ...]


@attrs.frozen(eq=False)
class Stripped:
    """A text without what it has of some characters at its ends: of this only whether it is empty is known."""

    text: Text
    characters: frozenset[str]


@attrs.define(eq=False)
class List:
    """A list; `own` where the run made it."""

    items: list[Any]
    own: bool = True


@attrs.define(eq=False)
class Dict:
    """A dict, as pairs of keys and values in order; no two keys are equal."""

    entries: list[tuple[Any, Any]]
    own: bool = True


@attrs.define(eq=False)
class Set:
    """A set, as items of which no two are equal."""

    items: list[Any]
    own: bool = True
    frozen: bool = False


@attrs.frozen(eq=False)
class View:
    """What `keys`, `values` or `items` of a dict returns."""

    of: Dict
    kind: str


@attrs.frozen(eq=False)
class Iter:
    """An iterator, which gives each value once."""

    values: Iterator[Any]


@attrs.frozen(eq=False)
class Function:
    """A function of the code that is followed: its syntax, where it stands, and its defaults."""

    node: Any
    scope: Any
    defaults: tuple[Any, ...]
    keyword_defaults: dict[str, Any]


@attrs.frozen(eq=False)
class Method:
    """A method of a stand-in or of a plain value, to be called."""

    of: Any
    name: str


class Raised(Exception):
    """An exception that the code under test raised, as opposed to one of ours."""

    def __init__(self, kind: type[BaseException]) -> None:
        super().__init__(kind.__name__)
        self.kind = kind


KINDS: dict[type, type] = {
    Text: str,
    Stripped: str,
    Number: int,
    List: list,
    Dict: dict,
    Function: FunctionType,
}


def kind_of(value: Any) -> type:
    """The type that Python would find a value to have. Raises `NotFollowed` where that is not known."""
    if type(value) is Set:
        return frozenset if value.frozen else set
    if type(value) in (View, Iter, Method, Unsettled):
        raise NotFollowed("it asks for the type of an iterator, a view or a method")
    return KINDS.get(type(value), type(value))


def is_plain(value: Any) -> bool:
    """Whether a value is known through and through, and Python's own operations may be used on it."""
    if type(value) is tuple:
        return all(map(is_plain, value))
    return not has_metaclass(type(value)) and type(value) in PLAIN


VIEWS: dict[type, Callable[[Any], Any]] = {
    list: lambda value: List(value, own=False),
    dict: lambda value: Dict(list(value.items()), own=False),
    set: lambda value: Set(list(value), own=False),
    frozenset: lambda value: Set(list(value), own=False, frozen=True),
}


def seen(value: Any) -> Any:
    """A value as the run sees it: what was there before the run and could be changed is only looked at.

    Raises `NotFollowed` for one of which nothing may be asked.
    """
    check_class(value)
    view = VIEWS.get(type(value))
    return value if view is None else view(value)


NAMES = {Text: "name that is not known", Number: "number that is not known", Stripped: "name that is not known"}


def named(value: Any) -> str:
    kind = type(value)
    return NAMES.get(kind, kind.__name__.lower() if kind.__module__ == __name__ else kind.__name__)
