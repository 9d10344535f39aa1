"""The names of a function while it is read, and the refusal of what it does with them."""

import ast
from collections import ChainMap, Counter
from collections.abc import Iterable, Iterator, Mapping
from types import CellType, FunctionType
from typing import Any, NoReturn, cast

import attrs

from runas_model.universes.language.kinds import Kind, known
from runas_model.universes.sources import NotForEveryUniverse, is_named_plainly

__all__ = ["Scope", "outside", "refuse", "stored"]


@attrs.define(eq=False)
class Scope:
    """The names that a function, or a comprehension in one, has bound so far."""

    file: str
    bound: Mapping[str, int]
    """How often each of its names is bound at all."""
    outer: "Scope | None"
    known: Mapping[str, Any]
    names: dict[str, Kind]
    returned: list[Kind] = attrs.field(factory=list)
    is_function: bool = True
    loops: int = 0

    def look_up(self, node: ast.Name) -> Kind:
        """The kind of a name; refuses one of which it is not settled what it is."""
        scope: Scope | None = self
        is_nested = False
        while scope is not None:
            if node.id in scope.bound:
                if node.id not in scope.names:
                    refuse(self, node, "nothing is assigned to this name before")
                if is_nested and scope.bound[node.id] > 1:
                    refuse(
                        self,
                        node,
                        "a function in a function uses a name that is assigned more than once: give it another",
                    )
                return scope.names[node.id]
            is_nested = is_nested or scope.is_function
            scope = scope.outer
        if node.id not in self.known:
            refuse(self, node, "it cannot be seen what this is: define it above")
        return known(self.known[node.id])

    def inner(self, names: Iterable[str]) -> "Scope":
        """The scope of a comprehension in this one."""
        return Scope(self.file, Counter(names), self, self.known, {}, is_function=False, loops=self.loops + 1)


def refuse(scope: Scope, node: Any, why: str) -> NoReturn:
    """Raises `NotForEveryUniverse`: where the code stands, the code, and what to write instead."""
    line = ast.unparse(node).splitlines()[0]
    raise NotForEveryUniverse(f"{scope.file}, line {node.lineno}: `{line}`: {why}")


def outside(function: FunctionType) -> Mapping[str, Any]:
    """What a function knows of outside it: by its closure, its module, and Python.

    Raises `NotForEveryUniverse` where names are no plain texts, so that one might be equal to another.
    """
    for names in (function.__globals__, cast(Any, function).__builtins__):
        if not is_named_plainly(names):
            raise NotForEveryUniverse(f"{function.__code__.co_filename}: the names of the module are no plain texts")
    cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    kept = {name: cell.cell_contents for name, cell in cells if _is_filled(cell)}
    return ChainMap(kept, function.__globals__, cast(Any, function).__builtins__)


def _is_filled(cell: CellType) -> bool:
    try:
        return cell.cell_contents is not cell
    except ValueError:  # not bound yet
        return False


def stored(body: Iterable[ast.AST], of: ast.arguments) -> Counter[str]:
    """How often each name is bound in a function; more than once in a loop."""
    found: Counter[str] = Counter()
    every = [*of.posonlyargs, *of.args, *of.kwonlyargs, *filter(None, (of.vararg, of.kwarg))]
    found.update(argument.arg for argument in every)
    for part in body:
        found.update(_stored(part))
    return found


def _stored(node: ast.AST) -> Iterator[str]:
    """The names that a statement of the language binds; a loop binds them again and again."""
    if isinstance(node, ast.FunctionDef):
        yield node.name
    elif isinstance(node, ast.If):
        for part in (*node.body, *node.orelse):
            yield from _stored(part)
    elif isinstance(node, ast.For):
        within = [*_targets([node.target]), *(name for part in node.body for name in _stored(part))]
        yield from (*within, *within)
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        yield from _targets(node.targets if isinstance(node, ast.Assign) else [node.target])


def _targets(targets: Iterable[ast.expr]) -> Iterator[str]:
    for target in targets:
        if isinstance(target, ast.Name):
            yield target.id
        elif isinstance(target, ast.Tuple | ast.List):
            yield from _targets(target.elts)
