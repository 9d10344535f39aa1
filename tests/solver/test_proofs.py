"""The proofs: every law holds under every reading, is not vacuous, and fails when the specification is wrong."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import attrs
import pytest
import z3

from runas_model import RULEBOOK, Specification, Transition
from runas_model.specification.vocabulary import FoldedKey, Instance, Name, PosixId, Principal
from runas_properties.explorer.reach import reached
from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_properties.laws import LAWS, Claim, Law
from runas_properties.laws.parts import untags
from runas_solver import asking
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
    assert reached(law, proof.witness) is not None


def test_a_law_whose_premise_cannot_hold_is_vacuous_and_not_proved() -> None:
    law = attrs.evolve(LAWS["never-ssm-user"], claim=lambda by, s, r: Claim(False, False))

    assert (prove(law).verdict, prove(law).holds) == (Verdict.VACUOUS, False)


def test_a_law_without_a_kept_trace_is_vacuous_and_says_how_to_make_one() -> None:
    proof = prove(attrs.evolve(LAWS["never-ssm-user"], id="new-law"))

    assert proof.verdict is Verdict.VACUOUS
    assert "make renew" in proof.detail
    assert proof.witness is None


def test_a_law_that_no_invariant_helps_is_refuted_by_a_state() -> None:
    law = LAWS["other-tags-do-not-matter"]

    def claim(by, state, r, asked, key, value):  # type: ignore[no-untyped-def]
        honest = law.claim(by, state, r, asked, key, value)
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

    for module in (proving, asking):
        monkeypatch.setattr(module, "time", SimpleNamespace(perf_counter=lambda: clock[0]))
    monkeypatch.setattr(asking, "_rlimit_count", lambda: 0)
    monkeypatch.setattr(Obligation, "formulas", taking(100, Obligation.formulas))
    monkeypatch.setattr(z3.Solver, "check", taking(5, z3.Solver.check))
    monkeypatch.setattr(proving, "witness", taking(20, proving.witness))

    proof = prove(LAWS["never-ssm-user"])
    assert [one.solver_milliseconds for one in proof.discharged] == [5_000]
    assert proof.milliseconds == 125_000


def test_a_proof_from_an_invariant_that_does_not_hold_is_conditional_and_names_it() -> None:
    faulty = FAULTY_SPECIFICATIONS["tagging-uses-up-a-session-id"].specification
    proofs = {
        law: prove(LAWS[law], faulty) for law in ("settings-leave-sessions-alone", "running-sessions-were-started")
    }

    proof = proofs["settings-leave-sessions-alone"]
    assert proofs["running-sessions-were-started"].verdict is Verdict.REFUTED
    assert (proof.verdict, proof.holds) == (Verdict.CONDITIONAL, False)
    assert proof.detail == "about start_session: proved only from what does not hold, running-sessions-were-started"


def test_a_proof_that_does_not_need_the_invariant_that_fell_is_a_proof() -> None:
    faulty = FAULTY_SPECIFICATIONS["tagging-uses-up-a-session-id"].specification

    assert prove(LAWS["documents-change-only-as-asked"], faulty).verdict is Verdict.PROVED


def what_is_gone_reads_as_nothing(t: Transition, principal: Principal, key: FoldedKey) -> Claim:
    return Claim(untags(t, principal, key), t.after.tags[principal, key].value == "")


def what_is_gone_reads_as_before(t: Transition, principal: Principal, key: FoldedKey) -> Claim:
    return Claim(untags(t, principal, key), t.after.tags[principal, key].value == t.before.tags[principal, key].value)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [(what_is_gone_reads_as_nothing, Verdict.PROVED), (what_is_gone_reads_as_before, Verdict.REFUTED)],
)
def test_a_table_reads_its_default_where_it_holds_nothing(claim: Callable[..., Claim], verdict: Verdict) -> None:
    variables: dict[str, type] = {"principal": Principal, "key": FoldedKey}
    law = attrs.evolve(LAWS["untagging-restores-the-default"], claim=claim, variables=variables)

    assert prove(law).verdict is verdict


def nobody_has_uid_minus_one(t: Transition, instance: Instance, name: Name) -> Claim:
    at = (instance, name)
    return Claim(t.did("delete_os_user", instance=instance, name=name), t.after.os_users[at].uid == PosixId(-1))


def test_what_a_table_reads_is_what_the_specifications_own_initial_state_says() -> None:
    law = attrs.evolve(LAWS["os-users-change-only-as-asked"], claim=nobody_has_uid_minus_one)
    faulty = FAULTY_SPECIFICATIONS["nobody-is-root-at-first"].specification

    assert prove(law, faulty).verdict is Verdict.REFUTED
    assert prove(law).verdict is not Verdict.REFUTED
