"""Generated cases: the same by the same seed, as many as there is time for, and failures made simple."""

from typing import Any

import msgspec

from runas_model import AGENT
from runas_model.specification.nouns import Noun
from runas_properties.conformance.judging.generated import try_cases
from runas_properties.conformance.protocol.cases import Decide, needs_of
from runas_properties.conformance.targets.adapters import Stepwise
from runas_properties.conformance.targets.target import PythonTarget, load
from runas_properties.gallery.implementations import FAULTS
from runas_properties.implementations import DictService
from thinned import slow


def test_the_same_seed_makes_the_same_cases() -> None:
    target = load("targets_in_python:trimming")
    one, other = (try_cases(target, AGENT, number=7, examples=2000) for _ in range(2))

    assert one.failure is not None
    assert other.failure is not None
    assert (one.cases, one.failure.steps) == (other.cases, other.failure.steps)


def test_generated_cases_may_be_bounded_by_time() -> None:
    tried = try_cases(load("targets_in_python:decision"), AGENT, seconds=0.3)

    assert tried.failure is None
    assert tried.cases > 0
    assert 0.3 <= tried.seconds < 30


def test_one_case_is_tried_however_short_the_time() -> None:
    assert try_cases(load("targets_in_python:decision"), AGENT, seconds=1e-9).cases == 1


def test_a_question_that_fails_is_made_simple() -> None:
    tried = try_cases(load("targets_in_python:trimming"), AGENT, examples=2000)

    assert tried.failure is not None
    (asked,) = tried.failure.steps
    assert asked["tag"] != asked["tag"].strip()
    assert asked["default_user"] is None
    assert asked["platform"] == "linux"
    assert len(asked["os_users"]) <= 1


@slow
def test_a_question_made_simple_is_still_one_that_the_protocol_has() -> None:
    keys = set()

    def always_named(asked: Any) -> str:
        question = msgspec.convert({name: asked[name] for name in Decide.__struct_fields__}, Decide)
        keys.add((question.tag is None, question.tag_key is None))
        return "nobody-at-all"

    target = PythonTarget(lambda: always_named, "named")
    for number in range(20):
        tried = try_cases(target, AGENT, number=number, examples=1)
        assert tried.failure is not None
        assert tried.failure.error == ""
        assert tried.failure.steps[0]["tag"] is None
    assert keys == {(True, True), (False, False)}


def test_a_failure_that_no_noun_causes_is_made_to_speak_of_none() -> None:
    target = PythonTarget(lambda: Stepwise(FAULTS["caches-decisions"].make(AGENT), tuple(Noun)), "caching")
    tried = try_cases(target, AGENT, number=1, examples=500)

    assert tried.failure is not None
    assert needs_of(tried.failure.steps) == ()


class TakesAnyParameter(DictService):
    def declares(self, instance: str) -> bool:
        return True


def test_a_failure_that_a_parameter_causes_is_made_to_give_it_once_and_to_speak_of_nothing_else() -> None:
    target = PythonTarget(lambda: Stepwise(TakesAnyParameter(AGENT), tuple(Noun)), "any")
    tried = try_cases(target, AGENT, number=1, examples=500)

    assert tried.failure is not None
    assert needs_of(tried.failure.steps) == (Noun.PARAMETERS,)
    assert [step["operation"] for step in tried.failure.steps if "parameter" in step] == ["start_session"]
