"""How a caller comes by its tag in scenes: also by a value that no session tag can have."""

import pytest

from runas_model import INITIAL, RUN_AS_TAG, apply
from runas_model.specification.state import situation_of
from runas_model.specification.vocabulary import PREFERENCES, Request
from runas_properties.stateful.calls import assume, principal
from runas_properties.stateful.tagging import THROUGH, Through, role_session_of, tagging


@pytest.mark.parametrize("through", dict.fromkeys(THROUGH))
@pytest.mark.parametrize("value", ["alice", "a" * 256, "a" * 257])
def test_a_caller_has_the_tag_that_is_wanted_through_whatever_it_is_and_however_long(
    through: Through, value: str
) -> None:
    operation, arguments = principal("ben", kind="role")
    state, _ = apply(operation, INITIAL, **arguments)
    asked = Request("ben", "i-1", PREFERENCES, role_session_of(state, through))
    for operation, arguments in tagging(state, "ben", through, RUN_AS_TAG, value, "b" * 300):
        state, _ = apply(operation, state, **arguments)

    assert situation_of(state, asked).tag == value


def test_a_session_tag_of_a_trace_is_cut_to_what_there_can_be() -> None:
    assert assume(1, value="a" * 300)[1]["value"] == "a" * 256
