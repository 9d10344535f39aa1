"""The proofs: every law holds under every reading, is not vacuous, and fails when the rules are wrong."""

import os
import subprocess
import sys
from typing import Any

import attrs
import pytest
import z3

from runas_model import RULEBOOK, RUN_AS_TAG, Reading, State, Superuser, decide_by
from runas_model.connectives import any_of, implies, not_
from runas_model.operations import Step, tag_principal
from runas_model.rulebook import Rule, start_as_default, start_as_ssm_user
from runas_model.tables import PairTable, Table
from runas_model.vocabulary import (
    Decision,
    Instance,
    Name,
    OsUser,
    Platform,
    PosixId,
    Principal,
    Session,
    Situation,
    TagKey,
)
from runas_properties.laws import LAWS, Claim, Law
from runas_solver.decoding import Decoder
from runas_solver.proofs import Proof, _replay, prove, prove_all
from runas_solver.universe import Universe, formula, ground_terms

INDEPENDENT = [law for law in LAWS.values() if law.id != "exactly-one-rule"]
"""The laws that do not look into the rulebook."""


@pytest.mark.parametrize("law", LAWS.values(), ids=lambda law: law.id)
def test_the_law_is_proved_under_every_reading_and_has_a_witness(law: Law) -> None:
    proof = prove(law)

    told = proof.counterexample.story if proof.counterexample else proof.detail
    assert proof.verdict == "proved", f"{law.title} Not so: {told}"
    assert proof.readings >= 8
    assert proof.witness is not None
    assert law.claim(decide_by(RULEBOOK), **proof.witness.values).premise
    assert proof.rlimit > 0


def refuted(rules: list[Rule], laws: list[Law]) -> dict[str, Proof]:
    proofs = [proof for proof in prove_all(rules, laws) if not proof.holds]
    assert all(proof.verdict == "refuted" for proof in proofs)
    return {proof.law.id: proof for proof in proofs}


@pytest.mark.parametrize("index", range(len(RULEBOOK)), ids=lambda index: RULEBOOK[index].id)
def test_dropping_a_rule_fails_a_proof_with_a_counterexample_that_is_real(index: int) -> None:
    rules = [*RULEBOOK[:index], *RULEBOOK[index + 1 :]]
    convicted = refuted(rules, list(LAWS.values()))

    assert convicted
    for proof in convicted.values():
        assert proof.counterexample is not None
        assert not proof.law.claim(decide_by(rules), **proof.counterexample.values).holds


@pytest.mark.parametrize("index", range(len(RULEBOOK) - 1), ids=lambda index: RULEBOOK[index].id)
def test_swapping_neighbouring_rules_fails_a_proof(index: int) -> None:
    rules = list(RULEBOOK)
    rules[index], rules[index + 1] = rules[index + 1], rules[index]

    assert refuted(rules, [LAWS["exactly-one-rule"]])


def test_a_tag_rule_that_is_dropped_is_told_in_the_vocabulary_of_the_model() -> None:
    rules = [rule for rule in RULEBOOK if rule.id != "tag-user-missing"]
    proof = refuted(rules, [LAWS["no-fall-through"]])["no-fall-through"]

    assert proof.counterexample is not None
    story = proof.counterexample.story
    assert "tagged alice, default ops, alice is not on the instance, ops is on the instance" in story
    assert "started as ops by default-user-exists" in story


def test_falling_back_to_ssm_user_is_convicted_by_the_first_law() -> None:
    rules = [
        attrs.evolve(rule, outcome=start_as_ssm_user) if rule.id == "tag-user-missing" else rule for rule in RULEBOOK
    ]
    convicted = refuted(rules, INDEPENDENT)

    counterexample = convicted["never-ssm-user"].counterexample

    assert {"never-ssm-user", "no-fall-through"} <= set(convicted)
    assert counterexample is not None
    assert "started as ssm-user by tag-user-missing" in counterexample.story


def faulty_rulebooks() -> list[list[Rule]]:
    """Each rule dropped, each neighbouring pair swapped, each outcome replaced."""
    books = [[*RULEBOOK[:index], *RULEBOOK[index + 1 :]] for index in range(len(RULEBOOK))]
    for index in range(len(RULEBOOK) - 1):
        swapped = list(RULEBOOK)
        swapped[index], swapped[index + 1] = swapped[index + 1], swapped[index]
        books.append(swapped)
    refusal = RULEBOOK[-1].outcome
    for index, rule in enumerate(RULEBOOK):
        for outcome in (start_as_ssm_user, start_as_default, refusal):
            books.append([*RULEBOOK[:index], attrs.evolve(rule, outcome=outcome), *RULEBOOK[index + 1 :]])
    books.append(
        [attrs.evolve(rule, when=lambda s, r: s.tag_blank) if i == 5 else rule for i, rule in enumerate(RULEBOOK)]
    )
    return books


def confuse_keys(state: State, principal: Principal, key: TagKey, value: Name) -> Step:
    """A faulty operation: whatever the key, the Run As tag is set."""
    step: Step = tag_principal(state, principal, RUN_AS_TAG, value)
    return step


def test_every_law_convicts_a_faulty_specification(monkeypatch: pytest.MonkeyPatch) -> None:
    books = [*hand_made(), *faulty_rulebooks()]
    convicting = {law.id for law in LAWS.values() if any(not prove(law, book).holds for book in books)}

    monkeypatch.setattr("runas_properties.laws.tag_principal", confuse_keys)
    if prove(LAWS["other-tags-do-not-matter"]).verdict == "refuted":
        convicting.add("other-tags-do-not-matter")

    assert set(LAWS) - convicting == set()


def hand_made() -> list[list[Rule]]:
    """Specifications that are wrong in ways that only comparisons show."""

    def changed(id: str, **fields: Any) -> list[Rule]:
        return [attrs.evolve(rule, **fields) if rule.id == id else rule for rule in RULEBOOK]

    bob = Name("bob")
    return [
        changed("tag-user-missing", when=lambda s, r: s.os_users.has(bob)),
        changed("run-as-off", when=lambda s, r: s.os_users.has(bob)),
        changed("nobody-named", outcome=start_as_ssm_user),
        changed("tag-user-missing", outcome=lambda rule, s: Decision(rule, False, s.tag, None)),
        changed("run-as-off", when=lambda s, r: any_of(not_(s.run_as_enabled), r.superuser == Superuser.REFUSED)),
        changed("run-as-off", when=lambda s, r: s.default_user == bob, outcome=RULEBOOK[-1].outcome),
    ]


def leaky_law_proof() -> Proof:
    """A law whose situation looks at the wrong tag key must fail."""
    law = LAWS["other-tags-do-not-matter"]

    def claim(decide, state, r, principal, instance, key, value):  # type: ignore[no-untyped-def]
        honest = law.claim(decide, state, r, principal, instance, key, value)
        return Claim(True, honest.conclusion)

    return prove(attrs.evolve(law, claim=claim))


def test_a_law_over_states_without_its_premise_is_refuted_by_a_state() -> None:
    proof = leaky_law_proof()

    assert proof.verdict == "refuted"
    assert proof.counterexample is not None
    assert proof.counterexample.values["key"] == "SSMSessionRunAs"


def test_a_law_whose_premise_cannot_hold_is_vacuous_and_not_proved() -> None:
    law = attrs.evolve(LAWS["never-ssm-user"], claim=lambda decide, s, r: Claim(False, False))

    assert (prove(law).verdict, prove(law).holds) == ("vacuous", False)


def test_a_proof_that_runs_out_of_its_budget_is_undetermined_and_not_proved() -> None:
    proof = prove(LAWS["readings-differ-only-where-silent"], rlimit=1)

    assert (proof.verdict, proof.holds) == ("undetermined", False)
    assert "budget of 1" in proof.detail


def test_an_example_that_the_concrete_functions_do_not_confirm_is_a_defect() -> None:
    proof = prove(LAWS["never-ssm-user"])
    assert proof.witness is not None

    with pytest.raises(AssertionError, match="do not confirm"):
        _replay(proof.law, decide_by(RULEBOOK), proof.witness, lambda claim: not claim.holds)


def test_no_obligation_has_a_quantifier() -> None:
    for law in LAWS.values():
        universe = Universe()
        values = {name: universe.fresh(kind, name) for name, kind in law.variables.items()}
        claim = law.claim(decide_by(RULEBOOK), **values)
        terms = list(ground_terms([formula(claim.premise), formula(claim.conclusion)]))
        assert terms
        assert not any(z3.is_quantifier(term) for term in terms)


def test_the_resources_used_do_not_depend_on_the_hash_seed() -> None:
    program = "from runas_solver.proofs import prove_all\nprint([(p.law.id, p.rlimit) for p in prove_all()])\n"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }

    assert len(outputs) == 1


def test_symbolic_tables_put_drop_and_choose_like_concrete_ones() -> None:
    universe = Universe()
    table = universe.fresh(PairTable[Instance, Name, OsUser], "users")
    flat = universe.fresh(Table[Session, Instance], "started")
    instance, name, session = (universe.fresh(sort, label) for sort, label in
                               ((Instance, "i"), (Name, "n"), (Session, "s")))  # fmt: skip
    user = OsUser(PosixId(1), PosixId(2))
    put = table.put((instance, name), user)
    flag = universe.fresh(bool, "flag")
    facts = [
        put.has((instance, name)),
        put[instance, name].uid == 1,
        put.under(instance).has(name),
        put.drop((instance, name)).has((instance, name)).negated(),
        put.drop_under(instance).has((instance, name)).negated(),
        flat.put(session, instance)[session] == instance,
        implies(flag, flag.choose(put, put.drop((instance, name))).has((instance, name))),
    ]  # fmt: skip
    solver = z3.SolverFor("QF_UF")
    goals = [formula(fact) for fact in facts]
    solver.add(z3.Not(z3.And(*goals)), *universe.axioms(goals))

    assert z3.unsat == solver.check()


def test_decoding_a_value_outside_an_enumeration_is_a_defect() -> None:
    universe = Universe()
    platform = universe.fresh(Platform, "p")
    solver = z3.SolverFor("QF_UF")
    solver.add(*[platform.term != universe.lift(member, Platform).term for member in Platform])
    solver.check()

    with pytest.raises(ValueError, match="none of the values of Platform"):
        Decoder(universe, solver.model(), list(solver.assertions())).decode(platform)


def test_a_situation_is_well_formed_in_the_symbolic_universe() -> None:
    s = Universe().fresh(Situation, "s")

    assert str(s.tag_blank.term) == "is-blank(s.tag)"
    assert Reading(*(None,) * 3) == Decoder.decode(Decoder.__new__(Decoder), Reading(*(None,) * 3))
