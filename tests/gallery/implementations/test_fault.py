"""Every faulty implementation breaks the laws that it says, under its readings and no other."""

import re
from collections.abc import Iterator

import pytest

from implementations.outcomes import outcome_of
from runas_model import OPERATIONS
from runas_model.specification.readings import all_readings
from runas_model.specification.transitions import SPECIFICATION, Call
from runas_properties.conformance.protocol.cases import as_operations, call_of
from runas_properties.conformance.vectors.vector import vectors
from runas_properties.explorer.traces import shortest_traces
from runas_properties.gallery.conviction import departing
from runas_properties.gallery.implementations import FAULTS, Fault, fault
from runas_properties.implementations import DictService, plain
from runas_properties.laws import LAWS
from runas_properties.oracle.failures import departure_of
from thinned import thinned


@pytest.mark.parametrize("fault", thinned(FAULTS.values(), 60, 3), ids=lambda fault: fault.id)
def test_every_fault_breaks_its_laws_and_shows_under_its_readings_and_no_other(fault: Fault) -> None:
    laws, readings = set(fault.laws), set(fault.readings)
    for calls in caught_in(fault):
        for reading in all_readings():
            departure = departure_of(fault.make, calls, reading)
            if departure is not None:
                assert reading in fault.readings, departure
                readings.discard(reading)
                laws -= set(departure.laws)
        if not laws and not readings:
            break
    found = departing(fault.make, fault.readings)
    while laws and (example := next(found, None)):
        departure = departure_of(fault.make, example[1], example[0])
        laws -= set(departure.laws) if departure is not None else set()

    assert laws == set(), "laws that it breaks in no vector and on no example"
    assert readings == set(), "readings under which no vector shows it"


def caught_in(fault: Fault) -> Iterator[tuple[Call, ...]]:
    """The calls of each vector that catches a fault, the shorter ones first."""
    catching = (vector for vector in vectors() if fault.id in vector.convicts)
    for vector in sorted(catching, key=lambda vector: len(vector.steps)):
        steps = as_operations(vector.steps[0]) if vector.level == "decision" else vector.steps
        yield tuple(call_of(step) for step in steps if step["operation"] in OPERATIONS)


def test_there_are_forty_faults_or_more_and_each_names_laws_that_there_are() -> None:
    assert len(FAULTS) >= 40
    assert {law for fault in FAULTS.values() for law in fault.laws} <= set(LAWS)
    assert all(fault.laws and fault.readings and fault.title.endswith(".") for fault in FAULTS.values())


@pytest.mark.parametrize("fault", FAULTS.values(), ids=lambda fault: fault.id)
def test_a_title_says_what_the_implementation_does(fault: Fault) -> None:
    """Its first word is a verb, as in: an implementation that *caches a decision*."""
    assert re.match(r"[A-Z][a-z]+s ", fault.title)


def test_a_fault_under_some_readings_is_correct_under_the_others() -> None:
    limited = [fault for fault in FAULTS.values() if len(fault.readings) < len(all_readings())]

    assert limited
    for fault_ in limited:
        for trace in shortest_traces().values():
            if trace.reading not in fault_.readings:
                made = fault_.make(trace.reading)
                assert [made.apply(t.operation, plain(t.operation, t.arguments)) for t in trace.transitions()] == [
                    outcome_of(t) for t in trace.transitions(SPECIFICATION)
                ]


def test_two_faults_of_one_id_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="there is already a fault folds-case"):
        fault.fault("folds-case", "Again.", "no-fall-through")(DictService)
