"""A report on a terminal: every failure told, in lines that fit."""

import re
from pathlib import Path

import msgspec

from golden import assert_golden
from runas_properties.conformance.reports.report import Report
from runas_properties.conformance.reports.terminal import COLUMNS, report_lines

GOLDEN = Path(__file__).parent / "golden"


def test_the_report_on_a_terminal_is_the_golden_one(mixed: Report) -> None:
    assert_golden(GOLDEN / "report.txt", "\n".join(report_lines(mixed)) + "\n")


def test_a_terminal_of_100_columns_holds_every_line_but_commands(report: Report) -> None:
    lines = [line for line in report_lines(report) if "  rerun: " not in line]

    assert max(map(len, lines)) <= COLUMNS
    assert not any(re.search(r"[\x00-\x1f\x7f]", line) for line in lines)


def test_the_terminal_tells_every_failure_until_there_are_many(mixed: Report) -> None:
    text = "\n".join(report_lines(mixed))
    many = [msgspec.structs.replace(mixed.failures[0], id=f"case-{number:03}") for number in range(50)]
    shown = "\n".join(report_lines(msgspec.structs.replace(mixed, cases=tuple(many), generated=None)))

    for case in mixed.failures:
        assert f"{case.id}: " in text
    assert "The shortest of 50 failures: case-000" in shown
    assert "case-020: " in shown
    assert "case-021: " not in shown
    assert "  and 29 more\n" in shown


def test_a_run_that_conforms_has_no_failures_to_tell(passing: Report) -> None:
    text = "\n".join(report_lines(passing))

    assert text.startswith("rule  ")
    assert "failure" not in text
    assert text.endswith("CONFORMS: 10 of 10 cases passed, 200 generated cases (6,000 steps, seed 7) passed; 0.2 s")
