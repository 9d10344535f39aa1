"""What an expression of the language is: plain, a model value of a sort, several of these, or something else known.

What is *plain* is one and the same Python object in every universe. All else may be a term in one and a value in
another.
"""

from collections import abc
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin

import attrs
import msgspec

from runas_model.universes.connectives import field_names
from runas_model.universes.tables import PairTable, Table

__all__ = [
    "ODD",
    "CLASSES",
    "PLAIN",
    "Items",
    "Kind",
    "Known",
    "Many",
    "Method",
    "Model",
    "Names",
    "Nested",
    "Shape",
    "category",
    "elements",
    "is_enumeration",
    "is_plain",
    "join",
    "kind_of",
    "known",
    "looks_up_as_python",
    "of_table",
    "parts_of",
]

TABLES = (Table, PairTable)
SCALARS = (str, int, bool, type(None))
CLASSES = (type, type(Enum), type(msgspec.Struct))
"""The classes of classes that look up a name as Python does."""


class Shape(Enum):
    """What can be done with something."""

    PLAIN = "plain"
    VALUE = "a value"
    RECORD = "a record"
    TABLE = "a table"
    MAPPING = "a mapping"
    CALLABLE = "a function"
    ERROR = "an error"
    ITEMS = "several values"
    OTHER = "something else"


@attrs.frozen
class Plain:
    """The same in every universe, though it is not known what."""


@attrs.frozen(eq=False)
class Known:
    """An object that is there before anything runs: a constant, a class, a function, a module."""

    value: Any

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Known) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


@attrs.frozen
class Model:
    """A model value of a sort or class. Of a `subject` it is known which of its parts are plain."""

    sort: Any
    subject: bool = False


@attrs.frozen
class Items:
    """A tuple or list of which every part is known."""

    kinds: tuple[Any, ...]


@attrs.frozen
class Many:
    """A tuple or list of a length that is not known, with parts of one kind."""

    kind: Any


@attrs.frozen
class Names:
    """Arguments by name, as a function takes them by `**`."""

    kinds: tuple[tuple[str, Any], ...]


@attrs.frozen
class Method:
    """What a model value can be asked: by a function of its class, or by the name of a method of tables."""

    owner: Model
    name: str
    function: Callable[..., Any] | None


@attrs.frozen(eq=False)
class Nested:
    """A function in a function: its syntax tree, the scope that it stands in, and the kinds of its defaults."""

    node: Any
    scope: Any
    defaults: tuple[tuple[str, Any], ...]


@attrs.frozen
class Odd:
    """One of several kinds, and it is not known which."""


Kind = Any
"""Any of these classes."""
PLAIN, ODD = Plain(), Odd()


def known(value: Any) -> Kind:
    """The kind of an object: a record of constants is a model value as any other."""
    names = field_names(type(value)) if looks_up_as_python(type(value)) else ()
    is_record = names and all(_is_constant(getattr(value, name)) for name in names)
    return Model(type(value)) if is_record else Known(value)


def kind_of(hint: Any) -> Kind:
    """The kind of what is annotated so."""
    hint = _sort(hint)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is tuple and Ellipsis not in arguments:
        return Items(tuple(map(kind_of, arguments)))
    if origin in (list, tuple, Sequence):
        return Many(kind_of(arguments[0]))
    return Known(None) if hint in (None, type(None)) else Model(hint)


def _sort(hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        return next(part for part in get_args(hint) if part is not type(None))
    return hint


def is_plain(kind: Kind) -> bool:
    """Whether something is one and the same in every universe."""
    if isinstance(kind, Known):
        return _is_constant(kind.value)
    return kind is PLAIN or (isinstance(kind, Items) and all(map(is_plain, kind.kinds)))


def looks_up_as_python(record: type) -> bool:
    """Whether Python alone says what an object of a class has under a name."""
    looks_up: Any = record.__getattribute__
    return type(record) in CLASSES and looks_up is object.__getattribute__


def is_enumeration(value: Any) -> bool:
    """Whether it is a class of enumerated values, and such as Python makes them."""
    return type(value) is type(Enum) and looks_up_as_python(value)


def _is_constant(value: Any) -> bool:
    """Whether Python alone says what it equals."""
    if is_enumeration(type(value)):
        compares: Any = type(value).__eq__
        return compares in (object.__eq__, str.__eq__, int.__eq__)
    return type(value) in SCALARS or (type(value) is tuple and all(map(_is_constant, value)))


def category(kind: Kind) -> Shape:
    """What can be done with something of this kind."""
    if isinstance(kind, Model):
        return _shape(kind.sort)
    if isinstance(kind, Items | Many) or (isinstance(kind, Known) and type(kind.value) is tuple):
        return Shape.ITEMS
    return Shape.PLAIN if is_plain(kind) else Shape.OTHER


@cache
def _shape(sort: Any) -> Shape:
    origin = get_origin(sort) or sort
    if not isinstance(origin, type):
        return Shape.VALUE
    if origin in TABLES or (_is_protocol(origin) and hasattr(origin, "has")):
        return Shape.TABLE
    if cast(Any, origin) is abc.Callable or (_is_protocol(origin) and "__call__" in vars(origin)):
        return Shape.CALLABLE
    if issubclass(origin, Mapping):
        return Shape.MAPPING
    if issubclass(origin, Exception):
        return Shape.ERROR
    return Shape.RECORD if field_names(origin) else Shape.VALUE


def _is_protocol(sort: type) -> bool:
    return bool(getattr(sort, "_is_protocol", False))


def of_table(sort: Any) -> Kind:
    """The kind of what stands in a table."""
    arguments = get_args(sort)
    if arguments:
        return kind_of(arguments[-1])
    return kind_of(getattr(sort, "__getitem__").__annotations__.get("return", Any))  # noqa: B009


def join(one: Kind, other: Kind) -> Kind:
    """The kind of what is one or the other."""
    if one == other:
        return one
    if isinstance(one, Items | Many) and isinstance(other, Items | Many):
        if isinstance(one, Items) and isinstance(other, Items) and len(one.kinds) == len(other.kinds):
            return Items(tuple(map(join, one.kinds, other.kinds)))
        parts = [part for several in (one, other) for part in parts_of(several)]
        return Many(_joined(parts))
    if is_plain(one) and is_plain(other):
        return PLAIN
    if {category(one), category(other)} <= {Shape.PLAIN, Shape.VALUE}:
        sorts = {kind.sort for kind in (one, other) if isinstance(kind, Model)}
        return Model(sorts.pop() if len(sorts) == 1 else Any)
    if category(one) is category(other) is Shape.ERROR:
        return Model(Exception)
    if isinstance(one, Model) and isinstance(other, Model) and one.sort == other.sort:
        return Model(one.sort)
    return ODD


def parts_of(several: Items | Many) -> tuple[Kind, ...]:
    return several.kinds if isinstance(several, Items) else (several.kind,)


def _joined(kinds: Sequence[Kind]) -> Kind:
    first, *others = kinds
    for kind in others:
        first = join(first, kind)
    return first


def elements(kind: Kind) -> Items | Many | None:
    """The parts of what can be gone through; None for what cannot."""
    if isinstance(kind, Items | Many):
        return kind
    if isinstance(kind, Known):
        value = kind.value
        if type(value) in (tuple, list) or is_enumeration(value):
            return Items(tuple(map(known, value)))
    return None
