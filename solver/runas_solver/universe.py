"""The symbolic universe: truths are Z3 formulas, names are constants, tables are functions.

`put` and `drop` build closures over uninterpreted functions, so that an obligation needs neither quantifiers nor
arrays. Every Python constant that meets a term becomes a constant of its sort, distinct from the others.
"""

from collections.abc import Callable, Iterator
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs
import z3

from runas_model.tables import PairTable, Table
from runas_model.vocabulary import Name, OsUser, OsUsers, Situation

__all__ = ["SymbolicTable", "Truth", "Universe", "Value"]

Keys = tuple[Any, ...]


@attrs.frozen(eq=False)
class Truth:
    """A Z3 formula."""

    universe: "Universe"
    term: z3.BoolRef

    def all_of(self, truths: tuple[Any, ...]) -> "Truth":
        return Truth(self.universe, z3.And(*map(formula, truths)))

    def any_of(self, truths: tuple[Any, ...]) -> "Truth":
        return Truth(self.universe, z3.Or(*map(formula, truths)))

    def negated(self) -> "Truth":
        return Truth(self.universe, z3.Not(self.term))

    def choose(self, then: Any, otherwise: Any) -> Any:
        return self.universe.choose(self.term, then, otherwise, None)

    def __eq__(self, other: object) -> "Truth":  # type: ignore[override]
        return Truth(self.universe, self.term == formula(other))

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        raise TypeError("a symbolic truth cannot be branched on: use the connectives")


@attrs.frozen(eq=False)
class Value:
    """A Z3 term of one of the model's sorts."""

    universe: "Universe"
    sort: Any
    term: z3.ExprRef

    def __eq__(self, other: object) -> Truth:  # type: ignore[override]
        return Truth(self.universe, self.term == self.universe.lift(other, self.sort).term)

    __hash__ = None  # type: ignore[assignment]

    def is_blank(self) -> Truth:
        return Truth(self.universe, self.universe.blank(self.term))


@attrs.frozen
class SymbolicTable:
    """A total function with a domain, both given as closures over keys (a tuple of terms)."""

    universe: "Universe"
    key_sorts: tuple[Any, ...]
    value_type: Any
    domain: Callable[[Keys], Any]
    value: Callable[[Keys], Any]

    def has(self, key: Any) -> Any:
        return self.domain(self._keys(key))

    def __getitem__(self, key: Any) -> Any:
        return self.value(self._keys(key))

    def put(self, key: Any, value: Any) -> "SymbolicTable":
        at = self._keys(key)
        return self._with(
            lambda keys: self._matches(keys, at).any_of((self._matches(keys, at), self.domain(keys))),
            lambda keys: self.universe.choose(self._matches(keys, at).term, value, self.value(keys), self.value_type),
        )

    def drop(self, key: Any) -> "SymbolicTable":
        at = self._keys(key)
        return self._with(lambda keys: self._without(keys, at), self.value)

    def drop_under(self, first: Any) -> "SymbolicTable":
        at = self._keys(first, self.key_sorts[:1])
        return self._with(lambda keys: self._without(keys, at), self.value)

    def under(self, first: Any) -> "SymbolicTable":
        at = self._keys(first, self.key_sorts[:1])
        return SymbolicTable(
            self.universe,
            self.key_sorts[1:],
            self.value_type,
            lambda keys: self.domain(at + keys),
            lambda keys: self.value(at + keys),
        )

    def _with(self, domain: Callable[[Keys], Any], value: Callable[[Keys], Any]) -> "SymbolicTable":
        return attrs.evolve(self, domain=domain, value=value)

    def _keys(self, key: Any, sorts: tuple[Any, ...] | None = None) -> Keys:
        parts = key if isinstance(key, tuple) else (key,)
        return tuple(self.universe.lift(part, sort) for part, sort in zip(parts, sorts or self.key_sorts, strict=True))

    def _matches(self, keys: Keys, at: Keys) -> Truth:
        equal = [one.term == other.term for one, other in zip(keys, at, strict=False)]
        return Truth(self.universe, z3.And(*equal))

    def _without(self, keys: Keys, at: Keys) -> Truth:
        absent = self._matches(keys, at).negated()
        return absent.all_of((absent, self.domain(keys)))


def formula(truth: Any) -> z3.BoolRef:
    """The Z3 formula of a truth."""
    return z3.BoolVal(truth) if isinstance(truth, bool) else truth.term


class Universe:
    """Sorts, constants and fresh values of one obligation."""

    def __init__(self) -> None:
        self.constants: dict[tuple[str, Any], z3.ExprRef] = {}
        self.names: dict[str, Any] = {}
        self.blank = z3.Function("is-blank", self.z3_sort(Name), z3.BoolSort())

    def z3_sort(self, sort: Any) -> z3.SortRef:
        self.names[sort.__name__] = sort
        return z3.DeclareSort(sort.__name__)

    def lift(self, constant: Any, sort: Any) -> Any:
        """A term for a Python constant of a sort; terms stay as they are."""
        if isinstance(constant, Value):
            return constant
        key = (sort.__name__, constant)
        if key not in self.constants:
            label = constant.value if isinstance(constant, Enum) else constant
            self.constants[key] = z3.Const(f"{sort.__name__}:{label}", self.z3_sort(sort))
        return Value(self, sort, self.constants[key])

    def fresh(self, kind: Any, label: str) -> Any:
        """An unconstrained value of a sort, a record or a table type, its parts named after `label`."""
        if kind is Situation:
            return self._fresh_situation(label)
        return self._function(kind, label, ())(())

    def _fresh_situation(self, label: str) -> Situation:
        parts = {name: self.fresh(hint, f"{label}.{name}") for name, hint in get_type_hints(Situation).items()}
        parts["tag_blank"] = parts["tag"].is_blank()
        parts["default_named"] = parts["default_user"].is_blank().negated()
        return Situation(**parts)

    def _function(self, kind: Any, label: str, key_sorts: tuple[Any, ...]) -> Callable[[Keys], Any]:
        """A function from keys to values of `kind`, uninterpreted in each leaf."""
        if kind is OsUsers:
            kind = Table[Name, OsUser]
        if get_origin(kind) in (Table, PairTable):
            *sorts, value_type = get_args(kind)
            domain = self._function(bool, f"{label}.has", tuple(sorts))
            return lambda keys: SymbolicTable(
                self, tuple(sorts), value_type, domain, self._function(value_type, label, tuple(sorts))
            )
        if attrs.has(kind):
            fields = {
                name: self._function(hint, f"{label}.{name}", key_sorts) for name, hint in get_type_hints(kind).items()
            }
            return lambda keys: kind(**{name: field(keys) for name, field in fields.items()})
        is_truth = kind is bool
        range_sort = z3.BoolSort() if is_truth else self.z3_sort(_plain(kind))
        function = z3.Function(label, *map(self.z3_sort, key_sorts), range_sort)

        def leaf(keys: Keys) -> Any:
            term = function(*(key.term for key in keys))
            return Truth(self, term) if is_truth else Value(self, _plain(kind), term)

        return leaf

    def choose(self, condition: z3.BoolRef, then: Any, otherwise: Any, kind: Any) -> Any:
        """`then` where the condition holds, else `otherwise`: leaf by leaf."""
        if then is otherwise:
            return then
        if attrs.has(type(then)) and not isinstance(then, Truth | Value | SymbolicTable):
            hints = get_type_hints(type(then))
            return type(then)(
                **{
                    field: self.choose(condition, getattr(then, field), getattr(otherwise, field), hint)
                    for field, hint in hints.items()
                }
            )
        if isinstance(then, SymbolicTable):
            return then._with(
                lambda keys: self.choose(condition, then.domain(keys), otherwise.domain(keys), bool),
                lambda keys: self.choose(condition, then.value(keys), otherwise.value(keys), then.value_type),
            )
        if isinstance(then, bool | Truth):
            return Truth(self, z3.If(condition, formula(then), formula(otherwise)))
        sort = next((branch.sort for branch in (then, otherwise) if isinstance(branch, Value)), None) or _plain(kind)
        return Value(self, sort, z3.If(condition, self.lift(then, sort).term, self.lift(otherwise, sort).term))

    def axioms(self, terms: list[z3.ExprRef]) -> list[z3.BoolRef]:
        """What is known of the constants: distinct, blank or not; enumerated sorts have no other values.

        None is a constant of the sorts of optional values, and no free term is equal to it.
        """
        for sort in list(self.names.values()):
            if isinstance(sort, type) and issubclass(sort, Enum):
                for member in sort:
                    self.lift(member, sort)
        by_sort: dict[str, list[z3.ExprRef]] = {}
        for (sort_name, _), term in self.constants.items():
            by_sort.setdefault(sort_name, []).append(term)
        known: list[z3.BoolRef] = [z3.Distinct(*of_sort) for of_sort in by_sort.values()]
        for (sort_name, constant), term in self.constants.items():
            if sort_name == Name.__name__:
                known.append(self.blank(term) == z3.BoolVal(constant is None or not constant.strip()))
        none = {sort_name: term for (sort_name, constant), term in self.constants.items() if constant is None}
        own = {term.get_id() for term in self.constants.values()}
        for term in ground_terms(terms):
            sort_name = term.sort().name()
            if sort_name in none and z3.is_app_of(term, z3.Z3_OP_UNINTERPRETED) and term.get_id() not in own:
                known.append(term != none[sort_name])
            sort = self.names.get(sort_name)
            if isinstance(sort, type) and issubclass(sort, Enum):
                known.append(z3.Or(*(term == constant for constant in by_sort[sort.__name__])))
        return known


def ground_terms(formulas: list[z3.ExprRef]) -> Iterator[z3.ExprRef]:
    """Every subterm, each once."""
    seen: set[int] = set()
    waiting = list(formulas)
    while waiting:
        term = waiting.pop()
        if term.get_id() not in seen:
            seen.add(term.get_id())
            yield term
            waiting.extend(term.children())


def _plain(kind: Any) -> Any:
    """The sort of an optional value, or the sort itself."""
    if get_origin(kind) in (Union, UnionType):
        return next(part for part in get_args(kind) if part is not type(None))
    return kind
