"""What is gone through: tuples, lists, comprehensions, and the builtins that look at how many values there are."""

import ast
from collections.abc import Callable
from typing import Any

from runas_model.universes.language.expressions import BRANCHES, many
from runas_model.universes.language.kinds import PLAIN, Items, Kind, Known, Many, elements, is_plain
from runas_model.universes.language.scopes import Scope, refuse

__all__ = ["Iterations"]

STRICT = {"strict"}


class Iterations:
    """Reads what is gone through at once."""

    kind: Callable[..., Kind]
    bind: Callable[..., None]

    def consumed(self, node: ast.expr, scope: Scope) -> Items | Many:
        """The parts of what is used up where it stands."""
        if isinstance(node, ast.GeneratorExp):
            return self.comprehension(node, scope)
        if isinstance(node, ast.Call):
            callee = self.kind(node.func, scope)
            if isinstance(callee, Known) and any(callee.value is one for one in (zip, enumerate, reversed)):
                return self._through(node, callee.value, scope)
        several = elements(self.kind(node, scope))
        if several is None:
            refuse(scope, node, "only tuples, lists and the members of an enumeration are gone through")
        return several

    def _through(self, node: ast.Call, builtin: Any, scope: Scope) -> Items | Many:
        every = [self.consumed(argument, scope) for argument in node.args]
        if {keyword.arg for keyword in node.keywords} - STRICT or not every:
            refuse(scope, node, "it is not settled what is gone through")
        if builtin is reversed:
            return Items(every[0].kinds[::-1]) if isinstance(every[0], Items) else every[0]
        if builtin is enumerate:
            every = [Many(PLAIN), every[0]]
        lengths = [len(several.kinds) for several in every if isinstance(several, Items)]
        columns = [several.kinds if isinstance(several, Items) else (several.kind,) * min(lengths, default=1)
                   for several in every]  # fmt: skip
        rows = tuple(map(Items, zip(*columns)))  # noqa: B905
        return Items(rows) if len(lengths) == len(every) - (builtin is enumerate) else many(list(rows))

    def comprehension(self, node: ast.ListComp | ast.GeneratorExp, scope: Scope) -> Items | Many:
        """The parts that a comprehension makes."""
        first, *others = node.generators
        several = self.consumed(first.iter, scope)
        names = {part.id for one in node.generators for part in ast.walk(one.target) if isinstance(part, ast.Name)}
        found: list[Kind] = []
        is_exact = self._generated(node, [first, *others], several, scope.inner(names), found)
        return Items(tuple(found)) if is_exact else _several(found)

    def _generated(
        self, node: Any, generators: list[ast.comprehension], several: Items | Many, scope: Scope, found: list[Kind]
    ) -> bool:
        """Whether it is known how many parts were found."""
        one, *others = generators
        is_exact = isinstance(several, Items) and not one.ifs
        for kind in several.kinds if isinstance(several, Items) else (several.kind,):
            self.bind(node, one.target, kind, scope)
            for test in one.ifs:
                if not is_plain(self.kind(test, scope)):
                    refuse(scope, test, BRANCHES)
            if others:
                within = self.consumed(others[0].iter, scope)
                is_exact = self._generated(node, others, within, scope, found) and is_exact
            else:
                found.append(self.kind(node.elt, scope))
        return is_exact


def _several(kinds: list[Kind]) -> Items | Many:
    several = many(kinds)
    assert isinstance(several, Items | Many)
    return several
