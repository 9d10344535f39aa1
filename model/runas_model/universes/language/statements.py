"""The statements of the language: a value is returned or has a name, cases are plain, and nothing is changed."""

import ast
from collections.abc import Callable, Sequence
from typing import Any

from runas_model.universes.language.expressions import BRANCHES
from runas_model.universes.language.kinds import Items, Kind, Known, Many, elements, is_plain, join
from runas_model.universes.language.scopes import Scope, refuse

__all__ = ["Statements"]

CHANGES = "a function of the specification changes nothing outside"
NOT_HERE = {
    "Try": "an error that is caught hides what a value cannot be asked",
    "TryStar": "an error that is caught hides what a value cannot be asked",
    "With": "what is entered may hide an error: write what is done in it alone",
    "Global": CHANGES,
    "Nonlocal": CHANGES,
    "While": BRANCHES,
    "Assert": BRANCHES,
    "Match": BRANCHES,
    "Raise": "an error is told by what an operation requires",
    "AugAssign": "no operator but `==` is known of values: assign what is meant to a new name",
    "Import": "import it at the top of the file",
    "ImportFrom": "import it at the top of the file",
    "Expr": "what is neither returned nor assigned does nothing, or changes something",
}


class Statements:
    """Reads the statements of a function in order, with the kinds of its names so far."""

    kind: Callable[..., Kind]
    nested: Callable[..., Kind]
    consumed: Callable[..., Items | Many]

    def block(self, body: Sequence[ast.stmt], scope: Scope) -> bool:
        """Read statements; whether all ways through them return. What follows a return is never reached."""
        return any(self._statement(node, scope) for node in body)

    def _statement(self, node: ast.stmt, scope: Scope) -> bool:
        if isinstance(node, ast.Return):
            scope.returned.append(Known(None) if node.value is None else self.kind(node.value, scope))
            return True
        if isinstance(node, ast.If):
            return self._if(node, scope)
        if isinstance(node, ast.For):
            return self._for(node, scope)
        if isinstance(node, ast.Assign):
            for target in node.targets:
                self._assign(node, target, node.value, scope)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            self._assign(node, node.target, node.value, scope)
        elif isinstance(node, ast.FunctionDef):
            scope.names[node.name] = self.nested(node, scope)
        elif not isinstance(node, ast.Pass) and not (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        ):
            if isinstance(node, ast.Expr):
                self.kind(node.value, scope)
            name = type(node).__name__
            refuse(scope, node, NOT_HERE.get(name, "rules, operations and laws have no such statement"))
        return False

    def _assign(self, node: ast.stmt, target: ast.expr, value: ast.expr, scope: Scope) -> None:
        several = isinstance(target, ast.Tuple | ast.List)
        self.bind(node, target, self.consumed(value, scope) if several else self.kind(value, scope), scope)

    def bind(self, node: ast.AST, target: ast.expr, kind: Kind, scope: Scope) -> None:
        """Give names to something, or to its parts."""
        if isinstance(target, ast.Name):
            scope.names[target.id] = kind
            return
        several = elements(kind)
        if not isinstance(target, ast.Tuple | ast.List) or several is None:
            refuse(scope, node, "only names are assigned to, and only tuples and lists are taken apart")
        kinds = several.kinds if isinstance(several, Items) else (several.kind,) * len(target.elts)
        if len(kinds) != len(target.elts):
            refuse(scope, node, "these are not as many names as values")
        for part, of_part in zip(target.elts, kinds, strict=True):
            self.bind(node, part, of_part, scope)

    def _if(self, node: ast.If, scope: Scope) -> bool:
        if not is_plain(self.kind(node.test, scope)):
            refuse(scope, node, BRANCHES)
        before = dict(scope.names)
        returns = self.block(node.body, scope)
        then, scope.names = scope.names, before
        returns_else = self.block(node.orelse, scope)
        if returns_else:
            scope.names = then
        elif not returns:
            scope.names = _either(then, scope.names)
        return returns and returns_else

    def _for(self, node: ast.For, scope: Scope) -> bool:
        if node.orelse:
            refuse(scope, node, "a loop has no `else`")
        several = self.consumed(node.iter, scope)
        scope.loops += 1
        try:
            if isinstance(several, Items):
                return any(self._once(node, kind, scope) for kind in several.kinds)
            before: dict[str, Any] | None = None
            while before != scope.names:
                before = dict(scope.names)
                if self._once(node, several.kind, scope):
                    scope.names = before
                else:
                    scope.names = _either(before, scope.names)
            return False
        finally:
            scope.loops -= 1

    def _once(self, node: ast.For, kind: Kind, scope: Scope) -> bool:
        self.bind(node, node.target, kind, scope)
        return self.block(node.body, scope)


def _either(one: dict[str, Kind], other: dict[str, Kind]) -> dict[str, Kind]:
    """The names after either way: of both kinds, where both bind one."""
    return {**one, **{name: join(one[name], kind) if name in one else kind for name, kind in other.items()}}
