"""Checks of recorded decisions: four verdicts, all of them counted."""

import msgspec
import pytest

from oracle.recording import recorded
from runas_model import AGENT, DEFAULT, DOCS_2023
from runas_model.inputs.observed import Circumstances, Outside
from runas_model.inputs.records import CannotBeRead, RecordedOutside, RowRead, read_recorded
from runas_properties.oracle.known import Known, When
from runas_properties.oracle.recorded import AGENT_FILES, Report, agreement, check, check_agent, recorded_of_agent

AGREES = recorded("alice", tag="alice")
DEPARTS = recorded("alice", tag=" alice")
OUTSIDE = RecordedOutside("r-2", (Outside.CONTAINER, Outside.AGENT), "refused")
MALFORMED = CannotBeRead("a.json", "line 3", "tag", "bad")
SPACES = Known("spaces", When(name=" .*"), "Spaces are lost.")
TABS = Known("tabs", When(name="\t.*"), "Tabs are lost.")


def test_each_row_has_one_of_four_verdicts() -> None:
    report = check([AGREES, DEPARTS, DEPARTS, OUTSIDE, MALFORMED], AGENT, [SPACES])

    assert (report.agreed, report.departed, report.outside, report.unreadable) == (1, 2, {"container-mode": 1}, 1)
    assert (report.rows, report.compared) == (5, 3)


@pytest.mark.parametrize(
    ("rows", "holds"),
    [
        ([AGREES, DEPARTS], True),
        ([AGREES, DEPARTS, OUTSIDE], True),
        ([AGREES], False),
        ([AGREES, DEPARTS, MALFORMED], False),
        ([AGREES, DEPARTS, recorded(None, tag="alice")], False),
        ([], False),
    ],
    ids=["all known", "outside", "a kind that does not occur", "cannot be read", "unexplained", "nothing"],
)
def test_a_check_holds_where_all_was_read_and_all_departures_are_known(rows: list[RowRead], holds: bool) -> None:
    assert check(rows, AGENT, [SPACES]).holds is holds


def test_of_rows_that_agree_and_differ_in_their_ids_alone_the_second_stands_for_those_after_it() -> None:
    report = Report(AGENT)
    rows = [msgspec.structs.replace(AGREES, id=f"r-{number}") for number in range(4)]

    assert [report.add(row).id for row in rows] == ["r-0", "r-1", "r-1", "r-1"]
    assert report.agreed == 4


@pytest.mark.parametrize(
    "other",
    [
        msgspec.structs.replace(AGREES, uid=None),
        msgspec.structs.replace(AGREES, created=("bob",)),
        msgspec.structs.replace(AGREES, started_as=None),
        msgspec.structs.replace(AGREES, unsaid=("platform",)),
        msgspec.structs.replace(AGREES, situation=recorded("bob", tag="bob").situation),
        msgspec.structs.replace(AGREES, besides=Circumstances(conditions=("no shell",))),
        DEPARTS,
        OUTSIDE,
        MALFORMED,
    ],
)
def test_nothing_stands_for_a_row_that_differs_in_more_or_departs(other: RowRead) -> None:
    report = Report(AGENT, [SPACES])

    assert [report.add(row) is row for row in (AGREES, AGREES, other, other)] == [True] * 4
    assert report.rows == 4


def test_rows_outside_the_model_alone_do_not_hold() -> None:
    assert not check([OUTSIDE], AGENT).holds


def test_a_kind_is_stale_only_where_it_must_occur() -> None:
    assert check([DEPARTS], AGENT, [SPACES, TABS]).stale == ["tabs"]
    optional = Known("tabs", TABS.when, TABS.reason, must_occur=False)
    assert check([DEPARTS], AGENT, [SPACES, optional]).holds


def test_a_switch_that_cannot_be_read_refuses_everybody() -> None:
    refused = recorded("!switch-of-wrong-type", tag="alice", run_as_enabled=1)
    started = recorded("alice", tag="alice", run_as_enabled=1)
    report = check([refused, started], AGENT)

    assert (report.agreed, report.unexplained) == (1, 1)
    assert report.unexplained_first[0].expected.rule == "preferences-unreadable"


def test_the_data_have_counts_by_kind_and_fact_and_the_rows_that_cannot_be_read() -> None:
    data = check([AGREES, DEPARTS, OUTSIDE, MALFORMED], AGENT, [SPACES]).as_data()

    assert [(one["kind"], one["count"]) for one in data["departures"]] == [("spaces", 1)]
    assert [(one["fact"], one["count"]) for one in data["outside"]] == [("container-mode", 1)]
    assert data["outside"][0]["first"] == "r-2: refused"
    assert data["unreadable_first"] == ["a.json, line 3, field tag: bad"]


def test_the_smallest_departure_has_the_shortest_settings() -> None:
    large, small = recorded("alice", tag="  alice", default="bob"), recorded("alice", tag=" alice")
    group = check([large, small, large], AGENT, [SPACES]).groups["spaces"]

    assert group.first is not None
    assert group.smallest is not None
    assert (group.first.recorded, group.smallest.recorded) == (large, small)


def test_the_agreement_of_a_reading_counts_every_recorded_decision() -> None:
    rows = len(list(recorded_of_agent()))
    counted = {reading: agreement(reading) for reading in (AGENT, DEFAULT, DOCS_2023)}

    assert all(one.agreeing + one.departing + one.outside == rows for one in counted.values())
    assert counted[AGENT].agreeing == check_agent().agreed > counted[DEFAULT].agreeing
    assert len({one.outside for one in counted.values()}) == 1


def test_both_files_are_read_whole() -> None:
    assert [sum(not isinstance(row, CannotBeRead) for row in read_recorded(file)) for file in AGENT_FILES] == [577, 917]
