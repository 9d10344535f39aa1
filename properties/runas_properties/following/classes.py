"""What classes and objects have under a name, as it stands there: nothing of their own is run to find out.

An object may say that it is of another class, a metaclass may show other attributes than those that Python uses, a
descriptor may show one thing on the class and give another on the object, and a key of a dict may have an equality of
its own. So values are told apart by `type`, and whatever could mislead is refused.
"""

from abc import ABCMeta
from enum import EnumMeta
from typing import Any

from runas_model.universes.sources import is_named_plainly
from runas_properties.following.paths import NotFollowed

__all__ = ["bases_of", "check_class", "has_metaclass", "in_class", "names_in"]

METACLASSES = (EnumMeta, ABCMeta)
"""Those besides `type` whose classes have what their dicts say, and which are equal to themselves alone."""
BASES = vars(type)["__mro__"]


def has_metaclass(kind: type) -> bool:
    """Whether a class has a metaclass of its own, which may change what it shows and what it is equal to."""
    return type(kind) is not type and all(type(kind) is not meta for meta in METACLASSES)


def check_class(value: Any) -> None:
    """Raises `NotFollowed` for a value of a class that has a metaclass of its own."""
    if has_metaclass(type(value)):
        raise NotFollowed("an object of a class that has a metaclass of its own")


def bases_of(kind: type) -> tuple[type, ...]:
    """A class and all that it inherits from. Raises `NotFollowed` where one of them has a metaclass."""
    bases: tuple[type, ...] = BASES.__get__(kind)
    if any(map(has_metaclass, bases)):
        raise NotFollowed("a class that has a metaclass of its own")
    return bases


def in_class(kind: type, name: str) -> Any:
    """What objects of a class find there under a name, before any descriptor is asked; None where there is nothing."""
    found = None
    for one in reversed(bases_of(kind)):
        found = names_in(dict(vars(one))).get(name, found)
    check_class(found)
    return found


def names_in(named: Any, place: tuple[str, int] | None = None) -> dict[str, Any]:
    """A dict of what has names. Raises `NotFollowed` for any other, and where a name may be equal to another."""
    if not is_named_plainly(named):
        raise NotFollowed("names that are in no plain dict, or are no plain texts", place)
    return named
