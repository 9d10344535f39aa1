"""How known departures are matched, and lists of them read."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from oracle.recording import departure, recorded
from runas_model.inputs.records import InputError
from runas_properties.oracle.known import FACTS, MEMBERS, When
from runas_properties.oracle.known_files import read_known

STARTED = recorded("alice", tag="2001")
REFUSED = recorded(
    "!invalid-group", tag="carla", conditions=["home folder exists"], sh="bash", id_program="BusyBox 1.35"
)
UNREADABLE = recorded("!switch-of-wrong-type", tag="alice", run_as_enabled=1)


def when(**members: Any) -> When:
    return msgspec.convert(members, When)


@pytest.mark.parametrize(
    ("member", "fits", "does_not"),
    [
        ("rule", ["tag-user-exists", "run-as-off"], ["tag-user-missing"]),
        ("observed", "refused", "started"),
        ("name", "car.*", "car"),
        ("class", ["id-failed", "invalid-group"], ["id-failed"]),
        ("run_as", "on", "off"),
        ("uid_or_gid", [0, 2010], [0]),
        ("group", ".*,.*", "ops"),
        ("conditions", "home .*", "home"),
        ("id_program", "BusyBox.*", "BusyBox"),
        ("sh", "bash", "dash"),
        ("group_without_name", False, True),
    ],
)
def test_each_member_must_match_where_it_is_given(member: str, fits: Any, does_not: Any) -> None:
    assert when(**{member: fits}).matches(departure(REFUSED))
    assert not when(**{member: does_not}).matches(departure(REFUSED))


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"started_as": "2001", "really": "alice"}, True),
        ({"started_as": "alice"}, False),
        ({"really": "2001"}, False),
        ({"facts": ["asked-of-id"]}, True),
        ({"facts": ["asked-of-id", "groups-unreadable"]}, False),
    ],
)
def test_who_was_recorded_and_who_it_really_is_are_matched_apart(members: dict[str, Any], expected: bool) -> None:
    assert when(**members).matches(departure(STARTED)) is expected


def test_the_switch_may_be_one_that_cannot_be_read() -> None:
    matched = {switch: when(run_as=switch).matches(departure(UNREADABLE)) for switch in ("on", "off", "unreadable")}

    assert matched == {"on": False, "off": False, "unreadable": True}


def test_a_gid_without_a_name_is_matched() -> None:
    assert when(group_without_name=True).matches(departure(recorded(None, tag="dora")))


def test_with_run_as_off_the_os_user_in_question_is_ssm_user() -> None:
    off = departure(recorded("!invalid-uid-and-gid", tag="alice", run_as_enabled=False))

    assert when(uid_or_gid=[2009]).matches(off)
    assert not when(uid_or_gid=[2001]).matches(off)


def test_a_class_matches_a_row_that_records_none_and_groups_and_conditions_do_not() -> None:
    silent = departure(recorded(None, tag="alice", os_users=[{"name": "alice", "uid": 1, "gid": 1}]))

    assert when(**{"class": ["invalid-group"]}).matches(silent)
    assert not when(group=".*").matches(silent)
    assert not when(conditions=".*").matches(silent)


def test_every_member_and_every_fact_is_described() -> None:
    assert list(MEMBERS) == [field.encode_name for field in msgspec.structs.fields(When)]
    assert all(fact.__doc__ for fact in FACTS.values())


LIST = """
[[known]]
kind = "spaces"
when = { rule = ["tag-user-missing"], observed = "started", name = " .*", started_as = " .*" }
reason = "Spaces are lost."
link = "https://example.com"
"""


def test_a_list_with_the_first_members_alone_is_read_and_its_kinds_must_occur(tmp_path: Path) -> None:
    (tmp_path / "known.toml").write_text(LIST)
    (known,) = read_known(tmp_path / "known.toml")

    assert (known.kind, known.must_occur, known.cause, known.by_tag) == ("spaces", True, "", "")
    assert known.tells(departure(recorded("alice", tag=" alice")))
    assert not known.tells(departure(recorded("alice", tag="2001")))


@pytest.mark.parametrize("must", ["false", "true"])
def test_a_list_may_say_that_its_kinds_need_not_occur(must: str, tmp_path: Path) -> None:
    (tmp_path / "known.toml").write_text(f"must_occur = {must}\n{LIST}")

    assert [known.must_occur for known in read_known(tmp_path / "known.toml")] == [must == "true"]


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ("facts = ['tall']", "unknown fact 'tall'; use asked-of-id, groups-unreadable"),
        ("group = '('", "unterminated subpattern"),
        ("run_as = 'maybe'", "Invalid enum value 'maybe'"),
        ("colour = 'red'", "unknown field `colour`"),
    ],
)
def test_a_list_that_cannot_be_used_says_what_is_wrong(members: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "known.toml"
    path.write_text(f"[[known]]\nkind = 'a'\nreason = 'b'\nwhen = {{ {members} }}\n")

    with pytest.raises(InputError, match=r"known\.toml") as caught:
        read_known(path)
    assert words in str(caught.value)
