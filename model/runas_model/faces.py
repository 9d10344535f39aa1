"""Faces: what a package shows of its modules, and where they were before.

A face lists its public names in reading order in ``__all__`` and imports them under ``if TYPE_CHECKING:``, for people
and type checkers. `when_asked` reads these imports and makes each when its name is first asked for. So a face costs
nothing to import, and only who asks for what explores needs NumPy.
"""

import ast
import sys
import warnings
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from importlib.machinery import ModuleSpec
from inspect import getsource
from types import ModuleType
from typing import Any

__all__ = ["moved", "when_asked"]


def when_asked(face: str) -> Callable[[str], Any]:
    """The ``__getattr__`` of a face: a name that it imports for type checkers is imported when it is asked for.

    ``dir`` lists these names too.
    """
    module = sys.modules[face]

    @cache
    def places() -> dict[str, str]:
        return dict(_imported(ast.parse(getsource(module))))

    def imported(name: str) -> Any:
        if name.startswith("__") or name not in places():
            raise AttributeError(f"module {face!r} has no attribute {name!r}")
        value = getattr(import_module(places()[name]), name)
        setattr(module, name, value)
        return value

    vars(module)["__dir__"] = lambda: sorted({*vars(module), *places()})
    return imported


def _imported(tree: ast.Module) -> list[tuple[str, str]]:
    """The names that are imported for type checkers, each with its module."""
    for_types = [
        node
        for branch in tree.body
        if isinstance(branch, ast.If) and isinstance(branch.test, ast.Name) and branch.test.id == "TYPE_CHECKING"
        for node in branch.body
        if isinstance(node, ast.ImportFrom)
    ]
    return [(one.name, node.module) for node in for_types if node.module for one in node.names]


class Moved(ModuleType):
    """A module under the path that it had before: each name comes from where it is now, with a warning."""

    def __init__(self, old: str, new: str) -> None:
        super().__init__(old, f"Moved to `{new}`.")
        self.__spec__ = ModuleSpec(old, None)
        self._new = new

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name != "__all__":
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        value = getattr(import_module(self._new), name)
        text = f"{self.__name__} has moved to {self._new}; the old path will be removed in the next version"
        warnings.warn(text, DeprecationWarning, stacklevel=2)
        return value


def moved(modules: Mapping[str, str]) -> None:
    """Let modules be imported by the path that each had before, for one version, with a DeprecationWarning."""
    for old, new in modules.items():
        parent, _, name = old.rpartition(".")
        sys.modules[old] = Moved(old, new)
        setattr(sys.modules[parent], name, sys.modules[old])
