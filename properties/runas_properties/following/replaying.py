"""The function itself, run once more with each of its expressions telling its value: all must be what following saw.

Following may be wrong about Python; then some expression has another value in the run than on the path, or is not
evaluated in both. So that nothing is proved from a mistake, the two are compared on examples of every path.
"""

import __future__

import ast
import builtins
import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import zip_longest
from types import BuiltinFunctionType, CodeType, FunctionType, MethodType
from typing import Any

import attrs

from runas_properties.following.classes import check_class
from runas_properties.following.knowledge import Number, Text
from runas_properties.following.paths import NotFollowed
from runas_properties.following.sources import node_of
from runas_properties.following.values import (
    PLAIN,
    Dict,
    Function,
    Iter,
    List,
    Method,
    Raised,
    Set,
    Stripped,
    Unsettled,
    View,
    kind_of,
)

__all__ = ["Told", "first_difference", "pictured", "place_of", "tells", "telling"]

Told = tuple[tuple[Any, ...], Any]
"""The place of an expression, and its value as it was then."""
TELL = "__runas_spec_tell__"
SILENT = (ast.Constant, ast.Starred, ast.Slice, ast.JoinedStr, ast.FormattedValue)
"""What says no more than its parts, or cannot be in a call."""


@attrs.frozen(eq=False)
class Items:
    """What a list, a dict or a set held at one time."""

    kind: type
    items: tuple[Any, ...]


def tells(node: ast.expr) -> bool:
    """Whether the value of an expression is told."""
    is_index = isinstance(node, ast.Tuple) and any(isinstance(part, ast.Slice) for part in node.elts)
    return not isinstance(node, SILENT) and not is_index and isinstance(getattr(node, "ctx", ast.Load()), ast.Load)


def place_of(file: str, node: ast.expr) -> tuple[Any, ...]:
    """Which expression it is: the file and line where it begins, its kind, and where else it begins and ends."""
    return file, node.lineno, type(node).__name__, node.col_offset, node.end_lineno, node.end_col_offset


def pictured(value: Any) -> Any:
    """A value as it is now, of Python or of the run that is followed."""
    kind = type(value)
    if kind is List or kind is Set:
        return Items(kind_of(value), tuple(value.items))
    if kind is Dict:
        return Items(dict, tuple(value.entries))
    if kind is dict:
        return Items(dict, tuple(value.items()))
    return Items(kind, tuple(value)) if any(kind is one for one in (list, set, frozenset)) else value


class Telling(ast.NodeTransformer):
    """Puts each expression into a call that tells its value."""

    def __init__(self, file: str) -> None:
        self.file = file

    def visit(self, node: ast.AST) -> Any:
        if isinstance(node, ast.pattern):
            return node
        visited = super().visit(node)
        if not isinstance(node, ast.expr) or not tells(node):
            return visited
        place = ast.Constant(place_of(self.file, node))  # type: ignore[arg-type]
        return ast.copy_location(ast.Call(ast.Name(TELL, ast.Load()), [place, visited], []), node)

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AnnAssign:
        node.target = self.visit(node.target)
        node.value = None if node.value is None else self.visit(node.value)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.decorator_list = [self.visit(one) for one in node.decorator_list]
        node.args = self.visit(node.args)
        node.body = [self.visit(one) for one in node.body]
        return node


@cache
def _telling(code: CodeType, function: FunctionType) -> CodeType:
    node = copy.deepcopy(node_of(function))
    arguments = node.args
    arguments.defaults, arguments.kw_defaults = [], [None for _ in arguments.kwonlyargs]
    for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg):
        if one is not None:
            one.annotation = None
    within: ast.stmt
    if isinstance(node, ast.Lambda):
        node.body = Telling(code.co_filename).visit(node.body)
        within = ast.copy_location(ast.Return(node), node)
    else:
        node.decorator_list, node.returns = [], None
        node.body = [Telling(code.co_filename).visit(one) for one in node.body]
        within = node
    outer = ast.parse(f"def outer({', '.join(code.co_freevars)}): pass")
    outer.body[0].body = [within]  # type: ignore[attr-defined]
    try:
        made = compile(
            ast.fix_missing_locations(outer),
            code.co_filename,
            "exec",
            code.co_flags & __future__.annotations.compiler_flag,
            dont_inherit=True,
        )
    except (SyntaxError, ValueError, TypeError, RecursionError):
        raise NotFollowed(f"`{code.co_name}` cannot be run again with its values told", _place(code)) from None
    (around,) = (one for one in made.co_consts if isinstance(one, CodeType))
    found = [one for one in around.co_consts if isinstance(one, CodeType)]
    if len(found) != 1 or found[0].co_freevars != code.co_freevars:
        raise NotFollowed(f"`{code.co_name}` cannot be run again with its values told", _place(code))
    return found[0]


def _place(code: CodeType) -> tuple[str, int]:
    return code.co_filename, code.co_firstlineno


@contextmanager
def telling(functions: Sequence[FunctionType], tell: Callable[[Told], Any]) -> Iterator[None]:
    """Have functions tell the value of each expression while this lasts."""

    def told(place: tuple[Any, ...], value: Any) -> Any:
        tell((place, pictured(value)))
        return value

    codes = [(function, function.__code__, _telling(function.__code__, function)) for function in functions]
    vars(builtins)[TELL] = told
    try:
        for function, _, code in codes:
            function.__code__ = code
        yield
    finally:
        for function, code, _ in codes:
            function.__code__ = code
        vars(builtins).pop(TELL, None)


def first_difference(
    followed: Sequence[Told], run: Sequence[Told], values: Mapping[Any, Any]
) -> tuple[str, tuple[str, int]] | None:
    """What is first other in a run than where it was followed, and its place; `values` are for what is not known."""
    for (place, one), (other_place, other) in zip_longest(followed, run, fillvalue=((), None)):
        if place != other_place:
            return "run natively, it goes another way than following it", (place or other_place)[:2]
        if not _alike(one, other, values):
            return f"run natively, this {place[2]} has another value than following it gives", place[:2]
    return None


UNKNOWN = (Text, Number, Unsettled)
SIMPLE = frozenset({*PLAIN, range})
VIEWS = {"keys": type({}.keys()), "values": type({}.values()), "items": type({}.items())}


def _alike(one: Any, other: Any, values: Mapping[Any, Any]) -> bool:
    """Whether a value of a path is one of the run; what is in a container within a container is told elsewhere."""
    check_class(one)
    if type(one) in UNKNOWN:
        one = values[one]
    kind = type(one)
    if kind in SIMPLE:
        return kind is type(other) and bool(one == other)
    if kind is Items:
        return type(other) is Items and one.kind is other.kind and _hold_alike(one, other, values)
    if kind in (List, Dict, Set, Stripped, Function):
        return type(other) is kind_of(one)
    if kind is Raised:
        return type(other) is one.kind
    if kind is Method:
        return type(other) is BuiltinFunctionType and other.__name__ == one.name
    if kind is View:
        return type(other) is VIEWS[one.kind]
    if kind is Iter:
        return hasattr(type(other), "__next__")
    if kind is tuple:
        return type(other) is tuple and len(one) == len(other) and all(map(_alike, one, other, [values] * len(one)))
    if kind is MethodType:
        return type(other) is MethodType and one.__func__ is other.__func__ and one.__self__ is other.__self__
    return one is other


def _hold_alike(one: Items, other: Items, values: Mapping[Any, Any]) -> bool:
    if len(one.items) != len(other.items):
        return False
    if one.kind in (list, dict):
        return all(map(_alike, one.items, other.items, [values] * len(one.items)))
    return all(any(_alike(item, there, values) for there in other.items) for item in one.items)
