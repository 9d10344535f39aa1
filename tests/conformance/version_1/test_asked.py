"""What an implementation of version 1 is asked: all that means in it what it means now, and nothing else."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

import pytest

from conformance.speaking import NEED, STEPS, target_with
from conformance.version_1.old_and_new import NEW, OLD, vector
from conformance.version_1.written_for_1 import decision, faulty_service, service, trimming
from runas_model import AGENT, DEFAULT
from runas_model.specification.nouns import Noun
from runas_properties.conformance import kit
from runas_properties.conformance.judging.generated import cases_of, try_cases
from runas_properties.conformance.judging.running import asked_of, not_offered
from runas_properties.conformance.protocol.cases import Level
from runas_properties.conformance.protocol.version_1 import can_be_asked
from runas_properties.conformance.targets.target import PythonTarget
from runas_properties.conformance.vectors.vector import vectors


@pytest.mark.parametrize("steps", NEW.values(), ids=NEW)
def test_what_version_2_added_is_not_offered(steps: Sequence[Mapping[str, Any]]) -> None:
    added = vector("added", steps)
    level_of = PythonTarget(decision, "ours") if added.level == "decision" else service()

    for target in (service(), level_of):
        assert asked_of(target, [added]) == []
        assert [one.lacking for one in not_offered(target, [added])] == [("protocol 2",)]
    assert asked_of(target_with(()), [added]) == [added]


@pytest.mark.parametrize("steps", OLD.values(), ids=OLD)
def test_what_version_1_had_is_asked_and_answered_without_a_new_word(steps: Sequence[Mapping[str, Any]]) -> None:
    there = vector("there", steps)
    targets = [service(DEFAULT), *([PythonTarget(decision, "ours")] if there.level == "decision" else [])]

    for target in targets:
        report = kit.conform(target, [there], reading=DEFAULT).report
        assert report.conforms, report.cases[0].story or report.cases[0].detail


@pytest.mark.parametrize("id", [id for id, needs in NEED.items() if needs])
def test_nouns_are_named_beside_the_version_that_has_them(id: str) -> None:
    (one,) = not_offered(service(), [vector(id, STEPS[id])])

    assert one.lacking == ("protocol 2", *(noun.value for noun in NEED[id]))


def test_a_decision_written_for_version_1_conforms_in_all_that_it_is_asked() -> None:
    generating = kit.Generating(300, None, 1)
    report = kit.conform(PythonTarget(decision, "ours"), vectors(), generating=generating, strict=True).report
    every = vectors("decision")
    asked = [one for one in every if can_be_asked(one.steps)]

    assert report.conforms
    assert (report.counts["passed"], report.counts["not offered"]) == (len(asked), len(every) - len(asked))
    assert 0 < report.counts["not offered"] < len(asked)
    assert (report.profile, report.reading_is, report.protocol) == ("default", "found", 1)
    assert report.generated is not None
    assert (report.generated.cases, report.generated.failure) == (300, None)


def test_a_service_written_for_version_1_conforms_in_all_that_it_is_asked() -> None:
    core = [one for one in vectors() if one.core]
    report = kit.conform(service(), core, reading=AGENT, generating=kit.Generating(60, None, 1)).report
    asked = [one for one in core if not one.needs and can_be_asked(one.steps)]

    assert report.conforms
    assert (report.counts["passed"], report.counts["not offered"]) == (len(asked), len(core) - len(asked))
    assert report.generated is not None
    assert (report.generated.cases, report.generated.failure) == (60, None)


@pytest.mark.parametrize("level", ["decision", "service"])
def test_random_cases_go_on_without_what_version_2_added(level: Level) -> None:
    every, asked = (list(islice(cases_of(level, DEFAULT, 1, (), version), 100)) for version in (2, 1))

    assert all(map(can_be_asked, asked))
    assert not all(map(can_be_asked, every))
    assert asked[:20] == [steps for steps in every if can_be_asked(steps)][:20]


def test_a_fault_of_version_1_is_convicted_by_vectors() -> None:
    report = kit.conform(PythonTarget(trimming, "trims"), vectors("decision")).report
    stale = kit.conform(faulty_service("caches-decisions"), [v for v in vectors() if v.core]).report

    assert not report.conforms
    assert not stale.conforms
    assert report.counts["errored"] == stale.counts["errored"] == 0
    assert "white-space" in {flag for case in report.failures for flag in case.flags}


def test_a_fault_of_version_1_is_convicted_by_random_cases_that_are_made_short_in_its_words() -> None:
    failure = try_cases(PythonTarget(trimming, "trims"), DEFAULT, examples=2000).failure
    stale = try_cases(faulty_service("caches-decisions"), AGENT, examples=500).failure

    for found in (failure, stale):
        assert found is not None
        assert (found.error, can_be_asked(found.steps)) == ("", True)
    assert failure is not None
    assert failure.steps[0]["tag"] != failure.steps[0]["tag"].strip()


def test_whoever_speaks_the_newest_version_is_asked_all() -> None:
    target = target_with(tuple(Noun))

    assert asked_of(target, vectors()) == list(vectors())
    assert kit.conform(target, [vector("added", NEW["an unreadable switch"])], reading=AGENT).report.protocol == 2
