"""The expressions of the language: each is of some kind, or refused."""

import ast
from collections.abc import Callable
from enum import Enum
from typing import Any, cast, get_args

from runas_model.universes.language.fitting import is_key
from runas_model.universes.language.kinds import (
    ODD,
    PLAIN,
    Items,
    Kind,
    Known,
    Many,
    Method,
    Model,
    Shape,
    category,
    elements,
    is_enumeration,
    is_plain,
    join,
    kind_of,
    known,
    of_table,
)
from runas_model.universes.language.members import (
    is_declared,
    is_plain_member,
    look_up,
    member,
    result_of,
)
from runas_model.universes.language.scopes import Scope, refuse

__all__ = ["BRANCHES", "Expressions"]

COMPARED = {
    ast.Eq: "only values are compared by `==`",
    ast.Is: "`is` asks which Python object it is: write `==`",
    ast.IsNot: "`is not` asks which Python object it is: write `not_(… == …)`",
    ast.NotEq: "`!=` is Python's own truth: write `not_(… == …)`",
    ast.In: "`in` is Python's own truth: write `any_of(… == …, …)`, or `has` of a table",
    ast.NotIn: "`not in` is Python's own truth: write `not_(any_of(… == …, …))`, or `not_` and `has` of a table",
}
NO_ORDER = "values have no order: write what is meant with `==`"
NOT_COMPARED = {
    Shape.TABLE: "tables are not compared by `==`: compare what both give for a key",
    Shape.RECORD: "records are not compared by `==`: write `equal`",
    Shape.ITEMS: "tuples and lists are not compared by `==`: compare part by part, in `all_of`",
}
BRANCHES = "Python branches once, and not in every case: write `choose`, `implies`, `all_of` or `any_of`"
TABLE_METHODS = {"has", "put", "drop", "drop_under", "copy_under", "under"}
OTHERWISE = {
    "Dict": "a dict asks Python whether keys are equal: write `choose`, or use a table",
    "NamedExpr": "assign it in a line of its own",
    "Yield": "a generator ends when Python says so",
    "YieldFrom": "a generator ends when Python says so",
    "Await": "nothing of the specification waits",
    "GeneratorExp": "a generator runs later: write it where it is used up, as in `all_of(*(…))`",
}


class Expressions:
    """Reads expressions. What is called and what is gone through is read elsewhere."""

    _call: Callable[..., Kind]
    function: Callable[..., Kind]
    nested: Callable[..., Kind]
    consumed: Callable[..., Items | Many]
    comprehension: Callable[..., Items | Many]

    def kind(self, node: ast.AST, scope: Scope) -> Kind:
        """The kind of an expression. Raises `NotForEveryUniverse` for what is not of the language."""
        read = getattr(self, f"_{type(node).__name__.lower()}", None)
        if read is None:
            name = type(node).__name__
            refuse(
                scope,
                node,
                OTHERWISE.get(name, "rules, operations and laws do not use this: write connectives, `==` and tables"),
            )
        return read(node, scope)

    def _constant(self, node: ast.Constant, scope: Scope) -> Kind:
        kind = Known(node.value)
        if not is_plain(kind):
            refuse(scope, node, "no constant but a text, a whole number, a truth or None is known")
        return kind

    def _name(self, node: ast.Name, scope: Scope) -> Kind:
        kind = scope.look_up(node)
        if kind is ODD:
            refuse(scope, node, "it is one kind of thing in one case and another in others: give each its own name")
        return kind

    def _tuple(self, node: ast.Tuple | ast.List, scope: Scope) -> Kind:
        kinds: list[Kind] = []
        is_exact = True
        for part in node.elts:
            several = (
                self.consumed(part.value, scope) if isinstance(part, ast.Starred) else Items((self.kind(part, scope),))
            )
            is_exact = is_exact and isinstance(several, Items)
            kinds.extend(several.kinds if isinstance(several, Items) else [several.kind])
        return Items(tuple(kinds)) if is_exact else many(kinds)

    _list = _tuple

    def _listcomp(self, node: ast.ListComp, scope: Scope) -> Kind:
        return self.comprehension(node, scope)

    def _compare(self, node: ast.Compare, scope: Scope) -> Kind:
        kinds = [self.kind(part, scope) for part in (node.left, *node.comparators)]
        if all(map(_is_settled, kinds)):
            self._same_object(node, kinds, scope)
            return PLAIN
        if len(node.ops) > 1:
            refuse(scope, node, "a chain of comparisons is an `and`: write `all_of(… == …, … == …)`")
        if type(node.ops[0]) is not ast.Eq:
            refuse(scope, node, COMPARED.get(type(node.ops[0]), NO_ORDER))
        for kind in kinds:
            if category(kind) not in (Shape.VALUE, Shape.PLAIN):
                refuse(scope, node, NOT_COMPARED.get(category(kind), COMPARED[ast.Eq]))
        return Model(bool)

    def _same_object(self, node: ast.Compare, kinds: list[Kind], scope: Scope) -> None:
        """What `is` asks is settled of enumerated values, truths and None alone."""
        for index, operator in enumerate(node.ops):
            around = [kind.value for kind in kinds[index : index + 2] if isinstance(kind, Known)]
            if isinstance(operator, ast.Is | ast.IsNot) and not any(
                isinstance(value, Enum | bool) or value is None for value in around
            ):
                refuse(scope, node, COMPARED[type(operator)])

    def _boolop(self, node: ast.BoolOp, scope: Scope) -> Kind:
        kinds = [self.kind(part, scope) for part in node.values]
        if not all(map(is_plain, kinds)):
            refuse(scope, node, "`and` and `or` are Python's own: write `all_of` or `any_of`")
        return PLAIN

    def _unaryop(self, node: ast.UnaryOp, scope: Scope) -> Kind:
        if not is_plain(self.kind(node.operand, scope)):
            refuse(scope, node, "write `not_`" if isinstance(node.op, ast.Not) else "no arithmetic is done with values")
        return PLAIN

    def _binop(self, node: ast.BinOp, scope: Scope) -> Kind:
        if not all(is_plain(self.kind(part, scope)) for part in (node.left, node.right)):
            refuse(scope, node, "no operator but `==` is known of values: write a connective")
        return PLAIN

    def _ifexp(self, node: ast.IfExp, scope: Scope) -> Kind:
        if not is_plain(self.kind(node.test, scope)):
            refuse(scope, node, BRANCHES)
        return join(self.kind(node.body, scope), self.kind(node.orelse, scope))

    def _joinedstr(self, node: ast.JoinedStr, scope: Scope) -> Kind:
        for part in node.values:
            asked = [part.value, part.format_spec] if isinstance(part, ast.FormattedValue) else []
            if not all(is_plain(self.kind(one, scope)) for one in asked if one is not None):
                refuse(scope, node, "a text is made of the Python object: write the value itself")
        return PLAIN

    def _lambda(self, node: ast.Lambda, scope: Scope) -> Kind:
        return self.nested(node, scope)

    def _attribute(self, node: ast.Attribute, scope: Scope) -> Kind:
        owner, name = self.kind(node.value, scope), node.attr
        if name.startswith("_"):
            refuse(scope, node, "a name that begins with `_` is Python's own, or private")
        if isinstance(owner, Known):
            found = look_up(owner.value, name)
            if found is None:
                refuse(
                    scope, node, "it cannot be seen what this is: name a constant, a function or a member of a class"
                )
            return found
        if isinstance(owner, Model):
            return self._member(node, owner, scope)
        return refuse(scope, node, "nothing is asked by a name of several values, or changed: write `[*…, …]`")

    def _member(self, node: ast.Attribute, owner: Model, scope: Scope) -> Kind:
        shape, name = category(owner), node.attr
        if (shape is Shape.TABLE and name in TABLE_METHODS) or (shape is Shape.MAPPING and name == "get"):
            return Method(owner, name, None)
        what, found = member(owner.sort, name) if isinstance(owner.sort, type) else ("", None)
        if what == "field":
            return PLAIN if is_plain_member(owner, name) and category(kind_of(found)) is Shape.VALUE else kind_of(found)
        if what == "method":
            return Method(owner, name, found)
        if what == "value" and found is not None and is_declared(found):
            return PLAIN if is_plain_member(owner, name) else result_of(found)
        if what == "value":
            return self.function(found, [owner], {})
        return refuse(scope, node, f"{_told(owner)} has no field, and no table a method, of this name")

    def _subscript(self, node: ast.Subscript, scope: Scope) -> Kind:
        owner = self.kind(node.value, scope)
        if isinstance(owner, Known) and type(owner.value) is dict:
            key = self.kind(node.slice, scope)
            settled = isinstance(key, Known) and is_plain(key) and all(is_plain(Known(one)) for one in owner.value)
            if settled and key.value in owner.value:
                return known(owner.value[key.value])
            refuse(scope, node, "of a dict it must be settled what is looked up")
        several = elements(owner)
        if several is not None:
            return self._part(node, several, scope)
        key = self.kind(node.slice, scope)
        if category(owner) is Shape.TABLE:
            if not is_key(key, owner.sort):
                refuse(scope, node, "no key of this table is this: a key is a value, or several values")
            return of_table(owner.sort)
        if category(owner) is Shape.MAPPING and is_plain(key):
            return kind_of(get_args(owner.sort)[1])
        return refuse(scope, node, "nothing but tables, and tuples by a number, is asked by `[]`")

    def _part(self, node: ast.Subscript, several: Items | Many, scope: Scope) -> Kind:
        """A part of a tuple or list, or some, by numbers that are written there."""
        try:
            at = _written(node.slice)
        except ValueError:
            refuse(scope, node, "of a tuple or list, a part is asked for by a number that is written there")
        if isinstance(several, Many):
            return several if isinstance(at, slice) else several.kind
        try:
            found = several.kinds[at]
        except IndexError:
            refuse(scope, node, "there is no such part")
        return Items(found) if isinstance(at, slice) else found


def many(kinds: list[Kind]) -> Kind:
    """A tuple or list of unknown length of these kinds."""
    if not kinds:
        return Items(())
    first, *others = kinds
    for kind in others:
        first = join(first, kind)
    return Many(first)


def _is_settled(kind: Kind) -> bool:
    return is_plain(kind) or (isinstance(kind, Known) and is_enumeration(kind.value))


def _told(owner: Model) -> str:
    if owner.sort is Any:
        return "what this is of is not known: annotate it with its class; it"
    return getattr(owner.sort, "__name__", str(owner.sort))


def _written(node: ast.AST) -> Any:
    if isinstance(node, ast.Slice):
        parts = (node.lower, node.upper, node.step)
        return slice(*(None if part is None else _written(part) for part in parts))
    at = ast.literal_eval(cast(Any, node))
    if type(at) is not int:
        raise ValueError
    return at
