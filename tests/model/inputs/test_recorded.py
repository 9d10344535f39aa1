"""Rows of recorded decisions: read, outside the model, or not to be read."""

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec import UNSET

from runas_model.inputs.observed import NOTHING_MORE, Outside
from runas_model.inputs.recorded import Assembler, CannotBeRead, Recorded, RecordedOutside, RowRead
from runas_model.inputs.records import read_recorded
from runas_model.inputs.rows import Group, OsUserRow
from runas_model.specification.vocabulary import Switch

ALICE = OsUserRow("alice", 2001, 2001, groups=(Group(2001, "alice"), Group(2199, None)))
SSM_USER = OsUserRow("ssm-user", 9, 9)
PLAIN: dict[str, Any] = {
    "id": "r-1",
    "run_as_enabled": True,
    "tag": "alice",
    "default_user": None,
    "outcome": {"started_as": "alice", "uid": 2001},
}
FULL = {**PLAIN, "family": "os-user", "session_type": "Standard_Stream"}


def read(row: dict[str, Any], **changes: Any) -> RowRead:
    return Assembler([ALICE, SSM_USER], "a.json")(json.dumps({**row, **changes}), "line", 3)


def recorded(row: dict[str, Any], **changes: Any) -> Recorded:
    found = read(row, **changes)
    assert isinstance(found, Recorded)
    return found


def test_a_plain_row_and_the_same_with_more_members_are_the_same_situation() -> None:
    plain, full = recorded(PLAIN), recorded(FULL)

    assert plain.situation == full.situation
    assert (plain.started_as, plain.uid) == (full.started_as, full.uid) == ("alice", 2001)


@pytest.mark.parametrize(
    ("changes", "fact"),
    [
        ({"inputs": {}}, Outside.DOCUMENT),
        ({"inputs": None}, Outside.DOCUMENT),
        ({"document": {"schemaVersion": None}}, Outside.DOCUMENT),
        ({"tag": 2001}, Outside.NOT_TEXT),
        ({"default_user": ["alice"]}, Outside.NOT_TEXT),
        ({"parameters": {"osUser": "alice"}}, Outside.PARAMETERS),
        ({"document_parameters": {}}, Outside.PARAMETERS),
        ({"session_type": "Port"}, Outside.SESSION_TYPE),
        ({"properties": None}, Outside.PROPERTIES),
        ({"elevated": "yes"}, Outside.PROPERTIES),
        ({"container_mode": True}, Outside.CONTAINER),
        ({"elevated": True, "session_type": "InteractiveCommands"}, Outside.ELEVATED),
        ({"agent": {"name": None, "uid": 2099, "gid": 2099}}, Outside.AGENT),
    ],
)
def test_a_fact_that_the_specification_does_not_cover_puts_a_row_outside(
    changes: dict[str, Any], fact: Outside
) -> None:
    found = read(FULL, **changes)

    assert isinstance(found, RecordedOutside)
    assert found.facts == (fact,)
    assert found.told == 'r-1: started as "alice" (uid 2001)'


FILLED: dict[str, Any] = {
    **FULL,
    "tag": None,
    "default_user": "{{ osUser }}",
    "parameters": {"osUser": "alice"},
    "document_parameters": {"osUser": {"type": "String", "default": "eve"}},
}


@pytest.mark.parametrize(
    ("changes", "default_user"),
    [
        ({}, "alice"),
        ({"default_user": "{{osUser}}"}, "alice"),
        ({"parameters": {"osUser": ""}}, ""),
        ({"parameters": {"osUser": "{{ osUser }}"}}, "{{ osUser }}"),
        ({"parameters": {}}, "eve"),
        ({"parameters": None}, None),
        ({"default_user": "al{{ osUser }}"}, None),
        ({"default_user": "{{ OSUSER }}"}, None),
        ({"default_user": "ops"}, None),
        ({"default_user": None}, None),
        ({"run_as_enabled": "{{ osUser }}"}, None),
        ({"parameters": {"osUser": 2001}}, None),
        ({"parameters": {"osUser": None}}, None),
        ({"parameters": {"other": "alice"}}, None),
        ({"document_parameters": {"osUser": {"type": "String"}}}, None),
        ({"document_parameters": {"osUser": {"type": "StringList", "default": "eve"}}}, None),
        ({"document_parameters": {"osUser": {"type": "String", "default": "eve", "allowedPattern": "e"}}}, None),
        ({"document_parameters": {"osUser": {"type": "String", "default": "eve", "allowedValues": []}}}, None),
        ({"document_parameters": {name: {"type": "String", "default": "eve"} for name in ("osUser", "b")}}, None),
        ({"document_parameters": []}, None),
    ],
)
def test_a_parameter_that_is_the_whole_default_os_user_fills_it_and_others_are_outside(
    changes: dict[str, Any], default_user: str | None
) -> None:
    found = read(FILLED, **changes)

    if default_user is None:
        assert isinstance(found, RecordedOutside)
        assert found.facts == (Outside.PARAMETERS,)
    else:
        assert isinstance(found, Recorded)
        assert found.situation == recorded(FULL, tag=None, default_user=default_user).situation


def test_without_a_value_the_parameter_is_what_it_is_declared_to_be() -> None:
    row = {name: value for name, value in FILLED.items() if name != "parameters"}

    assert recorded(row).situation.default_user == "eve"


def test_a_tag_that_looks_like_a_parameter_is_a_name() -> None:
    assert recorded(FILLED, tag="{{ osUser }}").situation.tag == "{{ osUser }}"


def test_a_row_with_several_such_facts_has_them_in_the_order_in_which_the_agent_meets_them() -> None:
    found = read(FULL, agent={"name": "a", "uid": 7, "gid": 7}, container_mode=True, tag=7)

    assert isinstance(found, RecordedOutside)
    assert found.facts == (Outside.NOT_TEXT, Outside.CONTAINER, Outside.AGENT)


@pytest.mark.parametrize(
    "changes",
    [
        {"sh": "bash"},
        {"id_program": "BusyBox 1.35"},
        {"conditions": ["home folder exists"]},
        {"session_type": "NonInteractiveCommands"},
        {"elevated": True},
        {"agent": {"name": "root", "uid": 0, "gid": 0}},
        {"container_mode": False},
    ],
)
def test_a_fact_of_the_instance_or_one_without_effect_leaves_a_row_inside(changes: dict[str, Any]) -> None:
    assert recorded(FULL, **changes).situation == recorded(PLAIN).situation


@pytest.mark.parametrize("raw", ["yes", 1, [], {"value": True}])
@pytest.mark.parametrize("row", [PLAIN, FULL])
def test_a_switch_that_is_no_truth_value_is_a_situation_and_not_an_error(row: dict[str, Any], raw: object) -> None:
    assert recorded(row, run_as_enabled=raw).situation.run_as_enabled is Switch.UNREADABLE
    assert recorded(row).situation.run_as_enabled is Switch.ON


def test_a_document_that_the_agent_cannot_read_is_a_refusal_with_its_class() -> None:
    found = recorded(FULL, run_as_enabled=1, outcome={"unreadable": "bad", "class": "switch-of-wrong-type"})

    assert (found.started_as, found.besides.sort) == (None, "switch-of-wrong-type")


def test_what_a_row_tells_besides_is_kept() -> None:
    outcome = {"started_as": "2001", "uid": 5555, "os_user": None, "gid": 5, "groups": [5], "home": "/"}
    found = recorded(FULL, outcome=outcome, sh="bash", id_program="BusyBox 1.35", conditions=["x"]).besides

    assert (found.os_user, found.sh, found.id_program, found.conditions) == (None, "bash", "BusyBox 1.35", ("x",))
    assert found.groups == {"alice": ALICE.groups}
    assert recorded(FULL).besides.os_user is UNSET


def test_groups_are_known_of_plain_rows_too_and_nothing_where_none_are_told() -> None:
    assert recorded(PLAIN).besides.groups == {"alice": ALICE.groups}
    found = recorded(PLAIN, os_users=[{"name": "bob", "uid": 1, "gid": 1}])
    assert found.besides == NOTHING_MORE


def test_the_ssm_user_of_a_row_replaces_the_one_of_the_file() -> None:
    groups = [{"gid": 0, "name": "root"}]
    found = recorded(FULL, ssm_user_present=True, ssm_user={"name": "ssm-user", "uid": 7, "gid": 0, "groups": groups})
    user = found.situation.os_users["ssm-user"]

    assert (user.uid, user.gid) == (7, 0)
    assert found.besides.groups["ssm-user"] == (Group(0, "root"),)
    assert not recorded(FULL, ssm_user_present=False).situation.os_users.has("ssm-user")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"id": 7}, "line 3, field id: Expected `str`, got `int`"),
        ({"colour": "red"}, "line 3 (r-1): Object contains unknown field `colour`"),
        ({"platform": "amiga"}, "line 3 (r-1), field platform: unknown platform 'amiga'"),
        ({"outcome": {}}, "line 3 (r-1), field outcome: "),
        ({"outcome": {"started_as": "a", "refused": "b"}}, "line 3 (r-1), field outcome: "),
        (
            {"outcome": {"started_as": "a", "unreadable": "b"}},
            "line 3 (r-1), field outcome: one of started_as, refused",
        ),
        ({"absent": ["tag"], "family": "x"}, "line 3 (r-1), field absent: 'tag' is none of the settings"),
        ({"absent": ["colour"], "family": "x"}, "line 3 (r-1), field absent: 'colour' is none of the settings"),
        ({"ssm_user": {"name": "bob", "uid": 1, "gid": 1}}, "field ssm_user: its name is 'bob'"),
        ({"os_users": [], "ssm_user_present": True}, "field os_users: ssm_user_present, but ssm-user is not among"),
    ],
)
def test_a_row_that_cannot_be_read_says_where_and_what(changes: dict[str, Any], told: str) -> None:
    found = read(PLAIN, **changes)

    assert isinstance(found, CannotBeRead)
    assert found.told.startswith("a.json, line 3")
    assert told in found.told


@pytest.mark.parametrize("text", ['{"id": ', "hello", "[" * 100_000, '"x"'])
def test_a_row_that_is_no_json_object_cannot_be_read(text: str) -> None:
    found = Assembler([], "a.json")(text, "line", 1)

    assert isinstance(found, CannotBeRead)
    assert found.row == "line 1"


def test_reading_goes_on_behind_a_row_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    heading = {"os_users": [{"name": "alice", "uid": 2001, "gid": 2001}]}
    path.write_text("\n".join([json.dumps(heading), "{", json.dumps({**PLAIN, "tag": 7}), "", json.dumps(PLAIN)]))

    assert [type(row) for row in read_recorded(path)] == [CannotBeRead, RecordedOutside, Recorded]
