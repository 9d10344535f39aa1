"""The syntax of a function that is there: found by its source, and only if that is what runs."""

import ast
import os
import sysconfig
from functools import cache
from inspect import CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR
from types import CodeType, FunctionType
from typing import Any, TypeAlias

from runas_model.universes.sources import is_written, nodes_of, read_source
from runas_properties.following.paths import NotFollowed

__all__ = ["FunctionNode", "bound_names", "constants_near", "node_of", "yields"]

OF_PYTHON = os.path.join(sysconfig.get_path("stdlib"), "")
"""Where Python's own library is: it is too large to be followed."""
FunctionNode: TypeAlias = ast.FunctionDef | ast.Lambda


def node_of(function: FunctionType) -> FunctionNode:
    """The syntax tree of a function. Raises `NotFollowed` where its source is not there or is not what runs."""
    return _node_of(function.__code__)


@cache
def _node_of(code: CodeType) -> FunctionNode:
    place = (code.co_filename, code.co_firstlineno)
    if code.co_flags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR):
        raise NotFollowed(f"a generator or an asynchronous function: `{code.co_name}`", place)
    if code.co_filename.startswith(OF_PYTHON) and "site-packages" not in code.co_filename:
        raise NotFollowed(f"a call of `{code.co_name}`, a function of Python's library")
    _read(code.co_filename)
    if not is_written(code):
        raise NotFollowed(f"the source of `{code.co_name}` is not the code that runs", place)
    found = nodes_of(code)
    if found and isinstance(found[0], ast.Lambda):
        found = found[-1:]
    if len(found) != 1:
        raise NotFollowed(f"the source of `{code.co_name}` is not the only one on its line", place)
    node: FunctionNode = found[0]
    return node


def constants_near(function: Any) -> list[str | int]:
    """The texts and numbers in the file of a function, each once; none where its source is not there."""
    code = getattr(function, "__code__", None) or getattr(type(function).__call__, "__code__", None)
    if not isinstance(code, CodeType):
        return []
    try:
        tree = _read(code.co_filename)
    except NotFollowed:
        return []
    found = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return list(dict.fromkeys(value for value in found if type(value) is str or type(value) is int))


def _read(file: str) -> ast.Module:
    try:
        return read_source(file)[0]
    except (OSError, SyntaxError, ValueError, RecursionError):
        raise NotFollowed("its source cannot be read", (file, 1)) from None


@cache
def bound_names(node: FunctionNode) -> frozenset[str]:
    """The names that are a function's own: its parameters, and what is bound in it and not in a function within."""
    parameters = node.args
    names = {one.arg for one in (*parameters.posonlyargs, *parameters.args, *parameters.kwonlyargs)}
    names |= {one.arg for one in (parameters.vararg, parameters.kwarg) if one is not None}
    elsewhere: set[str] = set()
    for part in node.body if isinstance(node, ast.FunctionDef) else [node.body]:
        for one in _within(part):
            match one:
                case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                    names.add(name)
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                    names.add(name)
                case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                    names.add(name)
                case ast.MatchMapping(rest=str(name)):
                    names.add(name)
                case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
                    names |= {(alias.asname or alias.name).split(".")[0] for alias in aliases}
                case ast.Global(names=declared) | ast.Nonlocal(names=declared):
                    elsewhere.update(declared)
    return frozenset(names - elsewhere)


SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
LOOPS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def _within(node: ast.AST) -> list[ast.AST]:
    """The nodes of a function's own scope; of a comprehension only what it binds in the function around it."""
    if isinstance(node, LOOPS):
        return [node, *_targets_of_walrus(node)]
    found = [node]
    for child in ast.iter_child_nodes(node):
        if isinstance(node, SCOPES):
            continue
        found += _within(child)
    return found


def _targets_of_walrus(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, SCOPES):
        return []
    inner = [one for child in ast.iter_child_nodes(node) for one in _targets_of_walrus(child)]
    return [node.target, *inner] if isinstance(node, ast.NamedExpr) else inner


def yields(node: FunctionNode) -> bool:
    """Whether a function is a generator or is asynchronous."""
    parts = node.body if isinstance(node, ast.FunctionDef) else [node.body]
    return any(isinstance(one, ast.Yield | ast.YieldFrom | ast.Await) for part in parts for one in _within(part))
