"""Every clause of the source text is realised somewhere."""

from runas_model import CLAUSES, OPERATIONS, RULEBOOK, Operation, Rule
from runas_properties.laws import LAWS, Law


def test_every_clause_maps_to_a_rule_an_operation_or_a_law() -> None:
    parts: list[Rule | Operation | Law] = [*RULEBOOK, *OPERATIONS.values(), *LAWS.values()]
    realised = {clause for part in parts for clause in part.clauses}

    assert set(CLAUSES) == realised


def test_every_rule_and_every_law_speaks_for_a_clause() -> None:
    parts: list[Rule | Law] = [*RULEBOOK, *LAWS.values()]

    assert all(part.clauses for part in parts)


def test_the_clauses_are_c1_to_c16() -> None:
    assert [f"C{number}" for number in range(1, 17)] == list(CLAUSES)
