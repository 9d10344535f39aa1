"""The decision, looked at symbolically: only under the profile `crosshair` (`make crosshair`), and `decide` alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runas_model import DEFAULT, Platform, decide, situation
from runas_properties.laws import Kind, Law, laws_of

FIELDS = st.fixed_dictionaries(
    {
        "run_as_enabled": st.booleans(),
        "tag": st.none() | st.text(max_size=8),
        "default_user": st.text(max_size=8),
        "users": st.lists(st.sampled_from(["alice", "ops", "ssm-user", "Alice"]), max_size=2),
        "platform": st.sampled_from(Platform),
    }
)


@pytest.mark.parametrize("law", laws_of(Kind.DECISION), ids=lambda law: law.id)
def test_the_decision_law_holds_on_every_path_that_crosshair_finds(law: Law) -> None:
    @given(FIELDS)
    def holds(fields: dict[str, object]) -> None:
        s = situation(**fields)
        assert law.meaning(s, decide(s, DEFAULT), DEFAULT).holds, law.title

    holds()
