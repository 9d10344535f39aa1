"""Formulas over facts: every fact can be told, and no phrase is needed where nothing is asked."""

from runas_model import RULEBOOK
from runas_model.facts.formulas import FACTS, READING, SITUATION, atoms, phrases_that_decide


def test_every_fact_that_the_rules_ask_for_can_be_told_and_no_other() -> None:
    asked = {atom for rule in RULEBOOK for atom in atoms(rule.when(SITUATION, READING))}

    assert asked == set(FACTS)


def test_a_truth_without_a_condition_needs_no_phrases() -> None:
    assert phrases_that_decide(True, {}) == []
