"""What the agent learns by asking the program id, held against the id of this machine."""

import pwd
import shutil
import subprocess

import pytest

from oracle.recording import recorded
from runas_model.inputs.rows import Group
from runas_properties.oracle.asked_of_id import Found, asked_of_id, groups_readable, what_id_tells
from runas_properties.oracle.shell_words import NotPlain


@pytest.mark.parametrize(
    ("name", "uid"),
    [
        ("alice", 2001),
        (" alice\t", 2001),
        ("'john doe'", 2038),
        ("john doe", None),
        ("2001", 2001),
        ("+02001", 2001),
        ("2002", 2031),
        ("+2002", 2002),
        ("2999", None),
        ("4294967295", None),
        ("-2001", None),
        ("0x7d1", None),
        ("-- alice", 2001),
        ("alice --", 2001),
        ("-a alice", 2001),
        ("-aa -a alice", 2001),
        ("-u alice", None),
        ("--help", None),
        ("-- -dash", None),
        ("alice bob", None),
        ("alice alice", None),
        ("--", None),
        ("ghost", None),
        ("o'neil", None),
    ],
)
def test_id_tells_of_one_os_user_or_of_none(name: str, uid: int | None) -> None:
    found = what_id_tells(recorded(None, tag=name), name)

    assert (found.user.uid if isinstance(found, Found) else found) == uid


def test_busybox_takes_neither_numbers_nor_options_but_two_hyphens() -> None:
    def found(name: str) -> object:
        return what_id_tells(recorded(None, tag=name, id_program="BusyBox 1.35"), name)

    assert [found(name) for name in ("2001", "+2001", "-a alice")] == [None] * 3
    assert isinstance(found("-- alice"), Found)


@pytest.mark.parametrize(
    ("name", "outcome", "expected"),
    [
        ("alice ", "alice", True),
        ("alice ", "bob", False),
        ("alice ", None, False),
        ("ghost", None, True),
        ("ghost", "alice", False),
        ("dora", None, True),
        ("dora", "dora", False),
        ("cosmo", None, False),
        ("minusone", None, True),
        ("root", None, True),
        ("ghost;echo 5555", 5555, True),
        ("ghost;echo 5555", "bob", True),
        ("ghost;echo 5555", 5556, False),
        ("ghost;echo 5555", None, True),
        ("ghost", 5555, False),
    ],
)
def test_what_was_observed_is_compared_with_what_id_tells(name: str, outcome: str | int | None, expected: bool) -> None:
    assert asked_of_id(recorded(outcome, tag=name), name) is expected


def test_a_row_may_tell_of_an_os_user_that_is_not_listed() -> None:
    seen = {"started_as": "2051", "uid": 2051, "os_user": "dupe"}

    assert asked_of_id(recorded(None, tag="2051", outcome=seen), "2051")
    assert not asked_of_id(recorded(None, tag="2051", outcome={**seen, "os_user": None}), "2051")


@pytest.mark.parametrize(
    ("names", "readable"),
    [
        ([], True),
        (["alice", "operators"], True),
        (["domain users", "ops(emea)", "(x)"], True),
        ([None], False),
        (["gwen", None], False),
        (["carla", "ops, emea"], False),
        (["dev,qa"], False),
        (["cosmo", "ops,27(sudo)"], True),
        (["groups=27(sudo)"], True),
        (["gia", "groups=0(root)"], True),
    ],
)
def test_groups_are_readable_where_a_name_in_parentheses_follows_each_number(
    names: list[str | None], readable: bool
) -> None:
    assert groups_readable(Group(2000 + at, name) for at, name in enumerate(names)) is readable


def _is_gnu() -> bool:
    told = subprocess.run(["id", "--version"], capture_output=True, text=True).stdout if shutil.which("id") else ""
    return "GNU coreutils" in told


@pytest.mark.skipif(not _is_gnu(), reason="the program id is not GNU's")
@pytest.mark.parametrize(
    "form", ["{0}", " {0}\t", "-- {0}", "-a {0}", "{0} --", "{0} {0}", "-u {0}", "-r {0}", "-n {0}"]
)
@pytest.mark.parametrize("written", ["{0}", "'{0}'", "+{0}", "{1}", "+{1}", "+0{1}"])
def test_the_id_of_this_machine_tells_the_same(form: str, written: str) -> None:
    somebody = next(entry for entry in pwd.getpwall() if entry.pw_uid not in (0, 2**32 - 1))
    name = form.format(written.format(somebody.pw_name, somebody.pw_uid))
    listed = {"name": somebody.pw_name, "uid": somebody.pw_uid, "gid": somebody.pw_gid}
    row = recorded(None, tag=name, os_users=[listed])

    asked = [subprocess.run(["sh", "-c", f"id {option} {name}"], capture_output=True) for option in ("-u", "-g", "")]
    uid = asked[0].stdout.strip().decode()
    found = what_id_tells(row, name)
    assert not isinstance(found, NotPlain)
    told = uid.isdigit() and all(one.returncode == 0 for one in asked)
    assert (found.user.uid if found else None) == (int(uid) if told else None)
