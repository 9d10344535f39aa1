"""A vector catches the faults that the kit sees, and a fault departs in the precedents where the oracle sees it."""

from itertools import product

import pytest

from runas_properties.conformance.protocol.cases import as_operations
from runas_properties.conformance.protocol.results import accepts
from runas_properties.conformance.targets.adapters import Stepwise
from runas_properties.conformance.vectors.vector import Vector, readings_when, vectors
from runas_properties.gallery.implementations import FAULTS, Fault
from runas_properties.oracle.failures import departure_of
from runas_properties.stateful.precedents import PRECEDENTS
from runas_solver.convictions import convicted
from runas_solver.departing import departed
from thinned import slow


def catches(vector: Vector, fault: Fault) -> bool:
    """Whether the kit's own adapter has an answer that is not accepted, under a reading in which the fault shows."""
    for under in vector.accepted:
        for reading in [one for one in readings_when(tuple(under.when.items())) if one in fault.readings][:1]:
            service = Stepwise(fault.make(reading))
            steps = list(as_operations(vector.steps[0])) if vector.level == "decision" else vector.steps
            results = [service.apply(step) for step in steps][-len(vector.steps) :]
            if not all(map(accepts, under.results, results)):
                return True
    return False


@pytest.mark.parametrize("level", ["decision", pytest.param("service", marks=slow)])
def test_a_vector_catches_the_faults_that_the_kit_sees(level: str) -> None:
    some = [vector for vector in vectors() if vector.level == level][::149]
    found = {vector.id: convicted(vector) for vector in some}

    assert found == {vector.id: tuple(id for id, fault in FAULTS.items() if catches(vector, fault)) for vector in some}
    assert any(found.values())


@slow
@pytest.mark.parametrize("fault", list(FAULTS.values())[::67], ids=lambda fault: fault.id)
def test_a_fault_departs_in_the_precedents_in_which_the_oracle_sees_it(fault: Fault) -> None:
    seen = [
        (calls, reading)
        for calls, reading in product(PRECEDENTS, fault.readings)
        if departure_of(fault.make, calls, reading) is not None
    ]

    assert list(departed(fault)) == seen


def test_there_are_faults_that_depart_in_a_precedent() -> None:
    shown = [id for vector in vectors("service") if (id := vector.id.removeprefix("fault-")) in FAULTS]

    assert any(list(departed(FAULTS[id])) for id in shown[:3])
