"""Proofs of the laws: each obligation given to Z3, and its verdict.

An obligation that runs out of its budget, or on which the solver fails, is undetermined; the others still get their
verdict.
"""

import time
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import cached_property

import attrs
import z3

from runas_model.doors import checked
from runas_model.specification.readings import DEFAULT
from runas_model.specification.transitions import SPECIFICATION, Specification
from runas_properties.explorer.reach import reached
from runas_properties.explorer.traces import Trace, shortest_traces
from runas_properties.laws import LAWS, Kind, Law, laws_of
from runas_solver.asking import RLIMIT, ask
from runas_solver.counterexamples import Counterexample, counterexample
from runas_solver.hollow import Caught, Trials
from runas_solver.obligations import Obligation, Obligations

__all__ = ["RLIMIT", "Discharged", "Proof", "Verdict", "discharge", "prove", "prove_all", "witness"]


class Verdict(Enum):
    """The result for an obligation or a law."""

    PROVED = "proved"
    REFUTED = "refuted"
    CONDITIONAL = "conditional"
    """Proved from an invariant that does not hold, and not without it."""
    HOLLOW = "hollow"
    """Proved, but also of every faulty specification, so that it may say nothing."""
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

    `caught` is a faulty specification that the law refutes. `milliseconds` covers building the formulas, the solver, a
    counterexample, the witness and the trial. What laws share, such as
    the steps of the operations, is built for the first that needs it.
    """

    law: Law
    verdict: Verdict
    discharged: tuple[Discharged, ...]
    milliseconds: float
    witness: Trace | None = None
    detail: str = ""
    caught: Caught | None = None

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
    def counterexample(self) -> Counterexample | None:
        return next((one.counterexample for one in self.discharged if one.counterexample), None)


@checked
def prove_all(
    specification: Specification = SPECIFICATION, laws: Iterable[Law] | None = None, rlimit: int = RLIMIT
) -> Iterator[Proof]:
    """Prove every law, in order; yields one `Proof` per law.

    A law that is proved has to refute a faulty specification as well, or it is hollow. All functions are checked anew
    before; raises `NotForEveryUniverse` for one that would mean something else on terms than on values.
    """
    specification.check_anew()
    every, trials = _Proofs(Obligations(specification), rlimit), Trials()
    for law in LAWS.values() if laws is None else laws:
        proof = every.prove(law)
        yield _tried(proof, trials) if proof.holds else proof


def _tried(proof: Proof, trials: Trials) -> Proof:
    """A proof with the faulty specification that the law refutes; it is hollow if it refutes none."""
    began = time.perf_counter()
    caught = trials.caught_by(proof.law)
    verdict, detail = proof.verdict, proof.detail
    if caught is None:
        verdict, detail = Verdict.HOLLOW, "it refutes no faulty specification, so that nothing shows that it can fail"
    milliseconds = proof.milliseconds + (time.perf_counter() - began) * 1000
    return attrs.evolve(proof, verdict=verdict, detail=detail, caught=caught, milliseconds=milliseconds)


@checked
def prove(law: Law, specification: Specification = SPECIFICATION, rlimit: int = RLIMIT) -> Proof:
    """Prove a law of a specification, under every reading and for every operation.

    Raises `NotForEveryUniverse` for a law, or a function of the specification, that would mean something else on terms
    than on values.
    """
    specification.check_anew()
    return _Proofs(Obligations(specification), rlimit).prove(law)


@attrs.frozen(slots=False)
class _Proofs:
    """The proofs of one specification, in which the invariants stand or fall together."""

    obligations: Obligations
    rlimit: int
    _done: dict[int, tuple[Discharged, ...]] = attrs.field(factory=dict)

    def prove(self, law: Law) -> Proof:
        began = time.perf_counter()
        law.check()
        discharged = self._discharged(law)
        trace = witness(law, self.obligations.specification)
        verdict, detail = Verdict.PROVED, ""
        worst = next((one for one in discharged if one.verdict is not Verdict.PROVED), None)
        if worst is not None:
            refuted = next((one for one in discharged if one.verdict is Verdict.REFUTED), None)
            verdict, detail = (refuted or worst).verdict, (refuted or worst).detail
        elif resting := [one for one in discharged if one.obligation.hypotheses and not self._holds(one, self._fallen)]:
            verdict = Verdict.CONDITIONAL
            fallen = [invariant for invariant in resting[0].obligation.hypotheses if invariant in self._fallen]
            detail = f"about {resting[0].obligation.about}: proved only from what does not hold, {', '.join(fallen)}"
        elif trace is None:
            verdict = Verdict.VACUOUS
            detail = "no trace that is kept reaches the premise: make renew looks for one"
        milliseconds = (time.perf_counter() - began) * 1000
        return Proof(law, verdict, discharged, milliseconds, trace, detail)

    def _discharged(self, law: Law) -> tuple[Discharged, ...]:
        """Each obligation of a law discharged, once."""
        if id(law) not in self._done:
            self._done[id(law)] = tuple(
                discharge(obligation, self.obligations, self.rlimit) for obligation in self.obligations.of(law)
            )
        return self._done[id(law)]

    @cached_property
    def _fallen(self) -> frozenset[str]:
        """The invariants that do not hold: not kept by some operation, or kept only where one that fell is supposed."""
        fallen: frozenset[str] = frozenset()
        while True:
            more = {
                law.id
                for law in laws_of(Kind.INVARIANT)
                if not all(self._holds(one, fallen) for one in self._discharged(law))
            }
            if more == fallen:
                return fallen
            fallen |= more

    def _holds(self, one: Discharged, without: frozenset[str]) -> bool:
        """Whether an obligation is proved, also without some invariants."""
        if one.verdict is not Verdict.PROVED or without.isdisjoint(one.obligation.hypotheses):
            return one.verdict is Verdict.PROVED
        return ask(one.obligation.formulas(without), self.rlimit).refutes


def discharge(obligation: Obligation, obligations: Obligations, rlimit: int = RLIMIT) -> Discharged:
    """Give an obligation to Z3. Never raises for an undetermined one."""
    verdict, used, seconds, found, detail = Verdict.UNDETERMINED, 0, 0.0, None, ""
    try:
        asked = ask(obligation.formulas(), rlimit)
        used, seconds = asked.rlimit, asked.seconds
        if asked.refutes:
            verdict = Verdict.PROVED
        elif asked.answer == z3.sat:
            verdict, found = Verdict.REFUTED, counterexample(obligations, obligation, asked.solver)
            detail = f"about {obligation.about}"
        else:
            detail = f"about {obligation.about}: the solver ran out of its budget of {rlimit} resource units"
    except z3.Z3Exception as error:
        detail = f"about {obligation.about}: the solver failed: {error}"
    return Discharged(obligation, verdict, used, seconds * 1000, found, detail)


def witness(law: Law, specification: Specification = SPECIFICATION) -> Trace | None:
    """The shortest trace to the law's premise, if it gets there when replayed in the concrete universe."""
    initially = Trace(f"law {law.id}", DEFAULT, ()) if law.kind is Kind.INITIAL else None
    trace = shortest_traces().get(f"law {law.id}", initially)
    if trace is None or reached(law, trace, specification) is None:
        return None
    return trace
