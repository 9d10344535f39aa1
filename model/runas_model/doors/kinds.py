"""What a value from outside has to be, by the annotation of what it is given for.

A wrong kind of value is a TypeError, and the right kind with a value that is not to be had a ValueError.
"""

from collections import abc
from collections.abc import Callable, Collection, Iterable, Mapping
from enum import Enum
from functools import cache
from inspect import isclass
from math import isfinite
from types import UnionType
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin

import attrs
import msgspec

from runas_model.doors.saying import SAID, a, either, shown, wrong_kind, wrong_value

__all__ = ["KINDS", "Kind", "bounded", "choice", "kind_of", "known_as"]


@attrs.frozen
class Kind:
    """What a value has to be: in words, and the function that reads one given for an argument, or raises.

    A value whose class is one of `plainly` is right as it is.
    """

    words: str
    read: Callable[[Any, str], Any]
    plainly: frozenset[type] = frozenset()


def plain(kind: type, words: str, *also: type) -> Kind:
    """Values of a class; a truth is no number."""
    every = (kind, *also)

    def read(value: Any, argument: str) -> Any:
        is_of_it = isinstance(value, every) or _is_copy(type(value), kind)
        if not is_of_it or (isinstance(value, bool) and kind is not bool):
            raise wrong_kind(argument, value, words)
        return value

    return Kind(words, read, frozenset(every))


def _is_copy(one: type, other: type) -> bool:
    """Whether a class is another one, of a module that was loaded once more."""
    return (one.__module__, one.__qualname__) == (other.__module__, other.__qualname__)


def _having(words: str, holds: Callable[[Any], bool]) -> Kind:
    """Values of which something holds, whatever their class."""

    def read(value: Any, argument: str) -> Any:
        if not holds(value):
            raise wrong_kind(argument, value, words)
        return value

    return Kind(words, read)


ANYTHING = Kind("anything", lambda value, argument: value)
KINDS: dict[Any, Kind] = {
    Any: ANYTHING,
    object: ANYTHING,
    bool: plain(bool, "True or False"),
    int: plain(int, "a whole number"),
    float: plain(float, "a number", int),
    str: plain(str, "a text"),
    None: plain(type(None), "None"),
    type(None): plain(type(None), "None"),
    type: _having("a type", lambda value: isinstance(value, type | NewType)),
}
"""The kinds that are known by their annotations alone."""


def known_as(hint: Any, kind: Kind) -> None:
    """Let what is annotated so be of a kind."""
    KINDS[hint] = kind
    kind_of.cache_clear()


def bounded(kind: Kind, words: str, is_within: Callable[[Any], bool]) -> Kind:
    """Values of a kind, of which not all are to be had."""

    def read(value: Any, argument: str) -> Any:
        value = kind.read(value, argument)
        if not is_within(value):
            raise ValueError(f"{argument} cannot be {shown(value)}; expected {words}")
        return value

    return Kind(words, read)


def choice(options: Mapping[Any, Any], words: str, given: tuple[type, ...] = (str,)) -> Kind:
    """One of the options, given as what it is or by its key; what is of no class of `given` is of a wrong kind."""
    plainly = frozenset(map(type, options.values())) - {str, bool, int}

    def read(value: Any, argument: str) -> Any:
        if type(value) in plainly:
            return value
        if not isinstance(value, given):
            raise wrong_kind(argument, value, words)
        for key, option in options.items():
            if type(key) is type(value) and key == value:
                return option
        raise wrong_value(argument, value, options)

    return Kind(words, read, plainly)


@cache
def kind_of(hint: Any) -> Kind:
    """The kind of what is annotated so."""
    if hint in KINDS:
        return KINDS[hint]
    origin, arguments = get_origin(hint), get_args(hint)
    if isinstance(hint, NewType):
        return kind_of(hint.__supertype__)
    if origin is Annotated:
        return _bounded(kind_of(arguments[0]), arguments[1])
    if origin is Literal:
        return choice({one: one for one in arguments}, either(map(repr, arguments)), tuple({*map(type, arguments)}))
    if origin in (Union, UnionType):
        return _any_of([kind_of(one) for one in arguments])
    if abc.Callable in (hint, origin):
        return _having("something that can be called", callable)
    if origin is tuple and arguments[-1] is not ...:
        return _tuple([kind_of(one) for one in arguments])
    if isclass(origin) and issubclass(origin, Mapping):
        return _mapping(origin, *map(kind_of, arguments))
    if isclass(origin) and issubclass(origin, Iterable) and arguments:
        return _several(origin, kind_of(arguments[0]))
    return _of_class(origin or hint)


def _of_class(kind: Any) -> Kind:
    if not isclass(kind):
        return ANYTHING
    if issubclass(kind, Enum):
        options = {member.value: member for member in kind}
        words = f"{a(kind.__name__)}, by its value {either(map(repr, options))}"
        return choice(options, words, tuple({*map(type, options)}))
    words = SAID.get(kind.__name__, a(kind.__name__))
    if getattr(kind, "_is_protocol", False):
        names = [name for name in vars(kind) if not name.startswith("_") or name == "__call__"]
        return _having(words, lambda value: not isclass(value) and all(hasattr(value, name) for name in names))
    return plain(kind, words)


def _bounded(kind: Kind, bounds: msgspec.Meta) -> Kind:
    """Numbers from one on, or above one, and none that is not finite; or several values, and at least one."""
    if bounds.min_length is not None:
        return bounded(kind, f"{kind.words}, and not empty", lambda value: len(value) > 0)
    if bounds.ge is not None:
        least = bounds.ge
        return bounded(kind, f"{kind.words} from {least:g} on", lambda value: isfinite(value) and value >= least)
    above = bounds.gt or 0
    return bounded(kind, f"{kind.words} above {above:g}", lambda value: isfinite(value) and value > above)


def _any_of(kinds: list[Kind]) -> Kind:
    """Values of one of several kinds; a value that is near one of them is refused as that one refuses it."""
    words = either(dict.fromkeys(kind.words for kind in kinds))

    def read(value: Any, argument: str) -> Any:
        for kind in kinds:
            if type(value) in kind.plainly:
                return value
        for kind in kinds:
            try:
                return kind.read(value, argument)
            except TypeError as error:
                if not str(error).startswith(f"{argument} must "):
                    raise  # of the right kind, with a part that is not
        raise wrong_kind(argument, value, words)

    return Kind(words, read, frozenset[type]().union(*(kind.plainly for kind in kinds)))


def _tuple(kinds: list[Kind]) -> Kind:
    words = f"a tuple of {len(kinds)}: {', '.join(kind.words for kind in kinds)}"

    def read(value: Any, argument: str) -> Any:
        if not isinstance(value, tuple) or len(value) != len(kinds):
            raise wrong_kind(argument, value, words)
        parts = zip(kinds, value, strict=True)
        return tuple(kind.read(part, f"{argument}[{place}]") for place, (kind, part) in enumerate(parts))

    return Kind(words, read)


def _mapping(origin: Any, key: Kind = ANYTHING, item: Kind = ANYTHING) -> Kind:
    words = f"a mapping from {key.words} to {item.words}" if item is not ANYTHING else "a mapping"

    def read(value: Any, argument: str) -> Any:
        if not isinstance(value, origin):
            raise wrong_kind(argument, value, words)
        if not {*map(type, value)} <= key.plainly:
            for name in value:
                key.read(name, f"a key of {argument}")
        if item is not ANYTHING and not {*map(type, value.values())} <= item.plainly:
            for name, one in value.items():
                item.read(one, f"{argument}[{shown(name)}]")
        return value

    return Kind(words, read)


def _several(origin: Any, item: Kind) -> Kind:
    """Several values of a kind, in a collection; or in an iterator, whose values are checked as they come."""
    words = a(origin.__name__.lower()) if item is ANYTHING else f"{a(origin.__name__.lower())}, each item {item.words}"

    def read(value: Any, argument: str) -> Any:
        if isinstance(value, str | bytes | bytearray) or not isinstance(value, origin):
            raise wrong_kind(argument, value, words)
        if item is ANYTHING:
            return value
        checked = (item.read(one, f"{argument}[{place}]") for place, one in enumerate(value))
        if not isinstance(value, Collection):
            return checked
        if {*map(type, value)} <= item.plainly:
            return value
        every = list(checked)
        is_same = all(map(_is, every, value))
        return value if is_same else every if origin is list else frozenset(every) if origin is frozenset else (*every,)

    return Kind(words, read)


def _is(one: object, other: object) -> bool:
    return one is other
