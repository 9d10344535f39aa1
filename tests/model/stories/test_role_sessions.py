"""Role sessions in lines: that they began and ended, their session tags, and whose tag counts for a start in one."""

from typing import Any

import pytest

from runas_model.specification.vocabulary import (
    DocumentName,
    Instance,
    Principal,
    Request,
    RoleSession,
    Session,
    TagKey,
)
from runas_model.stories import Story, changes, tell_whose_tag
from runas_model.stories.requests import tell_session_tag

ROLE = {"principal": "Ops", "account": "1111", "kind": "role"}
TAG = {"key": "SSMSessionRunAs", "value": "amy", "transitive": True}
WITHIN = {"principal": "Ops", "role_session": "amy"}


def told(*calls: tuple[str, dict[str, Any]]) -> tuple[Story, list[tuple[str, ...]]]:
    story = Story()
    return story, [story.perform(operation, arguments).changes for operation, arguments in calls]


def asked(role_session: str) -> Request:
    return Request(Principal("Ops"), Instance("i-1"), DocumentName(""), RoleSession(role_session))


BEGUN = (("create_principal", ROLE), ("assume_role_with_tag", {**WITHIN, **TAG}))


def test_a_role_session_is_told_with_its_tags_and_one_that_ended_only_as_ended() -> None:
    chained = {"principal": "Ops", "role_session": "amy-2", "source": "amy"}
    _, lines = told(*BEGUN, ("assume_role", chained), ("end_role_session", {"role_session": "amy"}))

    assert lines[1:] == [
        ("role session amy of Ops has begun", "role session amy has transitive session tag SSMSessionRunAs = amy"),
        ("role session amy-2 of Ops has begun", "role session amy-2 has transitive session tag SSMSessionRunAs = amy"),
        ("role session amy of Ops has ended",),
    ]


def test_a_whole_state_is_told_with_the_role_sessions_that_have_ended() -> None:
    story, _ = told(*BEGUN, ("end_role_session", {"role_session": "amy"}))
    empty = Story().state

    assert list(changes(empty, story.state)) == [
        "role Ops is in account 1111",
        "role session amy of Ops has ended",
        "role session amy has transitive session tag SSMSessionRunAs = amy",
    ]
    assert list(changes(story.state, empty)) == [
        "principal Ops is gone",
        "role session amy never began",
        "role session amy has no session tag SSMSessionRunAs",
    ]


def test_a_deleted_role_ends_its_role_sessions() -> None:
    _, lines = told(*BEGUN, ("delete_principal", {"principal": "Ops"}))

    assert lines[-1] == ("principal Ops is gone", "role session amy of Ops has ended")


@pytest.mark.parametrize(
    ("calls", "role_session", "whose"),
    [
        (BEGUN, "", ""),
        (BEGUN, "amy", "the tag is that of role session amy"),
        (BEGUN[:1], "amy", "neither role session amy nor Ops has a Run As tag"),
        (
            (*BEGUN, ("tag_principal", {"principal": "Ops", "key": TagKey("ssmsessionrunas"), "value": "ops"})),
            "amy",
            "the tag is that of role session amy, which comes before that of Ops",
        ),
        (
            (BEGUN[0], ("tag_principal", {"principal": "Ops", "key": "SSMSessionRunAs", "value": "ops"})),
            " ",
            'the tag is that of Ops, as role session " " has none',
        ),
    ],
)
def test_it_is_told_whose_tag_counts(calls: tuple[Any, ...], role_session: str, whose: str) -> None:
    story, _ = told(*calls)

    assert tell_whose_tag(story.state, asked(role_session)) == whose


@pytest.mark.parametrize(
    ("value", "of_role", "told"),
    [
        ("amy", None, "the caller's tag is the session tag amy (D1)"),
        ("amy", "ops", "the caller's tag is the session tag amy, not the role's tag ops (D1)"),
        (" ", "", 'the caller\'s tag is the session tag " ", not the role\'s tag "" (D1)'),
    ],
)
def test_it_is_told_by_their_values_which_of_two_tags_is_the_callers(
    value: str, of_role: str | None, told: str
) -> None:
    story = Story()
    story.perform("create_principal", ROLE)
    if of_role is not None:
        story.perform("tag_principal", {"principal": "Ops", "key": "ssmsessionrunas", "value": of_role})
    story.perform("assume_role_with_tag", {**WITHIN, **TAG, "value": value})

    assert tell_session_tag(story.state, asked("amy")) == told
    assert tell_session_tag(story.state, asked("")) == ""


def test_a_story_knows_in_which_role_session_it_started_a_session_and_of_no_other() -> None:
    machine = ("register_instance", {"instance": "i-1", "account": "1111", "platform": "linux"})
    start = {"principal": "Ops", "instance": "i-1"}
    within = ("start_session", {**start, "session": "s-1", "role_session": "amy"})
    refused = ("start_session", {**start, "session": "s-3", "role_session": "amy"})
    on = ("update_preferences", {"account": "1111", "run_as_enabled": True, "default_user": ""})
    story, _ = told(*BEGUN, machine, within, ("start_session", {**start, "session": "s-2"}), on, refused)

    known = {session: story.role_session_of(Session(session)) for session in ("s-1", "s-2", "s-3", "s-4")}
    assert known == {"s-1": "amy", "s-2": "", "s-3": "", "s-4": ""}
