"""Parameters in lines: that a document declares one, or no more, and who names the default OS user."""

from typing import Any

import pytest
from attrs import evolve

from runas_model import AGENT, DEFAULT, Reading, apply
from runas_model.specification.readings import LookUp
from runas_model.specification.state import situation_of
from runas_model.specification.vocabulary import (
    NO_ROLE_SESSION,
    PREFERENCES,
    DocumentName,
    Instance,
    Name,
    Principal,
    Request,
)
from runas_model.stories import Story, tell_whose_default

ON = {"account": "1111", "run_as_enabled": True, "default_user": "ops"}
DOCUMENT = {**ON, "document": "Ops"}
DECLARED = {**DOCUMENT, "declares_parameter": True}
MACHINE = ("register_instance", {"instance": "i-1", "account": "1111", "platform": "linux"})
AMY = ("create_principal", {"principal": "amy", "account": "1111", "kind": "user"})
START = {"session": "s-1", "principal": "amy", "instance": "i-1"}


def told(*calls: tuple[str, dict[str, Any]]) -> tuple[Story, list[tuple[str, ...]]]:
    story = Story()
    return story, [story.perform(operation, arguments).changes for operation, arguments in calls]


def asked(parameter: str | None, document: str = "Ops") -> Request:
    of = Principal("amy"), Instance("i-1"), DocumentName(document), NO_ROLE_SESSION
    return Request(*of, parameter is not None, Name(parameter or ""))


def test_a_document_is_told_with_its_parameter_and_without_it_again() -> None:
    undeclared = {**DECLARED, "default_user": "", "declares_parameter": False}
    _, lines = told(
        ("put_document", DOCUMENT), ("put_document", DECLARED), ("put_document", DECLARED), ("put_document", undeclared)
    )
    has = "session document Ops of account 1111 has Run As on, "

    assert lines == [
        (f"{has}default ops",),
        (f"{has}a parameter with default ops",),
        (),
        (f"{has}no default, no longer a parameter",),
    ]


def test_a_document_that_is_deleted_is_gone_and_preferences_are_no_more() -> None:
    deleted = ("delete_document", {"account": "1111", "document": "Ops"})
    preferences = ("delete_document", {"account": "1111", "document": PREFERENCES, "region": "eu-west-1"})
    _, lines = told(
        ("put_document", DOCUMENT), deleted, deleted, ("update_preferences", {**ON, "region": "eu-west-1"}), preferences
    )

    assert (lines[1], lines[2], lines[4]) == (
        ("session document Ops of account 1111 is gone",),
        (),
        ("account 1111 in Region eu-west-1 has no preferences",),
    )


def test_preferences_that_are_set_again_have_no_parameter_any_more() -> None:
    _, lines = told(("put_document", {**DECLARED, "document": PREFERENCES}), ("update_preferences", ON))

    assert lines == [
        ("account 1111 has Run As on, a parameter with default ops",),
        ("account 1111 has Run As on, default ops, no longer a parameter",),
    ]


@pytest.mark.parametrize(
    ("calls", "request_", "whose"),
    [
        ((("put_document", DOCUMENT),), asked("alice"), ""),
        ((("put_document", DECLARED),), asked("alice", PREFERENCES), ""),
        (
            (("put_document", DECLARED),),
            asked(None),
            "the default OS user is the document's, ops, as the caller gives no parameter",
        ),
        (
            (("put_document", {**DECLARED, "default_user": ""}),),
            asked(None),
            "the default OS user is nobody, as the caller gives no parameter",
        ),
        ((("put_document", DECLARED),), asked("alice"), "the default OS user is what the caller fills in, alice"),
        ((("put_document", DECLARED),), asked(" "), 'the default OS user is what the caller fills in, " "'),
        (
            (("put_document", {**DECLARED, "default_user": "  "}),),
            asked(None),
            "the default OS user is nobody, as the caller gives no parameter",
        ),
    ],
)
def test_it_is_told_who_names_the_default_os_user(calls: tuple[Any, ...], request_: Request, whose: str) -> None:
    story, _ = told(MACHINE, AMY, *calls)

    assert tell_whose_default(story.state, request_, situation_of(story.state, request_), DEFAULT) == whose


KEY, IN_CASE = "SSMSessionRunAs", "ssmsessionrunas"
FILLED_IN = "the default OS user is what the caller fills in, alice"


@pytest.mark.parametrize(
    ("key", "value", "more", "reading", "the_tag"),
    [
        (KEY, "ben", {}, AGENT, "ben"),
        (KEY, "  ", {}, DEFAULT, '"  "'),
        (KEY, "  ", {}, AGENT, None),
        (IN_CASE, "ben", {}, AGENT, None),
        (IN_CASE, "ben", {}, evolve(AGENT, tag_key=LookUp.ANY_CASE), "ben"),
        (KEY, "ben", {"run_as_enabled": False}, AGENT, None),
        (KEY, "ben", {"run_as_enabled": "unreadable"}, AGENT, None),
        (KEY, "ben", {"platform": "windows"}, AGENT, None),
        (KEY, "ben", {"platform": "macos"}, AGENT, "ben"),
        (KEY, "ben", {"platform": "macos"}, DEFAULT, None),
    ],
)
def test_the_tag_is_told_beside_a_parameter_only_where_it_decides(
    key: str, value: str, more: dict[str, Any], reading: Reading, the_tag: str | None
) -> None:
    story, _ = told(
        ("register_instance", {**MACHINE[1], **{name: given for name, given in more.items() if name == "platform"}}),
        AMY,
        ("put_document", {**DECLARED, **{name: given for name, given in more.items() if name != "platform"}}),
        ("tag_principal", {"principal": "amy", "key": key, "value": value}),
    )
    s = situation_of(story.state, asked("alice"))
    says = f"{FILLED_IN}; the tag is {the_tag} all the same" if the_tag else FILLED_IN

    assert tell_whose_default(story.state, asked("alice"), s, reading) == says


def test_an_empty_parameter_is_one_and_none_is_none() -> None:
    story, _ = told(MACHINE, AMY, ("put_document", DECLARED))
    given = story.perform("start_session", {**START, "document": "Ops", "parameter": ""})
    left_out = story.perform("start_session", {**START, "document": "Ops"})

    assert [str(one.transition.decision.rule) for one in (given, left_out) if one.transition.decision] == [
        "nobody-named",
        "default-user-missing",
    ]


@pytest.mark.parametrize("more", [{"filled": True}, {"filled": False}, {"filled": True, "parameter": "alice"}])
def test_whether_one_is_given_cannot_be_said(more: dict[str, Any]) -> None:
    story, _ = told(MACHINE, AMY, ("put_document", DECLARED))

    with pytest.raises(TypeError, match=r"^start_session has no argument 'filled'; it has 'session', .*'parameter'$"):
        story.perform("start_session", {**START, **more})
    with pytest.raises(TypeError, match=r"^start_session has no argument 'filled'; it has 'session', .*'parameter'$"):
        apply("start_session", story.state, **START, **more)


@pytest.mark.parametrize("value", [None, 7, True, ["alice"]])
def test_a_parameter_is_a_text(value: Any) -> None:
    story, _ = told(MACHINE, AMY, ("put_document", DECLARED))

    with pytest.raises(TypeError, match=r"^parameter must be a text, not "):
        story.perform("start_session", {**START, "parameter": value})
