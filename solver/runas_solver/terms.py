"""What the symbolic universe is made of: truths are Z3 formulas, values are Z3 terms, tables are functions.

`put` and `drop` build closures over uninterpreted functions, so that an obligation needs neither quantifiers nor
arrays.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import attrs
import z3

import runas_model.universes
from runas_model.universes.connectives import all_of, any_of, not_
from runas_model.universes.syntax import NotForEveryUniverse

__all__ = ["Keys", "SymbolicTable", "Terms", "Truth", "Value", "formula", "refused"]

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
        """A term for a Python constant of a sort; terms of the sort stay as they are."""
        ...

    def choose(self, condition: z3.BoolRef, then: Any, otherwise: Any, kind: Any) -> Any:
        """`then` where the condition holds, else `otherwise`: leaf by leaf."""
        ...

    def check_stored(self, value: Any, kind: Any) -> None:
        """Raises `NotForEveryUniverse` where a value that may be None is stored as one that never is."""
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
        return self._joined(z3.And, truths, neutral=True)

    def any_of(self, truths: tuple[Any, ...]) -> "Truth":
        return self._joined(z3.Or, truths, neutral=False)

    def negated(self) -> "Truth":
        return Truth(self.universe, z3.Not(self.term))

    def choose(self, then: Any, otherwise: Any) -> Any:
        return self.universe.choose(self.term, then, otherwise, None)

    def _joined(self, connective: Callable[..., z3.BoolRef], truths: tuple[Any, ...], neutral: bool) -> "Truth":
        """A connective takes two truths at least, so that the SMT-LIB text of a formula is one to strict readers."""
        terms = [formula(truth) for truth in truths if truth is not neutral]
        return Truth(self.universe, terms[0] if len(terms) == 1 else connective(*terms))

    def __eq__(self, other: object) -> "Truth":  # type: ignore[override]
        return Truth(self.universe, self.term == formula(other))

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        raise refused("a symbolic truth cannot be branched on: use the connectives")


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

    def __bool__(self) -> bool:
        raise refused(f"a symbolic {self.sort.__name__} cannot be branched on: compare it, or ask is_blank of a name")

    def is_blank(self) -> Truth:
        return Truth(self.universe, self.universe.blank(self.term))

    def folded(self) -> "Value":
        return self.universe.folded(self)

    def spelled(self) -> "Value":
        return self.universe.spelled(self)


@attrs.frozen
class SymbolicTable:
    """A domain and what stands there, both given as closures over keys (a tuple of terms); elsewhere, the default.

    An unconstrained table has the label under which a `Scope` notes the keys that were asked of it.
    """

    universe: Terms
    key_sorts: tuple[Any, ...]
    value_type: Any
    domain: Callable[[Keys], Any]
    value: Callable[[Keys], Any]
    default: Any
    label: str = ""

    def has(self, key: Any) -> Any:
        return self.domain(self._keys(key))

    def __getitem__(self, key: Any) -> Any:
        return self.at(self._keys(key))

    def at(self, keys: Keys) -> Any:
        """What the table gives for a key: what stands there in its domain, and the default elsewhere."""
        return self._chosen(self.domain(keys), self.value(keys), self.default)

    def put(self, key: Any, value: Any) -> "SymbolicTable":
        at = self._keys(key)
        for part, sort in zip(at, self.key_sorts, strict=True):
            self.universe.check_stored(part, sort)
        self.universe.check_stored(value, self.value_type)
        return self._with(
            lambda keys: any_of(self._matches(keys, at), self.domain(keys)),
            lambda keys: self._chosen(self._matches(keys, at), value, self.value(keys)),
        )

    def drop(self, key: Any) -> "SymbolicTable":
        return self._without(self._keys(key))

    def drop_under(self, first: Any) -> "SymbolicTable":
        return self._without(self._keys(first, self.key_sorts[:1]))

    def copy_under(self, source: Any, to: Any, where: str) -> "SymbolicTable":
        of, at = (self._keys(first, self.key_sorts[:1]) for first in (source, to))
        self.universe.check_stored(at[0], self.key_sorts[0])

        def copied(keys: Keys) -> Any:
            there = of + keys[1:]
            return all_of(self._matches(keys, at), self.domain(there), getattr(self.value(there), where))

        return self._with(
            lambda keys: any_of(copied(keys), self.domain(keys)),
            lambda keys: self._chosen(copied(keys), self.value(of + keys[1:]), self.value(keys)),
        )

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
                self.default,
            ),
        )

    def _with(self, domain: Callable[[Keys], Any], value: Callable[[Keys], Any]) -> "SymbolicTable":
        return attrs.evolve(self, domain=domain, value=value, label="")

    def _without(self, at: Keys) -> "SymbolicTable":
        """This table with nothing of its own under the keys that begin so."""
        return self._with(lambda keys: all_of(not_(self._matches(keys, at)), self.domain(keys)), self.value)

    def _chosen(self, condition: Any, then: Any, otherwise: Any) -> Any:
        if isinstance(condition, bool):
            return then if condition else otherwise
        return self.universe.choose(condition.term, then, otherwise, self.value_type)

    def _keys(self, key: Any, sorts: tuple[Any, ...] | None = None) -> Keys:
        parts = key if isinstance(key, tuple) else (key,)
        return tuple(self.universe.lift(part, sort) for part, sort in zip(parts, sorts or self.key_sorts, strict=True))

    def _matches(self, keys: Keys, at: Keys) -> Any:
        return all_of(*(one == other for one, other in zip(keys, at, strict=False)))


def formula(truth: Any) -> z3.BoolRef:
    """The Z3 formula of a truth. Raises `NotForEveryUniverse` for what is none."""
    if isinstance(truth, bool):
        return z3.BoolVal(truth)
    if not isinstance(truth, Truth):
        raise refused(f"{truth!r} is no truth: it can be neither asked nor compared with one")
    return truth.term


def refused(why: str) -> NotForEveryUniverse:
    """The error for what cannot be asked of terms, with the place in the specification where it was asked."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(OURS):
        frame = frame.f_back
    return NotForEveryUniverse(f"{frame.f_code.co_filename}, line {frame.f_lineno}: {why}")


OURS = tuple(str(Path(file).parent) for file in (__file__, runas_model.universes.__file__))
"""The folders of the code that only passes on what the specification asks."""
