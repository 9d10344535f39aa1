"""What is expected of each step."""

import pytest

from runas_model import OPERATIONS, all_readings
from runas_model.specification.readings import CHOICES
from runas_properties.conformance.protocol.cases import DECIDE
from runas_properties.conformance.vectors.expectations import walk
from runas_properties.conformance.vectors.vector import vectors
from thinned import thinned

EIGHTHS = range(8)


@pytest.mark.parametrize("eighth", thinned(EIGHTHS, 8))
def test_walking_a_case_takes_each_step_as_the_specification_does(eighth: int) -> None:
    for vector in vectors()[eighth :: len(EIGHTHS)]:
        for reading in all_readings():
            accepted = [answered.accepted for answered in walk(vector.steps, reading)]
            assert tuple(accepted) == vector.under(reading).results


def test_every_operation_and_every_reading_is_walked() -> None:
    assert {step["operation"] for vector in vectors() for step in vector.steps} >= {DECIDE, *OPERATIONS}
    assert set(CHOICES) == {"blank_tag", "superuser", "macos", "tag_key"}
