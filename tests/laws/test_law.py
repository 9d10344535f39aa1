"""What a law must be, to be one."""

import pytest

from runas_model import Step
from runas_properties.laws import LAWS, Claim


def test_a_law_of_the_wrong_subject_is_an_error() -> None:
    from runas_properties.laws.law import invariant

    def about_a_step(step: Step) -> Claim:
        return Claim(True, True)

    with pytest.raises(TypeError, match="takes a State first"):
        invariant("wrong", ())(about_a_step)
    assert "wrong" not in LAWS
