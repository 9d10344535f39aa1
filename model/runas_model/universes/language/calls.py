"""The calls of the language: connectives, records, tables, and functions that are read as well."""

import ast
import builtins
import sys
from collections.abc import Callable
from types import BuiltinFunctionType, FunctionType
from typing import Any, NewType, get_args

import attrs

from runas_model.universes import connectives
from runas_model.universes.connectives import field_names
from runas_model.universes.language.fitting import fits, is_key, is_of, is_text, is_truth
from runas_model.universes.language.kinds import (
    ODD,
    PLAIN,
    Items,
    Kind,
    Known,
    Many,
    Method,
    Model,
    Names,
    Nested,
    Shape,
    category,
    is_plain,
    join,
    kind_of,
    of_table,
)
from runas_model.universes.language.members import (
    declared_parameters,
    default_of,
    field_hints,
    is_declared,
    is_plain_member,
    not_constructible,
    result_of,
    result_of_callable,
)
from runas_model.universes.language.scopes import Scope, refuse
from runas_model.universes.tables import Table

__all__ = ["Calls"]

INSTEAD = {"all": "all_of", "any": "any_of", "bool": "the truth itself", "str": "the value itself"}
UNSEEN = "it cannot be seen what this does with the values: define it above, by `def` or `lambda`"
OF_TRUTHS = (connectives.all_of, connectives.any_of, connectives.not_, connectives.implies)
OF_KEYS = (connectives.folded, connectives.spelled)
OF_TEXTS = (*OF_KEYS, connectives.is_blank)
OF_PLAIN = (len, range, sorted)
SCALAR = (Shape.VALUE, Shape.PLAIN)
CHOSEN = (*SCALAR, Shape.RECORD, Shape.TABLE)


@attrs.frozen
class Given:
    """The arguments of a call; `rest` is the kind of any number of them."""

    positional: list[Kind]
    named: dict[str, Kind]
    rest: Kind | None = None

    def every(self) -> list[Kind]:
        more = [] if self.rest is None else [self.rest]
        return [*self.positional, *more, *self.named.values()]


class Calls:
    """Reads calls."""

    kind: Callable[..., Kind]
    consumed: Callable[..., Items | Many]
    function: Callable[..., Kind]
    inline_nested: Callable[..., Kind]

    def _call(self, node: ast.Call, scope: Scope) -> Kind:
        callee = self.kind(node.func, scope)
        if isinstance(callee, Nested):
            return self.inline_nested(node, callee, self._all_exact(node, scope), scope)
        if isinstance(callee, Method):
            return self._method(node, callee, scope)
        if isinstance(callee, Model) and category(callee) is Shape.CALLABLE:
            self._scalars_or_records(node, self._given(node, scope), scope)
            return result_of_callable(callee.sort)
        if not isinstance(callee, Known):
            refuse(scope, node, UNSEEN)
        return self._of_known(node, callee.value, scope)

    def _of_known(self, node: ast.Call, callee: Any, scope: Scope) -> Kind:
        if getattr(callee, "__module__", "") == connectives.__name__ and isinstance(callee, FunctionType):
            return self._connective(node, callee, self._given(node, scope), scope)
        if callee is attrs.evolve:
            return self._evolved(node, self._given(node, scope), scope)
        if is_declared(callee):
            return self._declared(node, callee, [], self._given(node, scope), scope)
        if isinstance(callee, FunctionType) and _is_own(callee):
            given = self._all_exact(node, scope)
            return self.function(callee, given.positional, given.named)
        if type(callee) is NewType:
            return self._named_sort(node, scope)
        if (callee is list or callee is tuple) and len(node.args) == 1 and not node.keywords:
            return self.consumed(node.args[0], scope)
        if isinstance(callee, type) and callee.__module__ != builtins.__name__:
            return self._made(node, callee, self._given(node, scope), scope)
        if any(callee is one for one in OF_PLAIN) and all(map(is_plain, self._given(node, scope).every())):
            return Many(PLAIN) if callee is not len else PLAIN
        if isinstance(callee, type | BuiltinFunctionType | FunctionType):
            instead = INSTEAD.get(callee.__name__, "it with connectives, `==` and tables")
            refuse(scope, node, f"this looks into the Python object: write {instead}")
        return refuse(scope, node, UNSEEN)

    def _given(self, node: ast.Call, scope: Scope) -> Given:
        positional: list[Kind] = []
        rest: Kind | None = None
        for argument in node.args:
            if not isinstance(argument, ast.Starred):
                positional.append(self.kind(argument, scope))
                continue
            several = self.consumed(argument.value, scope)
            if isinstance(several, Items):
                positional.extend(several.kinds)
            else:
                rest = several.kind if rest is None else join(rest, several.kind)
        named: dict[str, Kind] = {}
        for keyword in node.keywords:
            kind = self.kind(keyword.value, scope)
            if keyword.arg is not None:
                named[keyword.arg] = kind
            elif isinstance(kind, Names):
                named.update(kind.kinds)
            else:
                refuse(scope, node, "arguments are named where they are given")
        given = Given(positional, named, rest)
        if ODD in given.every():
            refuse(scope, node, "it is not settled what is given")
        return given

    def _all_exact(self, node: ast.Call, scope: Scope) -> Given:
        given = self._given(node, scope)
        if given.rest is not None:
            refuse(scope, node, "it is not settled how many values are given")
        return given

    def _connective(self, node: ast.Call, callee: Any, given: Given, scope: Scope) -> Kind:
        every = given.every()
        if callee in OF_TRUTHS or callee in OF_TEXTS:
            takes, what = (is_truth, "truths") if callee in OF_TRUTHS else (is_text, "texts")
            if given.named or not all(map(takes, every)):
                refuse(scope, node, f"{callee.__name__} takes {what}, and nothing else")
            return PLAIN if all(map(is_plain, every)) else Model(Any if callee in OF_KEYS else bool)
        if callee is connectives.choose and len(every) == 3 and given.rest is None and not given.named:
            return self._chosen(node, every, scope)
        if callee is connectives.equal and len(given.positional) == len(every) == 2:
            if not all(isinstance(kind, Model) and _is_flat(kind.sort) for kind in every):
                refuse(scope, node, "equal takes two records, of which every field is a value")
            return Model(bool)
        return refuse(scope, node, "it is not given what it takes, in order")

    def _chosen(self, node: ast.Call, every: list[Kind], scope: Scope) -> Kind:
        condition, then, otherwise = every
        if not is_truth(condition):
            refuse(scope, node, "choose takes a truth first")
        chosen = join(then, otherwise)
        if category(then) not in CHOSEN or category(otherwise) not in CHOSEN or chosen is ODD:
            refuse(scope, node, "choose takes two values, two records of one class or two tables: choose part by part")
        if is_plain(chosen) and not is_plain(condition):
            sorts = {type(kind.value) for kind in (then, otherwise) if isinstance(kind, Known)}
            return Model(sorts.pop() if len(sorts) == 1 else Any)
        return Model(chosen.sort) if isinstance(chosen, Model) else chosen

    def _evolved(self, node: ast.Call, given: Given, scope: Scope) -> Kind:
        record = given.positional[0] if len(given.positional) == 1 else None
        if not isinstance(record, Model) or category(record) is not Shape.RECORD or given.rest is not None:
            refuse(scope, node, "evolve takes a record, and fields by name")
        self._fields(node, record.sort, given.named, scope)
        return record

    def _made(self, node: ast.Call, record: type, given: Given, scope: Scope) -> Kind:
        """A record or an error that keeps what it is given."""
        if why := not_constructible(record):
            refuse(scope, node, f"{record.__name__} looks into the Python object: {why}")
        if issubclass(record, Exception):
            if given.named or any(category(kind) not in SCALAR for kind in given.every()):
                refuse(scope, node, "an error names values, in order")
            return Model(record)
        names = [name for name in field_names(record) if name not in given.named]
        if given.rest is not None or len(given.positional) > len(names):
            refuse(scope, node, "it is not settled which fields are given")
        fields = dict(zip(names, given.positional)) | given.named  # noqa: B905
        for name in names[len(given.positional) :]:
            if (default := default_of(record, name)) is None:
                refuse(scope, node, f"the field {name} is not given")
            fields[name] = default
        self._fields(node, record, fields, scope)
        return Model(record)

    def _fields(self, node: ast.Call, record: type, fields: dict[str, Kind], scope: Scope) -> None:
        if why := not_constructible(record):
            refuse(scope, node, f"{record.__name__} looks into the Python object: {why}")
        hints = field_hints(record)
        for name, kind in fields.items():
            if name not in hints or not fits(kind, hints[name]):
                refuse(scope, node, f"{record.__name__} takes nothing of this kind as {name}")
            if is_plain_member(Model(record, True), name) and not is_plain(kind):
                refuse(scope, node, f"{name} of {record.__name__} is plain, and this is not")

    def _named_sort(self, node: ast.Call, scope: Scope) -> Kind:
        given = self._given(node, scope)
        if len(given.every()) != 1 or category(given.every()[0]) not in SCALAR:
            refuse(scope, node, "a sort takes one value")
        return given.every()[0]

    def _method(self, node: ast.Call, method: Method, scope: Scope) -> Kind:
        given = self._all_exact(node, scope)
        if method.function is None:
            return self._of_table(node, method, given, scope)
        if is_declared(method.function):
            result = self._declared(node, method.function, [method.owner], given, scope)
            return PLAIN if is_plain_member(method.owner, method.name) else result
        return self.function(method.function, [method.owner, *given.positional], given.named)

    def _of_table(self, node: ast.Call, method: Method, given: Given, scope: Scope) -> Kind:
        sort, every = method.owner.sort, given.positional
        if category(method.owner) is Shape.MAPPING:
            if len(every) != 1 or given.named or not is_plain(every[0]):
                refuse(scope, node, "of a mapping it must be settled what is looked up")
            return kind_of(get_args(sort)[1])
        if method.name == "copy_under":
            return self._copied(node, method.owner, given, scope)
        value = every[1:]
        under = method.name.endswith("under")
        if under and len(get_args(sort)) < 3:
            refuse(scope, node, "nothing stands under a key of this table: its keys are no pairs")
        if given.named or not every or not is_key(every[0], sort, under):
            refuse(scope, node, "this is no key of the table: a key is a value, or several values")
        if len(value) != (method.name == "put"):
            refuse(scope, node, f"{method.name} of a table takes a key{' and a value' * (method.name == 'put')}")
        if value and not is_of(value[0], of_table(sort)):
            refuse(scope, node, "a table keeps values, or records of one class")
        if method.name == "has":
            return Model(bool)
        return method.owner if method.name != "under" else Model(_row(sort))

    def _copied(self, node: ast.Call, table: Model, given: Given, scope: Scope) -> Kind:
        """A table with what stands under one first key under another, too, where a field is true."""
        *keys, where = given.positional or [PLAIN]
        of = of_table(table.sort)
        fields = field_hints(of.sort) if isinstance(of, Model) and category(of) is Shape.RECORD else {}
        named = where.value if isinstance(where, Known) else ""
        if given.named or len(keys) != 2 or not all(is_key(key, table.sort, under=True) for key in keys):
            refuse(
                scope, node, "copy_under takes two first keys of a table whose keys are pairs, and the name of a field"
            )
        if fields.get(named) is not bool:
            refuse(scope, node, "copy_under takes the name of a field of the table's records that is a truth")
        return table

    def _declared(self, node: ast.Call, callee: Any, before: list[Kind], given: Given, scope: Scope) -> Kind:
        """A function that is declared to mean the same everywhere; what it takes as a text is plain."""
        self._scalars_or_records(node, given, scope)
        for hint, kind in declared_parameters(callee, [*before, *given.positional], given.named):
            if hint in (str, int) and not is_plain(kind):
                refuse(scope, node, f"{callee.__name__} takes what is plain there, and this is a model value")
        return result_of(callee)

    def _scalars_or_records(self, node: ast.Call, given: Given, scope: Scope) -> None:
        if any(category(kind) is Shape.OTHER for kind in given.every()):
            refuse(scope, node, "no function, class or module is given to this")


def _is_own(function: Callable[..., Any]) -> bool:
    """Whether it is part of a specification, rather than of Python."""
    return (function.__module__ or "").partition(".")[0] not in sys.stdlib_module_names


def _is_flat(sort: Any) -> bool:
    """Whether it is a class of records that hold values alone."""
    if category(Model(sort)) is not Shape.RECORD or not isinstance(sort, type):
        return False
    return all(category(kind_of(hint)) in SCALAR for hint in field_hints(sort).values())


def _row(sort: Any) -> Any:
    """The class of what stands under a first key."""
    return Table.__class_getitem__(get_args(sort)[1:])  # type: ignore[attr-defined]
