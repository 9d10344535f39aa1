"""Reports of which the cases are written as they come: the same as those of cases that are all there."""

import gc
import json
import tracemalloc
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree as Xml

import msgspec
import pytest

from runas_model import AGENT
from runas_model.inputs.records import Recorded, RowRead
from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.reports import streaming, write
from runas_properties.conformance.reports.cases import CaseReport
from runas_properties.conformance.reports.recorded import case_of, recorded_report
from runas_properties.conformance.reports.streaming import AT_ONCE, LISTED, Streamed
from runas_properties.oracle.recorded import Report, check, recorded_of_agent
from thinned import slow, thinned

ROWS = list(recorded_of_agent())
FORMATS = ("json", "junit", "html", "markdown", "badge")
BYTES_OF_A_ROW = 400
"""What keeping a row, or its case, would cost at the least."""
ODD_IDS = ("", "r-1", "a<b>&\"c'", "tab\there", "line\nend", "nul\0", "back\\slash", "\u202eright", "ünï", "😀")


def streamed(rows: Iterable[RowRead], folder: Path, *formats: str) -> Streamed:
    checked, made_of = Report(AGENT), Streamed({format: folder / format for format in formats}, of_agent)
    with made_of as made:
        for row in rows:
            made.add(row.id, checked.add(row))
            if made.full:
                made.flush()
        made.flush()
        made.finish(recorded_report(made.listed, checked, "agent <3>", AGENT, 1.5, made.tally))
    return made


def of_agent(row: RowRead) -> CaseReport:
    return case_of(row, AGENT)


def under_odd_ids(rows: Iterable[RowRead]) -> Iterator[RowRead]:
    for row in rows:
        assert isinstance(row, Recorded)
        yield from (msgspec.structs.replace(row, id=id) for id in ODD_IDS)


@pytest.mark.parametrize("kept", [3, streaming.KEPT])
def test_the_files_are_those_of_a_report_with_all_cases(
    kept: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "KEPT", kept)
    (tmp_path / "whole").mkdir()
    rows = [*ROWS[:200], *ROWS[-200:], *under_odd_ids(ROWS[:20]), *ROWS[100:200]]
    assert AT_ONCE < len(rows) < LISTED
    write(recorded_report(list(map(of_agent, rows)), check(rows, AGENT), "agent <3>", AGENT, 1.5), {
        format: tmp_path / "whole" / format for format in FORMATS})  # fmt: skip
    made = streamed(rows, tmp_path, *FORMATS)

    assert made.count == len(rows)
    for format in FORMATS:
        found, expected = ((folder / format).read_text("utf-8") for folder in (tmp_path, tmp_path / "whole"))
        assert found == expected


def test_of_many_cases_all_are_written_and_counted_and_some_are_listed(tmp_path: Path) -> None:
    rows = ROWS * 3
    made = streamed(rows, tmp_path, *FORMATS)
    report, suite = json.loads((tmp_path / "json").read_text()), Xml.parse(tmp_path / "junit").getroot()

    assert len(made.listed) < len(rows) == len(report["cases"]) == sum(report["counts"].values())
    assert max(sum(case.verdict is verdict for case in made.listed) for verdict in made.tally.verdicts) == LISTED
    assert suite.get("tests") == str(len(suite.findall(".//testcase")))
    assert f"{len(rows) - len(made.listed)} more cases are counted above" in (tmp_path / "html").read_text()
    assert f"{len(rows) - len(made.listed)} more cases are counted above" in (tmp_path / "markdown").read_text()
    assert (
        sum(row["cases"] for row in report["rules"])
        == made.tally.verdicts.total() - made.tally.verdicts[Verdict.OUTSIDE]
    )


def names_in(file: Path) -> list[tuple[str | None, str | None]]:
    return [(case.get("classname"), case.get("name")) for case in Xml.parse(file).iter("testcase")]


def test_names_of_rows_differ_however_often_an_id_comes_and_are_the_same_from_run_to_run(tmp_path: Path) -> None:
    rows = [*ROWS[:AT_ONCE], *ROWS[:AT_ONCE], *ROWS[:3]]
    (tmp_path / "again").mkdir()
    streamed(rows, tmp_path, "junit")
    streamed(rows, tmp_path / "again", "junit")
    names, first = names_in(tmp_path / "junit"), case_of(rows[0], AGENT).id

    assert len(set(names)) == len(names) > 2 * AT_ONCE
    assert names == names_in(tmp_path / "again" / "junit")
    assert [name for _, name in names[: 2 * AT_ONCE : AT_ONCE]] == [
        f"{first} (row 1)",
        f"{first} (row {AT_ONCE + 1})",
    ]


def test_the_case_of_rows_that_are_alike_is_made_once(tmp_path: Path) -> None:
    checked, made_of = Report(AGENT), []

    def noted(row: RowRead) -> CaseReport:
        made_of.append(row.id)
        return of_agent(row)

    with Streamed({"json": tmp_path / "json"}, noted) as made:
        for number in range(100):
            row = msgspec.structs.replace(ROWS[0], id=f"r-{number}")
            made.add(row.id, checked.add(row))
        made.flush()

    assert made_of == ["r-0", "r-1"]
    assert [case.id for case in made.listed] == [f"r-{number}" for number in range(100)]


@pytest.mark.parametrize("format", thinned(["json", "junit"], 2))
@pytest.mark.parametrize("alike", [pytest.param(True, marks=slow), False])
def test_memory_does_not_grow_with_the_number_of_rows(
    format: str, alike: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AT_ONCE", "KEPT", "LISTED"):
        monkeypatch.setattr(streaming, name, 20)
    row = next(row for row in ROWS if isinstance(row, Recorded) and case_of(row, AGENT).verdict is Verdict.PASSED)
    kept, numbers = [], (60, 300)
    for number in numbers:
        tracemalloc.start()
        with Streamed({format: tmp_path / format}, of_agent) as made:
            for at in range(number):
                made.add(f"r-{at}", row if alike else msgspec.structs.replace(row, id=f"r-{at}"))
                if made.full:
                    made.flush()
            gc.collect()  # what Python itself keeps for later is no growth
            kept.append(tracemalloc.get_traced_memory()[0])
        tracemalloc.stop()
        assert made.tally.verdicts[Verdict.PASSED] == number

    assert kept[1] - kept[0] < BYTES_OF_A_ROW / 10 * (numbers[1] - numbers[0])
