"""The page of the state machine."""

import pytest

from runas_model import OPERATIONS
from spec_site.machine_page import arguments_of, session_moves
from spec_site.session_picture import ENDED, NOT_YET, RUNNING, session_picture
from thinned import slow


@slow
def test_the_life_of_a_session_goes_one_way() -> None:
    moves = session_moves()

    assert set(moves) == {(NOT_YET, NOT_YET), (NOT_YET, RUNNING), (RUNNING, RUNNING), (RUNNING, ENDED)}
    assert moves[RUNNING, ENDED] == ["deregister_instance", "terminate_session"]
    assert moves[NOT_YET, RUNNING] == ["start_session"]
    with pytest.raises(ValueError, match="cannot go back"):
        session_picture({(ENDED, RUNNING): ["start_session"]}, list(OPERATIONS))


def test_of_an_argument_that_may_be_left_out_it_is_told_whether_none_is_given_or_what_is_meant() -> None:
    starts, writes = arguments_of(OPERATIONS["start_session"]), arguments_of(OPERATIONS["put_document"])

    assert starts[:2] == ["`session` (Session)", "`principal` (Principal)"]
    assert starts[-2:] == [
        "`role_session` (RoleSession, none if left out)",
        "`parameter` (Name, not given if left out)",
    ]
    assert "`declares_parameter` (bool, `False` if left out)" in writes


def test_what_follows_from_another_argument_is_no_argument() -> None:
    told = " ".join(name for one in OPERATIONS.values() for name in arguments_of(one))

    assert "`filled`" not in told
    assert "`key` (TagKey, at most 128 characters)" in told
