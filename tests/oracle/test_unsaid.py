"""What a record leaves out is unknown: it departs only where nothing that it may have left out makes it agree."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runas_model import AGENT, DEFAULT, Platform, Reading, decide, situation
from runas_model.inputs.recorded import Assembler, Recorded
from runas_model.inputs.rows import OsUserRow
from runas_model.specification.readings import PROFILES
from runas_properties.oracle.completions import completions, judged
from runas_properties.oracle.departures import Departure, creates
from runas_properties.oracle.recorded import check

NAMES = ["alice", "root", "ssm-user", "ghost", "wheel", " ", ""]
IDS = {"alice": (2001, 2001), "root": (0, 0), "ssm-user": (2009, 2009), "wheel": (2002, 0)}
OPTIONAL = ["platform", "run_as_enabled", "tag", "default_user", "os_users", "ssm_user_present", "created"]
OPTIONAL += ["uid", "name", "ids"]
READINGS = st.sampled_from(sorted(PROFILES)).map(PROFILES.__getitem__)


@st.composite
def true_rows(draw: st.DrawFn, reading: Reading) -> dict[str, Any]:
    """A row in which all is said, and which is as the specification decides."""
    present = draw(st.lists(st.sampled_from(sorted(IDS)), unique=True))
    row: dict[str, Any] = {
        "id": "r-1",
        "platform": draw(st.sampled_from([one.value for one in Platform])),
        "run_as_enabled": draw(st.sampled_from([True, True, False, None, "odd"])),
        "tag": draw(st.none() | st.sampled_from(NAMES)),
        "default_user": draw(st.none() | st.sampled_from(NAMES)),
        "os_users": [{"name": name, "uid": IDS[name][0], "gid": IDS[name][1]} for name in present],
        "ssm_user_present": "ssm-user" in present,
    }
    said = read({**row, "outcome": {"refused": ""}})
    decision = decide(said.situation, reading)
    created = list(creates(said.situation, decision))
    outcome: dict[str, Any] = {"refused": "no"}
    if decision.os_user is not None:
        outcome = {"started_as": decision.os_user, "uid": IDS[decision.os_user][0]}
    return {**row, "created": created, "outcome": outcome}


def without(row: dict[str, Any], left_out: set[str]) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in left_out}
    if "uid" in left_out:
        kept["outcome"] = {name: value for name, value in row["outcome"].items() if name != "uid"}
    if "name" in left_out and "uid" in kept["outcome"]:  # one of the two is said
        kept["outcome"] = {**kept["outcome"], "started_as": ""}
    if "ids" in left_out and "os_users" in kept:
        kept["os_users"] = [{"name": user["name"]} for user in row["os_users"]]
    return kept


def read(row: dict[str, Any], users: list[OsUserRow] | None = None) -> Recorded:
    found = Assembler(users, "a.json")(json.dumps(row), "line", 1)
    assert isinstance(found, Recorded), found
    return found


@given(st.data(), READINGS, st.sets(st.sampled_from(OPTIONAL)))
def test_a_true_row_never_departs_whatever_it_leaves_out(
    data: st.DataObject, reading: Reading, left_out: set[str]
) -> None:
    row = without(data.draw(true_rows(reading)), left_out)
    report = check([read(row)], reading)

    assert (report.agreed, report.departed) == (1, 0), report.as_data()
    assert report.completed <= 1


@given(st.data(), READINGS, st.booleans())
def test_who_a_file_lists_for_all_rows_may_lack_ssm_user_in_one(
    data: st.DataObject, reading: Reading, said: bool
) -> None:
    row = data.draw(true_rows(reading))
    users = [OsUserRow(user["name"], user["uid"], user["gid"]) for user in row.pop("os_users")]
    if not row["ssm_user_present"]:
        users.append(OsUserRow("ssm-user", *IDS["ssm-user"]))
    if not said:
        del row["ssm_user_present"]

    assert isinstance(judged(read(row, users), reading), Recorded)


FULL: dict[str, Any] = {
    "id": "r-1",
    "platform": "linux",
    "run_as_enabled": True,
    "tag": "alice",
    "default_user": "wheel",
    "os_users": [{"name": "alice", "uid": 2001, "gid": 2001}, {"name": "wheel", "uid": 2002, "gid": 0}],
    "created": [],
    "outcome": {"started_as": "alice", "uid": 2001},
}


@pytest.mark.parametrize(
    ("changes", "left_out"),
    [
        ({"outcome": {"started_as": "wheel"}}, {"created"}),
        ({"outcome": {"started_as": "wheel"}}, {"os_users", "platform"}),
        ({"outcome": {"started_as": "ghost"}}, {"os_users", "platform", "created"}),
        ({"outcome": {"refused": "no"}}, {"default_user", "platform", "created"}),
        ({"outcome": {"started_as": "alice", "uid": 7}}, {"tag", "default_user", "created", "platform"}),
        ({"outcome": {"started_as": "ssm-user"}}, {"os_users", "tag", "default_user"}),
        ({"created": ["alice"]}, {"platform", "uid", "ids", "tag"}),
        ({"created": ["ssm-user"]}, {"platform", "uid", "ids"}),
        ({"run_as_enabled": False, "platform": "windows"}, {"tag", "default_user", "os_users", "created"}),
        ({"run_as_enabled": "odd"}, {"tag", "default_user", "os_users", "platform", "created"}),
        ({"tag": "wheel", "outcome": {"started_as": "alice"}}, {"platform", "default_user", "os_users"}),
    ],
)
def test_what_is_said_and_contradicts_still_departs(changes: dict[str, Any], left_out: set[str]) -> None:
    row = read(without({**FULL, **changes}, left_out - set(changes)))

    assert all(isinstance(judged(row, reading), Departure) for reading in (DEFAULT, AGENT))


@given(st.data(), st.sets(st.sampled_from(OPTIONAL)))
def test_a_row_departs_just_where_each_of_its_completions_does(data: st.DataObject, left_out: set[str]) -> None:
    row = data.draw(true_rows(DEFAULT))
    outcome = data.draw(st.sampled_from([{"refused": "no"}, *({"started_as": name} for name in ("alice", "ssm-user"))]))
    found = read(without({**row, "outcome": outcome}, left_out))
    filled = [judged(attributes(one), DEFAULT) for one in completions(found)]

    assert isinstance(judged(found, DEFAULT), Departure) == all(isinstance(one, Departure) for one in filled)


def attributes(row: Recorded) -> Recorded:
    """The row with nothing left out of its situation."""
    return Recorded(row.id, row.situation, row.started_as, row.uid, row.created, row.besides)


def test_a_departure_says_what_was_left_out() -> None:
    (departure,) = check(
        [read(without({**FULL, "outcome": {"refused": "no"}}, {"platform"}))], DEFAULT
    ).unexplained_first

    assert departure.story.endswith("seen: refused; whatever is left out (platform)")


def test_a_row_that_agrees_only_by_what_it_leaves_out_is_counted() -> None:
    report = check([read(without({**FULL, "outcome": {"started_as": "ssm-user"}}, {"platform", "created"}))], DEFAULT)

    assert (report.agreed, report.completed) == (1, 1)
    assert report.completed_first is not None
    assert report.completed_first.situation.platform is not Platform.LINUX


def test_a_situation_that_leaves_nothing_out_has_one_completion() -> None:
    row = read({**FULL, "ssm_user_present": False})
    s = situation(
        run_as_enabled=True, tag="alice", default_user="wheel", users=[("alice", 2001, 2001), ("wheel", 2002, 0)]
    )

    assert [one.situation for one in completions(row)] == [row.situation] == [s]
