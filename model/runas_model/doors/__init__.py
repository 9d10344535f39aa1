"""Doors: what comes from outside is checked once, where it comes in, and what is wrong with it is said.

A door raises TypeError for a value of a wrong kind, and ValueError for one of the right kind that is not to be had.
Both say which argument it was given for, what was given, what there is, and what is near it.

`checked` has a function check its arguments by their annotations, `checked_fields` a class of records its fields, and
`check_fields` checks one record. An enumerated value may be given by its value: `"linux"` means `Platform.LINUX`. May
import nothing of ours.
"""

from collections.abc import Callable, Collection, Mapping
from functools import cache, wraps
from inspect import Parameter, signature
from typing import Annotated, Any, TypeVar, cast, get_type_hints

import attrs
import msgspec

from runas_model.doors.kinds import Kind, kind_of, known_as
from runas_model.doors.saying import meant, wrong_kind, wrong_names, wrong_value

__all__ = [
    "AtLeastOne",
    "Count",
    "FromOne",
    "Kind",
    "Seconds",
    "check_fields",
    "checked",
    "checked_fields",
    "is_concrete",
    "kind_of",
    "known_as",
    "meant",
    "one_of",
    "read",
    "read_all",
    "wrong_kind",
    "wrong_names",
    "wrong_value",
]

Count = Annotated[int, msgspec.Meta(ge=0)]
"""How many of something."""
FromOne = Annotated[int, msgspec.Meta(ge=1)]
"""How many of something of which there is one at least."""
AtLeastOne = msgspec.Meta(min_length=1)
"""Of several values: that there is one."""
Seconds = Annotated[float, msgspec.Meta(gt=0)]
"""A length of time."""

F = TypeVar("F", bound=Callable[..., Any])


def read(hint: Any, value: Any, argument: str) -> Any:
    """What a value means that was given for an argument annotated so. Raises TypeError or ValueError for none."""
    return kind_of(hint).read(value, argument)


def read_all(kinds: Mapping[str, Kind], given: Mapping[str, Any]) -> dict[str, Any]:
    """What values mean, each of the kind of its name. Raises TypeError or ValueError for one that is wrong."""
    return {
        name: value if type(value) in (kind := kinds[name]).plainly else kind.read(value, name)
        for name, value in given.items()
    }


def one_of(options: Collection[str], value: Any, argument: str) -> str:
    """A text that is one of the options. Raises TypeError for no text, and ValueError for another one."""
    text: str = value if type(value) is str else read(str, value, argument)
    if text not in options:
        raise wrong_value(argument, text, options)
    return text


@cache
def is_concrete(kind: type) -> bool:
    """Whether values of a class are of the concrete universe: others bring connectives, or can be asked for blanks."""
    return not (hasattr(kind, "choose") or hasattr(kind, "is_blank"))


def checked(function: F) -> F:
    """Let a function check its arguments by its annotations, before it runs."""
    parameters = signature(function).parameters
    in_order = [one.name for one in parameters.values() if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
    others = next((one.name for one in parameters.values() if one.kind is Parameter.VAR_POSITIONAL), "")

    @cache
    def kinds() -> dict[str, Kind]:
        hints = get_type_hints(function, include_extras=True)
        return {name: kind_of(hint) for name, hint in hints.items() if name != "return"}

    @wraps(function)
    def door(*given: Any, **named: Any) -> Any:
        by_name = kinds()
        places = in_order if len(given) <= len(in_order) else [*in_order, *[others] * (len(given) - len(in_order))]
        given = tuple([_read(by_name, name, value) for name, value in zip(places, given, strict=False)])
        if named:
            named = {name: _read(by_name, name, value) for name, value in named.items()}
        return function(*given, **named)

    return cast(F, door)


def _read(kinds: Mapping[str, Kind], name: str, value: Any) -> Any:
    kind = kinds.get(name)
    return value if kind is None or type(value) in kind.plainly else kind.read(value, name)


@cache
def _kinds_of(record: Any) -> dict[str, Kind]:
    hints = get_type_hints(record, include_extras=True)
    return {field.name: kind_of(hints[field.name]) for field in attrs.fields(record)}


def check_fields(record: Any, *, but: Any = attrs.NOTHING) -> None:
    """Check the fields of a record by their annotations, but for those of other universes, and those that are `but`.

    Raises TypeError or ValueError for one that is wrong; an enumerated one becomes the member that it means.
    """
    for name, kind in _kinds_of(record.__class__).items():
        value = getattr(record, name)
        if type(value) not in kind.plainly and (type(value) is not type(but) or value != but):
            _check_field(record, name, kind, value)


def _check_field(record: Any, name: str, kind: Kind, value: Any) -> None:
    if type(value) not in kind.plainly and is_concrete(value.__class__):
        found = kind.read(value, name)
        if found is not value:
            object.__setattr__(record, name, found)


def checked_fields(record: type, fields: "list[attrs.Attribute[Any]]") -> "list[attrs.Attribute[Any]]":
    """A transformer for `attrs.frozen` and `attrs.define`: each record checks its fields as `check_fields` does."""

    def check(instance: Any, attribute: "attrs.Attribute[Any]", value: Any) -> None:
        _check_field(instance, attribute.name, _kinds_of(instance.__class__)[attribute.name], value)

    def checks(field: "attrs.Attribute[Any]") -> Any:
        return check if field.validator is None else attrs.validators.and_(check, field.validator)

    return [field.evolve(validator=checks(field)) if field.init else field for field in fields]
