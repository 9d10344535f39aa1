"""The compiled decision: the rulebook's on every combination of facts, and asking for no more of them."""

from runas_model import DEFAULT, RULEBOOK, Situation, all_readings, decide, decide_by, situation
from runas_model.facts.compiled import compile_rules
from thinned import slow


@slow
def test_the_compiled_decision_equals_the_rulebook_on_every_combination_of_facts(
    every_situation: list[Situation],
) -> None:
    by_rules = decide_by(RULEBOOK)

    seen = {decide(s, r).rule for s in every_situation for r in all_readings()}
    differing = [(s, r) for s in every_situation for r in all_readings() if decide(s, r) != by_rules(s, r)]

    assert differing == []
    assert {rule.id for rule in RULEBOOK} == seen


def test_the_compiled_decision_asks_for_no_fact_that_cannot_matter() -> None:
    class Closed:
        def __getattr__(self, name: str) -> None:
            raise AssertionError(f"asked the reading for {name}")

    class Ordinary:
        def __getattr__(self, name: str) -> object:
            assert name not in ("macos", "blank_tag", "tag_key"), f"asked the reading for {name}"
            return getattr(DEFAULT, name)

    assert decide(situation(run_as_enabled=False), Closed()).rule == "run-as-off"
    assert decide(situation(run_as_enabled=True, tag="ghost"), Closed()).rule == "tag-user-missing"
    assert decide(situation(run_as_enabled=True, tag="ops", users=["ops"]), Ordinary()).os_user == "ops"


def test_compiling_other_rules_gives_another_decision() -> None:
    without = [rule for rule in RULEBOOK if rule.id != "tag-user-missing"]
    s = situation(run_as_enabled=True, tag="ghost", default_user="ops", users=["ops"])

    assert compile_rules(without)(s, DEFAULT).os_user == "ops"
