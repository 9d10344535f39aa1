"""Every clause of the source text is realised somewhere."""

from runas_model import CLAUSES, OPERATIONS, RULEBOOK, Operation, Rule
from runas_properties.laws import LAWS, Kind, Law, laws_of


def test_every_clause_maps_to_a_rule_an_operation_or_a_law() -> None:
    parts: list[Rule | Operation | Law] = [*RULEBOOK, *OPERATIONS.values(), *LAWS.values()]
    realised = {clause for part in parts for clause in part.clauses}

    assert set(CLAUSES) == realised


def test_every_rule_and_every_law_of_the_decision_speaks_for_a_clause() -> None:
    assert all(rule.clauses for rule in RULEBOOK)
    assert all(law.clauses for law in laws_of(Kind.DECISION, Kind.COMPARISON))


def test_the_clauses_are_c1_to_c16() -> None:
    assert [f"C{number}" for number in range(1, 17)] == list(CLAUSES)
