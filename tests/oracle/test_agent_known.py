"""The known departures of amazon-ssm-agent: matched by their causes, also in rows that nobody recorded."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oracle.recording import AGENT_LIST, USERS, departure, kind, recorded
from runas_model import AGENT, SSM_USER
from runas_model.inputs.records import Recorded, read_recorded
from runas_model.specification.vocabulary import Name
from runas_properties.oracle.asked_of_id import name_asked_for
from runas_properties.oracle.departures import Departure, agrees
from runas_properties.oracle.known import Known, kind_of
from runas_properties.oracle.recorded import AGENT_FILES, check, check_agent, recorded_of_agent
from runas_properties.oracle.shell_words import NotPlain, shell_words

TAG_VALUE = re.compile(r"(?:[^\W_]|[_.:/=+\-@ ]){0,256}")
"""Letters, digits and spaces, and a few signs: what IAM takes for the value of a tag."""

ROWS = [row for row in recorded_of_agent() if isinstance(row, Recorded)]
DEPARTURES = [found for row in ROWS if not agrees(row, (found := departure(row)).expected)]
AGREEING = [row for row in ROWS if agrees(row, departure(row).expected)]


@pytest.mark.parametrize("file", AGENT_FILES, ids=lambda file: file.name)
def test_each_file_alone_holds(file: Path) -> None:
    report = check(read_recorded(file), AGENT, AGENT_LIST)

    assert report.unexplained_first == []
    assert report.holds


def test_every_kind_occurs_in_the_two_files_together() -> None:
    report = check_agent()

    assert report.stale == []
    assert report.holds


@pytest.mark.parametrize("entry", AGENT_LIST, ids=lambda entry: entry.kind)
def test_a_kind_says_its_cause_what_it_allows_and_whether_a_tag_can_cause_it(entry: Known) -> None:
    names = [found.name for found in DEPARTURES if kind_of(found, AGENT_LIST) is entry]
    named = list(filter(None, names))
    by_tag = "no name" if not named else "yes" if any(map(TAG_VALUE.fullmatch, named)) else "no"

    assert names
    assert (bool(entry.cause), bool(entry.allows), entry.by_tag) == (True, True, by_tag)


UIDS = {one.name: one.uid for one in USERS}
ORDINARY = st.sampled_from(["alice", "alias", "bob", "2002", "ssm-user", "cosmo"])
BLANKS = st.text(alphabet=" \t", min_size=1, max_size=5)
NAMED = st.SearchStrategy[tuple[str, str]]
"""A name, and the OS user that the agent starts by it."""


@st.composite
def with_blanks(draw: st.DrawFn) -> tuple[str, str]:
    user, blanks = draw(ORDINARY), draw(BLANKS)
    return draw(st.sampled_from([f"{blanks}{user}", f"{user}{blanks}", f"{blanks}{user} "])), user


@st.composite
def with_options(draw: st.DrawFn) -> tuple[str, str]:
    user, blanks = draw(ORDINARY), draw(BLANKS)
    forms = ["--{0}{1}", "-a{0}{1}", "{1}{0}-aa", "-a{0}--{0}{1}", "{0}--{0}{1}{0}"]
    return draw(st.sampled_from(forms)).format(blanks, user), user


@st.composite
def as_numbers(draw: st.DrawFn) -> tuple[str, str]:
    user = draw(st.sampled_from(["alice", "bob", "ssm-user"]))
    return f"+{'0' * draw(st.integers(0, 9))}{UIDS[user]}", user


@st.composite
def quoted(draw: st.DrawFn) -> tuple[str, str]:
    user = draw(st.sampled_from(["alice", "bob", "o'neil", "john doe"]))
    name = "".join(draw(st.sampled_from([f"\\{one}", f'"{one}"'])) for one in user)
    return name + draw(st.sampled_from(["", "''", " #x", "\n", ";true"])), user


@st.composite
def programs(draw: st.DrawFn) -> tuple[str, str]:
    user = draw(st.sampled_from(["alice", "bob"]))
    forms = ["$(echo {0})", "`echo {0}`", "ghost;echo {1}", "{0}&&true", "{0}|cat", "{0}>&1", "${{x:-{0}}}"]
    return draw(st.sampled_from(forms)).format(user, UIDS[user]), user


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (with_blanks(), "spaces-lost-in-shell"),
        (with_options(), "option-of-id"),
        (as_numbers(), "number-taken-as-uid"),
        (quoted(), "shell-syntax-in-the-name"),
        (programs(), "shell-syntax-in-the-name"),
    ],
    ids=["blanks", "options", "numbers", "quoted", "programs"],
)
def test_names_that_nobody_recorded_are_matched_by_what_the_agent_makes_of_them(names: NAMED, expected: str) -> None:
    @given(names)
    def matched(named: tuple[str, str]) -> None:
        name, user = named
        assert kind(recorded(user, tag=name)) == kind(recorded(user, default=name)) == expected
        assert kind(recorded(7777, tag=name)) is kind(recorded(7777, default=name)) is None

    matched()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("o'neil", "existing-name-with-a-shell-character"),
        ("john doe", "existing-name-with-a-space-or-hyphen"),
        ("-dash", "existing-name-with-a-space-or-hyphen"),
        ("dora", "group-without-a-name"),
        ("carla", "comma-in-a-group-name"),
        ("minusone", "id-4294967295"),
        ("alice", None),
        ("cosmo", None),
    ],
)
def test_a_refusal_of_an_os_user_that_exists_is_matched_by_its_name_groups_and_ids(
    name: str, expected: str | None
) -> None:
    assert kind(recorded(None, tag=name)) == kind(recorded(None, default=name)) == expected


@pytest.mark.parametrize("tag", ["alice", "a;b", " alice ", "-- alice", None])
def test_with_run_as_off_only_facts_of_ssm_user_explain_a_refusal(tag: str | None) -> None:
    def refused(sort: str = "", **more: Any) -> str | None:
        return kind(recorded(f"!{sort}", tag=tag, run_as_enabled=False, **more))

    def with_ids(uid: int, gid: int, *names: str | None) -> str | None:
        groups = [{"gid": gid, "name": name} for name in names]
        return refused(ssm_user={"name": "ssm-user", "uid": uid, "gid": gid, "groups": groups})

    assert refused() is None
    assert with_ids(0, 9, "a") == with_ids(9, 0, "a") == "off-ssm-user-has-uid-0-or-gid-0"
    assert with_ids(9, 9, None) == with_ids(9, 9, "a", "b,c") == "off-ssm-user-has-an-unreadable-group"
    assert with_ids(9, 9, "a", "b c") is None
    assert with_ids(9, 2**32 - 1, "a") == "id-4294967295"
    unmade = "off-ssm-user-cannot-be-made"
    assert refused("id-failed", ssm_user_present=False, conditions=["group ssm-user exists"]) == unmade
    assert refused("id-failed", ssm_user_present=False, conditions=["sudoers file exists"]) is None
    assert refused("id-failed", ssm_user_present=False) is None
    assert refused("id-failed", conditions=["group ssm-user exists"]) is None


@pytest.mark.parametrize(
    ("tag", "seen"),
    [
        ("ghost", "alice"),
        ("ghost", 5555),
        ("alice", "bob"),
        ("alice", None),
        (" alice ", "bob"),
        ("-u alice", "alice"),
        ("alice bob", "alice"),
        ("alice#x", "alice"),
        ("al'ice", "alice"),
        ("2001", "bob"),
        ("2999", "alice"),
        ("root", "root"),
        ("-- root", "root"),
        ("ssm-user", "alice"),
        ("dora", "bob"),
        ("ghost;echo 5555", 5556),
    ],
)
def test_nothing_explains_an_outcome_that_no_cause_leads_to(tag: str, seen: str | int | None) -> None:
    row = recorded(seen, tag=tag)

    assert not agrees(row, departure(row).expected)
    assert kind(row) is None


def test_the_opposite_outcome_is_unexplained_unless_a_name_is_a_program() -> None:
    swapped = []
    for row in AGREEING:
        name, uid = (Name(departure(row).name or SSM_USER), 2001) if row.started_as is None else (None, None)
        opposite = Recorded(row.id, row.situation, name, uid, (), row.besides)
        swapped.append(departure(opposite))
    explained = [found for found in swapped if kind_of(found, AGENT_LIST) is not None]

    def is_program(found: Departure) -> bool:
        bash = found.recorded.besides.sh == "bash"
        return shell_words(name_asked_for(found.recorded, found.name), bash=bash) is NotPlain.PROGRAM

    assert len(swapped) > 1000
    assert 0 < len(explained) < 0.02 * len(swapped)
    assert all(map(is_program, explained))
