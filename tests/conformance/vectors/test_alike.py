"""What does not look at a point of the reading is asked once for all its choices, and answers as if asked of each."""

from functools import partial
from itertools import product

import pytest

from runas_model import AGENT, DEFAULT, Reading, all_readings
from runas_model.specification.readings import CHOICES, MacOs
from runas_properties.conformance.vectors.alike import under_each
from runas_properties.conformance.vectors.expectations import Answered, walk
from runas_properties.conformance.vectors.vector import Vector, vectors
from runas_properties.laws import LAWS, Claim, Kind, Law


def test_it_is_asked_once_for_readings_that_differ_in_nothing_it_looks_at() -> None:
    asked: list[Reading] = []

    def superuser(reading: Reading) -> str:
        asked.append(reading)
        return reading.superuser.value

    assert all(answer == reading.superuser.value for reading, answer in under_each(superuser))
    assert len(asked) == len(CHOICES["superuser"])
    assert dict(under_each(lambda _: 1)) == dict.fromkeys(all_readings(), 1)


def test_what_looks_further_under_one_choice_than_under_another_is_asked_as_often_as_it_must_be() -> None:
    def further(reading: Reading) -> object:
        return reading.tag_key if reading.macos is MacOs.COVERED else None

    found = dict(under_each(further))

    assert found == {reading: further(reading) for reading in all_readings()}


def test_only_the_readings_that_are_given_are_asked() -> None:
    assert list(under_each(lambda reading: reading.macos.value, [AGENT, DEFAULT])) == [
        (AGENT, "covered"),
        (DEFAULT, "not-covered"),
    ]


@pytest.mark.parametrize("level", ["decision", "service"])
def test_a_vector_is_walked_as_under_each_reading_by_itself(level: str) -> None:
    for vector in [one for one in vectors() if one.level == level][::97]:
        together = dict(under_each(partial(walked, vector)))
        assert together == {reading: walked(vector, reading) for reading in all_readings()}


def walked(vector: Vector, reading: Reading) -> list[object]:
    return [(step.accepted, step.decision, step.state) for step in walk(vector.steps, reading)]


def test_laws_say_something_of_a_decision_as_under_each_reading_by_itself() -> None:
    decided = [one for vector in vectors()[::211] for one in walk(vector.steps, DEFAULT) if one.decision]
    laws = [law for law in LAWS.values() if law.kind is Kind.DECISION]

    for law, one in product(laws, decided):
        said = partial(premise, law, one)
        assert dict(under_each(said)) == {reading: said(reading) for reading in all_readings()}


def premise(law: Law, one: Answered, reading: Reading) -> bool:
    claim: Claim = law.meaning(one.situation, one.decision, reading)
    return bool(claim.premise)
