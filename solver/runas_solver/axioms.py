"""What is known of terms that came up: of constants, of the keys of tags, of enumerated sorts and of None."""

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from itertools import combinations
from typing import Any

import z3

from runas_model.specification.vocabulary import FoldedKey, Name, Spelling, TagKey
from runas_model.universes.connectives import folded, is_blank, spelled
from runas_solver.terms import Keys, Truth, Value

__all__ = ["Axioms", "Scope"]


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


Known = tuple[z3.ExprRef, z3.ExprRef, bool]
"""A spelling, the folded key of it, and whether it is the only spelling of that."""


class Axioms:
    """The axioms of a `runas_solver.universe.Universe`, each built once."""

    def __init__(self, universe: Any) -> None:
        self.universe = universe
        self._known: dict[tuple[Any, ...], z3.BoolRef] = {}

    def of(self, scope: Scope) -> list[z3.BoolRef]:
        """What is known of the terms in a scope, to which the members of enumerated sorts are added.

        Constants are distinct, and blank or not; a key is known by its spelling, which says what it is folded to;
        enumerated sorts have no values but their members; no term is equal to None, the constant of optional values,
        unless it is one.
        """
        spellings = self._add_members(scope)
        constants: dict[str, list[z3.ExprRef]] = {}
        for number, value in scope.values.items():
            if number in self.universe.constant_ids:
                constants.setdefault(value.sort.__name__, []).append(value.term)
        return [
            *self._of_constants(scope),
            *self._of_keys(scope, spellings),
            *(self._once("apart", terms, lambda all: z3.Distinct(*all)) for terms in constants.values() if terms[1:]),
            *self._of_others(scope, constants),
        ]

    def _add_members(self, scope: Scope) -> list[Known]:
        """Note the members of enumerated sorts, and the spellings of keys that are constants, which are returned."""
        with self.universe.noting() as members:
            for sort in dict.fromkeys(value.sort for value in scope.values.values()):
                if isinstance(sort, type) and issubclass(sort, Enum):
                    for member in sort:
                        self.universe.lift(member, sort)
            spellings = self._spellings(scope)
        scope.include(members)
        return spellings

    def _of_constants(self, scope: Scope) -> Iterator[z3.BoolRef]:
        """A name is blank or not; a key is spelled as it is."""
        blank, spell = self.universe.blank, self.universe.spell
        for number, value in list(scope.values.items()):
            constant = self.universe.constant_ids.get(number)
            if constant is not None and value.sort is Name:
                yield blank(value.term) == z3.BoolVal(is_blank(constant))
            if constant is not None and value.sort is TagKey:
                yield spell(value.term) == self.universe.lift(spelled(constant), Spelling).term

    def _of_keys(self, scope: Scope, spellings: list[Known]) -> Iterator[z3.BoolRef]:
        """Keys that are spelled alike are the same, and a known spelling says what the key is folded to."""
        fold, spell = self.universe.fold, self.universe.spell
        keys = [value.term for value in scope.values.values() if value.sort is TagKey]
        for key in keys:
            for one, of, only in spellings:
                yield z3.Implies(spell(key) == one, fold(key) == of)
                if only:
                    yield z3.Implies(fold(key) == of, spell(key) == one)
        for key, other in combinations(keys, 2):
            yield z3.Implies(spell(key) == spell(other), key == other)

    def _spellings(self, scope: Scope) -> list[Known]:
        """The constants that are spellings of keys, those of constant keys too, each with the folded key of it.

        And whether it is the only spelling of that: one without letters that have a case.
        """
        constants, lift = self.universe.constant_ids, self.universe.lift
        known = [constants[number] for number, value in scope.values.items()
                 if number in constants and value.sort in (TagKey, Spelling)]  # fmt: skip
        return [
            (lift(text, Spelling).term, lift(folded(text), FoldedKey).term, text.upper() == text.lower())
            for text in known
        ]

    def _of_others(self, scope: Scope, constants: Mapping[str, list[z3.ExprRef]]) -> Iterator[z3.BoolRef]:
        """A value of an enumerated sort is one of its members, and one that is not optional is not None."""
        for number, value in scope.values.items():
            if number in self.universe.constant_ids:
                continue
            none = self.universe.constants.get((value.sort.__name__, None))
            if none is not None and none.get_id() in scope.values and not value.optional:
                yield value.term != none
            if isinstance(value.sort, type) and issubclass(value.sort, Enum):
                every = [value.term, *constants[value.sort.__name__]]
                yield self._once("member", every, lambda all: z3.Or(*(all[0] == member for member in all[1:])))

    def _once(self, what: str, terms: list[z3.ExprRef], make: Callable[[list[z3.ExprRef]], z3.BoolRef]) -> z3.BoolRef:
        """What is made of some terms, the same formula whenever it is asked for."""
        key = (what, *(term.get_id() for term in terms))
        if key not in self._known:
            self._known[key] = make(terms)
        return self._known[key]
