"""Situations of a caller in a role session with a Run As tag of its own: which tag is the caller's."""

from typing import Any

import pytest

import runas_model.inputs.situations as situations
from runas_model import INITIAL, RUN_AS_TAG, Situation, State, apply, situation, situation_of
from runas_model.specification.state import tag_of
from runas_model.specification.vocabulary import Request, Spelling, Tag

SMALL = "ssmsessionrunas"
ROLE = {"principal": "Ops"}


def made(**facts: Any) -> Situation:
    return situation(run_as_enabled=False, **facts)


def performed(*calls: tuple[str, dict[str, Any]]) -> Situation:
    """The situation of a start in the role session r-1 of Ops."""
    state = INITIAL
    begin = ("create_principal", {**ROLE, "account": "1111", "kind": "role"})
    machine = ("register_instance", {"instance": "i-1", "account": "1111", "platform": "linux"})
    for operation, arguments in (begin, machine, *calls):
        state, _ = apply(operation, state, **arguments)
    return situation_of(state, "Ops", "i-1", role_session="r-1")


def passing(value: str, key: str = RUN_AS_TAG) -> tuple[str, dict[str, Any]]:
    return "assume_role_with_tag", {**ROLE, "role_session": "r-1", "key": key, "value": value, "transitive": False}


def own(value: str, key: str = RUN_AS_TAG) -> tuple[str, dict[str, Any]]:
    return "tag_principal", {**ROLE, "key": key, "value": value}


@pytest.mark.parametrize(
    ("facts", "calls"),
    [
        ({"session_tag": "alice"}, (passing("alice"),)),
        ({"session_tag": "alice", "tag": "bob"}, (own("bob"), passing("alice"))),
        ({"session_tag": "alice", "tag": "alice"}, (own("alice"), passing("alice"))),
        ({"session_tag": "", "tag": "bob"}, (own("bob"), passing(""))),
        ({"session_tag": " ", "session_tag_key": SMALL}, (passing(" ", SMALL),)),
        ({"session_tag": "alice", "session_tag_key": SMALL, "tag": "bob"}, (own("bob"), passing("alice", SMALL))),
        ({"session_tag": "alice", "tag": "bob", "tag_key": SMALL}, (own("bob", SMALL), passing("alice"))),
    ],
)
def test_a_situation_with_a_session_tag_is_the_one_that_the_operations_lead_to(
    facts: dict[str, Any], calls: tuple[Any, ...]
) -> None:
    assert made(**facts) == performed(*calls)


def test_the_session_tag_is_the_callers_and_not_the_tag_of_the_role() -> None:
    assert made(session_tag="alice", tag="bob") == made(tag="alice")
    assert made(session_tag="alice", session_tag_key=SMALL, tag="bob") == made(tag="alice", tag_key=SMALL)


def test_where_there_is_no_session_tag_its_key_makes_no_difference() -> None:
    assert made(tag="bob", session_tag_key=SMALL) == made(tag="bob")


@pytest.mark.parametrize("found", [(True, Tag(Spelling(SMALL), "eve")), (False, Tag(Spelling(RUN_AS_TAG), ""))])
def test_the_specification_says_which_tag_is_the_callers(
    found: tuple[bool, Tag], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[bool, Tag]] = []

    def other(state: State, request: Request) -> tuple[bool, Tag]:
        asked.append(tag_of(state, request))
        return found

    monkeypatch.setattr(situations, "tag_of", other)
    s = made(session_tag="alice", tag="bob")

    assert asked == [(True, Tag(Spelling(RUN_AS_TAG), "alice"))]
    assert (s.tagged, s.tag, s.tag_key_exact) == (found[0], found[1].value, str(found[1].spelling) == RUN_AS_TAG)


def test_a_session_tag_may_be_as_long_as_one_that_is_passed_and_no_longer() -> None:
    assert made(session_tag="é" * 256).tag == "é" * 256
    with pytest.raises(ValueError, match=r"^session_tag cannot be 'a+…; expected at most 256 characters$"):
        made(session_tag="a" * 257)
    assert made(tag="a" * 257).tag == "a" * 257


@pytest.mark.parametrize("key", ["", "Team", RUN_AS_TAG + " "])
@pytest.mark.parametrize("more", [{}, {"session_tag": "alice"}])
def test_a_session_tag_has_the_key_of_a_run_as_tag(key: str, more: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"^'{key}' is not the key of a Run As tag; use SSMSessionRunAs in any case$"):
        made(session_tag_key=key, **more)


@pytest.mark.parametrize("more", [{"session_tag": 5}, {"tag": 5, "session_tag": "alice"}, {"session_tag_key": None}])
def test_what_is_no_text_is_no_tag_and_no_key(more: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match=f"^{next(iter(more))} must be a text"):
        made(**more)
