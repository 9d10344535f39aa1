"""Laws that others imply: true of every specification of which those are, whatever its rules and operations."""

from functools import cache
from types import SimpleNamespace
from typing import Any

import z3

from runas_model.specification.readings import Reading
from runas_model.specification.state import State, situation_of
from runas_model.specification.transitions import SPECIFICATION, Transition
from runas_model.specification.vocabulary import Decision, Situation
from runas_properties.laws import LAWS, Claim, Kind, Law, laws_of
from runas_solver.obligations import Obligations
from runas_solver.terms import formula
from runas_solver.uniqueness import QUOTES_THE_RULEBOOK, Errors, any_step, errors_of
from runas_solver.universe import Universe

__all__ = ["implied_by", "implied_laws"]


def implied_laws() -> dict[str, list[str]]:
    """The laws that are implied by others, each with a smallest set of those."""
    found = {law.id: implied_by(law) for law in LAWS.values()}
    return {law: others for law, others in found.items() if others}


def implied_by(law: Law) -> list[str]:
    """Other laws of the same kind that imply this one, as few as will do; empty if none do.

    A decision is taken as any decision at all, and an operation as any change of state: what remains are the other
    laws of the same situations, the same state or the same step, but for the one that quotes the rulebook.
    """
    operations = SPECIFICATION.operations if law.kind is Kind.STEP else [""]
    needed: dict[str, None] = {}
    for operation in operations:
        universe = Universe()
        with universe.noting() as scope:
            claim, others = _claims(universe, law, operation)
        found = _smallest(claim, others, universe.axioms(scope))
        if found is None:
            return []
        needed |= dict.fromkeys(found)
    return list(needed)


def _smallest(claim: Claim, others: dict[str, list[z3.BoolRef]], axioms: list[z3.BoolRef]) -> list[str] | None:
    solver = z3.SolverFor("QF_UF")
    solver.add(formula(claim.premise), z3.Not(formula(claim.conclusion)), *axioms)
    literals = {id: z3.Bool(f"by {id}") for id in others}
    for id, instances in others.items():
        solver.add(z3.Implies(literals[id], z3.And(*instances)))
    if solver.check(*literals.values()) != z3.unsat:
        return None
    needed = list(others)
    for id in others:
        fewer = [other for other in needed if other != id]
        if solver.check(*(literals[other] for other in fewer)) == z3.unsat:
            needed = fewer
    return needed


def _claims(universe: Universe, law: Law, operation: str) -> tuple[Claim, dict[str, list[z3.BoolRef]]]:
    """The law's claim about an arbitrary subject, and what the other laws say of the same."""
    decided: list[tuple[Situation, Decision, Reading]] = []

    def decide(s: Situation, r: Reading) -> Decision:
        known = next((d for other, d, q in decided if other is s and q is r), None)
        if known is None:
            known = universe.fresh(Decision, f"decision-{len(decided)}")
            decided.append((s, known, r))
        return known

    values: dict[str, Any] = {}
    for other in LAWS.values():
        for name, kind in other.variables.items():
            values.setdefault(f"{name}: {kind.__name__}", universe.fresh(kind, name))

    def of(other: Law) -> dict[str, Any]:
        return {name: values[f"{name}: {kind.__name__}"] for name, kind in other.variables.items()}

    by: Any = SimpleNamespace(decide=decide, situation_of=situation_of)
    subject: Any = by
    if law.kind in (Kind.INITIAL, Kind.INVARIANT):
        subject = universe.fresh(State, "state")
    elif law.kind is Kind.STEP:
        subject = _any_step(universe, by, operation)
    claim = law.claim(subject, **of(law))
    kinds = {Kind.COMPARISON: Kind.DECISION}
    others: dict[str, list[z3.BoolRef]] = {}
    for other in laws_of(kinds.get(law.kind, law.kind)):
        if other is law or other.id == QUOTES_THE_RULEBOOK:
            continue
        if other.kind is Kind.DECISION:
            others[other.id] = [formula(other.meaning(*one).holds) for one in decided]
        else:
            others[other.id] = [formula(other.claim(subject, **of(other)).holds)]
    return claim, others


def _any_step(universe: Universe, by: Any, operation: str) -> Transition:
    """The operation, asked of any state, with any outcome."""
    parameters = SPECIFICATION.operations[operation].parameters
    of = Transition(
        by,
        operation,
        {name: universe.fresh(sort, f"the-{name}") for name, sort in parameters.items()},
        universe.fresh(Reading, "reading"),
        universe.fresh(State, "before"),
        universe.fresh(State, "after"),
        True,
        universe.fresh(Decision, "decision") if operation == "start_session" else None,
        (),
    )
    return any_step(universe, of, _errors())


@cache
def _errors() -> Errors:
    return errors_of(Obligations())
