"""What differs is told, whatever it is: a field of a situation, an OS user's ids, a choice, a record of a state."""

from typing import Any

import attrs
import pytest
from attrs import evolve

from runas_model import AGENT, DEFAULT, INITIAL, Platform, Situation, State, situation
from runas_model.specification.readings import all_readings
from runas_model.specification.vocabulary import (
    OsUser,
    PosixId,
    PrincipalKind,
    PrincipalRecord,
    RunningSession,
    SessionDocument,
    SessionTag,
    Switch,
    Tag,
)
from runas_model.stories import changes
from runas_model.stories.differences import differing_choices, differing_facts

OTHERWISE: dict[str, Any] = {
    "platform": Platform.MACOS,
    "run_as_enabled": Switch.OFF,
    "tagged": False,
    "tag_key_exact": False,
    "tag": "ops",
    "tag_blank": True,
    "default_named": False,
    "default_user": "ops",
}
S = situation(run_as_enabled=True, tag="alice", default_user="bob", users=[("alice", 1001, 1001)])


@pytest.mark.parametrize("field", [field.name for field in attrs.fields(Situation) if field.name != "os_users"])
def test_each_field_of_a_situation_that_differs_is_told_and_no_other(field: str) -> None:
    other = evolve(S, **{field: OTHERWISE[field]})

    (there,), (back,) = differing_facts(S, other), differing_facts(other, S)
    assert there != back
    assert list(differing_facts(S, S)) == []


@pytest.mark.parametrize(
    ("users", "told"),
    [
        ([("alice", 0, 1001)], ["alice (uid 0, gid 1001) is on the instance"]),
        ([("alice", 1001, 1002)], ["alice (uid 1001, gid 1002) is on the instance"]),
        ([], ["alice is not on the instance"]),
        ([("alice", 1001, 1001), (" alice", 1, 2)], ['" alice" (uid 1, gid 2) is on the instance']),
    ],
)
def test_os_users_that_differ_are_told_with_their_ids(users: list[Any], told: list[str]) -> None:
    other = situation(run_as_enabled=True, tag="alice", default_user="bob", users=users)

    assert list(differing_facts(S, other)) == told


def test_readings_are_told_by_the_choices_in_which_they_differ() -> None:
    assert differing_choices(DEFAULT, AGENT) == "blank_tag=as-untagged, superuser=refused, macos=covered"
    assert len({differing_choices(DEFAULT, reading) for reading in all_readings()}) == len(all_readings())


AT = ("i-1", "s-1")
RUNS = RunningSession("amy", "1111", "alice", "tag-user-exists", True, True)
RECORDS: list[tuple[str, Any, Any, dict[str, Any]]] = [
    (
        "documents",
        ("1111", "us-east-1", "Ops"),
        SessionDocument(Switch.ON, "", False),
        {"run_as_enabled": Switch.OFF, "default_user": " ", "declares_parameter": True},
    ),
    ("principals", "amy", PrincipalRecord("1111", PrincipalKind.USER), {"account": "2", "kind": PrincipalKind.ROLE}),
    ("tags", ("amy", "team"), Tag("Team", "alice"), {"spelling": "team", "value": "alice "}),
    (
        "session_tags",
        ("r-1", "team"),
        SessionTag("Team", "alice", True),
        {"spelling": "team", "value": "ops", "transitive": False},
    ),
    ("os_users", ("i-1", "alice"), OsUser(PosixId(1001), PosixId(1001)), {"uid": PosixId(1002), "gid": PosixId(7)}),
    (
        "sessions",
        AT,
        RUNS,
        {"principal": "ben", "account": "2", "os_user": "ops", "rule": "default-user-exists", "run_as_applied": False,
         "os_user_present": False},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "at", "record", "field", "value"),
    [(table, at, record, *one) for table, at, record, otherwise in RECORDS for one in otherwise.items()],
)
def test_each_field_of_a_record_that_has_changed_is_seen(
    table: str, at: Any, record: Any, field: str, value: Any
) -> None:
    state = evolve(INITIAL, **{table: getattr(INITIAL, table).put(at, record)})
    other = evolve(INITIAL, **{table: getattr(INITIAL, table).put(at, evolve(record, **{field: value}))})

    there, back = list(changes(state, other)), list(changes(other, state))
    assert len(there) == len(back) == 1
    assert there != back


def test_every_table_with_records_is_tried() -> None:
    tried = {table for table, *_ in RECORDS}
    assert tried | {"instances", "started", "assumed", "role_sessions"} == {field.name for field in attrs.fields(State)}
    for _, _, record, otherwise in RECORDS:
        assert [field.name for field in attrs.fields(type(record))] == list(otherwise)


def test_a_session_that_was_started_and_does_not_run_is_told() -> None:
    state = evolve(INITIAL, started=INITIAL.started.put("s-1", "i-1"))

    assert list(changes(INITIAL, state)) == ["session s-1 was started on i-1"]
    assert list(changes(state, INITIAL)) == ["session s-1 never started"]


def test_a_role_session_is_told_when_it_begins_when_it_ends_and_when_it_had_ended() -> None:
    began = evolve(
        INITIAL,
        assumed=INITIAL.assumed.put("r-1", "ops"),
        role_sessions=INITIAL.role_sessions.put(("ops", "r-1"), True),
    )
    ended = evolve(began, role_sessions=INITIAL.role_sessions)

    assert list(changes(INITIAL, began)) == ["role session r-1 of ops has begun"]
    assert list(changes(began, ended)) == ["role session r-1 of ops has ended"]
    assert list(changes(INITIAL, ended)) == ["role session r-1 of ops has ended"]
    assert list(changes(ended, INITIAL)) == ["role session r-1 never began"]
