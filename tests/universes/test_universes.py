"""Every universe is the concrete one, seen in another way: the same functions give the same, case by case."""

from collections import Counter
from random import Random
from types import ModuleType
from typing import Any

from runas_model import OPERATIONS
from runas_properties.laws import LAWS, Kind, laws_of
from thinned import slow
from universes import columns, concrete, facts, symbolic, unknowns, words

SEEDS = {columns: 12, concrete: 50, facts: 120, symbolic: 30, unknowns: 60, words: 45}
"""How often each universe is tried; what a case costs differs."""


def tried(universe: ModuleType) -> Counter[str]:
    """What was compared in a universe, and how often, after every check of it was made with some seeds."""
    compared: Counter[str] = universe.REACHED
    compared.clear()
    checks: list[Any] = [getattr(universe, name) for name in universe.__all__ if name.islower()]
    for number in range(SEEDS[universe]):
        for check in checks:
            check(Random(number))
    return compared


def test_columns_are_what_they_are_in_each_row() -> None:
    compared = tried(columns)

    for number, operation in enumerate(OPERATIONS):
        columns.steps(Random(number), operation, laws_of(Kind.STEP, Kind.INVARIANT)[number :: len(OPERATIONS)])
    columns.claims(Random(0), laws_of(Kind.DECISION, Kind.COMPARISON))
    assert sum(compared.values()) >= 10_000
    assert compared["explored"] >= 500
    assert compared["started"] >= 5
    laws = {law.id for law in LAWS.values() if law.kind is not Kind.INITIAL}
    assert {*OPERATIONS, *laws, "rule", "decide", "answers", "truth", "assuming", "tables", "explored"} <= set(compared)


def test_formulas_over_facts_are_what_they_are_of_a_situation() -> None:
    compared = tried(facts)

    assert sum(compared.values()) >= 2_000
    assert min(compared["truth True"], compared["truth False"]) >= 100
    assert len([label for label in compared if label.startswith("decided by")]) >= 8


@slow
def test_words_are_what_they_are_told_of() -> None:
    compared = tried(words)

    for number, law in enumerate(LAWS.values()):
        words.claims(Random(number), law)
    assert sum(compared.values()) >= 1_200
    assert {*OPERATIONS, *LAWS, "rule", "decide", "truth", "situation_of", "tables", "named"} <= set(compared)


def test_what_is_settled_of_unknown_values_is_so_and_the_rest_is_what_it_says() -> None:
    compared = tried(unknowns)

    for number in range(len(OPERATIONS)):
        unknowns.steps(Random(number), laws_of(Kind.STEP))
    assert min(compared["settled"], compared["unknown"]) >= 300


def test_tables_that_note_and_decisions_that_are_compiled_or_flat_are_as_the_plain_ones() -> None:
    compared = tried(concrete)

    assert sum(compared.values()) >= 600
    assert {"fixed", "flat", "compiled run-as-off"} <= set(compared)


def test_truths_made_up_by_chance_are_as_terms_what_they_are() -> None:
    compared = tried(symbolic)

    assert min(compared["truth True"], compared["truth False"]) >= 60
