"""The JSON Schemas of rows and of known failures: as kept, and accepting what the readers do."""

import copy
import json
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from runas_model import DEFAULT
from runas_model.inputs.members import OS_USER_MEMBERS, OUTCOME_MEMBERS, ROW_MEMBERS
from runas_model.inputs.recorded import Assembler, CannotBeRead
from runas_model.inputs.records import InputError, read_recorded
from runas_model.inputs.rows import OsUserRow
from runas_properties.oracle.known import ENTRY_MEMBERS
from runas_properties.oracle.known_files import known_of
from runas_properties.oracle.recorded import AGENT_FILES, AGENT_KNOWN, check
from runas_properties.oracle.schemas import SCHEMAS, known_schema, rows_schema, write

ROWS = jsonschema.Draft202012Validator(rows_schema())
ROW = jsonschema.Draft202012Validator({**rows_schema(), "anyOf": [{"$ref": "#/$defs/Row"}]})
KNOWN = jsonschema.Draft202012Validator(known_schema())


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schemas_that_are_kept_are_those_of_the_types(name: str, tmp_path: Path) -> None:
    write(tmp_path)
    kept = (files("runas_properties.oracle") / name).read_text("utf-8")

    assert kept == (tmp_path / name).read_text("utf-8")
    jsonschema.Draft202012Validator.check_schema(json.loads(kept))


@pytest.mark.parametrize("path", AGENT_FILES, ids=lambda path: path.name)
def test_recorded_decisions_are_as_the_schema_says(path: Path) -> None:
    document = json.loads(path.read_text())

    ROWS.validate(document)
    heading = {name: value for name, value in document.items() if name != "decisions"}
    for line in (heading, *document["decisions"][:20]):
        ROWS.validate(line)


def test_the_agents_list_is_as_the_schema_says() -> None:
    KNOWN.validate(tomllib.loads(AGENT_KNOWN.read_text()))


def test_every_member_of_a_row_and_of_an_entry_is_described() -> None:
    rows, known = rows_schema()["$defs"], known_schema()["$defs"]

    assert list(rows["Row"]["properties"]) == list(ROW_MEMBERS)
    assert list(rows["FullOutcome"]["properties"]) == list(OUTCOME_MEMBERS)
    assert list(rows["OsUserRow"]["properties"]) == list(OS_USER_MEMBERS)
    assert list(known["Known"]["properties"]) == list(ENTRY_MEMBERS)


PAGES = Path(__file__).parents[2] / "docs" / "reference"


def test_the_examples_in_the_pages_are_as_the_schemas_say_and_are_read(tmp_path: Path) -> None:
    (lines,) = re.findall(r"^```json\n(.*?)^```", (PAGES / "rows.md").read_text("utf-8"), re.M | re.S)
    (toml,) = re.findall(r"^```toml\n(.*?)^```", (PAGES / "known.md").read_text("utf-8"), re.M | re.S)
    for line in lines.splitlines():
        ROWS.validate(json.loads(line))
    (tmp_path / "a").write_text(lines)

    assert check(read_recorded(tmp_path / "a"), DEFAULT).agreed == 2
    KNOWN.validate(tomllib.loads(toml))
    assert [entry.name for entry in known_of(tomllib.loads(toml), "a")] == ["fault-caches-decisions", "spaces"]


GOOD: dict[str, Any] = {
    "id": "r-1",
    "run_as_enabled": True,
    "tag": "alice",
    "default_user": None,
    "platform": "linux",
    "created": [],
    "ssm_user_present": False,
    "os_users": [{"name": "alice", "uid": 2001, "gid": 2001, "groups": [{"gid": 1, "name": None}]}],
    "outcome": {"started_as": "alice", "uid": 2001},
}
ODD = st.sampled_from(
    [None, True, 0, -1, 2**32 - 1, 2**32, "", " ", "linux", "amiga", [], {}, ["alice"], [{"name": " "}],
     [{"name": "a"}], "tag", {"started_as": "a"}, {"refused": None}, {"refused": "x", "uid": 7},
     {"started_as": "a", "refused": "b"}]
)  # fmt: skip
PLACES = [(name,) for name in (*GOOD, "ssm_user", "absent", "agent", "sh", "elevated", "colour")]
DEEP = [("outcome", "uid"), ("outcome", "class"), ("outcome", "os_user"), ("outcome", "x"), ("os_users", 0, "name"),
        ("os_users", 0, "uid"), ("os_users", 0, "groups"),
        ("os_users", 0, "groups", 0, "gid"), ("os_users", 0, "groups", 0, "name")]  # fmt: skip


@example([(("tag",), True), (("platform",), "amiga")])
@example([(("outcome",), {"started_as": ""})])
@example([(("outcome", "os_user"), None), (("outcome", "uid"), None)])
@given(st.lists(st.tuples(st.sampled_from([*PLACES, *DEEP]), ODD | st.just("leave it out")), max_size=3))
def test_the_reader_and_the_schema_take_the_same_rows(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    row = copy.deepcopy(GOOD)
    for place, value in changes:
        _put(row, place, value)
    row["absent"] = [name for name in row.get("absent", []) if name == "amiga"] if row.get("absent") == ["tag"] else (
        row.get("absent", []))  # fmt: skip
    users = row.get("os_users")
    listed = [user.get("name") for user in users if isinstance(user, dict)] if isinstance(users, list) else []
    if row.get("ssm_user_present") is True and "ssm-user" not in listed:
        row["ssm_user_present"] = None
    read = Assembler([OsUserRow("ssm-user", 1, 1)], "a")(json.dumps(row), "line", 1)

    assert isinstance(read, CannotBeRead) == (not ROW.is_valid(row)), (read, row)


def _put(row: Any, place: tuple[Any, ...], value: Any) -> None:
    """Put a value at a place where there still is one."""
    for part in place[:-1]:
        if not isinstance(row, dict | list) or (part not in row if isinstance(row, dict) else not row):
            return
        row = row[part]
    if isinstance(row, dict):
        row[place[-1]] = value
        if value == "leave it out":
            del row[place[-1]]


GOOD_KNOWN = [
    {"kind": "a", "reason": "b", "when": {"rule": ["run-as-off"], "observed": "refused", "facts": ["asked-of-id"]}},
    {"id": "r-1", "reason": "b", "issue": "https://example.org/3"},
]
ODD_KNOWN = st.sampled_from([None, True, False, 0, -1, "", " ", "yes", "on", "refused", "a b", [], ["run-as-off"], {},
                             ["x"], ["asked-of-id"], {"name": "a"}, {"naem": "a"}, [7], [-1]])  # fmt: skip
KNOWN_PLACES = [(name,) for name in ("kind", "id", "reason", "issue", "when", "link", "by_tag", "must_occur", "colour")]
WHEN_PLACES = [("when", name) for name in ("rule", "observed", "name", "class", "uid_or_gid", "facts", "run_as", "sh",
                                           "group_without_name", "colour")]  # fmt: skip


@given(
    st.sampled_from(GOOD_KNOWN),
    st.lists(
        st.tuples(st.sampled_from([*KNOWN_PLACES, *WHEN_PLACES]), ODD_KNOWN | st.just("leave it out")), max_size=3
    ),
)
def test_the_reader_and_the_schema_take_the_same_lists(good: Any, changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    entry = copy.deepcopy(good)
    for place, value in changes:
        if value is not None:  # TOML has none
            _put(entry, place, value)

    try:
        taken = bool(known_of({"known": [entry]}, "known.toml"))
    except InputError:
        taken = False
    assert taken == KNOWN.is_valid({"known": [entry]}), entry
