"""What a law is: a claim, with a premise and a conclusion, for every value of its variables.

One function is the law's meaning in every universe: Hypothesis tests it, Z3 proves it, the explorer checks it.
"""

from collections.abc import Callable
from enum import Enum
from inspect import signature
from typing import Any

import attrs

from runas_model.specification.clauses import ClauseId
from runas_model.specification.readings import Reading
from runas_model.specification.state import State
from runas_model.specification.transitions import Specification, Transition
from runas_model.specification.vocabulary import Decision, Situation
from runas_model.universes.connectives import implies

__all__ = ["LAWS", "Claim", "Kind", "Law", "comparison_law", "decision_law", "invariant", "laws_of", "step_law"]


@attrs.frozen
class Claim:
    """What a law says of some values: where the premise holds, so does the conclusion."""

    premise: bool
    conclusion: bool

    @property
    def holds(self) -> bool:
        return implies(self.premise, self.conclusion)


class Kind(Enum):
    """What a law speaks of, and so what `Law.claim` takes before the values of its variables."""

    DECISION = "decision"
    """One situation and its decision; takes the specification."""
    COMPARISON = "comparison"
    """Two situations and their decisions; takes the specification."""
    INVARIANT = "invariant"
    """Any reachable state; takes the state."""
    STEP = "step"
    """A state, an operation and the state after; takes the transition."""


@attrs.frozen
class Law:
    """A law: `claim(subject, **values)` is what it says, for values named and typed as in `variables`.

    `meaning` is the function as written; of a decision law it takes a situation, the decision and the reading.
    """

    id: str
    title: str
    clauses: tuple[ClauseId, ...]
    kind: Kind
    claim: Callable[..., Claim]
    variables: dict[str, type]
    meaning: Callable[..., Claim]


LAWS: dict[str, Law] = {}
"""Every law, by its id."""


def laws_of(*kinds: Kind) -> list[Law]:
    """The laws of some kinds, in order."""
    return [law for law in LAWS.values() if law.kind in kinds]


def decision_law(id: str, title: str, clauses: tuple[ClauseId, ...]) -> Callable[[Any], Any]:
    """Register a law of one situation, its decision and a reading."""

    def register(meaning: Callable[[Situation, Decision, Reading], Claim]) -> Callable[..., Claim]:
        def claim(by: Specification, s: Situation, r: Reading) -> Claim:
            return meaning(s, by.decide(s, r), r)

        LAWS[id] = Law(id, title, clauses, Kind.DECISION, claim, {"s": Situation, "r": Reading}, meaning)
        return meaning

    return register


def comparison_law(id: str, title: str, clauses: tuple[ClauseId, ...]) -> Callable[[Any], Any]:
    """Register a law that compares decisions, a function of a `Specification` and of the law's variables."""
    return _register(id, title, clauses, Kind.COMPARISON, Specification)


def invariant(id: str, title: str, clauses: tuple[ClauseId, ...]) -> Callable[[Any], Any]:
    """Register a law of every reachable state, a function of a `State` and of the law's variables."""
    return _register(id, title, clauses, Kind.INVARIANT, State)


def step_law(id: str, title: str, clauses: tuple[ClauseId, ...]) -> Callable[[Any], Any]:
    """Register a law of every operation, a function of a `Transition` and of the law's variables."""
    return _register(id, title, clauses, Kind.STEP, Transition)


def _register(id: str, title: str, clauses: tuple[ClauseId, ...], kind: Kind, subject: type) -> Callable[[Any], Any]:
    def register(meaning: Callable[..., Claim]) -> Callable[..., Claim]:
        (_, first), *variables = ((name, p.annotation) for name, p in signature(meaning).parameters.items())
        if first is not subject:
            raise TypeError(f"the law {id} takes a {subject.__name__} first")
        LAWS[id] = Law(id, title, clauses, kind, meaning, dict(variables), meaning)
        return meaning

    return register
