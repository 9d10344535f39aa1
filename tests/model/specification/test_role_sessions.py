"""Role sessions: whose Run As tag counts, which session tags go on, and what ends with a role session."""

from typing import Any

import attrs
import pytest

import runas_model
from model.specification.performed import (
    AMY,
    ASSUME,
    CHAIN,
    END,
    HOST,
    IN_ROLE,
    ON,
    OPS,
    OPS_ROLE,
    PASS,
    START,
    perform,
)
from runas_model import DEFAULT, RUN_AS_TAG, State, apply
from runas_model.specification import errors as e
from runas_model.specification.state import has_session_tag, situation_of, tag_of
from runas_model.specification.transitions import SPECIFICATION
from runas_model.specification.vocabulary import (
    NO_ROLE_SESSION,
    PREFERENCES,
    Name,
    Request,
    RoleSession,
    SessionTag,
    Spelling,
    Tag,
)

Step = tuple[str, dict[str, Any]]
SMALL = "ssmsessionrunas"
ROLE_TAG = ("tag_principal", {"principal": "OpsRole", "key": RUN_AS_TAG, "value": "bob"})
ALICE = ("create_os_user", {"instance": "i-1", "name": "alice", "uid": 8, "gid": 8})
LAST = ("assume_role", {"principal": "OpsRole", "role_session": "r-3", "source": "r-2"})


def passed(**otherwise: Any) -> Step:
    """r-1 with a session tag, the Run As tag alice that goes on unless said otherwise."""
    return PASS[0], {**PASS[1], **otherwise}


def chained(**tag: Any) -> Step:
    """r-2 from r-1, with a session tag of its own."""
    return PASS[0], {**PASS[1], **CHAIN[1], **tag}


def tags_of(state: State, role_session: str) -> dict[str, SessionTag]:
    """The session tags of a role session, by folded key."""
    row = state.session_tags.under(RoleSession(role_session))
    return {key: row[key] for key in row}


def asked(role_session: str = "r-1", principal: str = "OpsRole") -> Request:
    return Request(principal, "i-1", PREFERENCES, RoleSession(role_session))


def outcome(state: State, start: Step) -> str | None:
    """The OS user of a session that starts, or None where it is refused."""
    _, decision = apply(start[0], state, DEFAULT, **start[1])
    assert decision is not None
    return decision.os_user


def test_a_role_session_has_the_tag_that_is_passed_as_it_is_spelled_and_no_other() -> None:
    state = perform(OPS_ROLE, ROLE_TAG, passed(key=SMALL, transitive=False))

    assert tags_of(state, "r-1") == {SMALL: SessionTag(Spelling(SMALL), Name("alice"), False)}
    assert list(perform(OPS_ROLE, ROLE_TAG, ASSUME).session_tags) == []


def test_a_transitive_tag_goes_down_a_chain_of_three_as_it_is_at_its_start() -> None:
    state = perform(OPS_ROLE, PASS, CHAIN, LAST)

    assert tags_of(state, "r-1") == tags_of(state, "r-2") == tags_of(state, "r-3")
    assert tags_of(state, "r-3") == {SMALL: SessionTag(Spelling(RUN_AS_TAG), Name("alice"), True)}


def test_a_tag_that_is_not_transitive_ends_with_its_role_session() -> None:
    state = perform(OPS_ROLE, passed(transitive=False), CHAIN)

    assert tags_of(state, "r-1") != {}
    assert tags_of(state, "r-2") == {}


def test_a_tag_that_is_passed_along_a_chain_is_beside_those_that_are_inherited() -> None:
    state = perform(OPS_ROLE, PASS, chained(key="Team", value="blue", transitive=False), LAST)

    assert tags_of(state, "r-2") == {
        SMALL: SessionTag(Spelling(RUN_AS_TAG), Name("alice"), True),
        "team": SessionTag(Spelling("Team"), Name("blue"), False),
    }
    assert tags_of(state, "r-3") == tags_of(state, "r-1")


@pytest.mark.parametrize("key", [RUN_AS_TAG, SMALL, "SSMSESSIONRUNAS"])
def test_a_transitive_tag_cannot_be_passed_again_however_its_key_is_spelled(key: str) -> None:
    state = perform(OPS_ROLE, PASS, CHAIN)
    again = {**LAST[1], "key": key, "value": "bob", "transitive": False}

    with pytest.raises(e.TransitiveTagRepeated) as caught:
        apply("assume_role_with_tag", state, DEFAULT, **again)
    assert caught.value.subject == (key,)


def test_a_tag_that_is_not_transitive_may_be_passed_again_with_another_value() -> None:
    state = perform(OPS_ROLE, passed(transitive=False), chained(value="bob"))

    assert tags_of(state, "r-2") == {SMALL: SessionTag(Spelling(RUN_AS_TAG), Name("bob"), True)}
    assert tags_of(state, "r-1")[SMALL].value == "alice"


def test_the_tag_of_the_role_session_counts_and_without_one_that_of_the_role() -> None:
    without = [OPS_ROLE, HOST, ROLE_TAG, ASSUME]
    for steps, tag in (
        ([OPS_ROLE, HOST, ROLE_TAG, PASS], Tag(Spelling(RUN_AS_TAG), Name("alice"))),
        (without, Tag(Spelling(RUN_AS_TAG), Name("bob"))),
        ([OPS_ROLE, HOST, ROLE_TAG, passed(key="Team")], Tag(Spelling(RUN_AS_TAG), Name("bob"))),
    ):
        state = perform(*steps)
        assert tag_of(state, asked()) == (True, tag)
        assert situation_of(state, asked()).tag == tag.value
        assert has_session_tag(state, asked()) is (tag.value == "alice")
    assert tag_of(perform(OPS_ROLE, HOST, ASSUME), asked())[0] is False


def test_who_is_in_no_role_session_has_the_tag_of_the_principal_whatever_role_sessions_there_are() -> None:
    state = perform(OPS_ROLE, HOST, ROLE_TAG, PASS)

    assert has_session_tag(state, asked(NO_ROLE_SESSION)) is False
    assert tag_of(state, asked(NO_ROLE_SESSION)) == (True, Tag(Spelling(RUN_AS_TAG), Name("bob")))


def test_a_session_tag_is_passed_over_where_there_is_no_role_session_even_if_the_table_held_one() -> None:
    state = perform(OPS_ROLE, HOST, PASS)
    held = state.session_tags.put((NO_ROLE_SESSION, SMALL), state.session_tags["r-1", SMALL])

    assert has_session_tag(attrs.evolve(state, session_tags=held), asked(NO_ROLE_SESSION)) is False


@pytest.mark.parametrize(
    ("spelled", "value", "exact", "blank"),
    [(RUN_AS_TAG, "alice", True, False), (SMALL, "alice", False, False), (RUN_AS_TAG, " ", True, True)],
)
def test_how_a_session_tag_is_spelled_and_whether_it_is_blank_is_asked_of_it_and_not_of_the_role(
    spelled: str, value: str, exact: bool, blank: bool
) -> None:
    s = situation_of(perform(OPS_ROLE, HOST, ROLE_TAG, passed(key=spelled, value=value)), asked())

    assert (s.tagged, s.tag, s.tag_key_exact, s.tag_blank) == (True, value, exact, blank)


def test_a_session_in_a_role_session_runs_as_the_os_user_of_its_tag_and_beside_it_as_that_of_the_role() -> None:
    bob = ("create_os_user", {**ALICE[1], "name": "bob"})
    state = perform(OPS_ROLE, HOST, ON, ALICE, bob, ROLE_TAG, PASS)

    assert outcome(state, IN_ROLE) == "alice"
    assert outcome(state, ("start_session", {**START[1], "principal": "OpsRole"})) == "bob"


def test_tagging_the_role_later_changes_no_session_tag_but_counts_where_there_is_none() -> None:
    before = [OPS_ROLE, HOST, ON, ALICE, OPS, PASS, ("assume_role", {**ASSUME[1], "role_session": "r-2"})]
    after = perform(*before, ROLE_TAG)

    assert after.session_tags == perform(*before).session_tags
    assert situation_of(after, asked("r-1")).tag == "alice"
    assert situation_of(perform(*before), asked("r-2")).tagged is False
    assert situation_of(after, asked("r-2")).tag == "bob"


def test_a_role_session_that_ends_keeps_its_tags_and_leaves_running_sessions_alone() -> None:
    before = [OPS_ROLE, HOST, ON, ALICE, PASS, IN_ROLE]
    state = perform(*before, END)

    assert state.sessions == perform(*before).sessions
    assert len(state.sessions) == 1
    assert tags_of(state, "r-1") == tags_of(perform(*before), "r-1")
    assert not state.role_sessions.has(("OpsRole", "r-1"))
    assert state.assumed["r-1"] == "OpsRole"


def test_the_end_of_a_role_session_leaves_those_that_were_chained_from_it() -> None:
    state = perform(OPS_ROLE, HOST, ON, ALICE, PASS, CHAIN, END)

    assert outcome(state, ("start_session", {**IN_ROLE[1], "role_session": "r-2"})) == "alice"


def test_deleting_a_role_ends_its_role_sessions_and_no_others_even_if_it_is_made_anew() -> None:
    other = ("create_principal", {**OPS_ROLE[1], "principal": "Other"})
    of_other = ("assume_role", {"principal": "Other", "role_session": "r-9"})
    state = perform(OPS_ROLE, other, HOST, PASS, of_other, ("delete_principal", {"principal": "OpsRole"}), OPS_ROLE)

    assert list(state.role_sessions) == [("Other", "r-9")]
    with pytest.raises(e.ExpiredToken):
        apply(IN_ROLE[0], state, DEFAULT, **IN_ROLE[1])
    with pytest.raises(e.RoleSessionIdUsed):
        apply(ASSUME[0], state, DEFAULT, **ASSUME[1])


def test_two_role_sessions_of_one_role_have_tags_of_their_own() -> None:
    second = passed(role_session="r-2", value="ops")
    state = perform(OPS_ROLE, HOST, ON, ALICE, OPS, PASS, second)

    started = [outcome(state, ("start_session", {**IN_ROLE[1], "role_session": one})) for one in ("r-1", "r-2")]
    assert started == ["alice", "ops"]


def test_no_role_session_is_meant_where_none_is_named() -> None:
    named = ("start_session", {**START[1], "role_session": NO_ROLE_SESSION})
    from_none = ("assume_role", {**ASSUME[1], "source": NO_ROLE_SESSION})

    assert perform(AMY, HOST, named) == perform(AMY, HOST, START)
    assert perform(OPS_ROLE, from_none) == perform(OPS_ROLE, ASSUME)


REQUIRED: dict[str, list[type[e.OperationError]]] = {
    "assume_role": [e.UnknownPrincipal, e.NotARole, e.UnknownRoleSession, e.ExpiredToken, e.RoleSessionIdUsed],
    "end_role_session": [e.UnknownRoleSession, e.ExpiredToken],
    "start_session": [e.UnknownPrincipal, e.UnknownRoleSession, e.ExpiredToken, e.UnknownInstance,
                      e.DifferentAccounts, e.InvalidDocument, e.InvalidParameters, e.SessionIdUsed],
}  # fmt: skip
REQUIRED["assume_role_with_tag"] = [*REQUIRED["assume_role"], e.TransitiveTagRepeated]


@pytest.mark.parametrize("operation", REQUIRED)
def test_what_is_required_first_is_told_first(operation: str) -> None:
    arguments = {**PASS[1], **CHAIN[1], **IN_ROLE[1]}
    taken = {name: arguments[name] for name in SPECIFICATION.operations[operation].parameters if name in arguments}
    step = SPECIFICATION.step(operation, perform(), DEFAULT, **taken)

    assert [type(error) for _, error in step.requires] == REQUIRED[operation]


def test_a_transitive_tag_that_is_repeated_is_told_after_all_that_is_wrong_with_the_role_session() -> None:
    state = perform(OPS_ROLE, PASS, END)

    with pytest.raises(e.ExpiredToken):
        apply(PASS[0], state, DEFAULT, **chained()[1])
    with pytest.raises(e.RoleSessionIdUsed):
        apply(PASS[0], perform(OPS_ROLE, PASS), DEFAULT, **{**chained()[1], "role_session": "r-1"})


def test_the_situation_in_a_role_session_is_asked_for_by_name_and_only_of_one_that_goes_on() -> None:
    state = perform(OPS_ROLE, AMY, HOST, ROLE_TAG, PASS)

    assert runas_model.situation_of(state, "OpsRole", "i-1", role_session="r-1").tag == "alice"
    assert runas_model.situation_of(state, "OpsRole", "i-1").tag == "bob"
    others = perform(OPS_ROLE, HOST, PASS, END)
    for wrong, principal, of in (("r-2", "OpsRole", state), ("r-1", "amy", state), ("r-1", "OpsRole", others)):
        with pytest.raises(ValueError, match=f"role_session cannot be '{wrong}'"):
            runas_model.situation_of(of, principal, "i-1", role_session=wrong)


@pytest.mark.parametrize(("argument", "longest"), [("key", 128), ("value", 256)])
def test_a_session_tag_is_as_long_as_iam_allows_and_no_longer(argument: str, longest: int) -> None:
    operation, arguments = PASS
    state = perform(OPS_ROLE)

    assert apply(operation, state, **{**arguments, argument: "x" * longest})[0] != state
    with pytest.raises(ValueError, match=rf"^{argument} cannot be .* expected at most {longest} characters$"):
        apply(operation, state, **{**arguments, argument: "x" * (longest + 1)})
