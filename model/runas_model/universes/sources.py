"""The syntax tree of a function, found in the file that it was written in."""

import ast
from bisect import bisect_right
from functools import cache
from types import CodeType, FunctionType
from typing import Any

__all__ = ["NotForEveryUniverse", "node_of"]


class NotForEveryUniverse(TypeError):
    """Code that means something else on terms than on values: where it stands, and what to write instead."""


@cache
def _statements(file: str) -> list[ast.stmt]:
    """The statements of a file; none where it cannot be read."""
    try:
        with open(file, encoding="utf-8") as source:
            return ast.parse(source.read()).body
    except (OSError, SyntaxError):
        return []


@cache
def _functions(file: str, place: int) -> dict[int, list[Any]]:
    """The functions and lambdas in one statement of a file, by their first line."""
    found: dict[int, list[Any]] = {}
    for node in ast.walk(_statements(file)[place]):
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            found.setdefault(_begin(node), []).append(node)
    return found


def _candidates(code: CodeType) -> list[Any]:
    """The functions and lambdas that begin in the line in which some code does."""
    line = code.co_firstlineno
    place = bisect_right(_statements(code.co_filename), line, key=_begin) - 1
    return [] if place < 0 else _functions(code.co_filename, place).get(line, [])


def _begin(node: Any) -> int:
    """The line in which a statement or a function begins, with its decorators."""
    lines: list[int] = [node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))]
    return min(lines)


def node_of(function: FunctionType) -> Any:
    """The syntax tree of a function. Raises `NotForEveryUniverse` where there is no source of it."""
    code = function.__code__
    found = [node for node in _candidates(code) if _is_of(node, code)]
    if not found:
        raise NotForEveryUniverse(f"{code.co_filename}: {function.__qualname__} has no source here that can be checked")
    return found[-1]  # of several lambdas, one in another, the innermost


def _is_of(node: Any, code: CodeType) -> bool:
    taken = (*node.args.posonlyargs, *node.args.args)
    if tuple(argument.arg for argument in taken) != code.co_varnames[: code.co_argcount]:
        return False
    if isinstance(node, ast.FunctionDef):
        return node.name == code.co_name
    begin, end = (node.body.lineno, node.body.col_offset), (node.body.end_lineno, node.body.end_col_offset)
    spans = [((at[0], at[2]), (at[1], at[3])) for at in code.co_positions() if at[3]]
    return code.co_name == "<lambda>" and all(begin <= first and last <= end for first, last in spans)
