"""The functions of the language: each is read with the kinds of what it is given, and so is what it calls."""

import ast
import inspect
from collections.abc import Mapping, Sequence
from types import FunctionType
from typing import Any

from runas_model.universes.language.calls import Calls, Given
from runas_model.universes.language.expressions import Expressions
from runas_model.universes.language.iterations import Iterations
from runas_model.universes.language.kinds import Items, Kind, Known, Names, Nested, join, known
from runas_model.universes.language.scopes import Scope, outside, refuse, stored
from runas_model.universes.language.statements import Statements
from runas_model.universes.naming import function_of
from runas_model.universes.sources import NotForEveryUniverse, is_named_plainly, node_of

__all__ = ["Reader"]

DEPTH = 40
Key = tuple[Any, ...]


class Reader(Expressions, Calls, Iterations, Statements):
    """Reads functions, and keeps what they return for what they are given."""

    def __init__(self) -> None:
        self._results: dict[Key, tuple[Any, Kind]] = {}
        self._open: list[Key] = []

    def forget(self) -> None:
        """Read every function anew."""
        self._results.clear()

    def function(self, function: FunctionType, given: Sequence[Kind], named: Mapping[str, Kind]) -> Kind:
        """The kind of what a function returns. Raises `NotForEveryUniverse` at the first thing that is refused."""
        given_name, function = function, function_of(function)
        key = (function, *given, *sorted(named.items(), key=lambda item: item[0]))
        if key in self._results:
            return self._results[key][1]
        if key in self._open or len(self._open) > DEPTH:
            raise NotForEveryUniverse(
                f"{function.__code__.co_filename}, line {function.__code__.co_firstlineno}: `{function.__name__}`: "
                "a function that calls itself does not end for every value: write it out"
            )
        self._open.append(key)
        try:
            result = self._read(function, given, named)
        finally:
            self._open.pop()
        if function is not given_name and _is_told_of_its_call(result):
            raise NotForEveryUniverse(
                f"{function.__code__.co_filename}, line {function.__code__.co_firstlineno}: `{function.__name__}`: "
                "a function with a name returns nothing that has a `called` of its own"
            )
        self._results[key] = (function, result)
        return result

    def _read(self, function: FunctionType, given: Sequence[Kind], named: Mapping[str, Kind]) -> Kind:
        node = node_of(function)
        by_name = function.__kwdefaults__ or {}
        if type(function.__defaults__) not in (tuple, type(None)) or not is_named_plainly(by_name):
            where = f"{function.__code__.co_filename}, line {function.__code__.co_firstlineno}"
            raise NotForEveryUniverse(f"{where}: the defaults of `{function.__name__}` are in no plain tuple or dict")
        optional = {name: known(value) for name, value in by_name.items()}
        names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
        values = function.__defaults__ or ()
        optional |= {name: known(value) for name, value in zip(names[len(names) - len(values) :], values, strict=True)}
        body = _body(node)
        file = function.__code__.co_filename
        scope = Scope(file, stored(body, node.args), None, outside(function), {})
        return self._called(node, node, scope, optional, Given(list(given), dict(named)), scope)

    def nested(self, node: ast.FunctionDef | ast.Lambda, scope: Scope) -> Nested:
        """A function in a function."""
        if scope.loops:
            refuse(scope, node, "a function that is made in a loop sees the last value alone: define it before")
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            refuse(scope, node.decorator_list[0], "a function in a function has no decorators")
        arguments = node.args
        names = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
        values = [self.kind(value, scope) for value in arguments.defaults]
        optional = dict(zip(names[len(names) - len(values) :], values, strict=True))
        for argument, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
            if value is not None:
                optional[argument.arg] = self.kind(value, scope)
        return Nested(node, scope, tuple(optional.items()))

    def inline_nested(self, node: ast.AST, nested: Nested, given: Given, scope: Scope) -> Kind:
        """What a function in a function returns that is called there."""
        if len(self._open) > DEPTH:
            refuse(scope, node, "a function that calls itself does not end for every value: write it out")
        outer: Scope = nested.scope
        own = Scope(outer.file, stored(_body(nested.node), nested.node.args), outer, outer.known, {})
        self._open.append(())
        try:
            return self._called(node, nested.node, own, dict(nested.defaults), given, scope)
        finally:
            self._open.pop()

    def _called(self, at: Any, node: Any, own: Scope, optional: dict[str, Kind], given: Given, scope: Scope) -> Kind:
        self._bind_arguments(at, node.args, own, optional, given, scope)
        if isinstance(node, ast.Lambda):
            return self.kind(node.body, own)
        if not self.block(node.body, own):
            own.returned.append(Known(None))
        first, *others = own.returned
        for kind in others:
            first = join(first, kind)
        return first

    def _bind_arguments(
        self, at: Any, takes: ast.arguments, own: Scope, optional: dict[str, Kind], given: Given, scope: Scope
    ) -> None:
        """Bind what is given to the parameters, as Python does."""
        by_place = [argument.arg for argument in (*takes.posonlyargs, *takes.args)]
        bound = dict(zip(by_place, given.positional))  # noqa: B905
        extra = given.positional[len(by_place) :]
        may_be_named = {argument.arg for argument in (*takes.args, *takes.kwonlyargs)}
        more = {name: kind for name, kind in given.named.items() if name not in may_be_named}
        by_name = {name: kind for name, kind in given.named.items() if name in may_be_named}
        wanted = {*by_place, *(argument.arg for argument in takes.kwonlyargs)}
        missing = wanted - {*bound, *by_name, *optional}
        is_wrong = (
            missing or bound.keys() & by_name.keys() or (extra and not takes.vararg) or (more and not takes.kwarg)
        )
        if is_wrong:
            refuse(scope, at, f"it takes other arguments than {_told(given)}")
        own.names = {**optional, **bound, **by_name}
        if takes.vararg:
            own.names[takes.vararg.arg] = Items(tuple(extra))
        if takes.kwarg:
            own.names[takes.kwarg.arg] = Names(tuple(more.items()))


def _is_told_of_its_call(kind: Kind) -> bool:
    """Whether `naming` would ask something what it is, as it asks what other universes are made of."""
    sort = type(kind.value) if isinstance(kind, Known) else getattr(kind, "sort", None)
    return isinstance(sort, type) and inspect.getattr_static(sort, "called", None) is not None


def _told(given: Given) -> str:
    named = f" and {', '.join(given.named)}" if given.named else ""
    return f"{len(given.positional)} in order{named}"


def _body(node: Any) -> list[Any]:
    return node.body if isinstance(node.body, list) else [node.body]
