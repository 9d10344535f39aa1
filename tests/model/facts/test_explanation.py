"""The explanation: the decision's own rule, what was passed over and why, and the clauses that speak."""

import pytest

from runas_model import Situation, all_readings, decide, explain, situation
from runas_model.facts.explanation import CONDITIONS, known_facts
from runas_model.facts.formulas import value
from thinned import slow


@pytest.mark.parametrize("step", [67, pytest.param(7, marks=slow)])
def test_the_explanation_agrees_with_the_decision_everywhere(every_situation: list[Situation], step: int) -> None:
    for s in every_situation[::step]:
        for r in all_readings():
            explanation = explain(s, r)
            known = known_facts(s, r)
            assert decide(s, r) == explanation.decision
            assert explanation.rule.id == explanation.decision.rule
            assert all(value(CONDITIONS[step.rule.id], known) is False for step in explanation.passed_over)
            assert all(step.because for step in explanation.passed_over)


def test_an_explanation_names_the_rules_passed_over_and_the_clauses_that_speak() -> None:
    explanation = explain(situation(run_as_enabled=True, tag="ghost", default_user="ops", users=["ops"]))

    assert [step.rule.id for step in explanation.passed_over[:3]] == [
        "preferences-unreadable",
        "platform-not-covered",
        "run-as-off",
    ]
    assert explanation.passed_over[2].because == ("Run As is on",)
    assert explanation.passed_over[-1].because == ('"ghost" is not on the instance',)
    assert [clause.id for clause in explanation.clauses] == ["C3", "C8"]
