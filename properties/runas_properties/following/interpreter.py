"""The code under test, followed on one path: its syntax tree is run on values that may not be known."""

import ast
import functools
from collections.abc import Mapping, Sequence
from enum import Enum, EnumMeta
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from runas_properties.following.classes import in_class, names_in
from runas_properties.following.functions import BUILT_IN, call_function
from runas_properties.following.methods import call_method
from runas_properties.following.paths import NotFollowed, Path
from runas_properties.following.scopes import Module, Scope
from runas_properties.following.sources import FunctionNode, bound_names, node_of
from runas_properties.following.statements import Returned, Statements, exception_of
from runas_properties.following.values import Dict, Function, Method, Raised, is_plain, seen

__all__ = ["Interpreter"]

NEW, MISSING = Enum.__new__, vars(Enum)["_missing_"]
DEEPEST = 40
"""How many calls may be inside each other."""


class Interpreter(Statements):
    """What runs functions on one path; `functions` are those that were there before and were called."""

    depth = 0

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.functions: dict[FunctionType, None] = {}

    def call(self, function: Any, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
        """What a call returns, or `Raised`."""
        function = self.on.settled(function)
        kind = type(function)
        if kind is Function:
            return self._run(function, given, named)
        if kind is Method:
            return call_method(self.on, function, given, named)
        if kind is MethodType:
            return self.call(function.__func__, (function.__self__, *given), named)
        if kind is functools.partial:
            given = (*map(seen, function.args), *given)
            return self.call(function.func, given, {**names_in(function.keywords), **named})
        if kind is FunctionType:
            self.functions[function] = None
            return self._run(_followed(function), given, named)
        if kind is EnumMeta:
            return self._member(function, given, named)
        if kind in (BuiltinFunctionType, type):
            if function in BUILT_IN:
                return call_function(self.on, self.call, function, given, named)
            if kind is type and issubclass(function, BaseException):
                return exception_of(function, given, named)
        elif type(called := in_class(kind, "__call__")) is FunctionType:
            return self.call(called, (function, *given), named)
        raise NotFollowed(f"a call of `{getattr(function, '__qualname__', type(function).__name__)}`")

    def _member(self, of: Any, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
        """The member of an enumeration that has a value."""
        by_value = in_class(of, "_value2member_map_")
        is_usual = in_class(of, "__new__") is NEW and in_class(of, "_missing_") is MISSING and type(by_value) is dict
        if len(given) != 1 or named or not is_usual or not all(map(is_plain, by_value)):
            raise NotFollowed(f"a call of `{of.__name__}`")
        value = self.on.settled(given[0])
        if type(value) is of:
            return value
        self.on.check_key(value)
        for one, member in by_value.items():
            if self.on.equal(one, value):
                return seen(member)
        raise Raised(ValueError)

    def _run(self, function: Function, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
        self.depth += 1
        try:
            if self.depth > DEEPEST:
                raise NotFollowed(f"more than {DEEPEST} calls inside each other")
            scope = self._bound(function, given, named)
            node = function.node
            if isinstance(node, ast.Lambda):
                return self.evaluate(node.body, scope)
            end = self.execute(node.body, scope)
            return end.value if type(end) is Returned else None
        finally:
            self.depth -= 1

    def _bound(self, function: Function, given: Sequence[Any], named: Mapping[str, Any]) -> Scope:
        """The scope of a call: its arguments by the names of the parameters."""
        outer = function.scope if type(function.scope) is Scope else None
        module = function.scope.module if outer is not None else function.scope
        scope = Scope(module, bound_names(function.node), outer, elsewhere=_elsewhere(function.node))
        parameters = function.node.args
        left = dict(named)
        by_place = [*parameters.posonlyargs, *parameters.args]
        only_by_place = {one.arg for one in parameters.posonlyargs}
        defaults = dict(
            zip([one.arg for one in by_place][len(by_place) - len(function.defaults) :], function.defaults, strict=True)
        )
        defaults |= function.keyword_defaults
        for parameter, value in zip(by_place, given, strict=False):
            scope.names[parameter.arg] = value
        extra = tuple(given[len(by_place) :])
        if parameters.vararg is not None:
            scope.names[parameters.vararg.arg] = extra
        elif extra:
            raise Raised(TypeError)
        for name in [one.arg for one in (*by_place, *parameters.kwonlyargs)]:
            if name in left and name not in only_by_place:
                if name in scope.names:
                    raise Raised(TypeError)
                scope.names[name] = left.pop(name)
            elif name not in scope.names:
                if name not in defaults:
                    raise Raised(TypeError)
                scope.names[name] = seen(defaults[name])
        if parameters.kwarg is not None:
            scope.names[parameters.kwarg.arg] = Dict(list(left.items()))
        elif left:
            raise Raised(TypeError)
        return scope

    def _call(self, node: ast.Call, scope: Scope) -> Any:
        function = self.evaluate(node.func, scope)
        given = self.several(node.args, scope)
        named: dict[str, Any] = {}
        for keyword in node.keywords:
            if keyword.arg is None:
                more = self.on.settled(self.evaluate(keyword.value, scope))
                if type(more) is not Dict or not all(type(key) is str for key, _ in more.entries):
                    raise NotFollowed("arguments by names that are not known")
                if any(key in named for key, _ in more.entries):
                    raise NotFollowed("an argument by name that is given twice")
                named |= dict(more.entries)
            elif keyword.arg in named:
                raise NotFollowed("an argument by name that is given twice")
            else:
                named[keyword.arg] = self.evaluate(keyword.value, scope)
        return self.call(function, given, named)


def _followed(function: FunctionType) -> Function:
    """A function that is there, as one of the code that is followed."""
    node = node_of(function)
    code = function.__code__
    place = code.co_filename, code.co_firstlineno
    closure = dict(zip(code.co_freevars, function.__closure__ or (), strict=True))
    names = names_in(function.__globals__, place)
    built_in = names_in(getattr(function, "__builtins__", None), place)
    defaults, by_name = function.__defaults__, function.__kwdefaults__
    if defaults is not None and type(defaults) is not tuple:
        raise NotFollowed("defaults that are no plain tuple", place)
    module = Module(code.co_filename, closure, names, built_in)
    return Function(node, module, defaults or (), {} if by_name is None else names_in(by_name, place))


@functools.cache
def _elsewhere(node: FunctionNode) -> frozenset[str]:
    parts = node.body if isinstance(node, ast.FunctionDef) else []
    declared = (one for part in parts for one in ast.walk(part) if isinstance(one, ast.Global | ast.Nonlocal))
    return frozenset(name for one in declared for name in one.names)
