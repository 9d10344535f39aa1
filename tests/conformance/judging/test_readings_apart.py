"""Where a few vectors fit several readings, further ones tell them apart before random cases are judged."""

from collections.abc import Callable
from typing import Any

import pytest

from runas_model import Reading, all_readings, decide
from runas_model.specification.readings import choices_of, name_of
from runas_properties.conformance.kit import Generating, chosen, conform
from runas_properties.conformance.protocol import situation_asked
from runas_properties.conformance.targets import PythonTarget
from runas_properties.conformance.targets.adapters import Stepwise
from runas_properties.conformance.vectors import vectors
from runas_properties.implementations import DictService
from thinned import thinned

A_FEW = Generating(examples=100)


def deciding(reading: Reading) -> Callable[[], Any]:
    return lambda: lambda asked: decide(situation_asked(asked), reading).os_user


def serving(reading: Reading) -> Callable[[], Any]:
    return lambda: Stepwise(DictService(reading))


@pytest.mark.parametrize("reading", thinned(all_readings(), 12), ids=name_of)
@pytest.mark.parametrize("made", [deciding, serving])
def test_a_correct_one_that_declares_no_reading_is_not_accused_by_random_cases(made: Any, reading: Reading) -> None:
    for some in (chosen(core=True), chosen(["name-*"])):
        report = conform(PythonTarget(made(reading), "it"), some, generating=A_FEW).report

        assert report.conforms, report.generated
        assert report.generated is not None
        assert report.generated.cases == A_FEW.examples
        assert report.reading == choices_of(reading)
        assert sum(report.counts.values()) == sum(made is serving or one.level == "decision" for one in some)


def test_a_faulty_one_is_convicted_all_the_same() -> None:
    def trimming(asked: Any) -> str | None:
        return decide(situation_asked({**asked, "tag": asked["tag"] and asked["tag"].strip()})).os_user

    report = conform(PythonTarget(lambda: trimming, "it"), vectors("decision")[:1], generating=Generating(1000)).report

    assert not report.conforms
