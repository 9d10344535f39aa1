"""What the symbolic universe is made of: truths are Z3 formulas, values are Z3 terms, tables are functions.

`put` and `drop` build closures over uninterpreted functions, so that an obligation needs neither quantifiers nor
arrays.
"""

from collections.abc import Callable
from typing import Any, Protocol

import attrs
import z3

__all__ = ["Keys", "SymbolicTable", "Terms", "Truth", "Value", "formula"]

Keys = tuple[Any, ...]
"""The key of a table: a term for each sort."""


class Terms(Protocol):
    """What truths, values and tables ask of the universe that they are of."""

    blank: z3.FuncDeclRef

    def folded(self, key: "Value") -> "Value":
        """The key of a tag without regard to case."""
        ...

    def spelled(self, key: "Value") -> "Value":
        """How the key of a tag is spelled."""
        ...

    def lift(self, constant: Any, sort: Any) -> Any:
        """A term for a Python constant of a sort; terms stay as they are."""
        ...

    def choose(self, condition: z3.BoolRef, then: Any, otherwise: Any, kind: Any) -> Any:
        """`then` where the condition holds, else `otherwise`: leaf by leaf."""
        ...

    def row(self, table: "SymbolicTable", at: Keys, make: "Callable[[], SymbolicTable]") -> "SymbolicTable":
        """What stands under a key of a table: the same object whenever it is asked for."""
        ...


@attrs.frozen(eq=False)
class Truth:
    """A Z3 formula."""

    universe: Terms
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

    universe: Terms
    sort: Any
    term: z3.ExprRef
    optional: bool = False

    def __eq__(self, other: object) -> Truth:  # type: ignore[override]
        return Truth(self.universe, self.term == self.universe.lift(other, self.sort).term)

    __hash__ = None  # type: ignore[assignment]

    def is_blank(self) -> Truth:
        return Truth(self.universe, self.universe.blank(self.term))

    def folded(self) -> "Value":
        return self.universe.folded(self)

    def spelled(self) -> "Value":
        return self.universe.spelled(self)


@attrs.frozen
class SymbolicTable:
    """A total function with a domain, both given as closures over keys (a tuple of terms).

    An unconstrained table has the label under which a `Scope` notes the keys that were asked of it.
    """

    universe: Terms
    key_sorts: tuple[Any, ...]
    value_type: Any
    domain: Callable[[Keys], Any]
    value: Callable[[Keys], Any]
    label: str = ""
    total: bool = False

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
        return self.universe.row(
            self,
            at,
            lambda: SymbolicTable(
                self.universe,
                self.key_sorts[1:],
                self.value_type,
                lambda keys: self.domain(at + keys),
                lambda keys: self.value(at + keys),
            ),
        )

    def _with(self, domain: Callable[[Keys], Any], value: Callable[[Keys], Any]) -> "SymbolicTable":
        return SymbolicTable(self.universe, self.key_sorts, self.value_type, domain, value)

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
