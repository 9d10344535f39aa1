"""Expressions of the code under test, evaluated on values that may not be known."""

import ast
import operator
from collections.abc import Callable, Sequence
from typing import Any

from runas_properties.following.comprehensions import Comprehensions
from runas_properties.following.methods import has_method
from runas_properties.following.objects import attribute_of
from runas_properties.following.operations import ORDERS, natively
from runas_properties.following.paths import NotFollowed, Path
from runas_properties.following.replaying import Told, pictured, place_of, tells
from runas_properties.following.scopes import Scope
from runas_properties.following.sources import yields
from runas_properties.following.values import Dict, Function, Iter, List, Method, Raised, is_plain

__all__ = ["Expressions"]

BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "Add": operator.add,
    "Sub": operator.sub,
    "Mult": operator.mul,
    "FloorDiv": operator.floordiv,
    "Mod": operator.mod,
    "BitOr": operator.or_,
    "BitAnd": operator.and_,
    "BitXor": operator.xor,
    "Pow": operator.pow,
    "LShift": operator.lshift,
}
CONVERSIONS: dict[int, Callable[[Any], Any]] = {-1: lambda one: one, 115: str, 114: repr, 97: ascii}
UNARY: dict[type, Callable[[Any], Any]] = {ast.USub: operator.neg, ast.UAdd: operator.pos, ast.Invert: operator.invert}
TYPES = (bool, int, float, str, bytes, list, tuple, dict, set, frozenset, type, object, None, Any)
"""What an annotation may join by operators."""


class Expressions(Comprehensions):
    """What evaluates expressions on one path; `told` has the value of each, in the order of evaluation."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.told: list[Told] = []
        self.silent = False

    def evaluate(self, node: ast.expr, scope: Scope) -> Any:
        """The value of an expression. Raises `NotFollowed` with the place of what cannot be followed."""
        try:
            self.on.tick()
            handler = getattr(self, f"_{type(node).__name__.lower()}", None)
            if handler is None:
                raise NotFollowed(f"the syntax {type(node).__name__}")
            value = handler(node, scope)
            if type(value) is Iter and not isinstance(node, ast.Call | ast.GeneratorExp):
                raise NotFollowed("an iterator that is kept, and not used up at once")
            if not self.silent and tells(node):
                self.told.append((place_of(scope.module.file, node), pictured(value)))
            return value
        except RecursionError:
            raise NotFollowed("values within themselves, or too many calls inside each other") from None
        except NotFollowed as stop:
            stop.place = stop.place or (scope.module.file, node.lineno)
            raise

    def untold(self, node: ast.expr, scope: Scope) -> Any:
        """The value of what is evaluated where it cannot be told. Raises `NotFollowed` where evaluating it fails."""
        self.silent = True
        try:
            return self.evaluate(node, scope)
        except Raised:
            raise NotFollowed("a pattern or an annotation that fails", (scope.module.file, node.lineno)) from None
        finally:
            self.silent = False

    def truth(self, node: ast.expr, scope: Scope) -> bool:
        """Whether the value of an expression counts as true."""
        value = self.evaluate(node, scope)
        try:
            return self.on.truth(value)
        except NotFollowed as stop:
            stop.place = stop.place or (scope.module.file, node.lineno)
            raise

    def _constant(self, node: ast.Constant, scope: Scope) -> Any:
        if not is_plain(node.value):
            raise NotFollowed(f"a constant of the type {type(node.value).__name__}")
        return node.value

    def _name(self, node: ast.Name, scope: Scope) -> Any:
        _check_name(node.id)
        return scope.look_up(node.id)

    def _namedexpr(self, node: ast.NamedExpr, scope: Scope) -> Any:
        value = self.evaluate(node.value, scope)
        scope.bind(node.target.id, value)
        return value

    def _boolop(self, node: ast.BoolOp, scope: Scope) -> Any:
        wanted = isinstance(node.op, ast.Or)
        for part in node.values[:-1]:
            value = self.evaluate(part, scope)
            if self.on.truth(value) is wanted:
                return value
        return self.evaluate(node.values[-1], scope)

    def _unaryop(self, node: ast.UnaryOp, scope: Scope) -> Any:
        if isinstance(node.op, ast.Not):
            return not self.truth(node.operand, scope)
        value = self.on.settled(self.evaluate(node.operand, scope))
        if not is_plain(value):
            raise NotFollowed("a sign before what is not known")
        return natively(UNARY[type(node.op)], value)

    def _binop(self, node: ast.BinOp, scope: Scope) -> Any:
        one, other = self.evaluate(node.left, scope), self.evaluate(node.right, scope)
        return self.binary(node.op, one, other)

    def binary(self, sign: ast.operator, one: Any, other: Any) -> Any:
        """The value of two operands with an operator between them."""
        name = type(sign).__name__
        if name not in BINARY:
            raise NotFollowed(f"the operator {name}")
        return self.on.joined(name, BINARY[name], one, other)

    def _ifexp(self, node: ast.IfExp, scope: Scope) -> Any:
        return self.evaluate(node.body if self.truth(node.test, scope) else node.orelse, scope)

    def _compare(self, node: ast.Compare, scope: Scope) -> bool:
        one = self.evaluate(node.left, scope)
        for sign, part in zip(node.ops, node.comparators, strict=True):
            other = self.evaluate(part, scope)
            if not self._compared(type(sign).__name__, one, other):
                return False
            one = other
        return True

    def _compared(self, sign: str, one: Any, other: Any) -> bool:
        if sign in ORDERS:
            return self.on.before(sign, one, other)
        match sign:
            case "Eq":
                return self.on.equal(one, other)
            case "NotEq":
                return not self.on.equal(one, other)
            case "Is":
                return self.on.identical(one, other)
            case "IsNot":
                return not self.on.identical(one, other)
            case "In":
                return self.on.contains(other, one)
        return not self.on.contains(other, one)

    def _tuple(self, node: ast.Tuple, scope: Scope) -> tuple[Any, ...]:
        return tuple(self.several(node.elts, scope))

    def _list(self, node: ast.List, scope: Scope) -> List:
        return List(self.several(node.elts, scope))

    def _set(self, node: ast.Set, scope: Scope) -> Any:
        return self.on.set_of(iter(self.several(node.elts, scope)))

    def several(self, nodes: Sequence[ast.expr], scope: Scope) -> list[Any]:
        """The values of several expressions, some of which may stand for several themselves."""
        values: list[Any] = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                values += self.on.held(self.evaluate(node.value, scope))
            else:
                values.append(self.evaluate(node, scope))
        return values

    def _dict(self, node: ast.Dict, scope: Scope) -> Any:
        pairs: list[tuple[Any, Any]] = []
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                more = self.on.settled(self.evaluate(value, scope))
                if type(more) is not Dict:
                    raise NotFollowed("two stars before what is no dict")
                pairs += more.entries
            else:
                pairs.append((self.evaluate(key, scope), self.evaluate(value, scope)))
        return self.on.dict_of(iter(pairs))

    def _joinedstr(self, node: ast.JoinedStr, scope: Scope) -> str:
        return "".join(str(self.evaluate(part, scope)) for part in node.values)

    def _formattedvalue(self, node: ast.FormattedValue, scope: Scope) -> str:
        value = self.on.settled(self.evaluate(node.value, scope))
        if not is_plain(value):
            raise NotFollowed("a text made of what is not known")
        converted = CONVERSIONS[node.conversion](value)
        form = "" if node.format_spec is None else self.evaluate(node.format_spec, scope)
        return str(natively(format, converted, form))

    def _subscript(self, node: ast.Subscript, scope: Scope) -> Any:
        of = self.evaluate(node.value, scope)
        return self.on.item(of, self.evaluate(node.slice, scope))

    def _slice(self, node: ast.Slice, scope: Scope) -> slice:
        ends = [
            None if end is None else self.on.settled(self.evaluate(end, scope))
            for end in (node.lower, node.upper, node.step)
        ]
        if not all(map(is_plain, ends)):
            raise NotFollowed("a slice by what is not known")
        return slice(*ends)

    def _starred(self, node: ast.Starred, scope: Scope) -> Any:
        raise NotFollowed("a star in this place")

    def _lambda(self, node: ast.Lambda, scope: Scope) -> Function:
        return self.made(node, scope)

    def made(self, node: ast.FunctionDef | ast.Lambda, scope: Scope) -> Function:
        """A function that the code under test makes."""
        if yields(node) or getattr(node, "type_params", None):
            raise NotFollowed("a function with type parameters, a generator or an asynchronous one")
        defaults = tuple(self.evaluate(one, scope) for one in node.args.defaults)
        by_name = {
            one.arg: self.evaluate(default, scope)
            for one, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
            if default is not None
        }
        parameters = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg)
        annotations = [one.annotation for one in parameters if one is not None]
        for annotation in [*annotations, node.returns if isinstance(node, ast.FunctionDef) else None]:
            if annotation is not None:
                self._check_annotation(annotation, scope)
        return Function(node, scope, defaults, by_name)

    def _check_annotation(self, node: ast.expr, scope: Scope) -> None:
        """Raises `NotFollowed` for an annotation that may run code: one of more than a name, and of others' types."""
        for part in ast.walk(node):
            if isinstance(part, ast.Name):
                value = self.untold(part, scope)
                if part is not node and not any(value is one for one in TYPES):
                    raise NotFollowed(f"the annotation `{part.id}`, which is evaluated in each call")
            elif not isinstance(part, ast.Constant | ast.BinOp | ast.BitOr | ast.Subscript | ast.Tuple | ast.Load):
                raise NotFollowed("an annotation that is evaluated in each call")

    def assign(self, target: ast.expr, value: Any, scope: Scope, of_loop: bool = False) -> None:
        """Bind what an assignment binds, or a loop of a comprehension."""
        match target:
            case ast.Name(id=name):
                _check_name(name)
                scope.bind(name, value, target=of_loop)
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                if any(isinstance(part, ast.Starred) for part in parts):
                    raise NotFollowed("an assignment with a star")
                values = self.on.held(value)
                if len(values) != len(parts):
                    raise Raised(ValueError)
                for part, one in zip(parts, values, strict=True):
                    self.assign(part, one, scope, of_loop)
            case ast.Subscript(value=of, slice=key):
                self._put(self.on.settled(self.evaluate(of, scope)), self.evaluate(key, scope), value)
            case _:
                raise NotFollowed("it sets an attribute of an object, so that one call may depend on another")

    def _put(self, of: Any, key: Any, value: Any) -> None:
        if type(of) is List:
            self.on.check_own(of)
            key = self.on.settled(key)
            if type(key) is not int:
                raise NotFollowed("a place in a list that is not known")
            natively(operator.setitem, of.items, key, value)
        elif type(of) is Dict:
            self.on.put(of, key, value)
        else:
            raise NotFollowed("it sets a part of what is neither a list nor a dict")

    def _attribute(self, node: ast.Attribute, scope: Scope) -> Any:
        _check_name(node.attr)
        of = self.on.settled(self.evaluate(node.value, scope))
        return Method(of, node.attr) if has_method(of, node.attr) else attribute_of(of, node.attr, self.call)


def _check_name(name: str) -> None:
    if name.startswith("__") and not name.endswith("__"):
        raise NotFollowed(f"the name `{name}`, which Python changes inside of classes")
