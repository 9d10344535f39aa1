"""Whether the laws leave no choice: any decision and any machine that obeys them is this one, asked of the solver.

The other decision, or the other machine, is any at all: of its decision, of the requirements of its operations and of
its state after, nothing is known but what the laws say. It is compared with this one wherever both can be looked at.
The state before is one of which the invariants hold, as of each that this machine reaches; so both go the same way from
the initial state, operation by operation. What two machines may do differently is free on purpose: `free`.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from types import SimpleNamespace
from typing import Any, cast, get_type_hints

import attrs
import z3

from runas_model.specification.errors import OperationError
from runas_model.specification.readings import Reading
from runas_model.specification.state import State
from runas_model.specification.transitions import SPECIFICATION, Specification, Transition
from runas_model.specification.vocabulary import Decision, Name, Situation
from runas_model.universes.connectives import all_of, equal, field_names, implies, not_
from runas_model.universes.tables import sorts_of
from runas_properties.conformance.protocol.kept import other_operations
from runas_properties.laws import LAWS, Kind, laws_of
from runas_properties.laws.law import GIVEN
from runas_properties.laws.objections import objections
from runas_solver.asking import RLIMIT, ask
from runas_solver.obligations import DECISION, INITIALLY, Obligations
from runas_solver.proofs import Verdict
from runas_solver.terms import Value, formula
from runas_solver.universe import Universe

__all__ = [
    "QUOTES_THE_RULEBOOK",
    "OPERATIONS",
    "SITUATION",
    "Determination",
    "Determined",
    "Determinations",
    "determine",
    "determined",
    "same_errors",
]

Errors = Mapping[type[OperationError], tuple[Any, ...]]
"""Classes of errors, each with the sorts of what it names."""
SITUATION, OPERATIONS = "situation", "operations"
QUOTES_THE_RULEBOOK = "exactly-one-rule"
"""The law that says which rule decides: it says the rulebook again, and so no decision is held to it here."""
VIEWS = "situations-are-as-the-state-is"
"""The law that says how a state is looked at."""


@attrs.frozen(eq=False)
class Determination:
    """What the laws say of something other than this specification's, and where the two are to be the same.

    `supposed` are instances of laws by the law's id; `same` truths by what is compared.
    """

    about: str
    supposed: dict[str, list[z3.BoolRef]]
    axioms: list[z3.BoolRef]
    same: dict[str, z3.BoolRef]

    @property
    def id(self) -> str:
        return f"determined/{self.about}"

    def formulas(self) -> list[z3.BoolRef]:
        """All that is asserted; unsatisfiable if nothing of it is left open."""
        return [*self.known(), z3.Not(z3.And(*self.same.values()))]

    def known(self) -> list[z3.BoolRef]:
        """What is supposed of both."""
        return [*self.axioms, *(instance for instances in self.supposed.values() for instance in instances)]


@attrs.frozen
class Determined:
    """Whether the laws determine something; else what of it they leave `open`."""

    about: str
    verdict: Verdict
    compared: tuple[str, ...]
    open: tuple[str, ...]
    rlimit: int

    @property
    def holds(self) -> bool:
        return self.verdict is Verdict.PROVED


class Determinations:
    """The determinations of a specification, by what they are about."""

    def __init__(self, obligations: Obligations) -> None:
        self.obligations = obligations
        self.universe = obligations.universe
        self.specification = obligations.specification

    def __iter__(self) -> Iterator[Determination]:
        yield self.decision()
        yield self.initially()
        yield self.situation()
        for operation in self.specification.operations:
            yield self.step(operation)

    def decision(self) -> Determination:
        """Any decision that obeys the decision laws, but for the one that quotes the rulebook."""
        with self.universe.noting() as scope:
            s, r = self.universe.fresh(Situation, "s"), self.universe.fresh(Reading, "r")
            this, other = self.obligations.decide(s, r), self.universe.fresh(Decision, "other")
            supposed = {
                law.id: [formula(law.meaning(s, other, r).holds)]
                for law in laws_of(Kind.DECISION)
                if law.id != QUOTES_THE_RULEBOOK
            }
            same = {name: getattr(this, name) == getattr(other, name) for name in field_names(Decision)}
        return Determination(DECISION, supposed, self.universe.axioms(scope), _formulas(same))

    def initially(self) -> Determination:
        """Any initial state that obeys the laws of the initial state."""
        this, noted = self.obligations.initial
        with self.universe.noting(noted) as scope:
            other = self._any_state("other-initial")
            keys = self._keys()
            supposed = self._supposed(Kind.INITIAL, other, keys)
            same = _formulas(_same_state(this, other, keys, everywhere=True))
        return Determination(INITIALLY, supposed, self.universe.axioms(scope), same)

    def _any_state(self, label: str) -> State:
        """A state of which nothing is known, nor what its tables read where they hold nothing."""
        state, tables = self.universe.fresh(State, label), {}
        for name, kind in get_type_hints(State).items():
            default = self.universe.fresh(sorts_of(kind)[-1], f"{label}.{name}.default")
            tables[name] = attrs.evolve(getattr(state, name), default=default)
        return State(**tables)

    def situation(self) -> Determination:
        """Any view of a state that obeys the law of situations."""
        state, law = self.obligations.before, LAWS[VIEWS]
        with self.universe.noting() as scope:
            asked = {name: self.universe.fresh(sort, f"any-{name}") for name, sort in law.variables.items()}
            asked.pop("state")
            this, name = self.specification.situation_of(state, asked["asked"]), asked["name"]
            fields = {
                field: self.universe.fresh(kind, f"other-{field}") for field, kind in get_type_hints(Situation).items()
            }
            other = Situation(**fields)
            by: Any = SimpleNamespace(situation_of=lambda *_: other)
            supposed = {law.id: [formula(law.claim(by, state, **asked).holds)]}
            same = {field: getattr(this, field) == getattr(other, field) for field in fields if field != "os_users"}
            same["os_users"] = all_of(
                this.os_users.has(name) == other.os_users.has(name), equal(this.os_users[name], other.os_users[name])
            )
        return Determination(SITUATION, supposed, self.universe.axioms(scope), _formulas(same))

    def step(self, operation: str) -> Determination:
        """Any operation that obeys the step laws and keeps the invariants, from a state that this machine reaches."""
        this, noted = self.obligations.transition(operation)
        with self.universe.noting(noted) as scope:
            other = any_step(self.universe, this, self._errors)
            keys = self._keys()
            supposed = self._supposed(Kind.STEP, other, keys)
            supposed |= self._supposed(Kind.INVARIANT, other.after, keys)
            same = {"accepted": this.accepted == other.accepted, "error": same_errors(this, other)}
            if this.decides:
                same["decision"] = implies(this.accepted, equal(this.decision, other.decision))
            same |= _same_state(this.after, other.after, keys)
            for law, instances in self.obligations.hypotheses(scope).items():
                supposed.setdefault(law, []).extend(instances)
        return Determination(operation, supposed, self.universe.axioms(scope), _formulas(same))

    @cached_property
    def _errors(self) -> Errors:
        return errors_of(self.obligations)

    def _keys(self) -> dict[Any, Any]:
        """A value of each sort of keys, of which nothing is known."""
        given = self.universe.fresh(bool, "any-filled"), self.universe.fresh(Name, "any-parameter")
        return {GIVEN: given, **{sort: self.universe.fresh(sort, f"any-{sort.__name__}") for sort in KEYS}}

    def _supposed(self, kind: Kind, subject: Any, keys: dict[Any, Any]) -> dict[str, list[z3.BoolRef]]:
        """What the laws of a kind say of a subject at some keys."""
        points = {law.id: law.point_of([keys[sort] for sort in law.sorts]) for law in laws_of(kind)}
        return {law: [formula(LAWS[law].claim(subject, *point).holds)] for law, point in points.items()}


KEYS = tuple(dict.fromkeys(sort for kind in get_type_hints(State).values() for sort in sorts_of(kind)[:-1]))
"""The sorts of the keys of tables."""


def errors_of(obligations: Obligations) -> Errors:
    """Every class of errors that the operations of a specification tell, with the sorts of what it names."""
    steps = [obligations.transition(operation)[0] for operation in obligations.specification.operations]
    return {
        type(error): tuple(cast(Value, subject).sort for subject in error.subject)
        for t in steps
        for _, error in t.requires
    }


def any_step(universe: Universe, of: Transition, errors: Errors) -> Transition:
    """The operation that a transition is of, asked the same of the same state, with any outcome.

    It may tell an error of each class about anything of the sorts that it names, and one that is none of these.
    """
    told = [OperationError()]
    for error, sorts in errors.items():
        told.append(error(*(universe.fresh(sort, f"{error.__name__}.{n}") for n, sort in enumerate(sorts))))
    requires = [(universe.fresh(bool, f"no-{type(error).__name__}"), error) for error in told]
    return attrs.evolve(
        of,
        after=universe.fresh(State, "other-after"),
        accepted=all_of(*(holds for holds, _ in requires)),
        decision=universe.fresh(Decision, "other-decision") if of.decides else None,
        requires=requires,
    )


def same_errors(this: Transition, other: Transition) -> Any:
    """Whether both tell the same error where one alone is true: which of several is told first is free."""
    every = objections(this)
    alone = [all_of(so, *(not_(others) for error, others in every if error is not told)) for told, so in every]
    return all_of(
        *(
            implies(only, all_of(this.fails(error), other.fails(error)))
            for only, (error, _) in zip(alone, every, strict=True)
        )
    )


def _same_state(this: State, other: State, keys: dict[Any, Any], everywhere: bool = False) -> dict[str, Any]:
    """For each table, whether both hold the same at a key of which nothing is known.

    Where they hold nothing, they are compared too if that is asked for.
    """
    same = {}
    for name, kind in get_type_hints(State).items():
        *sorts, of = sorts_of(kind)
        at = tuple(keys[sort] for sort in sorts) if len(sorts) > 1 else keys[sorts[0]]
        one, two = getattr(this, name), getattr(other, name)
        held = one.has(at)
        there = equal(one[at], two[at]) if field_names(of) else one[at] == two[at]
        same[name] = all_of(held == two.has(at), there if everywhere else implies(held, there))
    return same


def _formulas(truths: dict[str, Any]) -> dict[str, z3.BoolRef]:
    return {name: formula(truth) for name, truth in truths.items()}


def determine(determination: Determination, rlimit: int = RLIMIT) -> Determined:
    """Ask the solver whether the laws leave nothing open, and if they do, of what."""
    compared = tuple(determination.same)
    asked = ask(determination.formulas(), rlimit)
    if asked.refutes:
        return Determined(determination.about, Verdict.PROVED, compared, (), asked.rlimit)
    verdict = Verdict.REFUTED if asked.answer == z3.sat else Verdict.UNDETERMINED
    left = [what for what, same in determination.same.items()
            if not ask([*determination.known(), z3.Not(same)], rlimit).refutes]  # fmt: skip
    return Determined(determination.about, verdict, compared, tuple(left), asked.rlimit)


def determined(specification: Specification = SPECIFICATION, rlimit: int = RLIMIT) -> Iterator[Determined]:
    """Each determination of a specification, with its verdict; then whether it has the operations of the laws.

    Those are the ones of this specification and, as that may be changed itself, the ones that the package keeps. Its
    functions, and the laws, are checked anew before.
    """
    specification.check_anew()
    for law in LAWS.values():
        law.check()
    yield from (determine(one, rlimit) for one in Determinations(Obligations(specification)))
    mine, known = ({name: one.parameters for name, one in operations.items()} for operations in
                   (specification.operations, SPECIFICATION.operations))  # fmt: skip
    other = dict.fromkeys(name for name in [*known, *mine] if mine.get(name) != known.get(name))
    other |= dict.fromkeys(name for name, _ in other_operations(specification.operations))
    yield Determined(OPERATIONS, Verdict.REFUTED if other else Verdict.PROVED, tuple(known), tuple(other), 0)
