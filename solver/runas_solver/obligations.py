"""What is to be proved: for each law, the decision, or the initial state, or every operation.

All obligations of a specification share one universe: the same state before, and the same arguments of each
operation. They are quantifier-free: the invariants that a step may rest on are instantiated at the terms that come up.

When they are `tracked`, each rule's condition and each guard is a truth of its own, defined in a labelled assertion,
so that an unsatisfiable core tells what a proof rests on.
"""

from collections.abc import Callable, Collection, Iterator
from functools import cached_property, wraps
from itertools import chain
from typing import Any, get_type_hints

import attrs
import z3
from attrs import evolve

from runas_model.specification.decision import Decide, decide_by
from runas_model.specification.operations import Operation, Step
from runas_model.specification.readings import DEFAULT, Reading, all_readings
from runas_model.specification.rulebook import Rule
from runas_model.specification.state import State
from runas_model.specification.transitions import SPECIFICATION, Specification, Transition
from runas_model.specification.vocabulary import Decision, Request, Situation
from runas_properties.laws import LAWS, Claim, Kind, Law
from runas_solver.terms import Truth, Value, formula
from runas_solver.triggers import BEFORE, triggers
from runas_solver.universe import Scope, Universe

__all__ = ["INITIALLY", "Obligation", "Obligations", "changed_parts", "embedded"]

DECISION, INITIALLY = "decision", "initially"


@attrs.frozen(eq=False)
class Obligation:
    """A law about one thing: the `decision`, the `initially` reached state, or an operation by its name.

    It is discharged when the premise, the negated conclusion, and the hypotheses together are unsatisfiable.
    `values` are the law's variables; `transition` what the operation did, for invariants and step laws.
    """

    law: Law
    about: str
    premise: z3.BoolRef
    conclusion: z3.BoolRef
    hypotheses: dict[str, list[z3.BoolRef]]
    axioms: list[z3.BoolRef]
    scope: Scope
    values: dict[str, Any]
    transition: Transition | None = None

    @property
    def id(self) -> str:
        return f"{self.law.id}/{self.about}"

    @property
    def parts(self) -> set[str]:
        """The parts of the specification that it speaks of: `rules`, `situations`, and an operation."""
        return self.scope.parts | {self.about}

    @property
    def readings(self) -> int:
        """The combinations of readings that it covers: all, of each reading that the law speaks of."""
        named = sum(kind is Reading for kind in self.law.variables.values())
        return int(len(all_readings()) ** max(1, named))

    def formulas(self, without: Collection[str] = ()) -> list[z3.BoolRef]:
        """All that is asserted; unsatisfiable if the law holds. `without` are invariants that are not supposed."""
        definitions = [one for several in self.scope.definitions.values() for one in several]
        return [*self.untracked(), *self.supposed(without), *definitions]

    def supposed(self, without: Collection[str] = ()) -> list[z3.BoolRef]:
        """The instances of the invariants, but of those that are not supposed."""
        return [*chain.from_iterable(some for law, some in self.hypotheses.items() if law not in without)]

    def untracked(self) -> list[z3.BoolRef]:
        """What is asserted without a label: the premise, the negated conclusion, and what constants are."""
        return [self.premise, z3.Not(self.conclusion), *self.axioms]


def embedded(universe: Universe, state: State) -> State:
    """A concrete state in a symbolic universe."""
    kinds = get_type_hints(State)
    tables: dict[str, Any] = {name: universe.embed(getattr(state, name), kind) for name, kind in kinds.items()}
    return State(**tables)


@attrs.frozen(slots=False)
class Watched(Specification):
    """A specification that decides no situation twice."""

    universe: Universe = attrs.field(factory=Universe)

    def __attrs_post_init__(self) -> None:
        """Its functions are those of a specification that was checked."""

    @cached_property
    def decide(self) -> Decide:
        by_rules = _once(self.universe, decide_by(self.rules))

        def decide(s: Situation, r: Reading = DEFAULT, /) -> Decision:
            decision: Decision = by_rules(s, r)
            return decision

        return decide


def _once(universe: Universe, function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of records that is not run again on the same terms: it notes again what it noted then."""
    known: dict[tuple[int, ...], tuple[Any, Scope, Any]] = {}

    def ask(*records: Any) -> Any:
        asked = [part for record in records for part in attrs.astuple(record, recurse=False)]
        key = tuple([one.term.get_id() if isinstance(one, Value | Truth) else id(one) for one in asked])
        if key not in known:
            with universe.noting() as scope:
                known[key] = (function(*records), scope, asked)
        answer, scope, _ = known[key]
        universe.scope.include(scope)
        return answer

    return ask


def changed_parts(specification: Specification) -> set[str]:
    """The parts in which a specification differs from the real one."""
    parts = {
        name for name, operation in specification.operations.items() if operation is not SPECIFICATION.operations[name]
    }
    if specification.rules is not SPECIFICATION.rules:
        parts.add("rules")
    if specification.situation_of is not SPECIFICATION.situation_of:
        parts.add("situations")
    if specification.initial is not SPECIFICATION.initial:
        parts.add(INITIALLY)
    return parts


class Obligations:
    """The obligations of a specification, in a universe of their own."""

    def __init__(self, specification: Specification = SPECIFICATION, tracked: bool = False) -> None:
        self.specification = specification
        self.tracked = tracked
        self.universe = Universe(specification.initial)
        self._watched = self._watch(specification)
        self.before: State = self.universe.fresh(State, BEFORE)
        with self.universe.noting() as self._given:
            self.reading: Reading = self.universe.fresh(Reading, "reading")
        self._steps: dict[str, tuple[Transition, Scope]] = {}
        self._instances: dict[tuple[Any, ...], tuple[z3.BoolRef, Scope]] = {}

    @property
    def decide(self) -> Decide:
        """The decision of the specification, which notes what it is asked."""
        return self._watched.decide

    def about(self, law: Law) -> list[str]:
        """What a law has obligations about."""
        if law.kind in (Kind.DECISION, Kind.COMPARISON):
            return [DECISION]
        if law.kind is Kind.INITIAL:
            return [INITIALLY]
        return [*([INITIALLY] if law.kind is Kind.INVARIANT else []), *self.specification.operations]

    def of(self, law: Law) -> Iterator[Obligation]:
        """The obligations of one law."""
        return (self.obligation(law, about) for about in self.about(law))

    def __iter__(self) -> Iterator[Obligation]:
        return (obligation for law in LAWS.values() for obligation in self.of(law))

    def obligation(self, law: Law, about: str) -> Obligation:
        """The obligation of a law about the decision, the initial state or an operation."""
        if about == DECISION:
            return self._assemble(law, about, self._watched, None, Scope())
        if about == INITIALLY:
            state, scope = self.initial
            return self._assemble(law, about, state, None, scope)
        t, scope = self.transition(about)
        return self._assemble(law, about, t if law.kind is Kind.STEP else t.after, t, scope)

    @cached_property
    def initial(self) -> tuple[State, Scope]:
        """The initial state in this universe, and what came up in it."""
        with self.universe.noting() as scope:
            return embedded(self.universe, self.specification.initial), scope

    def transition(self, operation: str) -> tuple[Transition, Scope]:
        """The operation, from the state before, with arguments of its own."""
        if operation not in self._steps:
            parameters = self.specification.operations[operation].parameters
            with self.universe.noting(self._given) as scope:
                arguments = {name: self.universe.fresh(sort, f"the-{name}") for name, sort in parameters.items()}
                t = self._watched.transition(operation, self.before, self.reading, **arguments)
            self._steps[operation] = (t, scope)
        return self._steps[operation]

    def _watch(self, specification: Specification) -> Specification:
        """The same specification, which notes in the scope what of it is asked."""

        def define(label: str, truth: bool) -> Any:
            return self.universe.define(label, truth) if self.tracked else truth

        def condition(rule: Rule) -> Callable[[Situation, Reading], bool]:
            def when(s: Situation, r: Reading) -> bool:
                self.universe.scope.parts.add("rules")
                truth: bool = define(f"rule {rule.id}", rule.when(s, r))
                return truth

            return when

        def situation_of(state: State, asked: Request) -> Situation:
            self.universe.scope.parts.add("situations")
            return specification.situation_of(state, asked)

        def guarded(operation: Operation) -> Operation:
            @wraps(operation.function)
            def function(*state: Any, **arguments: Any) -> Step:
                step = operation.function(*state, **arguments)
                requires = [
                    (define(f"guard {operation.id}: {type(error).__name__}", holds), error)
                    for holds, error in step.requires
                ]
                return evolve(step, requires=requires)

            return evolve(operation, function=function)

        return Watched(
            [evolve(rule, when=condition(rule)) for rule in specification.rules],
            {name: guarded(operation) for name, operation in specification.operations.items()},
            _once(self.universe, situation_of),
            specification.initial,
            self.universe,
        )

    def _assemble(self, law: Law, about: str, subject: Any, t: Transition | None, noted: Scope) -> Obligation:
        with self.universe.noting(noted) as scope:
            values = {name: self.universe.fresh(kind, f"law.{name}") for name, kind in law.variables.items()}
            claim: Claim = law.claim(subject, **values)
            hypotheses = {} if t is None else self.hypotheses(scope)
        axioms = self.universe.axioms(scope)
        premise, conclusion = formula(claim.premise), formula(claim.conclusion)
        return Obligation(law, about, premise, conclusion, hypotheses, axioms, scope, values, t)

    def known(self, scope: Scope) -> list[z3.BoolRef]:
        """What is known of all that came up: what the invariants say of it, and what constants are."""
        instances = self.hypotheses(scope)
        return [*chain.from_iterable(instances.values()), *self.universe.axioms(scope)]

    def hypotheses(self, scope: Scope) -> dict[str, list[z3.BoolRef]]:
        """Each invariant of the state before, wherever its premise comes up, until nothing new does."""
        known = triggers()
        found: dict[str, list[z3.BoolRef]] = {}
        done: set[tuple[Any, ...]] = set()
        while True:
            wanted: dict[tuple[Any, ...], tuple[Any, ...]] = {
                (law, *numbers): keys
                for law, (table, _) in known.items()
                for numbers, keys in scope.applications.get(table, {}).items()
                if (law, *numbers) not in done
            }
            if not wanted:
                return found
            done |= set(wanted)
            for key, keys in wanted.items():
                instance, noted = self._instance(key, dict(zip(known[key[0]][1], keys, strict=True)))
                scope.include(noted)
                found.setdefault(key[0], []).append(instance)

    def _instance(self, key: tuple[Any, ...], values: dict[str, Any]) -> tuple[z3.BoolRef, Scope]:
        if key not in self._instances:
            with self.universe.noting() as scope:
                claim = LAWS[key[0]].claim(self.before, **values)
                self._instances[key] = (formula(claim.holds), scope)
        return self._instances[key]
