"""Each faulty universe is caught by the check that is named with it, which finds nothing in the universe itself."""

from collections.abc import Callable
from importlib import import_module
from random import Random

import pytest

from solver.homomorphism.faults import Fault
from thinned import thinned
from universes.faults import FAULTS

CASES = 1000
"""As many as catch the rarest of them with other rules and readings too; most are caught by the first few."""


@pytest.mark.parametrize("fault", thinned(FAULTS, 6), ids=lambda fault: fault.id)
def test_a_faulty_universe_is_caught(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    module, _, name = fault.check.partition(".")
    check = getattr(import_module(f"universes.{module}"), name)
    fault.plant(monkeypatch)

    with pytest.raises(AssertionError):
        tried(check)


def tried(check: Callable[[Random], None]) -> None:
    for number in range(CASES):
        check(Random(number))


def test_no_two_faults_have_the_same_id() -> None:
    assert len({fault.id for fault in FAULTS}) == len(FAULTS)
