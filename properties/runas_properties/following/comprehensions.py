"""Comprehensions and generator expressions of the code under test."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from runas_properties.following.operations import Operations
from runas_properties.following.paths import NotFollowed, Path
from runas_properties.following.scopes import Scope
from runas_properties.following.values import Iter, List, Raised

__all__ = ["Comprehensions"]


class Comprehensions:
    """What evaluates comprehensions on one path, given what evaluates their parts."""

    def __init__(self, path: Path) -> None:
        self.on = Operations(path)

    def call(self, function: Any, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
        """What a call returns."""
        raise NotImplementedError

    def evaluate(self, node: ast.expr, scope: Scope) -> Any:
        """The value of an expression."""
        raise NotImplementedError

    def truth(self, node: ast.expr, scope: Scope) -> bool:
        """Whether the value of an expression counts as true."""
        raise NotImplementedError

    def assign(self, target: ast.expr, value: Any, scope: Scope, of_loop: bool = False) -> None:
        """Bind what an assignment binds, or a loop of a comprehension."""
        raise NotImplementedError

    def _listcomp(self, node: ast.ListComp, scope: Scope) -> List:
        return List([self.evaluate(node.elt, inner) for inner in self._loops(node.generators, scope)])

    def _setcomp(self, node: ast.SetComp, scope: Scope) -> Any:
        return self.on.set_of(self.evaluate(node.elt, inner) for inner in self._loops(node.generators, scope))

    def _dictcomp(self, node: ast.DictComp, scope: Scope) -> Any:
        return self.on.dict_of(
            (self.evaluate(node.key, inner), self.evaluate(node.value, inner))
            for inner in self._loops(node.generators, scope)
        )

    def _generatorexp(self, node: ast.GeneratorExp, scope: Scope) -> Iter:
        first = self.on.settled(self.evaluate(node.generators[0].iter, scope))
        source = first if type(first) is Iter else Iter(self.on.iterate(first))

        def values() -> Iterator[Any]:
            try:
                for inner in self._loops(node.generators, scope, source):
                    yield self.evaluate(node.elt, inner)
            except Raised as raised:
                if issubclass(raised.kind, StopIteration):
                    raise Raised(RuntimeError) from None
                raise

        return Iter(values())

    def _loops(self, loops: Sequence[ast.comprehension], scope: Scope, first: Any = None) -> Iterator[Scope]:
        """The scope of a comprehension, once for each of its elements, with its targets bound."""
        if any(loop.is_async for loop in loops):
            raise NotFollowed("an asynchronous comprehension")
        source = self.evaluate(loops[0].iter, scope) if first is None else first
        own = frozenset(
            one.id for loop in loops for one in ast.walk(loop.target) if isinstance(one, ast.Name)
        )  # fmt: skip
        inner = Scope(scope.module, own, scope, is_comprehension=True)
        yield from self._looped(loops, source, inner)

    def _looped(self, loops: Sequence[ast.comprehension], source: Any, inner: Scope) -> Iterator[Scope]:
        loop, *others = loops
        for value in self.on.iterate(source):
            self.assign(loop.target, value, inner, of_loop=True)
            if all(self.truth(condition, inner) for condition in loop.ifs):
                if others:
                    yield from self._looped(others, self.evaluate(others[0].iter, inner), inner)
                else:
                    yield inner
