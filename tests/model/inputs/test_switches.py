"""The switch `runAsEnabled`, read as the agent reads it."""

import pytest

from runas_model.inputs.switches import switch_of
from runas_model.specification.vocabulary import Switch


@pytest.mark.parametrize(
    ("raw", "meaning"),
    [
        (True, Switch.ON),
        (False, Switch.OFF),
        (None, Switch.OFF),
        ("", Switch.OFF),
        *((word, Switch.ON) for word in ("true", "TRUE", "True", "t", "T", "1")),
        *((word, Switch.OFF) for word in ("false", "FALSE", "False", "f", "F", "0")),
    ],
)
def test_truth_values_and_gos_words_for_them_are_on_or_off(raw: object, meaning: Switch) -> None:
    assert switch_of(raw) is meaning


@pytest.mark.parametrize(
    "raw",
    ["yes", "on", "no", "tRUE", " true", "true ", "true\n", "01", "1.0", " ", 1, 0, 1.0, [], {}, [True], ["true"]],
)
def test_anything_else_cannot_be_read(raw: object) -> None:
    assert switch_of(raw) is Switch.UNREADABLE
