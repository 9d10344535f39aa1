"""Faults of documents, parameters, roles and session tags, each shown by a trace of calls."""

import pytest

from gallery.implementations import test_documents, test_parameters, test_roles
from runas_model.specification.readings import all_readings
from runas_properties.gallery.implementations import FAULTS
from runas_properties.implementations import DictService, EventSourcedService, Factory
from runas_properties.oracle.failures import departure_of
from thinned import slow, thinned

TRACES = {**test_documents.TRACES, **test_parameters.TRACES, **test_roles.TRACES}


@pytest.mark.parametrize("id", thinned(TRACES, 4))
def test_a_fault_breaks_its_laws_at_the_end_of_its_trace(id: str) -> None:
    fault = FAULTS[id]
    departures = [departure_of(fault.make, TRACES[id], reading) for reading in fault.readings]

    assert all(departure is not None for departure in departures)
    assert {len(departure.calls) for departure in departures if departure is not None} == {len(TRACES[id])}
    assert set(fault.laws) <= {law for departure in departures if departure is not None for law in departure.laws}


@pytest.mark.parametrize("make", [DictService, pytest.param(EventSourcedService, marks=slow)])
def test_a_correct_implementation_departs_on_none_of_the_traces(make: Factory) -> None:
    for reading in all_readings():
        assert [id for id, calls in TRACES.items() if departure_of(make, calls, reading) is not None] == []
