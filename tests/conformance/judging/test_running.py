"""Judging: what a target answers is compared with what each reading accepts, and one reading gives the verdict."""

from collections.abc import Callable
from typing import Any

import pytest

from runas_model import AGENT, DEFAULT, Reading, all_readings, decide
from runas_properties.conformance.judging import KnownFailure, Observed, Verdict, followed, judge, observe
from runas_properties.conformance.protocol import situation_asked
from runas_properties.conformance.targets import PythonTarget, load
from runas_properties.conformance.vectors import Vector, vectors
from thinned import thinned

DECISIONS = vectors("decision")


def observed(decides: Callable[[Any], object], some: tuple[Vector, ...] = DECISIONS) -> list[Observed]:
    return list(observe(PythonTarget(lambda: decides, "it"), some))


def right_under(reading: Reading) -> Callable[[Any], str | None]:
    return lambda asked: decide(situation_asked(asked), reading).os_user


def answering(answer: object) -> list[Observed]:
    return observed(lambda asked: answer, DECISIONS[:1])


@pytest.mark.parametrize("reading", thinned(all_readings(), 6), ids=str)
def test_one_that_is_right_under_a_reading_passes_under_it_and_is_found_to_follow_it(reading: Reading) -> None:
    seen = observed(right_under(reading))

    assert followed(seen) == reading
    assert {one.verdict for one in judge(seen, reading, {})} == {Verdict.PASSED}


def test_it_fails_under_another_reading_only_where_the_two_differ() -> None:
    failed = [one for one in judge(observed(right_under(AGENT)), DEFAULT, {}) if not one.verdict.conforms]

    assert failed
    assert {one.verdict for one in failed} == {Verdict.FAILED}
    assert all(one.vector.under(AGENT).results != one.vector.under(DEFAULT).results for one in failed)


def test_a_case_without_an_answer_follows_no_reading_and_has_errored() -> None:
    seen = answering(object())

    assert [(one.follows, one.results, bool(one.error)) for one in seen] == [(frozenset(), (), True)]
    assert [one.verdict for one in judge(seen, DEFAULT, {})] == [Verdict.ERRORED]


def test_a_case_that_is_skipped_conforms_but_has_not_passed() -> None:
    (one,) = judge(answering({"skipped": "not yet", "issue": "https://issues.invalid/1"}), DEFAULT, {})

    assert (one.verdict, one.verdict.conforms) == (Verdict.SKIPPED, True)
    assert one.observed.skipped == ("not yet", "https://issues.invalid/1")


@pytest.mark.parametrize(
    ("answers", "verdict", "conforms"),
    [(right_under(DEFAULT), Verdict.FIXED, False), (lambda asked: "nobody at all", Verdict.KNOWN, True)],
)
def test_a_failure_that_is_listed_is_known_until_it_passes(
    answers: Callable[[Any], str | None], verdict: Verdict, conforms: bool
) -> None:
    vector = DECISIONS[0]
    known = {vector.id: KnownFailure(vector.id, "we trim", "https://issues.invalid/1")}

    (one,) = judge(observed(answers, (vector,)), DEFAULT, known)

    assert (one.verdict, one.verdict.conforms) == (verdict, conforms)


@pytest.mark.parametrize("name", ["correct", "decision"])
def test_the_reading_found_is_the_one_followed(name: str) -> None:
    target = load(f"targets_in_python:{name}")

    assert followed(list(observe(target, vectors()))) == AGENT
