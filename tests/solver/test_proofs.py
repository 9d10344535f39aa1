"""The proofs: every law holds under every reading, is not vacuous, and fails when the specification is wrong."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import attrs
import pytest
import z3

from runas_model import RULEBOOK, Specification
from runas_properties.explorer.reach import instance_of
from runas_properties.laws import LAWS, Claim, Law
from runas_solver import proofs as proving
from runas_solver.obligations import Obligation
from runas_solver.proofs import Proof, Verdict, prove, prove_all


@pytest.fixture(scope="module")
def proofs() -> dict[str, Proof]:
    return {proof.law.id: proof for proof in prove_all()}


@pytest.mark.parametrize("law", LAWS.values(), ids=lambda law: law.id)
def test_the_law_is_proved_under_every_reading_and_its_premise_is_reached(law: Law, proofs: dict[str, Proof]) -> None:
    proof = proofs[law.id]

    assert proof.verdict is Verdict.PROVED, proof.detail
    assert proof.readings >= 8
    assert all(one.rlimit > 0 for one in proof.discharged)
    assert proof.witness is not None
    assert instance_of(law, proof.witness.transitions()[-1]) is not None


def test_a_law_whose_premise_cannot_hold_is_vacuous_and_not_proved() -> None:
    law = attrs.evolve(LAWS["never-ssm-user"], claim=lambda by, s, r: Claim(False, False))

    assert (prove(law).verdict, prove(law).holds) == (Verdict.VACUOUS, False)


def test_a_law_without_a_kept_trace_is_vacuous_and_says_how_to_make_one() -> None:
    proof = prove(attrs.evolve(LAWS["never-ssm-user"], id="new-law"))

    assert proof.verdict is Verdict.VACUOUS
    assert "python -m runas_properties.explorer.reach" in proof.detail
    assert proof.witness_story == ""


def test_a_law_that_no_invariant_helps_is_refuted_by_a_state() -> None:
    law = LAWS["other-tags-do-not-matter"]

    def claim(by, state, r, principal, instance, key, value):  # type: ignore[no-untyped-def]
        honest = law.claim(by, state, r, principal, instance, key, value)
        return Claim(True, honest.conclusion)

    found = prove(attrs.evolve(law, claim=claim)).counterexample

    assert found is not None
    assert found.values["key"] == "SSMSessionRunAs"


def test_a_proof_that_runs_out_of_its_budget_is_undetermined_and_not_proved() -> None:
    proof = prove(LAWS["readings-differ-only-where-silent"], rlimit=1)

    assert (proof.verdict, proof.holds) == (Verdict.UNDETERMINED, False)
    assert "budget of 1 resource units" in proof.detail


def test_a_solver_that_fails_leaves_its_obligation_undetermined_and_the_others_proved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = 0

    class Failing(z3.Solver):  # type: ignore[misc]
        def check(self, *assumptions: object) -> z3.CheckSatResult:
            nonlocal calls
            calls += 1
            if calls == 1:
                raise z3.Z3Exception("out of memory")
            return super().check(*assumptions)

    def failing_once(logic: str) -> z3.Solver:
        return Failing(logFile=None)

    monkeypatch.setattr(z3, "SolverFor", failing_once)
    first, second = prove_all(laws=[LAWS["never-ssm-user"], LAWS["off-means-ssm-user"]])

    assert (first.verdict, second.verdict) == (Verdict.UNDETERMINED, Verdict.PROVED)
    assert first.detail == "about decision: the solver failed: out of memory"


def test_an_undetermined_obligation_beside_a_refuted_one_does_not_hide_it(monkeypatch: pytest.MonkeyPatch) -> None:
    without = Specification([rule for rule in RULEBOOK if rule.id != "run-as-off"])

    assert prove(LAWS["session-was-justified"], without).verdict is Verdict.REFUTED


def test_the_time_of_the_solver_is_that_of_its_check_and_the_time_of_a_proof_all_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = [0.0]

    def taking(seconds: float, function: Callable[..., Any]) -> Callable[..., Any]:
        def takes(*arguments: Any) -> Any:
            clock[0] += seconds
            return function(*arguments)

        return takes

    monkeypatch.setattr(proving, "time", SimpleNamespace(perf_counter=lambda: clock[0]))
    monkeypatch.setattr(proving, "_rlimit_count", lambda: 0)
    monkeypatch.setattr(Obligation, "formulas", taking(100, Obligation.formulas))
    monkeypatch.setattr(z3.Solver, "check", taking(5, z3.Solver.check))
    monkeypatch.setattr(proving, "witness", taking(20, proving.witness))

    proof = prove(LAWS["never-ssm-user"])
    assert [one.solver_milliseconds for one in proof.discharged] == [5_000]
    assert proof.milliseconds == 125_000
