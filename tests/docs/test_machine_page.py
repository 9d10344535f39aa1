"""The page of the state machine."""

import pytest

from runas_model import OPERATIONS
from spec_site.machine_page import session_moves
from spec_site.session_picture import ENDED, NOT_YET, RUNNING, session_picture


def test_the_life_of_a_session_goes_one_way() -> None:
    moves = session_moves()

    assert set(moves) == {(NOT_YET, NOT_YET), (NOT_YET, RUNNING), (RUNNING, RUNNING), (RUNNING, ENDED)}
    assert moves[RUNNING, ENDED] == ["deregister_instance", "terminate_session"]
    assert moves[NOT_YET, RUNNING] == ["start_session"]
    with pytest.raises(ValueError, match="cannot go back"):
        session_picture({(ENDED, RUNNING): ["start_session"]}, list(OPERATIONS))
