"""Where the text contradicts itself: what would change is what the solver and the vectors say."""

import pytest
from attrs import evolve

from runas_model import RULEBOOK, Specification
from runas_model.specification.readings import CONTRADICTIONS
from runas_properties.laws import LAWS, decisions
from runas_solver.proofs import Verdict, prove_all
from spec_site.contradictions_page import contradictions, vectors_that_would_change
from thinned import slow


@slow
def test_the_laws_named_are_those_that_are_refuted_where_the_rules_are_without_the_settling_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = contradictions()
    for one in CONTRADICTIONS:
        rules = [rule for rule in RULEBOOK if rule.id not in one.decided_by]
        monkeypatch.setattr(decisions, "RULEBOOK", rules)
        proofs = prove_all(evolve(Specification(), rules=rules))
        refuted = [proof.law.id for proof in proofs if proof.verdict is Verdict.REFUTED]
        monkeypatch.undo()

        section = text.partition(f"(contradiction-{one.id})=")[2].partition("\n(contradiction-")[0]
        named = [law for law in LAWS if f"(#law-{law})" in section]
        assert refuted == named != []


def test_vectors_that_would_change_are_decided_by_the_settling_rule() -> None:
    for one in CONTRADICTIONS:
        assert len(vectors_that_would_change(one.decided_by)) > 50
