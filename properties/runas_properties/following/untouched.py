"""Whether code left the names of Python that we use, our own modules, and what Python calls by itself as they were."""

import abc
import ast
import builtins
import enum
import functools
import gc
import operator
import signal
import sys
from collections.abc import Iterator
from types import FunctionType, ModuleType
from typing import Any

__all__ = ["OURS", "Untouched"]

OURS = ("runas_model", "runas_properties")
NOTHING = object()


class Untouched:
    """What stands for what now, to be compared later."""

    def __init__(self) -> None:
        self.listed = {f"{module.__name__}.": tuple(vars(module).get("__all__", ())) for module in _modules()}
        self.before = dict(_named())

    def changed(self) -> str:
        """A name that stands for something else by now, is new or is gone; blank if there is none.

        New are neither the modules of a package nor what its face shows, which are imported when they are asked for.
        """
        now = dict(_named())
        for place, named in self.before.items():
            there = now.get(place, {})
            for name in named | there:
                value, before = there.get(name, NOTHING), named.get(name, NOTHING)
                is_import = type(value) is ModuleType or name in self.listed.get(place.split()[-1], ())
                if value is not before and not (before is NOTHING and is_import):
                    return f"{place}{name}"
        return ""


def _modules() -> list[ModuleType]:
    ours = [module for name, module in sys.modules.items() if name.split(".")[0] in OURS]
    return [builtins, abc, ast, enum, functools, operator, *ours]


def _named() -> Iterator[tuple[str, dict[Any, Any]]]:
    """What stands for what in each module and class, the code of functions, and what tables hold."""
    yield "the function that ", {"traces": sys.gettrace(), "profiles": sys.getprofile()}
    for module in _modules():
        names = dict(vars(module))
        yield from _within(f"{module.__name__}.", names)
        for name, value in names.items():
            if isinstance(value, type) and value.__module__ == module.__name__ != "builtins":
                yield from _within(f"{module.__name__}.{name}.", dict(vars(value)))
    yield "the function that handles the signal ", {one.name: signal.getsignal(one) for one in signal.Signals}
    yield "the functions that Python calls when it looks for garbage, at ", dict(enumerate(gc.callbacks))


def _within(place: str, names: dict[str, Any]) -> Iterator[tuple[str, dict[Any, Any]]]:
    yield place, names
    functions = {name: _function(value) for name, value in names.items()}
    written = {name: function for name, function in functions.items() if isinstance(function, FunctionType)}
    yield f"the code of {place}", {name: function.__code__ for name, function in written.items()}
    yield f"the defaults of {place}", {name: function.__defaults__ for name, function in written.items()}
    for name, value in names.items():
        if type(value) is dict and name != "__builtins__":
            yield f"the table {place}{name}, at ", dict(value)


def _function(value: Any) -> Any:
    """The function of which a part of a class is made, if it is."""
    if type(value) is property:
        return value.fget
    return value.__func__ if type(value) in (classmethod, staticmethod) else value
