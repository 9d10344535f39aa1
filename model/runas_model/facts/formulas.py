"""The universe of facts: a truth is a formula over questions that can be asked of a situation and a reading.

Running the rulebook here yields its decision tree, from which come the compiled `decide` and the explanations.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from typing import Any

import attrs

from runas_model.facts.questions import ask, fact_of
from runas_model.specification.readings import Reading
from runas_model.specification.vocabulary import OsUser, Situation
from runas_model.universes.connectives import all_of, any_of, field_names, not_

__all__ = [
    "READING",
    "SITUATION",
    "Choice",
    "Formula",
    "atoms",
    "evaluate",
    "open_question",
    "phrases_that_decide",
    "value",
]


class _Truth:
    """What formulas, terms and choices share: they can be connected, and are never branched on."""

    def all_of(self, truths: tuple[Any, ...]) -> "Formula":
        return Formula("all", tuple(map(_formula, truths)))

    def any_of(self, truths: tuple[Any, ...]) -> "Formula":
        return Formula("any", tuple(map(_formula, truths)))

    def negated(self) -> "Formula":
        return Formula("not", (_formula(self),))

    def choose(self, then: Any, otherwise: Any) -> "Choice":
        return Choice(_formula(self), then, otherwise)

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        raise TypeError("a formula over facts cannot be branched on: use the connectives")


@attrs.frozen(eq=False)
class Formula(_Truth):
    """`all`, `any` or `not` of other formulas, or an `atom` with its source, or a `constant`."""

    kind: str
    parts: tuple[Any, ...]

    def __eq__(self, other: object) -> "Formula":  # type: ignore[override]
        neither = self.negated(), _formula(other).negated()
        return self.any_of((self.all_of((self, other)), self.all_of(neither)))


@attrs.frozen(eq=False)
class Choice(_Truth):
    """What depends on a formula: a decision, a value or a truth; either branch is one or another choice."""

    condition: Formula
    then: Any
    otherwise: Any

    def __eq__(self, other: object) -> Any:
        return self.condition.choose(self.then == other, self.otherwise == other)


@attrs.frozen(eq=False)
class Term(_Truth):
    """A value of the situation or the reading, known by the Python expression that reads it."""

    source: str

    def is_blank(self) -> Formula:
        return Formula("atom", (f"is_blank({self.source})",))

    def __eq__(self, other: object) -> Any:
        if isinstance(other, Formula | Choice):
            return other == self
        return Formula("atom", (f"{self.source} {'is' if isinstance(other, Enum) else '=='} {_source(other)}",))


@attrs.frozen(eq=False)
class FactTable:
    """The OS users, known by the Python expression that reads them."""

    source: str

    def has(self, key: Any) -> Formula:
        return Formula("atom", (f"{self.source}.has({_source(key)})",))

    def __getitem__(self, key: Any) -> OsUser:
        of = f"{self.source}[{_source(key)}]"
        return OsUser(*(Term(f"{of}.{name}") for name in field_names(OsUser)))  # type: ignore[arg-type]


SITUATION = Situation(**{  # type: ignore[arg-type]
    **{name: Term(f"s.{name}") for name in field_names(Situation)}, "os_users": FactTable("s.os_users")
})  # fmt: skip
"""The situation of which everything is a question."""
READING = Reading(**{name: Term(f"r.{name}") for name in field_names(Reading)})  # type: ignore[arg-type]
"""The reading, likewise."""


def _source(value: Any) -> str:
    """How Python reads a value, or writes a constant. Raises TypeError for what depends on more than one question."""
    if isinstance(value, Term):
        return value.source
    if isinstance(value, Formula | Choice):
        raise TypeError(f"no question can be asked of {value}")
    return f"{type(value).__name__}_{value.name}" if isinstance(value, Enum) else repr(value)


def _formula(truth: Any) -> Formula:
    """A truth as a formula. Raises TypeError for what is none."""
    if isinstance(truth, Formula):
        return truth
    if isinstance(truth, Term):
        return Formula("atom", (truth.source,))
    if isinstance(truth, Choice):
        chosen = (truth.condition, truth.then), (truth.condition.negated(), truth.otherwise)
        return truth.any_of(tuple(map(truth.all_of, chosen)))
    if isinstance(truth, bool):
        return Formula("constant", (truth,))
    raise TypeError(f"{truth!r} is no truth")


def atoms(truth: Any) -> Iterator[str]:
    """The sources of the facts in a truth, in order of appearance, repeated ones repeated."""
    formula = _formula(truth)
    if formula.kind == "atom":
        yield formula.parts[0]
    elif formula.kind != "constant":
        for part in formula.parts:
            yield from atoms(part)


def value(truth: Any, known: Mapping[str, bool]) -> bool | None:
    """The truth value under what is known of the facts; None where that does not settle it."""
    formula = _formula(truth)
    if formula.kind == "atom":
        return known.get(formula.parts[0])
    if formula.kind == "constant":
        return bool(formula.parts[0])
    parts = [value(part, known) for part in formula.parts]
    if formula.kind == "not":
        return None if parts[0] is None else not parts[0]
    decisive = formula.kind == "any"
    if decisive in parts:
        return decisive
    return None if None in parts else not decisive


def evaluate(truth: Any, s: Situation, r: Reading, altered: Mapping[str, Callable[[bool], bool]]) -> bool:
    """A truth of this universe, asked in any other; `altered` has functions that change answers, by their source."""
    formula = _formula(truth)
    if formula.kind == "constant":
        return bool(formula.parts[0])
    if formula.kind == "atom":
        source = formula.parts[0]
        answer = ask(source, s, r)
        return altered[source](answer) if source in altered else answer
    parts = [evaluate(part, s, r, altered) for part in formula.parts]
    if formula.kind == "not":
        return not_(*parts)
    return all_of(*parts) if formula.kind == "all" else any_of(*parts)


def open_question(truth: Any, known: Mapping[str, bool]) -> str:
    """The source of the first fact on which a truth value that is not settled may still depend."""
    formula = _formula(truth)
    if formula.kind == "atom":
        return str(formula.parts[0])
    return open_question(next(part for part in formula.parts if value(part, known) is None), known)


def phrases_that_decide(truth: Any, known: Mapping[str, bool]) -> list[str]:
    """Phrases of facts that suffice for the truth value under a complete assignment: the first of several."""
    formula = _formula(truth)
    if formula.kind == "constant":
        return []
    if formula.kind == "atom":
        fact = fact_of(formula.parts[0])
        return [fact.holds if known[fact.source] else fact.fails]
    decisive = formula.kind == "any"
    parts = [part for part in formula.parts if value(part, known) is decisive]
    chosen = parts[:1] or formula.parts
    return list(dict.fromkeys(phrase for part in chosen for phrase in phrases_that_decide(part, known)))
