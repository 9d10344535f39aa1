"""A Z3 term as what it is of concrete values: an interpretation of every symbol, and nothing of the universe's own.

`Terms` reads terms once; `Interpretation` gives the symbols their values: those of fresh values as they are asked for
by label, those of constants as the universe says which they stand for.
"""

from collections.abc import Callable
from typing import Any, get_origin

import z3

from runas_model.specification.vocabulary import OsUser, OsUsers
from runas_model.universes.connectives import field_names, folded, is_blank, spelled
from runas_model.universes.tables import PairTable, Table, sorts_of
from runas_solver.terms import SymbolicTable, Truth, Value
from runas_solver.universe import Universe
from solver.homomorphism.generated import hints_of

__all__ = ["Interpretation", "Terms"]

Symbols = dict[str, Callable[..., Any]]


class Terms:
    """Terms of one universe, each read once: an operator, and the numbers of the terms that it is applied to."""

    def __init__(self, universe: Universe) -> None:
        self.universe = universe
        self.nodes: dict[int, tuple[int, str, list[int]]] = {}
        self.kept: list[z3.ExprRef] = []

    def read(self, term: z3.ExprRef) -> int:
        """The number of a term."""
        waiting = [term]
        while waiting:
            one = waiting.pop()
            if one.get_id() not in self.nodes:
                children = one.children()
                declared = one.decl()
                self.nodes[one.get_id()] = (declared.kind(), declared.name(), [child.get_id() for child in children])
                self.kept.append(one)
                waiting += children
        number: int = term.get_id()
        return number


class Interpretation:
    """The values of terms where fresh values stand for concrete ones: `given`, by label, each with its kind."""

    def __init__(self, terms: Terms, given: dict[str, tuple[Any, Any]]) -> None:
        self.terms = terms
        self.symbols: Symbols = {"is-blank": is_blank, "folded": folded, "spelled": spelled}
        for label, (kind, value) in given.items():
            self._bind(label, kind, lambda value=value: value)
        self.known: dict[int, Any] = {}

    def _bind(self, label: str, kind: Any, value: Callable[..., Any]) -> None:
        if kind is OsUsers:
            kind = Table[Any, OsUser]
        if get_origin(kind) in (Table, PairTable):
            *sorts, of = sorts_of(kind)
            several = len(sorts) > 1
            self.symbols[f"{label}.has"] = lambda *keys: value().has(keys if several else keys[0])
            self._bind(label, of, lambda *keys: value()[keys if several else keys[0]])
        elif names := field_names(kind):
            for name in names:
                part = lambda *keys, name=name: getattr(value(*keys), name)  # noqa: E731
                self._bind(f"{label}.{name}", hints_of(kind)[name], part)
        else:
            self.symbols[label] = value

    def of(self, term: z3.ExprRef) -> Any:
        """The value of a term."""
        return self._value(self.terms.read(term))

    def concrete(self, value: Any) -> Any:
        """The value of a truth, a value or a record of the universe."""
        if isinstance(value, Truth | Value):
            return self.of(value.term)
        if isinstance(value, SymbolicTable):
            raise TypeError("a table is asked key by key")
        if names := field_names(type(value)):
            return type(value)(**{name: self.concrete(getattr(value, name)) for name in names})
        return value

    def _value(self, number: int) -> Any:
        if number not in self.known:
            constants = self.terms.universe.constant_ids
            is_constant = number in constants
            self.known[number] = constants[number] if is_constant else self._applied(*self.terms.nodes[number])
        return self.known[number]

    def _applied(self, kind: int, name: str, parts: list[int]) -> Any:
        match kind:
            case z3.Z3_OP_TRUE:
                return True
            case z3.Z3_OP_FALSE:
                return False
            case z3.Z3_OP_NOT:
                return not self._value(parts[0])
            case z3.Z3_OP_AND:
                return all(self._value(part) for part in parts)
            case z3.Z3_OP_OR:
                return any(self._value(part) for part in parts)
            case z3.Z3_OP_IMPLIES:
                return not self._value(parts[0]) or self._value(parts[1])
            case z3.Z3_OP_ITE:
                return self._value(parts[1] if self._value(parts[0]) else parts[2])
            case z3.Z3_OP_EQ:
                return self._value(parts[0]) == self._value(parts[1])
            case z3.Z3_OP_DISTINCT:
                return len({self._value(part) for part in parts}) == len(parts)
            case z3.Z3_OP_UNINTERPRETED:
                assert name in self.symbols, f"the symbol {name} stands for nothing concrete"
                return self.symbols[name](*map(self._value, parts))
        raise ValueError(f"no obligation has the operator {name}")
