"""Implementations on trial: every faulty one is convicted, and no correct one is ever accused."""

from itertools import islice
from typing import Any

import pytest

from runas_model.specification.readings import all_readings
from runas_properties.gallery.conviction import convict, departing
from runas_properties.gallery.implementations import FAULTS, Fault
from runas_properties.implementations import DictService, EventSourcedService, Factory
from runas_properties.oracle.failures import departure_of
from thinned import IS_DEEP, slow, thinned

RUNS = 10_000 if IS_DEEP else 100


@pytest.mark.parametrize("fault", thinned(FAULTS.values(), 60, 3), ids=lambda fault: fault.id)
def test_every_fault_is_convicted(fault: Fault) -> None:
    assert convict(fault.make, fault.readings) is not None


@pytest.mark.parametrize("make", [DictService, pytest.param(EventSourcedService, marks=slow)])
def test_a_correct_implementation_is_never_accused(make: Factory) -> None:
    assert convict(make, runs=RUNS, explicit=False) is None


@pytest.mark.parametrize("every", [12, pytest.param(1, marks=slow)])
@pytest.mark.parametrize("make", [DictService, EventSourcedService])
def test_a_correct_implementation_is_not_accused_on_an_explicit_example(make: Factory, every: int) -> None:
    assert list(departing(make, list(all_readings())[::every])) == []


def test_an_example_in_which_an_implementation_departs_has_the_departure() -> None:
    fault = FAULTS["caches-decisions"]
    found = list(islice(departing(fault.make, fault.readings), 20))

    assert len(found) == 20
    assert all(departure_of(fault.make, calls, reading) is not None for reading, calls in found)


@pytest.mark.parametrize("id", ["caches-decisions", "terminates-the-newest", "loses-a-tag-on-retagging"])
def test_the_machine_alone_convicts_without_explicit_examples(id: str) -> None:
    assert convict(FAULTS[id].make, FAULTS[id].readings, runs=2000, number=1, explicit=False) is not None


def test_an_implementation_that_answers_by_chance_is_convicted_too() -> None:
    answers = iter(range(10**6))

    class ByChance(DictService):
        def terminate_session(self, session: str) -> Any:
            return super().terminate_session(session if next(answers) % 7 else "s-0")

    assert convict(ByChance, explicit=False, number=1) is not None


def test_a_run_is_repeated_by_its_seed() -> None:
    fault = FAULTS["caches-decisions"]
    one, other = (convict(fault.make, fault.readings, runs=2000, number=3, explicit=False) for _ in range(2))

    assert one is not None
    assert other is not None
    assert one.calls == other.calls
