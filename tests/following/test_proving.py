"""What is proved, refuted or neither: never a wrong proof, and never a wrong refutation."""

import importlib
from typing import Any

import pytest

from following.correct import CORRECT, Decides
from following.differing import DIFFERENT, HIDDEN
from runas_model import DEFAULT, Reading, all_readings
from runas_model.specification.nouns import Noun
from runas_model.specification.readings import name_of, reading_named
from runas_properties.conformance.protocol.results import accepts
from runas_properties.conformance.targets.adapters import Stepwise
from runas_properties.conformance.targets.target import CaseError, PythonTarget
from runas_properties.conformance.vectors.expectations import accepted_results
from runas_properties.conformance.vectors.vector import readings_when, vectors
from runas_properties.following import Ending, Verdict, prove
from runas_properties.following.limits import Limits
from runas_properties.gallery.implementations import FAULTS
from runas_properties.implementations import DictService
from thinned import IS_DEEP, thinned

for kind in ("names", "numbers", "flow", "state", "answers", "objects", "lookup", "own_code", "a_global"):
    importlib.import_module(f"following.differing_by_{kind}")

NEVER_REFUTED = {
    *("class_of_the_name", "name_of_the_class", "asks_for_attributes", "by_its_own_source", "by_what_is_there"),
    *("by_time", "by_chance", "by_environment", "by_the_caller", "in_a_thread", "is_cached", "prints"),
    *("counts_calls", "counts_calls_by_next", "counts_in_a_closure", "counts_in_a_table", "counts_on_itself"),
    *("remembers", "remembers_in_a_default", "keeps", "by_a_property", "by_a_descriptor", "other_names_of_ids"),
    *("one_object", "by_length", "by_arithmetic", "by_users_in_a_row", "no_source"),
    *HIDDEN,
}
"""Those that are right in all that is tried: they are at fault at another time, or for names that nothing hints at."""

ASKED = len(vectors("decision"))
"""Questions that are asked before what cannot be followed."""

OS_USERS = 5 if IS_DEEP else 3
"""The longest list of OS users that is followed here."""
BY_CHANCE = {"order_of_a_set"}
"""Those that are refuted in some processes and not in others."""


def target_of(function: Decides, name: str = "it") -> PythonTarget:
    return PythonTarget(lambda: function, name)


def is_wrong(function: Decides, verdict: Verdict) -> bool:
    """Whether the function really answers the counterexample as the specification does not."""
    assert verdict.vector is not None
    accepted = accepted_results(verdict.vector.steps, reading_named(verdict.reading))
    try:
        (result,) = target_of(function).run("it", verdict.vector.steps)
    except CaseError:
        return True
    return result is None or not accepts(accepted[0], result)


@pytest.mark.parametrize("name", thinned(CORRECT, 3))
def test_a_decision_that_is_right_is_proved_however_it_is_written(name: str) -> None:
    function, reading = CORRECT[name]
    verdict = prove(target_of(function), limits=Limits(os_users=OS_USERS - 1))

    assert verdict.ending is Ending.PROVED, f"{verdict.why} ({verdict.place})"
    assert verdict.reading == name_of(reading_named(reading))
    assert verdict.paths > 40
    assert verdict.assumed


@pytest.mark.filterwarnings("ignore:coroutine 'later' was never awaited", "ignore:Exception ignored in")
@pytest.mark.parametrize("name", thinned(DIFFERENT, 24))
def test_what_differs_or_may_do_so_is_never_proved(name: str) -> None:
    verdict = prove(target_of(DIFFERENT[name]), limits=Limits(os_users=OS_USERS))

    assert verdict.ending is not Ending.PROVED
    assert name in BY_CHANCE or (verdict.ending is Ending.NOT_PROVABLE) == (name in NEVER_REFUTED), verdict
    if verdict.ending is Ending.REFUTED:
        assert is_wrong(DIFFERENT[name], verdict)
    else:
        assert verdict.place is not None
        assert verdict.why


@pytest.mark.parametrize("name", CORRECT)
def test_a_decision_that_follows_another_reading_is_refuted_under_this_one(name: str) -> None:
    function, reading = CORRECT[name]
    other = next(one for one in all_readings() if one != reading_named(reading))
    verdict = prove(target_of(function), other)

    assert (verdict.ending, verdict.given) == (Ending.REFUTED, True)
    assert is_wrong(function, verdict)


@pytest.mark.parametrize("fault", thinned(FAULTS.values(), 150, 8), ids=lambda fault: fault.id)
def test_a_faulty_implementation_is_refuted(fault: Any) -> None:
    reading = fault.readings[0]
    verdict = prove(PythonTarget(lambda: Stepwise(fault.make(reading), tuple(Noun)), fault.id), reading)

    assert verdict.ending is Ending.REFUTED
    assert verdict.vector is not None
    assert verdict.vector.id == verdict.id or verdict.vector.level == "decision"


def test_a_machine_that_is_right_is_not_provable_since_it_keeps_a_state() -> None:
    verdict = prove(PythonTarget(lambda: Stepwise(DictService(DEFAULT)), "it"))

    assert (verdict.ending, verdict.reading) == (Ending.NOT_PROVABLE, "default")
    assert "apply(step)" in verdict.why


def test_the_counterexample_is_as_short_as_it_can_be() -> None:
    verdict = prove(target_of(DIFFERENT["a_back_door"]))

    assert verdict.vector is not None
    (question,) = verdict.vector.steps
    assert (question["os_users"], question["tag"], question["default_user"]) == ([], "mallory", None)
    assert "expected: started as 'ssm-user'\n  got:      refused" in verdict.story


def test_where_it_left_what_can_be_followed_is_told_by_file_and_line() -> None:
    verdict = prove(target_of(DIFFERENT["by_length"]))

    assert verdict.place is not None
    assert verdict.place.file.endswith("differing_by_names.py")
    with open(verdict.place.file) as file:
        assert "len(q[" in file.read().splitlines()[verdict.place.line - 1]
    assert "the length of a name" in verdict.why


def test_the_limits_are_kept_and_told() -> None:
    function = CORRECT["chain_of_ifs"][0]

    assert prove(target_of(function), limits=Limits(os_users=2)).os_users == 2
    assert "more than 20 paths" in prove(target_of(function), limits=Limits(paths=20)).why
    assert "takes longer than" in prove(target_of(function), limits=Limits(seconds=1e-9)).why


@pytest.mark.parametrize("right", [1, ASKED, ASKED + 500])
def test_an_answer_that_changes_from_call_to_call_is_told(right: int) -> None:
    calls = iter(range(10**6))
    verdict = prove(target_of(lambda q: CORRECT["chain_of_ifs"][0](q) if next(calls) < right else "somebody"))

    assert verdict.ending is not Ending.PROVED
    assert ("in two ways" in verdict.why) == (right >= ASKED)


def test_a_wrong_answer_that_is_not_given_again_is_told() -> None:
    calls = iter(range(10**6))
    verdict = prove(target_of(lambda q: CORRECT["chain_of_ifs"][0](q) if next(calls) != 700 else "somebody"))

    assert verdict.ending is Ending.NOT_PROVABLE
    assert "in two ways" in verdict.why


def test_no_two_readings_accept_the_same_answers_to_all_vectors() -> None:
    """So that at most one is left when all are answered."""
    told: dict[Reading, list[Any]] = {reading: [] for reading in all_readings()}
    for vector in vectors("decision"):
        for under in vector.accepted:
            (answer,) = under.results
            for reading in readings_when(tuple(under.when.items())):
                told[reading].append((answer.started_as, answer.refused))

    assert {len(answers) for answers in told.values()} == {ASKED}
    assert len(set(map(tuple, told.values()))) == len(all_readings()) == 24
