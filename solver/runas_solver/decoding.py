"""From a Z3 model back to the model's vocabulary: situations, states and readings that a person can read."""

from enum import Enum
from itertools import product
from typing import Any

import attrs
import z3

from runas_model.tables import PairTable, Table
from runas_model.vocabulary import Name, PosixId
from runas_solver.universe import SymbolicTable, Truth, Universe, Value, ground_terms

__all__ = ["Decoder"]

NAMES = ("alice", "ops", "bob", "carol", "dave", "erin")


class Decoder:
    """Decodes values of a universe under a Z3 model; equal terms become equal Python values."""

    def __init__(self, universe: Universe, model: z3.ModelRef, formulas: list[z3.ExprRef]) -> None:
        self.universe = universe
        self.model = model
        self.terms: dict[str, list[z3.ExprRef]] = {}
        for term in [*ground_terms(formulas), *universe.constants.values()]:
            self.terms.setdefault(term.sort().name(), []).append(term)
        self.known = {
            self._key(term): constant for (_, constant), term in universe.constants.items() if constant is not None
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
        if attrs.has(type(value)):
            fields = {field.name: getattr(value, field.name) for field in attrs.fields(type(value))}
            return type(value)(**{name: self.decode(field) for name, field in fields.items()})
        return value

    def _key(self, term: z3.ExprRef) -> str:
        return f"{term.sort().name()} {self.model.eval(term, model_completion=True)}"

    def _constant(self, sort: Any, term: z3.ExprRef) -> Any:
        key = self._key(term)
        if key not in self.known:
            self.known[key] = self._invent(sort, term)
        return self.known[key]

    def _invent(self, sort: Any, term: z3.ExprRef) -> Any:
        taken = set(self.known.values())
        if isinstance(sort, type) and issubclass(sort, Enum):
            raise ValueError(f"{term} is none of the values of {sort.__name__}")
        if sort is PosixId:
            return next(number for number in range(1001, 2000) if number not in taken)
        if sort is Name:
            blank = z3.is_true(self.model.eval(self.universe.blank(term), model_completion=True))
            pool = (" " * length for length in range(100)) if blank else iter(NAMES)
            return next(name for name in pool if name not in taken)
        word = sort.__name__.lower()
        return next(name for name in (f"{word}-{number}" for number in range(1, 100)) if name not in taken)

    def _table(self, table: SymbolicTable) -> Any:
        keys = [self._distinct(sort) for sort in table.key_sorts]
        held = [key for key in product(*keys) if self.decode(table.domain(key))]
        default = self.decode(table.value(tuple(self._unused(sort) for sort in table.key_sorts)))
        result: Any = Table(default) if len(table.key_sorts) == 1 else PairTable(default)
        for key in held:
            decoded = tuple(self.decode(part) for part in key)
            result = result.put(decoded[0] if len(decoded) == 1 else decoded, self.decode(table.value(key)))
        return result

    def _unused(self, sort: Any) -> Value:
        return Value(self.universe, sort, z3.Const(f"{sort.__name__}:elsewhere", self.universe.z3_sort(sort)))

    def _distinct(self, sort: Any) -> list[Value]:
        by_key = {self._key(term): term for term in self.terms.get(sort.__name__, [])}
        return [Value(self.universe, sort, term) for term in by_key.values()]
