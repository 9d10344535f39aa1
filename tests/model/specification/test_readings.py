"""The readings: three have a name of their own, and every one can be named."""

import re
from math import prod

import pytest

from runas_model import PROFILES, Reading, all_readings
from runas_model.specification import CLAUSES, CONTRADICTIONS, ORIGINS, RULES, Contradiction
from runas_model.specification.clauses import Says
from runas_model.specification.readings import CHOICES, name_of, reading_named


def test_the_profiles_are_the_three_of_the_design() -> None:
    assert list(PROFILES) == ["default", "agent", "docs-2023"]


def test_the_readings_are_all_combinations_of_choices() -> None:
    assert len(all_readings()) == len(set(all_readings())) == prod(map(len, CHOICES.values()))


def test_every_profile_says_what_it_was_taken_from_and_when() -> None:
    assert list(ORIGINS) == list(PROFILES)
    assert all(origin.text and re.search(r"\b20\d\d\b", origin.date) for origin in ORIGINS.values())


@pytest.mark.parametrize("contradiction", CONTRADICTIONS, ids=lambda one: one.id)
def test_a_contradiction_is_between_clauses_of_which_one_starts_and_one_refuses(contradiction: Contradiction) -> None:
    assert {CLAUSES[id].says for id in contradiction.clauses} == {Says.STARTS, Says.REFUSES}
    assert contradiction.settled_for in contradiction.clauses
    for rule in contradiction.decided_by:
        assert contradiction.settled_for in RULES[rule].clauses


@pytest.mark.parametrize("reading", all_readings(), ids=name_of)
def test_the_name_of_a_reading_is_read_as_that_reading(reading: Reading) -> None:
    assert reading_named(name_of(reading)) == reading


def test_a_choice_that_is_made_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match="superuser is chosen twice in 'default,superuser=refused,superuser=ordinary'"):
        reading_named("default,superuser=refused,superuser=ordinary")
