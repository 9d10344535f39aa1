"""Each faulty universe is caught by the check that is named with it, which finds nothing in the universe itself."""

from random import Random

import pytest

from solver.homomorphism.checks import Checks, tables
from solver.homomorphism.faults import FAULTS, Fault
from thinned import thinned

CASES = 200


@pytest.mark.parametrize("fault", thinned(FAULTS, 5), ids=lambda fault: fault.id)
def test_a_faulty_universe_is_caught(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    fault.plant(monkeypatch)
    check = tables if fault.check == "tables" else getattr(Checks(), fault.check)

    def cases() -> None:
        for number in range(CASES):
            check(Random(number))

    with pytest.raises(AssertionError):
        cases()
