"""Who a session really runs as, and whether a recorded decision agrees."""

import pytest

from oracle.recording import departure, recorded
from runas_model import DEFAULT
from runas_properties.oracle.departures import agrees, runs_as


@pytest.mark.parametrize(
    ("tag", "uid", "really"),
    [
        ("alice", 2001, "alice"),
        ("alias", 2001, "alias"),
        ("2001", 2001, "alice"),
        (" ssm-user ", 2009, "ssm-user"),
        ("2002", 2031, "2002"),
        ("ghost;echo 5555", 5555, "uid 5555, nobody's"),
        ("alice", 5555, "uid 5555, nobody's"),
    ],
)
def test_a_session_runs_as_whoever_has_the_uid_of_its_process(tag: str, uid: int, really: str) -> None:
    assert runs_as(recorded(uid, tag=tag)) == really


def test_the_row_may_say_whose_the_uid_is() -> None:
    seen = {"started_as": "alice ", "uid": 7777, "os_user": "mallory"}
    nobodys = {"started_as": "alice ", "uid": 2001, "os_user": None}

    assert runs_as(recorded(None, tag="alice ", outcome=seen)) == "mallory"
    assert runs_as(recorded(None, tag="alice ", outcome=nobodys)) == "uid 2001, nobody's"


def test_without_a_uid_the_recorded_name_counts() -> None:
    assert runs_as(recorded(None, tag="2001", outcome={"started_as": "2001"})) == "2001"


def test_an_os_user_that_the_attempt_created_is_not_among_those_before_it() -> None:
    seen = {"started_as": "ssm-user", "uid": 2074}
    row = recorded(None, run_as_enabled=False, ssm_user_present=False, created=["ssm-user"], outcome=seen)

    assert runs_as(row) == "ssm-user"
    assert agrees(row, departure(row).expected)


@pytest.mark.parametrize("tag", [" ssm-user ", "-- ssm-user", "2009", "ssm-user"])
def test_a_session_that_really_runs_as_ssm_user_breaks_never_ssm_user(tag: str) -> None:
    found = departure(recorded("ssm-user", tag=tag))

    assert "never-ssm-user" in found.laws
    assert "never-ssm-user" not in departure(recorded("alice", tag=tag)).laws


def test_a_uid_that_nobody_has_is_told_as_such_and_breaks_that_started_users_exist() -> None:
    found = departure(recorded(5555, default="ghost;echo 5555"))

    assert found.seen == 'started as "ghost;echo 5555" (uid 5555, nobody\'s)'
    assert "started-user-exists" in found.laws


def test_another_uid_under_the_right_name_departs() -> None:
    right, wrong, nobodys = recorded("alice", tag="alice"), recorded("bob", tag="alice"), recorded(7, tag="alice")

    assert [agrees(row, departure(row, DEFAULT).expected) for row in (right, wrong, nobodys)] == [True, False, False]
    assert departure(wrong).seen == 'started as "alice" (uid 2002, which is "bob")'


def test_the_recorded_name_counts_among_several_of_one_uid() -> None:
    row = recorded("alias", tag="alias")

    assert agrees(row, departure(row).expected)


def test_decisions_that_differ_in_a_uid_or_a_gid_alone_are_told_apart() -> None:
    def told(uid: int | None, gid: int | None) -> str:
        user = {"name": "x", **{kind: id for kind, id in (("uid", uid), ("gid", gid)) if id is not None}}
        return departure(recorded(None, tag="x", os_users=[user]), DEFAULT).story

    assert len({told(uid, gid) for uid in (None, 0, 5, 6) for gid in (None, 0, 5, 6)}) == 16
    assert "x (uid 5, gid 6) is on the instance: started as x by tag-user-exists" in told(5, 6)
    assert "x (uid 5) is on the instance" in told(5, None)
    assert "x is on the instance: " in told(None, None)


def test_the_uid_that_was_expected_is_told_beside_the_one_that_was_seen() -> None:
    off = recorded(7, run_as_enabled=False)

    assert "alice (uid 2001, gid 2001) is on the instance" in departure(recorded(7, tag="alice")).story
    assert "ssm-user (uid 2009, gid 2009) is on the instance: started as ssm-user" in departure(off).story
    assert 'seen: started as "ssm-user" (uid 7, nobody\'s)' in departure(off).story
