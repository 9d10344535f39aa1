"""Every faulty implementation breaks the laws that it says, and is convicted."""

import pytest

from runas_properties.gallery.conviction import convict, examples
from runas_properties.gallery.implementations import FAULTS, Fault
from runas_properties.oracle.failures import departure_of


@pytest.mark.parametrize("fault", FAULTS.values(), ids=lambda fault: fault.id)
def test_every_fault_breaks_its_laws_and_shows_under_its_readings_and_no_other(fault: Fault) -> None:
    laws, readings = set(fault.laws), set(fault.readings)
    for reading, calls in examples():
        if reading in readings or reading not in fault.readings or laws:
            departure = departure_of(fault.make, calls, reading)
            if departure is not None:
                assert reading in fault.readings, departure
                readings.discard(reading)
                laws -= set(departure.laws)

    assert laws == set(), "laws that it breaks on no example"
    assert readings == set(), "readings under which no example shows it"


@pytest.mark.parametrize("fault", FAULTS.values(), ids=lambda fault: fault.id)
def test_every_fault_is_convicted(fault: Fault) -> None:
    assert convict(fault.make, fault.readings) is not None
