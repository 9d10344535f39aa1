"""Generated cases: the same by the same seed, as many as there is time for, and failures made simple."""

from runas_model import AGENT
from runas_properties.conformance.judging.generated import try_cases
from runas_properties.conformance.targets.target import load


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


def test_a_question_that_fails_is_made_simple() -> None:
    tried = try_cases(load("targets_in_python:trimming"), AGENT, examples=2000)

    assert tried.failure is not None
    (asked,) = tried.failure.steps
    assert asked["tag"] != asked["tag"].strip()
    assert asked["default_user"] is None
    assert asked["platform"] == "linux"
    assert len(asked["os_users"]) <= 1
