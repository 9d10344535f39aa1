"""Nouns that an implementation offers: what it is asked, what becomes of the rest, and of a noun that it lacks."""

from typing import Any

import pytest

from conformance.speaking import EVERY, INSTANCE, NEED, VECTORS, WithoutDocuments, target_with
from runas_model import AGENT
from runas_model.specification.nouns import Noun
from runas_properties.conformance import kit
from runas_properties.conformance.judging.known import KnownFailure
from runas_properties.conformance.judging.running import Verdict, asked_of, not_offered
from runas_properties.conformance.protocol.cases import needs_of
from runas_properties.conformance.targets.adapters import Stepwise
from runas_properties.conformance.targets.target import PythonTarget, Unusable
from runas_properties.implementations import DictService


def verdicts(run: kit.Run) -> dict[str, Verdict]:
    return {case.id: case.verdict for case in run.report.cases}


@pytest.mark.parametrize("id", VECTORS)
def test_a_vector_needs_the_nouns_of_which_its_steps_speak(id: str) -> None:
    assert needs_of(VECTORS[id].steps) == VECTORS[id].needs == NEED[id]


def test_a_region_that_is_meant_anyway_needs_nothing_if_it_is_said() -> None:
    assert needs_of([{**INSTANCE, "region": "us-east-1"}]) == ()


@pytest.mark.parametrize("nouns", [(), *((noun,) for noun in Noun), tuple(Noun)])
def test_each_vector_is_asked_or_not_offered_as_its_needs_are_offered(nouns: tuple[Noun, ...]) -> None:
    target = target_with(nouns)
    asked = [id for id, needs in NEED.items() if set(needs) <= set(nouns)]

    assert [vector.id for vector in asked_of(target, EVERY)] == asked
    assert [one.vector.id for one in not_offered(target, EVERY)] == [id for id in NEED if id not in asked]
    run = kit.conform(target, EVERY, reading=AGENT)
    assert verdicts(run) == {id: Verdict.PASSED if id in asked else Verdict.NOT_OFFERED for id in NEED}
    assert (run.report.total, run.report.counted, run.report.conforms) == (len(asked), len(EVERY), True)


def test_a_target_that_answers_decisions_alone_is_not_told_of_nouns() -> None:
    target = PythonTarget(lambda: lambda asked: None, "ours")

    assert (asked_of(target, EVERY), not_offered(target, EVERY)) == ([], [])


def test_it_is_no_pass_if_nothing_is_offered() -> None:
    run = kit.conform(target_with(()), [VECTORS["both"]], reading=AGENT)

    assert not run.report.conforms
    assert run.report.total == 0


def test_a_known_failure_of_a_vector_that_is_not_offered_matches_no_case() -> None:
    known = {"both": KnownFailure("both", "Not yet.", "https://example.org/1")}
    report = kit.conform(target_with(()), EVERY, reading=AGENT, known=known).report

    assert (report.unmatched, report.conforms) == (("both",), False)


def test_a_noun_that_is_offered_and_not_there_fails() -> None:
    run = kit.conform(target_with(tuple(Noun), WithoutDocuments), EVERY, reading=AGENT)

    assert verdicts(run)["documents"] is verdicts(run)["both"] is Verdict.ERRORED
    assert not run.report.conforms


@pytest.mark.parametrize(
    ("nouns", "level", "says"),
    [
        (["regions", "users"], "service", "unknown noun 'users'; use regions, roles, documents, parameters"),
        (
            "regions, documents",
            "service",
            "unknown noun 'regions, documents'; use regions, roles, documents, parameters",
        ),
        ([7], "service", "unknown noun 7; use regions, roles, documents, parameters"),
        (3, "service", "unknown noun 3; use regions, roles, documents, parameters"),
        (["regions"], "decision", "only an implementation of the level service can offer nouns, such as regions"),
    ],
)
def test_a_noun_that_cannot_be_offered_is_told(nouns: object, level: str, says: str) -> None:
    def factory() -> Any:
        made: Any = Stepwise(DictService(AGENT)) if level == "service" else lambda asked: None
        made.nouns = nouns
        return made

    with pytest.raises(Unusable, match=says):
        PythonTarget(factory, "ours")


def test_a_noun_is_offered_by_its_name_or_as_an_argument_in_place_of_what_is_said() -> None:
    def factory() -> Stepwise:
        made = Stepwise(DictService(AGENT))
        made.nouns = ["documents"]  # type: ignore[assignment]
        return made

    assert PythonTarget(factory, "ours").about.nouns == (Noun.DOCUMENTS,)
    assert PythonTarget(factory, "ours", nouns=[Noun.REGIONS]).about.nouns == (Noun.REGIONS,)
    assert PythonTarget(factory, "ours", nouns=[]).about.nouns == ()
