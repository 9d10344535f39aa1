"""What a law is: a claim, with a premise and a conclusion, for every value of its variables.

One function is the law's meaning in every universe: Hypothesis tests it, Z3 proves it, the explorer checks it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache, cached_property
from inspect import signature
from typing import Any, get_type_hints

import attrs

from runas_model.doors import checked, checked_fields
from runas_model.specification.clauses import ClauseId
from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import Reading
from runas_model.specification.state import State
from runas_model.specification.transitions import Specification, Transition
from runas_model.specification.vocabulary import NO_NAME, Decision, Name, Request, Situation
from runas_model.universes.connectives import implies
from runas_model.universes.syntax import check_function
from runas_model.words.subjects import SPECIFICATION_IN_WORDS, transition_of, variable
from runas_properties.laws.words import Words, words_of

__all__ = [
    "LAWS",
    "Claim",
    "Kind",
    "Law",
    "comparison_law",
    "decision_law",
    "initial_law",
    "invariant",
    "laws_of",
    "step_law",
]


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
    """Two situations, or a state and a situation in it, and their decisions; takes the specification."""
    INITIAL = "initial"
    """The state before the first operation; takes the state."""
    INVARIANT = "invariant"
    """Any reachable state; takes the state."""
    STEP = "step"
    """A state, an operation and the state after; takes the transition."""


REQUESTED = tuple(sort for sort in get_type_hints(Request).values() if sort not in (bool, Name))
"""The sorts of whom and what a request names."""
GIVEN = "parameter"
"""What stands, among sorts, for the parameter of a request: whether it is given, and its value."""
NOT_GIVEN = (False, NO_NAME)
"""No parameter, as it stands under `GIVEN`."""


def request_at(point: Mapping[Any, Any]) -> Request:
    """The request for what a point has of each sort, with the parameter that it gives, if any."""
    return Request(*[point[sort] for sort in REQUESTED], *point[GIVEN])


SUBJECTS: dict[Kind, type] = {
    Kind.DECISION: Specification,
    Kind.COMPARISON: Specification,
    Kind.INITIAL: State,
    Kind.INVARIANT: State,
    Kind.STEP: Transition,
}
"""What `Law.claim` takes first."""


@attrs.frozen(slots=False, field_transformer=checked_fields)
class Law:
    """A law: `claim(subject, **values)` is what it says, for values named, typed and in order as in `variables`.

    `meaning` is the function as written; of a decision law it takes a situation, the decision and the reading.
    `then` is the conclusion as the title has it; empty where the title has the whole conclusion of the function.
    """

    id: str
    clauses: tuple[ClauseId, ...]
    kind: Kind
    claim: Callable[..., Claim]
    variables: dict[str, type]
    meaning: Callable[..., Claim]
    then: str = ""

    def check(self) -> None:
        """Raises `NotForEveryUniverse` for a law that would mean something else on terms than on values."""
        check_function(self.claim, SUBJECTS[self.kind], returns=Claim, **self.variables)

    @cached_property
    def sorts(self) -> tuple[Any, ...]:
        """The sorts of its variables, each once; of a request those of what it asks for, and `GIVEN`."""
        several = ((*REQUESTED, GIVEN) if kind is Request else (kind,) for kind in self.variables.values())
        return tuple(dict.fromkeys(sort for sorts in several for sort in sorts))

    @cached_property
    def kinds(self) -> tuple[Any, ...]:
        """The types of its variables, in order."""
        return tuple(self.variables.values())

    def point_of(self, values: Sequence[Any]) -> Sequence[Any]:
        """Values of the variables, in order, for one value of each of the `sorts`: a request is made of several."""
        if self.sorts == self.kinds:
            return values
        of = dict(zip(self.sorts, values, strict=True))
        return [request_at(of) if kind is Request else of[kind] for kind in self.kinds]

    @cached_property
    def words(self) -> Words:
        """What the law says in words, made from its function when it is first asked for."""
        return words_of(self.claim, self.variables, _subjects(self.kind), self.then)

    @property
    def title(self) -> str:
        """A sentence: the premise as the function has it, and the conclusion."""
        return self.words.title

    def lines(self) -> Iterator[str]:
        """The id and the title; then the exact conclusion, where that of the title is in other words."""
        yield f"{self.id}: {self.title}"
        if self.then:
            yield f"  that is exactly: {'; '.join(self.words.concluded)}"


@cache
def _subjects(kind: Kind) -> dict[str, Any]:
    """What a law of this kind is asked of in the universe of words, by operation."""
    if kind is Kind.STEP:
        return {operation: transition_of(operation) for operation in OPERATIONS}
    return {"": variable("state", State) if kind in (Kind.INITIAL, Kind.INVARIANT) else SPECIFICATION_IN_WORDS}


LAWS: dict[str, Law] = {}
"""Every law, by its id."""


@checked
def laws_of(*kinds: Kind) -> list[Law]:
    """The laws of some kinds, in order."""
    return [law for law in LAWS.values() if law.kind in kinds]


def decision_law(id: str, clauses: tuple[ClauseId, ...], then: str = "") -> Callable[[Any], Any]:
    """Register a law of one situation, its decision and a reading."""

    def register(meaning: Callable[[Situation, Decision, Reading], Claim]) -> Callable[..., Claim]:
        _check(id, clauses)
        check_function(meaning, Situation, Decision, Reading, returns=Claim)

        def claim(by: Specification, s: Situation, r: Reading) -> Claim:
            return meaning(s, by.decide(s, r), r)

        LAWS[id] = Law(id, clauses, Kind.DECISION, claim, {"s": Situation, "r": Reading}, meaning, then)
        return meaning

    return register


def comparison_law(id: str, clauses: tuple[ClauseId, ...], then: str = "") -> Callable[[Any], Any]:
    """Register a law that compares decisions, or one with the state that it is made in: a function of a `Specification`
    and of the law's variables.
    """
    return _register(id, clauses, then, Kind.COMPARISON)


def initial_law(id: str, clauses: tuple[ClauseId, ...], then: str = "") -> Callable[[Any], Any]:
    """Register a law of the initial state, a function of a `State` and of the law's variables."""
    return _register(id, clauses, then, Kind.INITIAL)


def invariant(id: str, clauses: tuple[ClauseId, ...], then: str = "") -> Callable[[Any], Any]:
    """Register a law of every reachable state, a function of a `State` and of the law's variables."""
    return _register(id, clauses, then, Kind.INVARIANT)


def step_law(id: str, clauses: tuple[ClauseId, ...], then: str = "") -> Callable[[Any], Any]:
    """Register a law of every operation, a function of a `Transition` and of the law's variables."""
    return _register(id, clauses, then, Kind.STEP)


def _register(id: str, clauses: tuple[ClauseId, ...], then: str, kind: Kind) -> Callable[[Any], Any]:
    def register(meaning: Callable[..., Claim]) -> Callable[..., Claim]:
        _check(id, clauses)
        (_, first), *variables = ((name, p.annotation) for name, p in signature(meaning).parameters.items())
        if first is not SUBJECTS[kind]:
            raise TypeError(f"the law {id} takes a {SUBJECTS[kind].__name__} first")
        law = Law(id, clauses, kind, meaning, dict(variables), meaning, then)
        law.check()
        LAWS[id] = law
        return meaning

    return register


def _check(id: str, clauses: object) -> None:
    if not isinstance(clauses, tuple):
        raise TypeError(
            f"the law {id} takes its clauses after its id, then the conclusion of its title; not {clauses!r}"
        )
