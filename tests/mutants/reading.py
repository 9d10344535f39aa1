"""How a source is read: every node that says what is done, with what is around it."""

import ast
from collections.abc import Iterator

import attrs

from mutants.siblings import Siblings
from mutants.source import Source

__all__ = ["Around", "called", "is_negative", "walk"]


@attrs.frozen
class Around:
    """What is around a node: the source, what is declared alike, the names that the module knows; where it is."""

    source: Source
    siblings: Siblings
    names: frozenset[str]
    parent: ast.AST
    function: ast.FunctionDef | None = None
    where: str = ""


def walk(source: Source, siblings: Siblings) -> Iterator[tuple[ast.AST, Around]]:
    """Every node that says what is done, with what is around it, in the order of the source."""
    names = frozenset(_names_known_to(source.tree))
    return _walk(source.tree, Around(source, siblings, names, source.tree))


def _walk(node: ast.AST, around: Around) -> Iterator[tuple[ast.AST, Around]]:
    yield node, around
    function = node if isinstance(node, ast.FunctionDef) else around.function
    for part in _parts(node):
        where = ".".join(filter(None, (around.where, _name(part))))
        yield from _walk(part, attrs.evolve(around, parent=node, function=function, where=where))


def _parts(node: ast.AST) -> Iterator[ast.AST]:
    """What is in a node, without docstrings, decorators, annotations, messages and what says where things come from."""
    if isinstance(node, ast.FunctionDef):
        yield from (default for default in [*node.args.defaults, *node.args.kw_defaults] if default)
        yield from node.body
    elif isinstance(node, ast.ClassDef):
        yield from node.body
    elif isinstance(node, ast.AnnAssign):
        yield from [node.value] if node.value else []
    elif isinstance(node, ast.Assign):
        if _name(node) != "__all__":
            yield node.value
    elif not _is_for_people(node) and not is_negative(node):
        yield from ast.iter_child_nodes(node)


def _is_for_people(node: ast.AST) -> bool:
    """Whether it is a docstring, a message, a declaration of types, or says where things come from."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.keyword):
        return node.arg in ("clauses", "aws")
    if isinstance(node, ast.Call):
        return called(node) in ("NewType", "TypeVar", "named", "cast")
    return isinstance(node, ast.Raise | ast.JoinedStr | ast.Import | ast.ImportFrom)


def _name(node: ast.AST) -> str:
    """What is defined: a function, a class or a constant."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return node.name
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    defined = [target.id for target in targets if isinstance(target, ast.Name)]
    return next((name for name in defined if name.isupper() or name == "__all__"), "")


def _names_known_to(tree: ast.Module) -> Iterator[str]:
    """The names that a module imports or defines."""
    for node in tree.body:
        if isinstance(node, ast.ImportFrom | ast.Import):
            yield from (one.asname or one.name for one in node.names)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def called(node: ast.AST) -> str:
    """The name of the function or method that is called."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def is_negative(node: ast.AST) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant)
