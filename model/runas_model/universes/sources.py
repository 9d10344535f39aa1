"""The syntax tree of a function, found in the file that it was written in; and what may mislead about it."""

import ast
import tokenize
from bisect import bisect_right
from functools import cache
from types import CodeType, FunctionType
from typing import Any, TypeGuard

__all__ = ["NotForEveryUniverse", "is_named_plainly", "is_written", "node_of", "nodes_of", "read_source"]


class NotForEveryUniverse(TypeError):
    """Code that means something else on terms than on values: where it stands, and what to write instead."""


def is_named_plainly(names: Any) -> TypeGuard[dict[str, Any]]:
    """Whether something is a dict as Python makes it, with texts as keys, and no others that look like texts."""
    return type(names) is dict and all(type(name) is str for name in names)


@cache
def read_source(file: str) -> tuple[ast.Module, dict[tuple[str, int], list[CodeType]]]:
    """The syntax tree of a file, and all code that it compiles to, by name and first line.

    Raises OSError, SyntaxError, ValueError or RecursionError where it cannot be read.
    """
    with tokenize.open(file) as opened:
        source = opened.read()
    codes: dict[tuple[str, int], list[CodeType]] = {}
    to_do = [compile(source, file, "exec", dont_inherit=True)]
    while to_do:
        code = to_do.pop()
        codes.setdefault((code.co_name, code.co_firstlineno), []).append(code)
        to_do += [inner for inner in code.co_consts if isinstance(inner, CodeType)]
    return ast.parse(source, file), codes


def is_written(code: CodeType) -> bool:
    """Whether code is what the file compiles to that it says it is from; raises as `read_source` does."""
    _, codes = read_source(code.co_filename)
    return any(_are_alike(code, one) for one in codes.get((code.co_name, code.co_firstlineno), ()))


def _are_alike(one: CodeType, other: CodeType) -> bool:
    """Whether two pieces of code do the same: equality alone leaves out where exceptions lead."""
    if one != other or any(getattr(one, part) != getattr(other, part) for part in ("co_exceptiontable", "co_flags")):
        return False
    inner = ([part for part in code.co_consts if isinstance(part, CodeType)] for code in (one, other))
    return all(map(_are_alike, *inner))


def _statements(file: str) -> list[ast.stmt]:
    """The statements of a file; none where it cannot be read."""
    try:
        return read_source(file)[0].body
    except (OSError, SyntaxError, ValueError, RecursionError):
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
    found = nodes_of(code)
    if not found or not is_written(code):
        raise NotForEveryUniverse(f"{code.co_filename}: {function.__qualname__} has no source here that can be checked")
    return found[-1]


def nodes_of(code: CodeType) -> list[Any]:
    """The functions and lambdas of a file that some code may be of; of lambdas, one in another, the innermost last."""
    return [node for node in _candidates(code) if _is_of(node, code)]


def _is_of(node: Any, code: CodeType) -> bool:
    taken = (*node.args.posonlyargs, *node.args.args)
    if tuple(argument.arg for argument in taken) != code.co_varnames[: code.co_argcount]:
        return False
    if isinstance(node, ast.FunctionDef):
        return node.name == code.co_name
    if code.co_name != "<lambda>":
        return False
    if all(at[2:] == (0, 0) for at in code.co_positions()):  # so Python 3.12.1 places a constant that is returned
        return isinstance(node.body, ast.Constant)
    begin, end = (node.body.lineno, node.body.col_offset), (node.body.end_lineno, node.body.end_col_offset)
    spans = [((at[0], at[2]), (at[1], at[3])) for at in code.co_positions() if at[3]]
    return bool(spans) and all(begin <= first and last <= end for first, last in spans)
