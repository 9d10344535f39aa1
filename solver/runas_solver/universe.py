"""The symbolic universe: sorts, constants, fresh values, and what is known of them.

Every Python constant that meets a term becomes a constant of the term's sort, distinct from the others; a constant that
is none of that sort is refused.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from functools import cache, cached_property
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints
from urllib.parse import quote

import z3

from runas_model.specification.state import INITIAL, State
from runas_model.specification.vocabulary import FoldedKey, Name, OsUser, OsUsers, Situation, Spelling, TagKey
from runas_model.universes.connectives import all_of, field_names, not_
from runas_model.universes.tables import PairTable, Table, sorts_of
from runas_solver.axioms import Axioms, Scope
from runas_solver.terms import Keys, SymbolicTable, Truth, Value, formula, refused

__all__ = ["Scope", "Universe"]


class Universe:
    """Sorts, constants and fresh values; the same label and sort always give the same term.

    Tables read outside their domain what those of an initial state do.
    """

    def __init__(self, initial: State = INITIAL) -> None:
        self._initial = initial
        self.constants: dict[tuple[str, Any], z3.ExprRef] = {}
        self.constant_ids: dict[int, Any] = {}
        self.names: dict[str, Any] = {}
        self.scope = Scope()
        self._fresh: dict[tuple[str, str], tuple[Any, Scope]] = {}
        self._axioms = Axioms(self)
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
        """A term for a Python constant of a sort, or for None; terms of the sort stay as they are.

        Raises `NotForEveryUniverse` for a term of another sort, and for a constant that is not exactly of the type that
        stands for the sort: `"linux"` is no `Platform`, and `False` no uid.
        """
        if isinstance(constant, Value):
            if constant.sort is not sort:
                raise refused(f"a {constant.sort.__name__} stands where a {sort.__name__} is wanted")
            return constant
        if constant is not None and type(constant) is not (wanted := _type(sort)):
            raise refused(f"{constant!r} stands where a {sort.__name__} is wanted, of the type {wanted.__name__}")
        key = (sort.__name__, constant)
        if key not in self.constants:
            self.constants[key] = z3.Const(_label(sort, constant), self.z3_sort(sort))
            self.constant_ids[self.constants[key].get_id()] = constant
        term = self.constants[key]
        value = Value(self, sort, term, optional=constant is None)
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
        if get_origin(kind) in (Table, PairTable):
            *sorts, value_type = sorts_of(kind)
            held = self._function(bool, f"{label}.has", tuple(sorts))
            value = self._function(value_type, label, tuple(sorts))
            default = self._defaults[value_type]
            return lambda keys: SymbolicTable(
                self, tuple(sorts), value_type, lambda keys: self._held(keys, held(keys)), value, default, label
            )
        if field_names(kind):
            fields = {name: self._function(hint, f"{label}.{name}", key_sorts) for name, hint in _hints(kind).items()}
            return lambda keys: kind(**{name: field(keys) for name, field in fields.items()})
        is_truth, sort = kind is bool, _plain(kind)
        function = z3.Function(label, *map(self.z3_sort, key_sorts), z3.BoolSort() if is_truth else self.z3_sort(sort))

        known: dict[tuple[int, ...], tuple[int, Any, Keys]] = {}

        def leaf(keys: Keys) -> Any:
            at = tuple([key.term.get_id() for key in keys])
            if at not in known:
                term = function(*(key.term for key in keys))
                made = Truth(self, term) if is_truth else Value(self, sort, term, sort is not kind)
                known[at] = (term.get_id(), made, keys)  # the keys stay, and so no other term has their ids
            number, value, _ = known[at]
            if keys:
                self.scope.applications.setdefault(label, {})[at] = keys
            (self.scope.truths if is_truth else self.scope.values)[number] = value
            return value

        return leaf

    @cached_property
    def _defaults(self) -> dict[Any, Any]:
        """What a table gives outside its domain, by the type of its values: what those of the initial state give."""
        return {sorts_of(kind)[-1]: getattr(self._initial, name).default for name, kind in _hints(State).items()}

    def _held(self, keys: Keys, held: Any) -> Any:
        """Whether a table holds a key: never one that is None."""
        there = [not_(key == None) for key in keys if key.optional]  # noqa: E711
        return all_of(held, *there)

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
        if sort is None:
            raise refused(f"of which sort are {then!r} and {otherwise!r}? Choose between what is asked of them instead")
        one, two = self.lift(then, sort), self.lift(otherwise, sort)
        return Value(self, sort, z3.If(condition, one.term, two.term), one.optional or two.optional)

    def check_stored(self, value: Any, kind: Any) -> None:
        """Raises `NotForEveryUniverse` where a value that may be None is stored as one that never is."""
        if isinstance(value, Value):
            if value.optional and _plain(kind) is kind:
                raise refused(f"what may be None is stored as a {kind.__name__}, which never is")
        elif names := field_names(type(value)):
            for name in names:
                self.check_stored(getattr(value, name), _hints(cast(Any, type(value)))[name])

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
        *sorts, value_type = sorts_of(kind)
        default = table.default
        empty = SymbolicTable(self, tuple(sorts), value_type, lambda keys: False, lambda keys: default, default)
        for key in table:
            empty = empty.put(key, table[key])
        return empty

    def axioms(self, scope: Scope) -> list[z3.BoolRef]:
        """What is known of the terms in a scope, to which the members of enumerated sorts are added."""
        return self._axioms.of(scope)


@cache
def _hints(record: Any) -> dict[str, Any]:
    return get_type_hints(record)


def _type(sort: Any) -> type:
    """The Python type of a sort's constants."""
    return sort if isinstance(sort, type) else cast(type, sort.__supertype__)


def _label(sort: Any, constant: Any) -> str:
    """The symbol of a constant, which no other has; no fresh value's label has a `=` or a `!`."""
    if constant is None:
        return f"{sort.__name__}!none"
    return f"{sort.__name__}={quote(constant.name if isinstance(constant, Enum) else str(constant), safe='')}"


@cache
def _declared(name: str) -> z3.SortRef:
    return z3.DeclareSort(name)


def _plain(kind: Any) -> Any:
    """The sort of an optional value, or the sort itself."""
    if get_origin(kind) in (Union, UnionType):
        return next(part for part in get_args(kind) if part is not type(None))
    return kind
