"""Traces in lines: what was asked, how it ended, and what changed; nothing else."""

import pytest

from runas_model import DEFAULT, INITIAL, RUN_AS_TAG, SPECIFICATION, Platform, State, Transition
from runas_model.specification.vocabulary import PrincipalKind, Switch
from runas_model.stories import changes, plain, tell_trace, tell_transition

CALLS = (
    ("create_principal", {"principal": "amy", "account": "1111", "kind": PrincipalKind.USER}),
    ("register_instance", {"instance": "i-1", "account": "1111", "platform": Platform.LINUX}),
    ("create_os_user", {"instance": "i-1", "name": "alice", "uid": 1002, "gid": 0}),
    ("tag_principal", {"principal": "amy", "key": RUN_AS_TAG, "value": "alice"}),
    ("update_preferences", {"account": "1111", "run_as_enabled": Switch.ON, "default_user": ""}),
    ("start_session", {"session": "s-1", "principal": "amy", "instance": "i-1"}),
)


@pytest.fixture
def trace() -> list[Transition]:
    state, taken = INITIAL, []
    for operation, arguments in CALLS:
        taken.append(SPECIFICATION.transition(operation, state, DEFAULT, **arguments))
        state = taken[-1].after
    return taken


@pytest.fixture
def state(trace: list[Transition]) -> State:
    return trace[-1].after


def test_each_step_is_a_numbered_line_with_what_changed_under_it(trace: list[Transition]) -> None:
    assert tell_trace(trace[2:4]) == [
        "1. create_os_user: instance i-1, name alice, uid 1002, gid 0",
        "   OS user alice (uid 1002, gid 0) is on i-1",
        "2. tag_principal: principal amy, key SSMSessionRunAs, value alice",
        "   amy has tag SSMSessionRunAs = alice",
    ]


def test_a_start_tells_the_decision_and_its_rule(trace: list[Transition]) -> None:
    assert tell_transition(trace[-1]) == [
        "start_session: session s-1, principal amy, instance i-1 -> started as alice by tag-user-exists",
        "session s-1 on i-1 is amy's and runs as alice by tag-user-exists",
    ]


def test_an_operation_that_fails_tells_its_error_and_changes_nothing(state: State) -> None:
    again = SPECIFICATION.transition("terminate_session", state, DEFAULT, session="s-2")

    (told,) = tell_transition(again)
    assert told.startswith("terminate_session: session s-2 -> ")


def test_what_goes_is_told_like_what_comes(state: State) -> None:
    gone = SPECIFICATION.transition("deregister_instance", state, DEFAULT, instance="i-1")

    assert tell_transition(gone)[1:] == [
        "instance i-1 is gone",
        "OS user alice is not on i-1",
        "session s-1 on i-1 is not running",
    ]


def test_a_state_is_told_as_what_differs_from_nothing(state: State) -> None:
    assert list(changes(INITIAL, state)) == [
        "account 1111 has Run As on, no default",
        "user amy is in account 1111",
        "amy has tag SSMSessionRunAs = alice",
        "instance i-1 (linux) is in account 1111",
        "OS user alice (uid 1002, gid 0) is on i-1",
        "session s-1 on i-1 is amy's and runs as alice by tag-user-exists",
    ]
    assert list(changes(state, state)) == []


@pytest.mark.parametrize(("name", "told"), [("alice", "alice"), (" alice", '" alice"'), ("", '""'), ("a\n", '"a\\n"')])
def test_a_name_that_could_be_misread_is_in_quotes(name: str, told: str) -> None:
    assert plain(name) == told
