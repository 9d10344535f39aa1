"""Objects that were there before the run: what they are equal to, and which attributes they have.

Both are looked up without running anything, and only where nothing of their own could be run instead.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, EnumMeta
from types import (
    BuiltinFunctionType,
    FunctionType,
    GetSetDescriptorType,
    MemberDescriptorType,
    MethodType,
    ModuleType,
)
from typing import Any

from runas_properties.following.classes import bases_of, in_class, names_in
from runas_properties.following.knowledge import Number, Text
from runas_properties.following.paths import NotFollowed
from runas_properties.following.values import Dict, Function, List, Raised, Set, is_plain, named, seen

__all__ = ["attribute_of", "has_plain_equality", "is_object", "is_ordinary"]

Call = Callable[[Any, Sequence[Any], Mapping[str, Any]], Any]
HEAP_TYPE = 1 << 9
"""The flag of classes that are written in Python."""
UNCHANGED, EQUALITY, INEQUALITY = object.__getattribute__, object.__eq__, object.__ne__
HASHES = (object.__hash__, vars(Enum)["__hash__"])


def is_ordinary(value: Any) -> bool:
    """Whether a value is an object of a class written in Python that looks its attributes up as usual."""
    kind = type(value)
    return bool(kind.__flags__ & HEAP_TYPE) and in_class(kind, "__getattribute__") is UNCHANGED


def is_object(value: Any) -> bool:
    """Whether a value is one object that is equal to itself alone."""
    if type(value) is Function or type(value) in (FunctionType, ModuleType):
        return True
    if type(value) is BuiltinFunctionType:  # and no method of some object
        return type(value.__self__) is ModuleType
    kind = type(value)
    if kind in (type, EnumMeta):
        return True
    return (
        type(kind) is EnumMeta
        and all(one is object or one.__flags__ & HEAP_TYPE for one in bases_of(kind))  # no text, and no number
        and in_class(kind, "__eq__") is EQUALITY
        and in_class(kind, "__ne__") is INEQUALITY
        and any(in_class(kind, "__hash__") is one for one in HASHES)
    )


def has_plain_equality(value: Any) -> bool:
    """Whether a value is equal to what is of its own kind, or to itself alone."""
    if is_plain(value) or type(value) in (tuple, Text, Number, List, Dict, Set, Function):
        return True
    return is_object(value)


def attribute_of(of: Any, name: str, call: Call) -> Any:
    """An attribute of what has no methods that are followed; `call` calls the function of a property."""
    if type(of) is ModuleType and name in names_in(vars(of)):
        return seen(vars(of)[name])
    if type(of) is EnumMeta and name in (members := names_in(in_class(of, "_member_map_"))):
        return seen(_member(of, name, members))
    if type(type(of)) is EnumMeta and name in ("value", "name") and _is_of_every_member(type(of), name):
        return seen(own_names(of)[f"_{name}_"])
    if type(of) in (type(None), bool, int, str, Text, Number):
        kind = type(of) if is_plain(of) else str if type(of) is Text else int
        if not hasattr(kind, name):
            raise Raised(AttributeError)
    elif _is_plain_object(of):
        return _of_object(of, name, call)
    raise NotFollowed(f"the attribute `{name}` of a {named(of)}")


def _member(of: type, name: str, members: Mapping[str, Any]) -> Any:
    if in_class(of, name) is not members[name]:
        raise NotFollowed(f"the member `{name}` of {of.__name__}, which is looked up in a way of its own")
    return members[name]


def _of_object(of: Any, name: str, call: Call) -> Any:
    found, own = in_class(type(of), name), own_names(of)
    if type(found) is MemberDescriptorType:
        try:
            return seen(found.__get__(of))
        except AttributeError:
            raise Raised(AttributeError) from None
    if type(found) is FunctionType:
        return seen(own[name]) if name in own else MethodType(found, of)
    if type(found) is property and type(found.fget) is FunctionType:
        return call(found.fget, (of,), {})
    if name in own and (found is None or type(found) in CONSTANTS):
        return seen(own[name])
    if found is not None and type(found) in CONSTANTS:
        return seen(found)
    raise NotFollowed(f"the attribute `{name}` of an object of the class {type(of).__name__}")


CONSTANTS = (bool, int, str, tuple, list, dict, set, frozenset)
"""What an attribute of a class may be to be no more than a value."""


def _is_of_every_member(kind: type, name: str) -> bool:
    """Whether an attribute of members is the one that every enumeration has."""
    is_usual = in_class(kind, name) is vars(Enum)[name] and in_class(kind, f"_{name}_") is None
    return is_usual and _has_plain_names(kind) and type(in_class(kind, "__getattribute__")) is type(UNCHANGED)


def own_names(of: Any) -> dict[str, Any]:
    """The attributes that an object has of its own."""
    return names_in(getattr(of, "__dict__", {}))


def _is_plain_object(of: Any) -> bool:
    """Whether an object looks up its attributes as usual, so that its class and its own dict say what they are."""
    kind = type(of)
    return not kind.__module__.startswith("runas_properties.following") and is_ordinary(of) and _has_plain_names(kind)


def _has_plain_names(kind: type) -> bool:
    """Whether the own dict of an object of a class is what holds its attributes, and no function makes up others."""
    own = in_class(kind, "__dict__")
    is_usual = own is None or (type(own) is GetSetDescriptorType and own.__name__ == "__dict__")
    return is_usual and in_class(kind, "__getattr__") is None
