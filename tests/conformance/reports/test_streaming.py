"""Reports of which the cases are written as they come: the same as those of cases that are all there."""

import gc
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as Xml

import msgspec
import pytest

from runas_model import AGENT
from runas_model.inputs.records import RowRead
from runas_properties.conformance.reports import write
from runas_properties.conformance.reports.cases import CaseReport
from runas_properties.conformance.reports.recorded import case_of, recorded_report
from runas_properties.conformance.reports.streaming import AT_ONCE, LISTED, Streamed
from runas_properties.oracle.recorded import check, recorded_of_agent

ROWS = list(recorded_of_agent())
FORMATS = ("json", "junit", "html", "markdown", "badge")


def streamed(rows: list[RowRead], folder: Path, *formats: str) -> Streamed:
    checked = check(rows, AGENT)
    with Streamed({format: folder / format for format in formats}) as made:
        for row in rows:
            made.add(case_of(row, AGENT))
            if made.full:
                made.flush()
        made.flush()
        made.finish(recorded_report(made.listed, checked, "agent <3>", AGENT, 1.5, made.tally))
    return made


def test_the_files_are_those_of_a_report_with_all_cases(tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    rows = [*ROWS[:300], *ROWS[-300:]]
    assert AT_ONCE < len(rows) < LISTED
    cases = [case_of(row, AGENT) for row in rows]
    write(recorded_report(cases, check(rows, AGENT), "agent <3>", AGENT, 1.5), {
        format: tmp_path / "whole" / format for format in FORMATS})  # fmt: skip
    made = streamed(rows, tmp_path, *FORMATS)

    assert made.count == len(rows)
    for format in FORMATS:
        found, expected = ((folder / format).read_text("utf-8") for folder in (tmp_path, tmp_path / "whole"))
        if format == "junit":
            assert Xml.canonicalize(found, strip_text=True) == Xml.canonicalize(expected, strip_text=True)
        else:
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
    assert sum(row["cases"] for row in report["rules"]) == made.tally.verdicts.total() - 3 * 201


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


def some_cases(number: int) -> Iterator[CaseReport]:
    case = case_of(ROWS[0], AGENT)
    return (msgspec.structs.replace(case, id=f"r-{at}") for at in range(number))


@pytest.mark.parametrize("format", ["json", "junit"])
def test_memory_does_not_grow_with_the_number_of_cases(format: str, tmp_path: Path) -> None:
    peaks = []
    for number in (3_000, 12_000):
        tracemalloc.start()
        with Streamed({format: tmp_path / format}) as made:
            for case in some_cases(number):
                made.add(case)
                if made.full:
                    made.flush()
                    gc.collect()  # what waits to be let go of is no growth
            peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < 1.2 * peaks[0]
