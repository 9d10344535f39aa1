"""Proofs of the laws: each obligation given to Z3, and its verdict.

The budget is Z3's `rlimit`, which counts work and not time, so that no verdict depends on the machine. An obligation
that runs out of it, or on which the solver fails, is undetermined; the others still get their verdict.
"""

import time
from collections.abc import Iterable, Iterator
from enum import Enum

import attrs
import z3

from runas_model.specification.transitions import SPECIFICATION, Specification
from runas_model.stories.traces import tell_transition
from runas_properties.explorer.reach import instance_of
from runas_properties.explorer.traces import Trace, shortest_traces
from runas_properties.laws import LAWS, Law
from runas_solver.counterexamples import Counterexample, counterexample
from runas_solver.obligations import Obligation, Obligations

__all__ = ["RLIMIT", "Discharged", "Proof", "Verdict", "discharge", "prove", "prove_all", "witness"]

RLIMIT = 1_000_000
"""Z3's resource units for one obligation; the dearest here takes some thousands."""


class Verdict(Enum):
    """The result for an obligation or a law."""

    PROVED = "proved"
    REFUTED = "refuted"
    VACUOUS = "vacuous"
    """Proved, but no trace reaches the law's premise, so that it may say nothing."""
    UNDETERMINED = "undetermined"


@attrs.frozen
class Discharged:
    """The verdict on one obligation, with what Z3's `check()` alone took of its work and of time."""

    obligation: Obligation
    verdict: Verdict
    rlimit: int
    solver_milliseconds: float
    counterexample: Counterexample | None = None
    detail: str = ""


@attrs.frozen
class Proof:
    """The verdict on one law, and on each of its obligations.

    `milliseconds` covers building the formulas, the solver, a counterexample and the witness. What laws share, such as
    the steps of the operations, is built for the first that needs it.
    """

    law: Law
    verdict: Verdict
    discharged: tuple[Discharged, ...]
    milliseconds: float
    witness: Trace | None = None
    detail: str = ""

    @property
    def holds(self) -> bool:
        return self.verdict is Verdict.PROVED

    @property
    def rlimit(self) -> int:
        return sum(one.rlimit for one in self.discharged)

    @property
    def readings(self) -> int:
        """The number of combinations of readings that the proof covers."""
        return max(one.obligation.readings for one in self.discharged)

    @property
    def witness_story(self) -> str:
        """The last step of the witness in a line, and after how many others it comes."""
        if self.witness is None:
            return ""
        *before, last = self.witness.transitions()
        return f"after {len(before)} steps, {tell_transition(last)[0]}"

    @property
    def counterexample(self) -> Counterexample | None:
        return next((one.counterexample for one in self.discharged if one.counterexample), None)


def prove_all(
    specification: Specification = SPECIFICATION, laws: Iterable[Law] | None = None, rlimit: int = RLIMIT
) -> Iterator[Proof]:
    """Prove every law, in order; yields one `Proof` per law."""
    obligations = Obligations(specification)
    return (_prove(law, obligations, rlimit) for law in (LAWS.values() if laws is None else laws))


def prove(law: Law, specification: Specification = SPECIFICATION, rlimit: int = RLIMIT) -> Proof:
    """Prove a law of a specification, under every reading and for every operation."""
    return _prove(law, Obligations(specification), rlimit)


def _prove(law: Law, obligations: Obligations, rlimit: int) -> Proof:
    began = time.perf_counter()
    discharged = tuple(discharge(obligation, obligations, rlimit) for obligation in obligations.of(law))
    reached = witness(law, obligations.specification)
    verdict, detail = Verdict.PROVED, ""
    worst = next((one for one in discharged if one.verdict is not Verdict.PROVED), None)
    if worst is not None:
        refuted = next((one for one in discharged if one.verdict is Verdict.REFUTED), None)
        verdict, detail = (refuted or worst).verdict, (refuted or worst).detail
    elif reached is None:
        verdict = Verdict.VACUOUS
        detail = "no trace that is kept reaches the premise; python -m runas_properties.explorer.reach"
    milliseconds = (time.perf_counter() - began) * 1000
    return Proof(law, verdict, discharged, milliseconds, reached, detail)


def discharge(obligation: Obligation, obligations: Obligations, rlimit: int = RLIMIT) -> Discharged:
    """Give an obligation to Z3. Never raises for an undetermined one."""
    verdict, used, seconds, found, detail = Verdict.UNDETERMINED, 0, 0.0, None, ""
    try:
        solver = z3.SolverFor("QF_UF")
        solver.set("rlimit", rlimit)
        solver.add(*obligation.formulas())
        spent = _rlimit_count()
        began = time.perf_counter()
        answer = solver.check()
        seconds = time.perf_counter() - began
        used = _rlimit_count() - spent
        if answer == z3.unsat:
            verdict = Verdict.PROVED
        elif answer == z3.sat:
            verdict, found = Verdict.REFUTED, counterexample(obligations, obligation, solver)
            detail = f"about {obligation.about}"
        else:
            detail = f"about {obligation.about}: the solver ran out of its budget of {rlimit} resource units"
    except z3.Z3Exception as error:
        detail = f"about {obligation.about}: the solver failed: {error}"
    return Discharged(obligation, verdict, used, seconds * 1000, found, detail)


def witness(law: Law, specification: Specification = SPECIFICATION) -> Trace | None:
    """The shortest trace to the law's premise, if it gets there when replayed in the concrete universe."""
    trace = shortest_traces().get(f"law {law.id}")
    if trace is None or instance_of(law, trace.transitions(specification)[-1]) is None:
        return None
    return trace


def _rlimit_count() -> int:
    """What this process has spent so far, in Z3's resource units; Z3 keeps one count for all solvers."""
    idle = z3.Solver()
    idle.check()
    return int(dict(list(idle.statistics())).get("rlimit count", 0))
