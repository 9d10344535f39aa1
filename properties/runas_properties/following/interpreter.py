"""The code under test, followed on one path: its syntax tree is run on values that may not be known."""

import ast
import functools
from collections.abc import Mapping, Sequence
from enum import Enum, EnumMeta
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any

from runas_properties.following.functions import BUILT_IN, call_function
from runas_properties.following.methods import call_method
from runas_properties.following.paths import NotFollowed, Path
from runas_properties.following.scopes import Module, Scope
from runas_properties.following.sources import FunctionNode, bound_names, node_of
from runas_properties.following.statements import Returned, Statements, exception_of
from runas_properties.following.values import Dict, Function, Method, Raised, is_plain, seen

__all__ = ["Interpreter"]

MISSING = vars(Enum)["_missing_"].__func__
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
        match function:
            case Function():
                return self._run(function, given, named)
            case Method():
                return call_method(self.on, function, given, named)
            case MethodType() if type(function) is MethodType:
                return self.call(function.__func__, (function.__self__, *given), named)
            case functools.partial() if type(function) is functools.partial:
                given = (*map(seen, function.args), *given)
                return self.call(function.func, given, {**function.keywords, **named})
            case FunctionType():
                self.functions[function] = None
                return self._run(_followed(function), given, named)
        if type(function) is EnumMeta:
            return self._member(function, given, named)
        if type(function) in (BuiltinFunctionType, type):
            if function in BUILT_IN:
                return call_function(self.on, self.call, function, given, named)
            if issubclass(function, BaseException) if type(function) is type else False:
                return exception_of(function, given, named)
        elif isinstance(type(function).__dict__.get("__call__"), FunctionType):
            return self.call(type(function).__dict__["__call__"], (function, *given), named)
        raise NotFollowed(f"a call of `{getattr(function, '__qualname__', type(function).__name__)}`")

    def _member(self, of: Any, given: Sequence[Any], named: Mapping[str, Any]) -> Any:
        """The member of an enumeration that has a value."""
        by_value = {member._value_: member for member in of._member_map_.values() if is_plain(member._value_)}
        is_usual = of.__new__ is Enum.__new__ and of._missing_.__func__ is MISSING and of._value2member_map_ == by_value
        if len(given) != 1 or named or not is_usual:
            raise NotFollowed(f"a call of `{of.__name__}`")
        value = self.on.settled(given[0])
        for member in of._member_map_.values():
            if value is member or self.on.equal(seen(member._value_), value):
                return member
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
            return end.value if isinstance(end, Returned) else None
        finally:
            self.depth -= 1

    def _bound(self, function: Function, given: Sequence[Any], named: Mapping[str, Any]) -> Scope:
        """The scope of a call: its arguments by the names of the parameters."""
        outer = function.scope if isinstance(function.scope, Scope) else None
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
                if not isinstance(more, Dict) or not all(type(key) is str for key, _ in more.entries):
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
    names = function.__globals__
    if type(names) is not dict or type(getattr(function, "__builtins__", None)) is not dict:
        raise NotFollowed("globals or built-in names that are no dict", (code.co_filename, code.co_firstlineno))
    closure = dict(zip(code.co_freevars, function.__closure__ or (), strict=True))
    module = Module(code.co_filename, closure, names, getattr(function, "__builtins__", {}))
    return Function(node, module, function.__defaults__ or (), function.__kwdefaults__ or {})


@functools.cache
def _elsewhere(node: FunctionNode) -> frozenset[str]:
    parts = node.body if isinstance(node, ast.FunctionDef) else []
    declared = (one for part in parts for one in ast.walk(part) if isinstance(one, ast.Global | ast.Nonlocal))
    return frozenset(name for one in declared for name in one.names)
