"""Operations: what each changes, and what each refuses."""

from typing import Any

import pytest

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
    TAG,
    perform,
)
from runas_model import DEFAULT, OPERATIONS, RUN_AS_TAG, OsUser, apply
from runas_model.specification import errors as e
from runas_model.specification.vocabulary import (
    DEFAULT_REGION,
    NO_NAME,
    NO_ROLE_SESSION,
    PREFERENCES,
    Name,
    Platform,
    Spelling,
    Switch,
    Tag,
)


@pytest.mark.parametrize(
    ("before", "operation", "arguments", "error"),
    [
        ([AMY], *AMY, e.PrincipalExists),
        ([], "delete_principal", {"principal": "amy"}, e.UnknownPrincipal),
        ([], *TAG, e.UnknownPrincipal),
        ([], "untag_principal", {"principal": "amy", "key": RUN_AS_TAG}, e.UnknownPrincipal),
        ([AMY], "untag_principal", {"principal": "amy", "key": RUN_AS_TAG}, e.UnknownTag),
        ([HOST], *HOST, e.InstanceExists),
        ([], "deregister_instance", {"instance": "i-1"}, e.UnknownInstance),
        ([], *OPS, e.UnknownInstance),
        ([HOST], "create_os_user", {"instance": "i-1", "name": " ", "uid": 7, "gid": 7}, e.BlankOsUserName),
        ([HOST, OPS], *OPS, e.OsUserExists),
        ([], "delete_os_user", {"instance": "i-1", "name": "ops"}, e.UnknownInstance),
        ([HOST], "delete_os_user", {"instance": "i-1", "name": "ops"}, e.UnknownOsUser),
        ([HOST], *START, e.UnknownPrincipal),
        ([AMY], *START, e.UnknownInstance),
        ([AMY, ("register_instance", {**HOST[1], "account": "2"})], *START, e.DifferentAccounts),
        ([AMY, HOST, START], *START, e.SessionIdUsed),
        ([AMY, HOST, START, ("terminate_session", {"session": "s-1"})], *START, e.SessionIdUsed),
        ([AMY, HOST], "start_session", {**START[1], "document": "Ops"}, e.InvalidDocument),
        ([AMY, HOST], "start_session", {**START[1], "parameter": "alice"}, e.InvalidParameters),
        ([AMY, HOST, ON], "start_session", {**START[1], "parameter": ""}, e.InvalidParameters),
        ([], "delete_document", {"account": "1", "document": "Ops"}, e.InvalidDocument),
        ([], "terminate_session", {"session": "s-1"}, e.UnknownSession),
        ([], *ASSUME, e.UnknownPrincipal),
        ([AMY], "assume_role", {**ASSUME[1], "principal": "amy"}, e.NotARole),
        ([OPS_ROLE], "assume_role", {**ASSUME[1], "source": "r-0"}, e.UnknownRoleSession),
        ([OPS_ROLE, ASSUME, END], "assume_role", {**CHAIN[1], "role_session": "r-2"}, e.ExpiredToken),
        ([OPS_ROLE, ASSUME], *ASSUME, e.RoleSessionIdUsed),
        ([OPS_ROLE, ASSUME, END], *ASSUME, e.RoleSessionIdUsed),
        ([OPS_ROLE], "assume_role", {**ASSUME[1], "role_session": ""}, e.RoleSessionIdUsed),
        ([AMY], "assume_role_with_tag", {**PASS[1], "principal": "amy"}, e.NotARole),
        ([OPS_ROLE, PASS], "assume_role_with_tag", {**PASS[1], **CHAIN[1]}, e.TransitiveTagRepeated),
        ([], *END, e.UnknownRoleSession),
        ([OPS_ROLE, ASSUME, END], *END, e.ExpiredToken),
        ([OPS_ROLE, HOST], *IN_ROLE, e.UnknownRoleSession),
        ([AMY, OPS_ROLE, ASSUME, HOST], "start_session", {**IN_ROLE[1], "principal": "amy"}, e.UnknownRoleSession),
        ([OPS_ROLE, ASSUME, HOST, END], *IN_ROLE, e.ExpiredToken),
        ([AMY, HOST, START, ("terminate_session", {"session": "s-1"})], "terminate_session", {"session": "s-1"},
         e.UnknownSession),
    ],
)  # fmt: skip
def test_an_operation_on_what_is_not_there_is_an_error_that_names_it(
    before: list[Any], operation: str, arguments: dict[str, Any], error: type[e.OperationError]
) -> None:
    state = perform(*before)
    with pytest.raises(error) as caught:
        apply(operation, state, DEFAULT, **arguments)

    assert error.text in str(caught.value)
    said = OPERATIONS[operation].complete(arguments)
    assert all(part in said.values() for part in caught.value.subject)


def test_every_error_is_raised_by_some_operation() -> None:
    parameters = test_an_operation_on_what_is_not_there_is_an_error_that_names_it.pytestmark[0].args[1]

    assert set(e.ERRORS) == {case[-1] for case in parameters}


def test_a_session_starts_as_the_default_user_and_keeps_it_when_settings_change() -> None:
    state = perform(AMY, HOST, ON, OPS, START)
    after = perform(AMY, HOST, ON, OPS, START, ("update_preferences", {**ON[1], "default_user": "alice"}), TAG)

    assert state.sessions["i-1", "s-1"].os_user == "ops"
    assert state.sessions == after.sessions


OWN = ("put_document", {"account": "1", "document": "Ops", "run_as_enabled": False, "default_user": ""})


def test_a_session_that_names_a_document_starts_by_it_and_the_preferences_stay_as_they_are() -> None:
    named = ("start_session", {**START[1], "session": "s-2", "document": "Ops"})
    state = perform(AMY, HOST, ON, OPS, OWN, START, named)

    assert [state.sessions["i-1", session].os_user for session in ("s-1", "s-2")] == ["ops", "ssm-user"]
    assert {*state.documents} == {("1", DEFAULT_REGION, PREFERENCES), ("1", DEFAULT_REGION, "Ops")}


def test_a_session_may_name_the_preferences_where_there_are_none() -> None:
    named = ("start_session", {**START[1], "document": PREFERENCES})

    assert perform(AMY, HOST, named) == perform(AMY, HOST, START)


def test_a_document_serves_the_instances_of_its_account_in_its_region_alone() -> None:
    elsewhere = ("register_instance", {**HOST[1], "region": "eu-west-1"})

    assert perform(AMY, elsewhere, ON, OPS, START).sessions["i-1", "s-1"].os_user == "ssm-user"
    with pytest.raises(e.InvalidDocument, match="no such session document"):
        perform(AMY, elsewhere, OWN, ("start_session", {**START[1], "document": "Ops"}))


def test_without_its_preferences_run_as_is_off_in_an_account() -> None:
    gone = ("delete_document", {"account": "1", "document": PREFERENCES})

    assert perform(AMY, HOST, ON, OPS, gone, START).sessions["i-1", "s-1"].os_user == "ssm-user"


def test_an_argument_that_may_be_left_out_is_what_is_meant_then_and_is_not_said() -> None:
    start = OPERATIONS["start_session"]
    members = start.with_members(START[1])

    none_given = {"filled": False, "parameter": NO_NAME}
    assert members == {**START[1], "document": PREFERENCES, "role_session": NO_ROLE_SESSION, **none_given}
    assert start.said(members) == START[1]
    for own in ({"document": "Ops"}, {"role_session": "r-1"}):
        assert start.said({**members, **own}) == {**START[1], **own}
    with pytest.raises(TypeError, match="start_session needs 'instance' as well"):
        start.with_members({"session": "s-1", "principal": "amy"})


def test_a_refused_session_changes_nothing() -> None:
    before = perform(AMY, HOST, ON, OPS, TAG)
    after, decision = apply(START[0], before, DEFAULT, **START[1])

    assert decision is not None
    assert decision.rule == "tag-user-missing"
    assert before == after


def test_only_a_session_with_run_as_off_creates_ssm_user() -> None:
    assert perform(AMY, HOST, START).os_users.has(("i-1", "ssm-user"))
    assert not perform(AMY, HOST, ON, OPS, START).os_users.has(("i-1", "ssm-user"))


def test_an_existing_ssm_user_stays_as_it_is() -> None:
    mine = ("create_os_user", {"instance": "i-1", "name": "ssm-user", "uid": 5, "gid": 6})

    assert OsUser(5, 6) == perform(AMY, HOST, mine, START).os_users["i-1", "ssm-user"]


def test_deregistering_an_instance_ends_its_sessions_and_forgets_its_os_users() -> None:
    state = perform(AMY, HOST, ON, OPS, START, ("deregister_instance", {"instance": "i-1"}))

    assert 0 == len(state.sessions) == len(state.os_users) == len(state.instances)
    assert state.started.has("s-1")


def test_a_principal_made_anew_has_none_of_the_old_tags() -> None:
    state = perform(AMY, TAG, ("delete_principal", {"principal": "amy"}), AMY)

    assert not state.tags.has(("amy", "ssmsessionrunas"))
    assert list(state.tags) == []


def test_untagging_takes_off_one_tag_and_deleting_an_os_user_one_user() -> None:
    team = ("tag_principal", {"principal": "amy", "key": "Team", "value": "blue"})
    state = perform(AMY, TAG, team, ("untag_principal", {"principal": "amy", "key": RUN_AS_TAG}))
    users = perform(HOST, OPS, ("delete_os_user", {"instance": "i-1", "name": "ops"})).os_users

    assert [state.tags[at] for at in state.tags] == [Tag(Spelling("Team"), Name("blue"))]
    assert len(users) == 0


def test_a_principal_has_one_tag_for_a_key_in_any_case_with_the_newer_spelling_and_value() -> None:
    small = ("tag_principal", {"principal": "amy", "key": "ssmsessionrunas", "value": "ops"})
    state = perform(AMY, TAG, small)

    assert [state.tags[at] for at in state.tags] == [Tag(Spelling("ssmsessionrunas"), Name("ops"))]
    untagged = perform(AMY, small, ("untag_principal", {"principal": "amy", "key": RUN_AS_TAG}))
    assert list(untagged.tags) == []


def test_enumerated_arguments_may_be_plain_values_and_a_value_of_no_member_is_an_error() -> None:
    plain = perform(HOST, ON)
    members = {"run_as_enabled": Switch.ON, "platform": Platform.LINUX}

    assert plain.documents["1", DEFAULT_REGION, PREFERENCES].run_as_enabled is members["run_as_enabled"]
    assert plain.instances["i-1"].platform is members["platform"]
    with pytest.raises(ValueError, match="run_as_enabled cannot be 'yes'"):
        perform(("update_preferences", {**ON[1], "run_as_enabled": "yes"}))


def test_every_operation_says_what_it_does_and_what_it_takes() -> None:
    assert len(OPERATIONS) == len({operation.title for operation in OPERATIONS.values()})
    assert all(operation.title.endswith(".") for operation in OPERATIONS.values())
    for operation in OPERATIONS.values():
        assert operation.arguments.keys() == operation.parameters.keys() - operation.optional.values()
