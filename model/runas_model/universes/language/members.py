"""What classes and functions offer: the fields of records, their methods, and what a function returns."""

import inspect
from collections.abc import Callable, Iterator
from enum import Enum
from functools import cache, cached_property
from types import FunctionType, MemberDescriptorType, ModuleType
from typing import Any, cast, get_args, get_origin, get_type_hints
from weakref import WeakSet

import attrs
import msgspec

from runas_model.universes.connectives import field_names
from runas_model.universes.language.kinds import (
    CLASSES,
    Kind,
    Known,
    Model,
    is_enumeration,
    is_plain,
    kind_of,
    known,
    looks_up_as_python,
)

__all__ = [
    "declare",
    "declared_parameters",
    "default_of",
    "field_hints",
    "is_declared",
    "is_plain_member",
    "look_up",
    "member",
    "not_constructible",
    "result_of",
    "result_of_callable",
]

HOOKS = ("__attrs_pre_init__", "__attrs_post_init__", "__post_init__", "__getattr__")
INITS = {object.__init__, BaseException.__init__, Exception.__init__}

_declared: "WeakSet[Callable[..., Any]]" = WeakSet()


def declare(function: Callable[..., Any]) -> None:
    """Note of a function that it means the same in every universe, whatever its syntax."""
    _declared.add(function)


def is_declared(function: Any) -> bool:
    """Whether that was noted of a function."""
    return isinstance(function, FunctionType) and function in _declared


@cache
def _hints(of: Any) -> dict[str, Any]:
    return get_type_hints(of)


def field_hints(record: type) -> dict[str, Any]:
    """The fields of a class of records, each with its type."""
    hints = _hints(record)
    return {name: hints.get(name, Any) for name in field_names(record)}


def is_plain_member(owner: Model, name: str) -> bool:
    """Whether the class of a subject says of a member that it is plain."""
    return owner.subject and name in getattr(owner.sort, "PLAIN", ())


def member(record: type, name: str) -> tuple[str, Any]:
    """What a name is of a class: a `field` and its type, a `value` or `method` and its function, or nothing."""
    found = inspect.getattr_static(record, name, None)
    if name in field_names(record) and (isinstance(found, MemberDescriptorType) or not hasattr(found, "__get__")):
        return "field", _hints(record).get(name, Any)
    if type(found) is property and found.fget is not None:
        return "value", found.fget
    if type(found) is cached_property:
        return "value", found.func
    return ("method", found) if isinstance(found, FunctionType) else ("", None)


def look_up(value: Any, name: str) -> Kind | None:
    """The kind of an attribute of an object that is there before anything runs; None where it is not settled by it."""
    if type(value) is ModuleType:
        return known(vars(value)[name]) if name in vars(value) else None
    if is_enumeration(type(value)):
        is_python = inspect.getattr_static(type(value), name, None) is inspect.getattr_static(Enum, name, value)
        return Known(getattr(value, name)) if name in ("name", "value") and is_python else None
    if isinstance(value, type):
        if type(value) not in CLASSES:
            return None
        found = value.__members__.get(name) if issubclass(value, Enum) else inspect.getattr_static(value, name, None)
        is_settled = isinstance(found, FunctionType) or (found is not None and is_plain(Known(found)))
        return Known(found) if is_settled else None
    if looks_up_as_python(type(value)) and name in field_names(type(value)) and member(type(value), name)[0] == "field":
        return known(object.__getattribute__(value, name))
    return None


def result_of(function: Callable[..., Any]) -> Kind:
    """The kind of what a function returns, by its annotation."""
    return kind_of(_hints(function).get("return", Any))


def declared_parameters(
    function: Callable[..., Any], positional: list[Kind], named: dict[str, Kind]
) -> Iterator[tuple[Any, Kind]]:
    """What is given to a function, each with what its parameter is annotated with."""
    hints = _hints(function)
    every = list(inspect.signature(function).parameters)
    for name, kind in (*zip(every, positional), *named.items()):  # noqa: B905
        yield hints.get(name, Any), kind


def result_of_callable(sort: Any) -> Kind:
    """The kind of what a value returns that can be called, by its annotation."""
    if get_origin(sort):
        return kind_of(get_args(sort)[1])
    return result_of(sort.__call__)


@cache
def not_constructible(record: type) -> str:
    """Why making one of a class does more than to keep what it is given; empty if it does not."""
    if issubclass(record, Exception):
        init, new = cast(Any, record).__init__, record.__new__
        is_known = is_declared(init) or init in INITS
        is_made = type(record) is type and record.__setattr__ is Exception.__setattr__
        is_known = is_known and is_made and new in (Exception.__new__, BaseException.__new__)
        return "" if is_known else "its `__init__` is its own"
    if attrs.has(record):
        if any(field.converter or field.validator for field in attrs.fields(record)):
            return "it converts or validates what it is given"
        is_generated = record.__init__.__code__.co_filename.startswith("<attrs generated")
        is_frozen = record.__setattr__ is Model.__setattr__  # that of every frozen class
        is_made = type(record) is type and record.__new__ is object.__new__ and is_generated and is_frozen
    elif issubclass(record, msgspec.Struct):
        is_made = type(record) is type(msgspec.Struct) and record.__new__ is msgspec.Struct.__new__
    else:
        return "it is no record, made by attrs or msgspec"
    if not is_made or record.__getattribute__ is not object.__getattribute__:
        return "its constructor is its own"
    if own := [hook for hook in HOOKS if hasattr(record, hook) and not is_declared(getattr(record, hook))]:
        return f"it has a `{own[0]}` of its own"
    taken = inspect.signature(record).parameters.values()
    in_order = tuple(one.name for one in taken if one.kind is one.POSITIONAL_OR_KEYWORD)
    return "" if in_order == field_names(record) else "it takes something else than its fields in order"


def default_of(record: type, name: str) -> Kind | None:
    """The kind of a field that is not given; None where it has to be."""
    if attrs.has(record):
        default = attrs.fields_dict(record)[name].default
        return None if default is attrs.NOTHING or isinstance(default, cast(Any, attrs.Factory)) else known(default)
    info = {field.name: field.default for field in msgspec.structs.fields(cast(Any, record))}
    return None if info[name] is msgspec.NODEFAULT else known(info[name])
