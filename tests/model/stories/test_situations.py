"""Situations told in a line."""

from runas_model import AGENT, Platform, decide, situation
from runas_model.specification.vocabulary import NO_ID, OsUser, PosixId
from runas_model.stories.situations import os_user_ids, tell, tell_facts


def test_a_story_says_only_what_matters() -> None:
    s = situation(run_as_enabled=True, tag="alice", default_user="ops", users=[("ops", 0, 0)], platform=Platform.MACOS)

    assert tell(s, decide(s, AGENT)) == (
        "Run As on, macos, tagged alice, default ops, alice is not on the instance, "
        "ops is on the instance with uid 0: refused (os-user-missing)"
    )


def test_with_ids_it_tells_those_of_each_os_user_that_is_named_or_started() -> None:
    users = [("root", 0, 7), ("ssm-user", 1001, 1002), ("ops", 1, 1)]
    named = situation(run_as_enabled=True, tag="root", default_user="ghost", users=users)
    off = situation(run_as_enabled=False, users=users)

    assert tell_facts(named, with_ids=True) == (
        "Run As on, tagged root, default ghost, root (uid 0, gid 7) is on the instance, ghost is not on the instance"
    )
    assert tell(off, decide(off), with_ids=True) == (
        "Run As off, not tagged, no default, ssm-user (uid 1001, gid 1002) is on the instance: started as ssm-user"
    )
    assert "1001" not in tell(off, decide(off))


def test_an_id_that_is_not_said_is_not_told() -> None:
    assert os_user_ids(OsUser(PosixId(5), NO_ID)) == "uid 5"
    assert os_user_ids(OsUser(NO_ID, NO_ID)) == ""
