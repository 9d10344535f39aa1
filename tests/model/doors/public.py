"""Every public callable of the packages, and what is right and wrong for its parameters, by their annotations alone."""

from collections.abc import Callable, Collection, Iterator, Mapping
from enum import Enum
from importlib import import_module
from inspect import Parameter, isclass, ismodule, signature, unwrap
from pkgutil import walk_packages
from typing import Annotated, Any, NewType, TypeVar, get_args, get_origin, get_type_hints

import attrs

from runas_properties.conformance.reports.report import Report

FOR_TYPES = {"Report": Report}
"""What modules import for type checkers alone."""
PACKAGES = ("runas_model", "runas_properties", "runas_solver")


class Strange:
    """What nothing public takes."""


WRONG = (Strange(), None, True, 7, 3.5, "no such thing", b"bytes", [Strange()], {"a": Strange()}, lambda: None, Strange)
"""One value of each kind, of which each parameter takes some at the most."""


def faces() -> Iterator[str]:
    """The modules that show public names: the packages and all packages in them."""
    for package in PACKAGES:
        yield package
        inner = walk_packages(import_module(package).__path__, f"{package}.")
        yield from (found.name for found in inner if found.ispkg)


def is_called(value: Any) -> bool:
    """Whether a public name is called by who uses it: a function, or a class that is no enumeration."""
    is_alias = get_origin(value) is not None or isinstance(value, NewType)
    is_enumeration = isclass(value) and issubclass(value, Enum)
    return callable(value) and not (ismodule(value) or is_alias or is_enumeration)


def callables() -> dict[str, Callable[..., Any]]:
    """Every public callable, by the first of its public names that is fullest."""
    found: dict[int, tuple[str, Any]] = {}
    for face in faces():
        module = import_module(face)
        for name in getattr(module, "__all__", ()):
            value = getattr(module, name)
            if is_called(value):
                found[id(value)] = f"{face}.{name}", value
    return dict(sorted(found.values()))


def parameters(function: Callable[..., Any]) -> dict[str, tuple[Parameter, Any]]:
    """The parameters of a callable that have a name, each with its annotation."""
    of: Any = function.__init__ if isclass(function) and not attrs.has(function) else function
    hints = get_type_hints(of if isclass(of) else unwrap(of), FOR_TYPES, include_extras=True)
    named = signature(function).parameters
    return {name: (one, hints.get(name, Any)) for name, one in named.items() if one.kind is not Parameter.VAR_KEYWORD}


def leaves(hint: Any) -> set[Any]:
    """The classes of which a value that is annotated so may be, or its parts."""
    if isinstance(hint, NewType):
        return leaves(hint.__supertype__)
    if hint in (None, type(None)):
        return {type(None)}
    if get_origin(hint) is Annotated:
        return leaves(get_args(hint)[0])
    if isclass(hint) and issubclass(hint, Enum):
        return {hint, *(type(member.value) for member in hint)}
    if isinstance(hint, TypeVar) or hint in (Any, object):
        return {Any}
    outer = {get_origin(hint)} if isclass(get_origin(hint)) else set()
    inner = [leaves(one) for one in get_args(hint) if one is not ... and not isinstance(one, list | str)]
    return outer.union(*inner) if get_args(hint) else {hint}


def wrong_for(hint: Any) -> list[Any]:
    """The values that are wrong for a parameter, whatever its bounds."""
    right = leaves(hint)
    if Any in right and get_origin(hint) is None:
        return []
    if float in right:
        right.add(int)
    is_function = any(getattr(one, "__name__", "") == "Callable" for one in right)
    several = tuple(one for one in right if isclass(one) and issubclass(one, Collection) and one is not str)

    def may_be_right(value: Any) -> bool:
        return (
            type(value) in right or (is_function and callable(value)) or (Any in right and isinstance(value, several))
        )

    return [value for value in WRONG if not may_be_right(value)]


def right_for(name: str, hint: Any, examples: Mapping[Any, Any]) -> Any:
    """A right value for a parameter: the example of its name, or of the first class that its annotation has."""
    if name in examples:
        return examples[name]
    own_first = sorted(leaves(hint), key=lambda one: (one in (str, int, bool, float), repr(one)))
    return next(examples[one] for one in own_first if one in examples)
