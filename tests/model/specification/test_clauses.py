"""Every clause has a source, and is realised somewhere or said to be outside the model; rules cite what they decide."""

import re
from collections.abc import Collection, Iterable
from functools import cache
from itertools import product

import attrs
import pytest

from runas_model import (
    AGENT,
    CLAUSES,
    DEFAULT,
    DOCS_2023,
    OPERATIONS,
    RULEBOOK,
    Operation,
    Rule,
    Situation,
    decide,
    explain,
    situation,
)
from runas_model.facts.classes import situation_classes
from runas_model.facts.formulas import SITUATION
from runas_model.specification.clauses import Says
from runas_model.specification.readings import SAID_BY, Reading, all_readings, counts_under
from runas_model.specification.vocabulary import RuleId
from runas_properties.laws import LAWS, Kind, Law, laws_of


def realised() -> Collection[str]:
    parts: list[Rule | Operation | Law] = [*RULEBOOK, *OPERATIONS.values(), *LAWS.values()]
    return {clause for part in parts for clause in part.clauses} | {*SAID_BY.values()}


def test_every_clause_maps_to_a_rule_an_operation_or_a_law_or_says_why_it_is_outside_the_model() -> None:
    assert {id for id, clause in CLAUSES.items() if not clause.outside} == realised()


def test_every_rule_and_every_law_of_the_decision_speaks_for_a_clause() -> None:
    assert all(rule.clauses for rule in RULEBOOK)
    assert all(law.clauses for law in laws_of(Kind.DECISION, Kind.COMPARISON))


def test_the_clauses_are_those_of_the_source_text_and_those_of_later_documents() -> None:
    assert list(CLAUSES) == [*(f"C{number}" for number in range(1, 17)), *(f"D{number}" for number in range(1, 15))]
    source_text = CLAUSES["C1"].source
    assert {clause.source for id, clause in CLAUSES.items() if id.startswith("C")} == {source_text}
    assert source_text not in {clause.source for id, clause in CLAUSES.items() if id.startswith("D")}


def test_every_source_has_a_title_a_date_and_an_address() -> None:
    for source in {clause.source for clause in CLAUSES.values()}:
        assert source.title
        assert source.date == "undated" or re.search(r"\b20\d\d\b", source.date), source
        assert source.address.startswith("https://"), source


@cache
def decided() -> dict[RuleId, list[tuple[Situation, Reading]]]:
    """The examples with the readings, by the rule that decides."""
    found: dict[RuleId, list[tuple[Situation, Reading]]] = {}
    for reading, s in product(all_readings(), examples()):
        found.setdefault(decide(s, reading).rule, []).append((s, reading))
    return found


def against_its_clauses(rule: Rule, reading: Reading | None = None) -> str | None:
    """What is wrong between a rule's outcome and what its clauses, or those that count, say; None if nothing is."""
    outcome = Says.STARTS if rule.outcome(rule.id, SITUATION).starts else Says.REFUSES
    said = {
        id: CLAUSES[id].says
        for id in rule.clauses
        if CLAUSES[id].says is not None and (reading is None or counts_under(id, reading))
    }
    against = [id for id, says in said.items() if says is not outcome]
    if against:
        return f"{rule.id} {outcome.value}, and {', '.join(against)} says otherwise"
    return None if said else f"{rule.id} {outcome.value}, and none of its clauses says so"


@pytest.mark.parametrize("rule", RULEBOOK, ids=lambda rule: rule.id)
def test_the_outcome_of_a_rule_is_what_its_clauses_say(rule: Rule) -> None:
    assert against_its_clauses(rule) is None


@pytest.mark.parametrize("rule", RULEBOOK, ids=lambda rule: rule.id)
def test_what_is_cited_under_a_reading_is_what_it_says(rule: Rule) -> None:
    decides = decided().get(rule.id)

    assert decides
    for s, reading in decides:
        cited = [clause.id for clause in explain(s, reading).clauses]
        assert against_its_clauses(attrs.evolve(rule, clauses=tuple(cited)), reading) is None
        assert all(counts_under(id, reading) for id in cited)


def test_a_clause_that_says_a_choice_is_cited_only_where_the_reading_makes_it() -> None:
    named_root = situation(run_as_enabled=True, tag="root", users=[("root", 0, 0)])
    untagged = situation(run_as_enabled=True, default_user="ops", users=["ops"])

    assert [clause.id for clause in explain(named_root, DOCS_2023).clauses] == ["C3", "D8"]
    assert [clause.id for clause in explain(named_root, AGENT).clauses] == ["C3", "D13"]
    assert "D14" not in {clause.id for clause in explain(untagged, DEFAULT).clauses}
    assert "D14" in {clause.id for clause in explain(untagged, AGENT).clauses}


def examples() -> Iterable[Situation]:
    return (one.example for one in situation_classes())


def test_a_rule_that_cites_a_clause_which_says_otherwise_is_found() -> None:
    refusing = next(rule for rule in RULEBOOK if rule.id == "tag-names-superuser")

    cites_step_1 = attrs.evolve(refusing, clauses=("C3", "C7"))
    assert against_its_clauses(cites_step_1) == "tag-names-superuser refuses, and C7 says otherwise"
    cites_nothing_that_decides = attrs.evolve(refusing, clauses=("C3",))
    assert against_its_clauses(cites_nothing_that_decides) == (
        "tag-names-superuser refuses, and none of its clauses says so"
    )
