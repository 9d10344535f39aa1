"""Objects that were there before the run: what they are equal to, and which attributes they have.

Both are looked up without running anything, and only where nothing of their own could be run instead.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, EnumMeta
from types import BuiltinFunctionType, FunctionType, MemberDescriptorType, MethodType, ModuleType
from typing import Any

from runas_properties.following.knowledge import Number, Text
from runas_properties.following.paths import NotFollowed
from runas_properties.following.values import Dict, Function, List, Raised, Set, is_plain, named, seen

__all__ = ["attribute_of", "has_plain_equality", "is_object", "is_ordinary"]

Call = Callable[[Any, Sequence[Any], Mapping[str, Any]], Any]
HEAP_TYPE = 1 << 9
"""The flag of classes that are written in Python."""
UNCHANGED: Any = object.__getattribute__


def is_ordinary(value: Any) -> bool:
    """Whether a value is an object of a class written in Python that looks its attributes up as usual."""
    kind: Any = type(value)
    return bool(kind.__flags__ & HEAP_TYPE) and kind.__getattribute__ is UNCHANGED


def is_object(value: Any) -> bool:
    """Whether a value is one object that is equal to itself alone."""
    if isinstance(value, Function) or type(value) in (FunctionType, ModuleType):
        return True
    if type(value) is BuiltinFunctionType:  # and no method of some object
        return type(value.__self__) is ModuleType
    if isinstance(value, type):
        return type(value) in (type, EnumMeta)
    return (
        isinstance(value, Enum)
        and type(value).__eq__ is object.__eq__
        and type(value).__hash__ in (Enum.__hash__, object.__hash__)
    )


def has_plain_equality(value: Any) -> bool:
    """Whether a value is equal to what is of its own kind, or to itself alone."""
    if is_plain(value) or type(value) in (tuple, Text, Number, List, Dict, Set, Function):
        return True
    return is_object(value)


def attribute_of(of: Any, name: str, call: Call) -> Any:
    """An attribute of what has no methods that are followed; `call` calls the function of a property."""
    if type(of) is ModuleType and name in vars(of):
        return seen(vars(of)[name])
    if type(of) is EnumMeta and name in of._member_map_ and getattr(of, name) is of._member_map_[name]:
        return of._member_map_[name]
    if isinstance(of, Enum) and name in ("value", "name") and _is_of_every_member(type(of), name):
        return seen(of._value_ if name == "value" else of._name_)
    if type(of) in (type(None), bool, int, str) or isinstance(of, Text | Number):
        kind = type(of) if is_plain(of) else str if isinstance(of, Text) else int
        if not hasattr(kind, name):
            raise Raised(AttributeError)
    elif _is_plain_object(of):
        return _of_object(of, name, call)
    raise NotFollowed(f"the attribute `{name}` of a {named(of)}")


def _of_object(of: Any, name: str, call: Call) -> Any:
    found = next((vars(kind)[name] for kind in type(of).__mro__ if name in vars(kind)), None)
    own = getattr(of, "__dict__", {})
    if isinstance(found, MemberDescriptorType):
        try:
            return seen(found.__get__(of))
        except AttributeError:
            raise Raised(AttributeError) from None
    if isinstance(found, FunctionType):
        return seen(own[name]) if name in own else MethodType(found, of)
    if type(found) is property and isinstance(found.fget, FunctionType):
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
    return not any(name in vars(one) for one in kind.__mro__[: kind.__mro__.index(Enum)])


class _Any:
    """A class like any other."""


DICT = vars(_Any)["__dict__"]
"""What gives the attributes that an object has of its own."""


def _is_plain_object(of: Any) -> bool:
    """Whether an object looks up its attributes as usual, so that its class and its own dict say what they are."""
    kind: Any = type(of)
    return (
        kind.__module__ != "builtins"
        and not kind.__module__.startswith("runas_properties.following")
        and isinstance(kind, type)
        and kind.__getattribute__ is UNCHANGED
        and not any("__getattr__" in vars(one) for one in kind.__mro__)
        and all(type(vars(one).get("__dict__", DICT)) is type(DICT) for one in kind.__mro__)
        and type(kind) in (type, EnumMeta)
    )
