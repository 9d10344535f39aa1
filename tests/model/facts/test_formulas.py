"""Formulas over facts: every fact can be told, and no phrase is needed where nothing is asked."""

import pytest

from runas_model import DEFAULT, RULEBOOK, situation
from runas_model.facts.formulas import READING, SITUATION, atoms, phrases_that_decide
from runas_model.facts.questions import FACTS, ask, fact_of
from runas_model.universes import all_of, choose, not_


def test_every_fact_that_the_rules_ask_for_can_be_told_and_no_other() -> None:
    asked = {atom for rule in RULEBOOK for atom in atoms(rule.when(SITUATION, READING))}

    assert {fact_of(source).source for source in asked} == set(FACTS), "take out of FACTS what no rule asks for"


def test_a_truth_without_a_condition_needs_no_phrases() -> None:
    assert phrases_that_decide(True, {}) == []


def test_a_formula_is_never_branched_on_nor_made_of_what_is_no_truth() -> None:
    with pytest.raises(TypeError, match="use the connectives"):
        bool(not_(SITUATION.tagged))
    with pytest.raises(TypeError, match="'yes' is no truth"):
        all_of(SITUATION.tagged, "yes")


def test_no_table_is_asked_for_what_depends_on_another_question() -> None:
    with pytest.raises(TypeError, match="no question can be asked of"):
        SITUATION.os_users.has(choose(SITUATION.tagged, SITUATION.tag, SITUATION.default_user))


def test_a_question_about_a_name_that_reads_like_one_is_asked_as_it_is() -> None:
    (source,) = atoms(SITUATION.tag == "who is root")

    assert ask(source, situation(run_as_enabled=True, tag="who is root"), DEFAULT)
    assert not ask(source, situation(run_as_enabled=True, tag="who == root"), DEFAULT)
