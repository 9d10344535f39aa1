"""Names that occur near a function: in its source, in what was computed when it was imported, and two of them in one.

A fault that waits for one name is often found by them, whatever hides the name.
"""

import sys
from collections import deque
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import product
from types import CellType, FunctionType, MethodType
from typing import Any

from runas_properties.following.classes import has_metaclass
from runas_properties.following.sources import OF_PYTHON, constants_near
from runas_properties.following.untouched import OURS

__all__ = ["names_near"]

LONGEST = 80
"""How many letters a name has at most."""
JOINED = 24
"""Of how many names every two are put together."""
MANY = 2_000
"""How many names are tried at most, but for joined ones."""
VALUES = 20_000
"""How many values are looked at for them."""


def names_near(function: Any) -> list[str]:
    """Names that the code of a function may wait for, each once."""
    there = [value for value in _values_near(function) if type(value) is str]
    written = [value for value in constants_near(function) if type(value) is str]
    single = list(dict.fromkeys(name for name in (*there, *written) if 0 < len(name) <= LONGEST))
    joined = (one + other for one, other in product(_words(written), repeat=2))
    return list(dict.fromkeys((*single[:MANY], *joined)))


def _words(written: list[str]) -> list[str]:
    return [name for name in dict.fromkeys(written) if 0 < len(name) <= LONGEST // 2][:JOINED]


def _values_near(function: Any) -> Iterator[Any]:
    """What a function can reach: globals of its modules, closures, defaults, attributes and members of containers."""
    to_do = deque([function])
    known: dict[int, Any] = {}
    listed: set[int] = set()
    while to_do and len(known) < VALUES:
        value = to_do.popleft()
        if id(value) not in known:
            known[id(value)] = value
            yield value
            to_do += _within(value, listed)


def _within(value: Any, listed: set[int]) -> list[Any]:
    """What is in a value; of a module's globals, only for the first function of it: `listed` are those that were."""
    kind = type(value)
    if has_metaclass(kind):
        return []
    if kind is FunctionType and not value.__code__.co_filename.startswith(OF_PYTHON):
        names = [] if id(value.__globals__) in listed else _named(value.__globals__)
        listed.add(id(value.__globals__))
        cells = [cell.cell_contents for cell in value.__closure__ or () if _is_filled(cell)]
        return [*names, *cells, *(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values()]
    if kind is MethodType:
        return [value.__func__, value.__self__]
    if kind is partial:
        return [value.func, *value.args, *value.keywords.values()]
    if kind is dict:
        return [*value.keys(), *value.values()]
    if kind in (list, tuple, set, frozenset):
        return list(value)
    if isinstance(value, type) and value.__module__ not in sys.stdlib_module_names:
        return _named(vars(value))
    if kind.__module__ in sys.stdlib_module_names:
        return [value.fget] if kind is property else []
    return [kind, *_own(value).values()]


def _named(names: Mapping[str, Any]) -> list[Any]:
    """What has names, but for what Python or this kit keeps for itself."""
    return [one for name, one in names.items() if not name.startswith("__") and not _is_ours(one)]


def _is_ours(value: Any) -> bool:
    module = getattr(value, "__module__", None) if isinstance(value, type | FunctionType) else type(value).__module__
    return str(module).split(".")[0] in OURS


def _own(value: Any) -> dict[str, Any]:
    try:
        own = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return {}
    return own if type(own) is dict else {}


def _is_filled(cell: CellType) -> bool:
    try:
        return cell.cell_contents is not cell
    except ValueError:
        return False
