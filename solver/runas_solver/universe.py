"""The symbolic universe: sorts, constants, fresh values, and what is known of them.

Every Python constant that meets a term becomes a constant of its sort, distinct from the others.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from functools import cache
from itertools import combinations
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints
from urllib.parse import quote

import z3

from runas_model.specification.vocabulary import FoldedKey, Name, OsUser, OsUsers, Situation, Spelling, TagKey
from runas_model.universes.connectives import field_names, folded, is_blank, spelled
from runas_model.universes.tables import PairTable, Table, TotalTable
from runas_solver.terms import Keys, SymbolicTable, Truth, Value, formula

__all__ = ["Scope", "Universe"]


class Scope:
    """What came up while something was built: the terms that axioms and models need to speak of.

    `parts` are the parts of the specification that were asked; `definitions` what stands for what, by label.
    """

    def __init__(self) -> None:
        self.values: dict[int, Value] = {}
        self.truths: dict[int, Truth] = {}
        self.applications: dict[str, dict[tuple[int, ...], Keys]] = {}
        self.definitions: dict[str, list[z3.BoolRef]] = {}
        self.parts: set[str] = set()

    def include(self, other: "Scope") -> None:
        """Note all that another scope noted."""
        self.values |= other.values
        self.truths |= other.truths
        for label, keys in other.applications.items():
            self.applications.setdefault(label, {}).update(keys)
        self.parts |= other.parts
        for label, definitions in other.definitions.items():
            self.definitions.setdefault(label, []).extend(definitions)


class Universe:
    """Sorts, constants and fresh values; the same label and sort always give the same term."""

    def __init__(self) -> None:
        self.constants: dict[tuple[str, Any], z3.ExprRef] = {}
        self.constant_ids: dict[int, Any] = {}
        self.names: dict[str, Any] = {}
        self.scope = Scope()
        self._fresh: dict[tuple[str, str], tuple[Any, Scope]] = {}
        self._rows: dict[tuple[int, int], tuple[SymbolicTable, SymbolicTable]] = {}
        self.blank = z3.Function("is-blank", self.z3_sort(Name), z3.BoolSort())
        self.fold = z3.Function("folded", self.z3_sort(TagKey), self.z3_sort(FoldedKey))
        self.spell = z3.Function("spelled", self.z3_sort(TagKey), self.z3_sort(Spelling))

    @contextmanager
    def noting(self, *others: Scope) -> Iterator[Scope]:
        """A new scope for what is built inside, with all that `others` noted."""
        outer, self.scope = self.scope, Scope()
        for other in others:
            self.scope.include(other)
        try:
            yield self.scope
        finally:
            self.scope = outer

    def z3_sort(self, sort: Any) -> z3.SortRef:
        self.names[sort.__name__] = sort
        return _declared(sort.__name__)

    def lift(self, constant: Any, sort: Any) -> Any:
        """A term for a Python constant of a sort; terms stay as they are."""
        if isinstance(constant, Value):
            return constant
        key = (sort.__name__, constant)
        if key not in self.constants:
            label = quote(str(constant.value if isinstance(constant, Enum) else constant), safe="")
            self.constants[key] = z3.Const(f"{sort.__name__}={label}", self.z3_sort(sort))
            self.constant_ids[self.constants[key].get_id()] = constant
        term = self.constants[key]
        value = Value(self, sort, term)
        self.scope.values[term.get_id()] = value
        return value

    def fresh(self, kind: Any, label: str) -> Any:
        """An unconstrained value of a sort, a record or a table type, its parts named after `label`."""
        key = (str(kind), label)
        if key not in self._fresh:
            with self.noting() as scope:
                value = self._fresh_situation(label) if kind is Situation else self._function(kind, label, ())(())
            self._fresh[key] = (value, scope)
        value, scope = self._fresh[key]
        self.scope.include(scope)
        return value

    def folded(self, key: Value) -> Value:
        """The key of a tag without regard to case: a function of the key, known for constants."""
        return self._of_key(self.fold(key.term), FoldedKey)

    def spelled(self, key: Value) -> Value:
        """How the key of a tag is spelled: a function of the key, known for constants."""
        return self._of_key(self.spell(key.term), Spelling)

    def _of_key(self, term: z3.ExprRef, sort: Any) -> Value:
        value = self.scope.values[term.get_id()] = Value(self, sort, term)
        return value

    def _fresh_situation(self, label: str) -> Situation:
        parts = {name: self.fresh(hint, f"{label}.{name}") for name, hint in _hints(Situation).items()}
        parts["tag_blank"] = parts["tag"].is_blank()
        parts["default_named"] = parts["default_user"].is_blank().negated()
        return Situation(**parts)

    def _function(self, kind: Any, label: str, key_sorts: tuple[Any, ...]) -> Callable[[Keys], Any]:
        """A function from keys to values of `kind`, uninterpreted in each leaf."""
        if kind is OsUsers:
            kind = Table[Name, OsUser]
        if get_origin(kind) in (Table, PairTable, TotalTable):
            *sorts, value_type = get_args(kind)
            total = get_origin(kind) is TotalTable
            domain = (lambda keys: True) if total else self._function(bool, f"{label}.has", tuple(sorts))
            value = self._function(value_type, label, tuple(sorts))
            return lambda keys: SymbolicTable(self, tuple(sorts), value_type, domain, value, label, total)
        if field_names(kind):
            fields = {name: self._function(hint, f"{label}.{name}", key_sorts) for name, hint in _hints(kind).items()}
            return lambda keys: kind(**{name: field(keys) for name, field in fields.items()})
        is_truth, sort = kind is bool, _plain(kind)
        function = z3.Function(label, *map(self.z3_sort, key_sorts), z3.BoolSort() if is_truth else self.z3_sort(sort))

        def leaf(keys: Keys) -> Any:
            term = function(*(key.term for key in keys))
            number = term.get_id()
            if keys:
                self.scope.applications.setdefault(label, {})[tuple(key.term.get_id() for key in keys)] = keys
            if is_truth:
                truth = self.scope.truths[number] = Truth(self, term)
                return truth
            value = self.scope.values[number] = Value(self, sort, term, sort is not kind)
            return value

        return leaf

    def choose(self, condition: z3.BoolRef, then: Any, otherwise: Any, kind: Any) -> Any:
        """`then` where the condition holds, else `otherwise`: leaf by leaf."""
        if then is otherwise:
            return then
        if field_names(type(then)) and not isinstance(then, Truth | Value | SymbolicTable):
            fields = {
                field: self.choose(condition, getattr(then, field), getattr(otherwise, field), hint)
                for field, hint in _hints(cast(Any, type(then))).items()
            }
            return type(then)(**fields)
        if isinstance(then, SymbolicTable):
            return then._with(
                lambda keys: self.choose(condition, then.domain(keys), otherwise.domain(keys), bool),
                lambda keys: self.choose(condition, then.value(keys), otherwise.value(keys), then.value_type),
            )
        if isinstance(then, bool | Truth):
            return Truth(self, z3.If(condition, formula(then), formula(otherwise)))
        sort = next((branch.sort for branch in (then, otherwise) if isinstance(branch, Value)), None) or _plain(kind)
        return Value(self, sort, z3.If(condition, self.lift(then, sort).term, self.lift(otherwise, sort).term))

    def row(self, table: SymbolicTable, at: Keys, make: Callable[[], SymbolicTable]) -> SymbolicTable:
        """What stands under a key of a table: the same object whenever it is asked for."""
        key = (id(table), at[0].term.get_id())
        if key not in self._rows:
            self._rows[key] = (table, make())
        return self._rows[key][1]

    def define(self, label: str, truth: Any) -> Truth:
        """A new truth that stands for another; the scope notes under `label` that the two are equal."""
        definitions = self.scope.definitions.setdefault(label, [])
        stands_for = Truth(self, z3.FreshBool(label))
        definitions.append(stands_for.term == formula(truth))
        return stands_for

    def embed(self, table: Any, kind: Any) -> SymbolicTable:
        """A concrete table as a table of this universe."""
        *sorts, value_type = get_args(kind)
        total = get_origin(kind) is TotalTable
        empty = SymbolicTable(self, tuple(sorts), value_type, lambda keys: total, lambda keys: table.default)
        for key in table:
            empty = empty.put(key, table[key])
        return empty

    def _spellings(self, scope: Scope) -> list[tuple[z3.ExprRef, z3.ExprRef]]:
        """The constants that are spellings of keys, those of constant keys too, each with the folded key of it."""
        known = [self.constant_ids[number] for number, value in scope.values.items()
                 if number in self.constant_ids and value.sort in (TagKey, Spelling)]  # fmt: skip
        return [(self.lift(text, Spelling).term, self.lift(folded(text), FoldedKey).term) for text in known]

    def axioms(self, scope: Scope) -> list[z3.BoolRef]:
        """What is known of the terms in a scope, to which the members of enumerated sorts are added.

        Constants are distinct, and blank or not; a key is known by its spelling, which says what it is folded to;
        enumerated sorts have no values but their members; no term is equal to None, the constant of optional values,
        unless it is one.
        """
        with self.noting() as members:
            for sort in dict.fromkeys(value.sort for value in scope.values.values()):
                if isinstance(sort, type) and issubclass(sort, Enum):
                    for member in sort:
                        self.lift(member, sort)
            spellings = self._spellings(scope)
        scope.include(members)
        constants: dict[str, list[z3.ExprRef]] = {}
        known: list[z3.BoolRef] = []
        for number, value in scope.values.items():
            if number in self.constant_ids:
                constants.setdefault(value.sort.__name__, []).append(value.term)
                constant = self.constant_ids[number]
                if value.sort is Name:
                    known.append(self.blank(value.term) == z3.BoolVal(constant is None or is_blank(constant)))
                if value.sort is TagKey:
                    known.append(self.spell(value.term) == self.lift(spelled(constant), Spelling).term)
        keys = [value.term for value in scope.values.values() if value.sort is TagKey]
        for key in keys:
            known += [z3.Implies(self.spell(key) == one, self.fold(key) == of) for one, of in spellings]
        known += [
            z3.Implies(self.spell(one) == self.spell(other), one == other) for one, other in combinations(keys, 2)
        ]
        known += [z3.Distinct(*terms) for terms in constants.values() if len(terms) > 1]
        for number, value in scope.values.items():
            if number in self.constant_ids:
                continue
            none = self.constants.get((value.sort.__name__, None))
            if none is not None and none.get_id() in scope.values and not value.optional:
                known.append(value.term != none)
            if isinstance(value.sort, type) and issubclass(value.sort, Enum):
                known.append(z3.Or(*(value.term == member for member in constants[value.sort.__name__])))
        return known


@cache
def _hints(record: Any) -> dict[str, Any]:
    return get_type_hints(record)


@cache
def _declared(name: str) -> z3.SortRef:
    return z3.DeclareSort(name)


def _plain(kind: Any) -> Any:
    """The sort of an optional value, or the sort itself."""
    if get_origin(kind) in (Union, UnionType):
        return next(part for part in get_args(kind) if part is not type(None))
    return kind
