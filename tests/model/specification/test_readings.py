"""The readings: three have a name of their own, and every one can be named."""

import pytest

from runas_model import PROFILES, Reading, all_readings
from runas_model.specification.readings import name_of, reading_named


def test_the_profiles_are_the_three_of_the_design() -> None:
    assert list(PROFILES) == ["default", "agent", "docs-2023"]


@pytest.mark.parametrize("reading", all_readings(), ids=name_of)
def test_the_name_of_a_reading_is_read_as_that_reading(reading: Reading) -> None:
    assert reading_named(name_of(reading)) == reading
