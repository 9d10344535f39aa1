"""Cases run: the reading that answers follow."""

import pytest

from runas_model import AGENT
from runas_properties.conformance.judging.running import followed, observe
from runas_properties.conformance.targets.target import load
from runas_properties.conformance.vectors.vector import vectors


@pytest.mark.parametrize("name", ["correct", "decision"])
def test_the_reading_found_is_the_one_followed(name: str) -> None:
    target = load(f"targets_in_python:{name}")

    assert followed(list(observe(target, vectors()))) == AGENT
