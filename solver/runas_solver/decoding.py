"""From a Z3 model back to the model's vocabulary: situations, states and readings that a person can read."""

from collections.abc import Iterator
from enum import Enum
from itertools import chain, count
from typing import Any

import z3

from runas_model.specification.vocabulary import RUN_AS_TAG, FoldedKey, Name, PosixId, Spelling, TagKey
from runas_model.universes.connectives import field_names, folded
from runas_model.universes.tables import PairTable, Table
from runas_solver.terms import SymbolicTable, Truth, Value
from runas_solver.universe import Scope, Universe

__all__ = ["Decoder"]

NAMES = ("alice", "ops", "bob", "carol", "dave", "erin")


def _spellings(key: FoldedKey) -> Iterator[Spelling]:
    """Spellings that differ in case alone: first as Session Manager spells its own, then with ever more capitals."""
    if key == folded(RUN_AS_TAG):
        yield Spelling(RUN_AS_TAG)
    for capitals in range(len(key) + 1):
        yield Spelling(key[:capitals].upper() + key[capitals:])


class Decoder:
    """Decodes values of a universe under a Z3 model; equal terms become equal Python values."""

    def __init__(self, universe: Universe, model: z3.ModelRef, scope: Scope) -> None:
        self.universe = universe
        self.model = model
        self.scope = scope
        self.known = {
            self._key(value.term): universe.constant_ids[number]
            for number, value in scope.values.items()
            if universe.constant_ids.get(number) is not None
        }

    def decode(self, value: Any) -> Any:
        """The Python value that a term, record or table stands for in the model."""
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, Truth):
            return z3.is_true(self.model.eval(value.term, model_completion=True))
        if isinstance(value, Value):
            return self._constant(value.sort, value.term)
        if isinstance(value, SymbolicTable):
            return self._table(value)
        if names := field_names(type(value)):
            return type(value)(**{name: self.decode(getattr(value, name)) for name in names})
        return value

    def _key(self, term: z3.ExprRef) -> str:
        return f"{term.sort().name()} {self.model.eval(term, model_completion=True).sexpr()}"

    def _constant(self, sort: Any, term: z3.ExprRef) -> Any:
        key = self._key(term)
        if key not in self.known:
            self.known[key] = self._invent(sort, term)
        return self.known[key]

    def _invent(self, sort: Any, term: z3.ExprRef) -> Any:
        taken = self._taken(term.sort().name())
        if isinstance(sort, type) and issubclass(sort, Enum):
            if term.get_id() in self.scope.values:
                raise ValueError(f"{term} is none of the values of {sort.__name__}")
            return next(iter(sort))  # nothing was asked of it
        if sort is PosixId:
            return next(number for number in count(1001) if number not in taken)
        if sort is Name:
            blank = z3.is_true(self.model.eval(self.universe.blank(term), model_completion=True))
            pool = (" " * length for length in count()) if blank else chain(NAMES, map("user-{}".format, count(1)))
            return next(name for name in pool if name not in taken)
        if sort is TagKey:
            return TagKey(self._spelling(term))
        if sort is Spelling:
            keys = [value.term for value in self.scope.values.values() if value.sort is TagKey]
            of = next((key for key in keys if self._key(self.universe.spell(key)) == self._key(term)), None)
            return Spelling("spelling-1") if of is None else self._spelling(of)
        word = "tagkey" if sort is FoldedKey else sort.__name__.lower()
        return next(name for name in map(f"{word}-{{}}".format, count(1)) if name not in taken)

    def _spelling(self, key: z3.ExprRef) -> Spelling:
        """How a key is spelled: as the constant that the model gives, else in a way of its own for its folded key."""
        of, spelling = self._constant(FoldedKey, self.universe.fold(key)), self._key(self.universe.spell(key))
        if spelling not in self.known:
            taken = self._taken(Spelling.__name__)
            self.known[spelling] = next(one for one in _spellings(of) if one not in taken)
        known: Spelling = self.known[spelling]
        return known

    def _taken(self, sort: str) -> set[Any]:
        """The values of a sort that stand for some term."""
        return {value for key, value in self.known.items() if key.startswith(f"{sort} ")}

    def _table(self, table: SymbolicTable) -> Any:
        """The entries that were asked for while the scope was noted; of others nothing is known, so there are none."""
        applications = self.scope.applications
        asked = applications.get(f"{table.label}.has", {})
        default = table.default
        result: Any = PairTable(default) if len(table.key_sorts) == 2 else Table(default)
        for keys in asked.values():
            if self.decode(table.domain(keys)):
                decoded = tuple(self.decode(key) for key in keys)
                result = result.put(decoded if len(decoded) > 1 else decoded[0], self.decode(table.value(keys)))
        return result
