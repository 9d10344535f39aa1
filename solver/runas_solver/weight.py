"""How much of the proofs carries weight: which obligations can fail, and which have nothing to prove."""

from collections.abc import Iterable
from enum import Enum

import z3

from runas_solver.obligations import Obligation

__all__ = ["Weight", "weigh"]


class Weight(Enum):
    """What it takes to discharge an obligation."""

    CONSTANT_PREMISE = "constant-premise"
    SIMPLIFIED = "simplified"
    UNREACHED = "unreached"
    CARRIED = "carried"

    @property
    def meaning(self) -> str:
        """What is so of such an obligation, in a phrase."""
        return MEANINGS[self]


MEANINGS = {
    Weight.CONSTANT_PREMISE: "the premise is the constant false: nothing to prove",
    Weight.SIMPLIFIED: "simplification alone closes it, without axioms or invariants",
    Weight.UNREACHED: "the premise cannot hold there, so that the conclusion says nothing",
    Weight.CARRIED: "it carries weight: the premise can hold, and only a solver shows that the conclusion follows",
}


def weigh(obligations: Iterable[Obligation]) -> dict[str, Weight]:
    """The weight of each obligation, by its id."""
    solver = z3.SolverFor("QF_UF")
    return {obligation.id: _weight(obligation, solver) for obligation in obligations}


def _weight(obligation: Obligation, solver: z3.Solver) -> Weight:
    if z3.is_false(z3.simplify(obligation.premise)):
        return Weight.CONSTANT_PREMISE
    if z3.is_false(z3.simplify(z3.And(obligation.premise, z3.Not(obligation.conclusion)))):
        return Weight.SIMPLIFIED
    solver.push()
    solver.add(z3.And(obligation.premise, *obligation.axioms, *obligation.supposed()))
    reached = solver.check() != z3.unsat
    solver.pop()
    return Weight.CARRIED if reached else Weight.UNREACHED
