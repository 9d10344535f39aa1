"""The symbolic universe is the concrete one, seen from any point: what is proved there is so of every run."""

from random import Random

import pytest

from runas_model import OPERATIONS
from runas_properties.laws import LAWS, Kind, laws_of
from solver.homomorphism.checks import Checks, tables
from thinned import slow

CASES = 120
STEPS_FROM = 2000
"""The first seed of the steps: from here few of them meet every premise."""


@pytest.fixture(scope="module")
def checks() -> Checks:
    return Checks()


@slow
def test_tables_put_drop_and_show_what_is_under_a_key_as_the_concrete_ones_do() -> None:
    for number in range(CASES):
        tables(Random(number))


@slow
def test_every_situation_is_a_model_of_every_obligation_about_the_decision(checks: Checks) -> None:
    for number in range(CASES * 3 // 2):
        checks.decision(Random(number))

    laws = laws_of(Kind.DECISION, Kind.COMPARISON)
    assert sum(checks.reached[f"{law.id}: premise"] + checks.reached[f"{law.id}: no premise"] for law in laws) >= 2_000
    assert [law.id for law in laws if not checks.reached[f"{law.id}: premise"]] == []


def test_the_initial_state_is_a_model_of_every_obligation_about_it(checks: Checks) -> None:
    for number in range(CASES // 4):
        checks.initially(Random(number))

    assert [law.id for law in laws_of(Kind.INITIAL) if not checks.reached[f"{law.id}: premise"]] == []


@slow
def test_every_step_is_a_model_of_every_obligation_about_its_operation(checks: Checks) -> None:
    operations = [*OPERATIONS, *["start_session"] * 4]
    for number in range(11 * len(operations)):
        checks.step(Random(STEPS_FROM + number), operations[number % len(operations)])

    laws = laws_of(Kind.STEP, Kind.INVARIANT)
    assert sum(checks.reached[f"{law.id}: premise"] + checks.reached[f"{law.id}: no premise"] for law in laws) >= 2_000
    assert [name for name in OPERATIONS if not checks.reached[f"{name}: accepted"]] == []
    assert [law.id for law in laws if not checks.reached[f"{law.id}: premise"]] == []
    assert set(LAWS) == {law.id for kind in Kind for law in laws_of(kind)}
