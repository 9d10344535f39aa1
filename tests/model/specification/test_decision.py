"""The decision, rule by rule and on every combination of facts."""

from itertools import product
from typing import Any

import attrs
import pytest

from runas_model import (
    AGENT,
    DEFAULT,
    DOCS_2023,
    RULEBOOK,
    OsUser,
    Platform,
    Reading,
    Reason,
    Situation,
    all_readings,
    decide,
    decide_by,
    explain,
    situation,
)
from runas_model.facts.compiled import compile_rules
from runas_model.facts.explanation import CONDITIONS, known_facts
from runas_model.facts.formulas import FACTS, READING, SITUATION, atoms, phrases_that_decide, value
from runas_model.stories.situations import outcome, tell

USERS = ["alice", "ops", ("root", 0, 0), ("gidzero", 2004, 0), "ssm-user"]


@pytest.mark.parametrize(
    ("rule", "os_user", "facts", "reading"),
    [
        ("platform-not-covered", "ssm-user", {"platform": Platform.WINDOWS, "tag": "alice"}, DEFAULT),
        ("platform-not-covered", "ssm-user", {"platform": Platform.MACOS, "tag": "alice"}, DEFAULT),
        ("tag-user-exists", "alice", {"platform": Platform.MACOS, "tag": "alice"}, AGENT),
        ("run-as-off", "ssm-user", {"run_as_enabled": False, "tag": "alice"}, DEFAULT),
        ("tag-names-ssm-user", None, {"tag": "ssm-user", "default_user": "ops"}, DEFAULT),
        ("tag-names-superuser", None, {"tag": "root", "default_user": "ops"}, AGENT),
        ("tag-names-superuser", None, {"tag": "gidzero"}, DOCS_2023),
        ("tag-user-exists", "root", {"tag": "root"}, DEFAULT),
        ("tag-user-exists", "alice", {"tag": "alice", "default_user": "ops"}, DEFAULT),
        ("tag-user-missing", None, {"tag": "ghost", "default_user": "ops"}, DEFAULT),
        ("tag-user-missing", None, {"tag": "  ", "default_user": "ops"}, DEFAULT),
        ("default-user-exists", "ops", {"tag": "  ", "default_user": "ops"}, AGENT),
        ("default-names-ssm-user", None, {"default_user": "ssm-user"}, DEFAULT),
        ("default-names-superuser", None, {"default_user": "root"}, AGENT),
        ("default-user-exists", "ops", {"default_user": "ops"}, DEFAULT),
        ("default-user-missing", None, {"default_user": "2001"}, DEFAULT),
        ("nobody-named", None, {"default_user": "  "}, DEFAULT),
        ("nobody-named", None, {"tag": "", "default_user": None}, AGENT),
    ],
)
def test_each_rule_decides_its_situations(
    rule: str, os_user: str | None, facts: dict[str, Any], reading: Reading
) -> None:
    s = situation(**{"run_as_enabled": True, "users": USERS, **facts})
    decision = decide(s, reading)

    assert (rule, os_user) == (decision.rule, decision.os_user), f"{tell(s, decision)} by {decision.rule}"
    assert decision.starts is (os_user is not None)
    assert (decision.reason is None) is decision.starts


def test_a_missing_tag_user_is_refused_even_if_the_default_exists() -> None:
    decision = decide(situation(run_as_enabled=True, tag="ghost", default_user="ops", users=["ops"]))

    assert not decision.starts
    assert Reason.OS_USER_MISSING is decision.reason


def every_situation() -> list[Situation]:
    """One situation for each combination of facts that the rules ask for, and impossible ones left out."""
    names = [None, "", " ", "alice", "ssm-user"]
    records = [None, (7, 7), (0, 7), (7, 0)]
    found = []
    for platform, on, tag, default, tag_user, default_user in product(
        Platform, (True, False), names, [None, " ", "ops", "ssm-user", "alice"], records, records
    ):
        users = {}
        if default and default.strip() and default_user:
            users[default] = default_user
        if tag and tag.strip() and tag_user:
            users[tag] = tag_user
        triples = [(name, *ids) for name, ids in users.items()]
        found.append(situation(run_as_enabled=on, tag=tag, default_user=default, users=triples, platform=platform))
    return found


def test_the_compiled_decision_equals_the_rulebook_on_every_combination_of_facts() -> None:
    by_rules = decide_by(RULEBOOK)
    situations = every_situation()

    seen = {decide(s, r).rule for s in situations for r in all_readings()}
    differing = [(s, r) for s in situations for r in all_readings() if decide(s, r) != by_rules(s, r)]

    assert differing == []
    assert {rule.id for rule in RULEBOOK} == seen


def test_the_compiled_decision_asks_for_no_fact_that_cannot_matter() -> None:
    class Closed:
        def __getattr__(self, name: str) -> None:
            raise AssertionError(f"asked the reading for {name}")

    ordinary = attrs.evolve(DEFAULT, blank_tag=None, macos=None)

    assert decide(situation(run_as_enabled=False), Closed()).rule == "run-as-off"
    assert decide(situation(run_as_enabled=True, tag="ssm-user"), Closed()).rule == "tag-names-ssm-user"
    assert decide(situation(run_as_enabled=True, tag="ops", users=["ops"]), ordinary).os_user == "ops"


def test_compiling_other_rules_gives_another_decision() -> None:
    without = [rule for rule in RULEBOOK if rule.id != "tag-user-missing"]
    s = situation(run_as_enabled=True, tag="ghost", default_user="ops", users=["ops"])

    assert compile_rules(without)(s, DEFAULT).os_user == "ops"


def test_every_fact_that_the_rules_ask_for_can_be_told_and_no_other() -> None:
    asked = {atom for rule in RULEBOOK for atom in atoms(rule.when(SITUATION, READING))}

    assert asked == set(FACTS)


def test_the_explanation_agrees_with_the_decision_everywhere() -> None:
    for s in every_situation()[::7]:
        for r in all_readings():
            explanation = explain(s, r)
            known = known_facts(s, r)
            assert decide(s, r) == explanation.decision
            assert explanation.rule.id == explanation.decision.rule
            assert all(value(CONDITIONS[step.rule.id], known) is False for step in explanation.passed_over)
            assert all(step.because for step in explanation.passed_over)


def test_an_explanation_names_the_rules_passed_over_and_the_clauses_that_speak() -> None:
    explanation = explain(situation(run_as_enabled=True, tag="ghost", default_user="ops", users=["ops"]))

    assert [step.rule.id for step in explanation.passed_over[:2]] == ["platform-not-covered", "run-as-off"]
    assert explanation.passed_over[1].because == ("Run As is on",)
    assert explanation.passed_over[-1].because == ('"ghost" is not on the instance',)
    assert [clause.id for clause in explanation.clauses] == ["C3", "C8"]


def test_a_truth_without_a_condition_needs_no_phrases() -> None:
    assert phrases_that_decide(True, {}) == []


def test_a_story_says_only_what_matters() -> None:
    s = situation(run_as_enabled=True, tag="alice", default_user="ops", users=[("ops", 0, 0)], platform=Platform.MACOS)

    assert tell(s, decide(s, AGENT)) == (
        "Run As on, macos, tagged alice, default ops, alice is not on the instance, "
        "ops is on the instance with uid 0: refused (os-user-missing)"
    )


def test_an_os_user_record_compares_by_its_ids() -> None:
    assert OsUser(1, 2) == OsUser(1, 2)
    assert outcome(decide(situation(run_as_enabled=False))) == "started as ssm-user"
