"""What a proof rests on: the rules, guards and invariants without which it fails, from unsatisfiable cores."""

from collections.abc import Iterable

import z3

from runas_model.specification.transitions import SPECIFICATION, Specification
from runas_properties.laws import LAWS, Kind, Law, laws_of
from runas_solver.obligations import Obligation, Obligations

__all__ = ["idle_invariants", "rests_on", "rests_on_all"]


def rests_on_all(specification: Specification = SPECIFICATION) -> dict[str, list[str]]:
    """For each law, what the proofs of its obligations rest on: `rule X`, `guard OPERATION: ERROR`, `invariant X`."""
    obligations = Obligations(specification, tracked=True)
    return {law.id: _merged(rests_on(one) for one in obligations.of(law)) for law in LAWS.values()}


def rests_on(obligation: Obligation) -> list[str]:
    """The labels of a smallest core of a tracked obligation: drop any one of them and the proof fails.

    Raises ValueError for an obligation that is not proved.
    """
    labelled = {f"invariant {law}": instances for law, instances in obligation.hypotheses.items()}
    labelled |= obligation.scope.definitions
    solver = z3.SolverFor("QF_UF")
    solver.add(*obligation.untracked())
    literals = {label: z3.Bool(f"rests on {label}") for label in labelled}
    for label, assertions in labelled.items():
        solver.add(z3.Implies(literals[label], z3.And(*assertions)))
    if solver.check(*literals.values()) != z3.unsat:
        raise ValueError(f"{obligation.id} is not proved")
    names = {literal.get_id(): label for label, literal in literals.items()}
    core = [names[literal.get_id()] for literal in solver.unsat_core()]
    for label in list(core):
        fewer = [other for other in core if other != label]
        if solver.check(*(literals[other] for other in fewer)) == z3.unsat:
            core = fewer
    return [label for label in labelled if label in core]


def idle_invariants(rests: dict[str, list[str]]) -> list[Law]:
    """The invariants that no proof rests on, their own included."""
    used = {label for labels in rests.values() for label in labels}
    return [law for law in laws_of(Kind.INVARIANT) if f"invariant {law.id}" not in used]


def _merged(several: Iterable[list[str]]) -> list[str]:
    return list(dict.fromkeys(label for labels in several for label in labels))
