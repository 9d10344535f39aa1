"""A report as lines of text: the shortest story, failures by cause, and tables on request."""

import re
from pathlib import Path

import msgspec

from golden import assert_golden
from runas_properties.conformance.reports.report import Report
from runas_properties.conformance.reports.terminal import CAUSES_SHOWN, report_lines

GOLDEN = Path(__file__).parent / "golden"


def test_the_report_in_lines_is_the_golden_one(mixed: Report) -> None:
    assert_golden(GOLDEN / "report.txt", "\n".join(report_lines(mixed, tables=True, width=100)) + "\n")


def test_no_line_has_what_cannot_be_seen(report: Report) -> None:
    assert not any(re.search(r"[\x00-\x1f\x7f]", line) for line in report_lines(report, tables=True))


def test_each_failure_belongs_to_a_cause_that_is_counted(mixed: Report) -> None:
    told = list(report_lines(mixed))
    counts = [int(found[1]) for line in told if (found := re.match(r" +(\d+)  \w", line))]
    first = told.index("4 failures by cause:")

    assert told[0].startswith("The shortest of 4 failures: ")
    assert sum(counts[: told[first:].index("")]) >= 4
    assert "  3  names that differ in case are taken for one (3 of 5 cases with the flag case)" in told


def test_many_causes_are_not_all_told(mixed: Report) -> None:
    failure = msgspec.structs.replace(mixed.failures[0], flags=(), laws_broken=())
    many = [
        msgspec.structs.replace(failure, id=f"case-{number:02}", rule=f"rule-{number:02}", level="decision")
        for number in range(CAUSES_SHOWN + 5)
    ]
    text = "\n".join(report_lines(msgspec.structs.replace(mixed, cases=tuple(many), generated=None)))

    assert f"case-{CAUSES_SHOWN - 1:02}\n" in text
    assert f"case-{CAUSES_SHOWN:02}\n" not in text
    assert "  and 5 more of 5 other causes\n" in text


def test_a_run_that_conforms_has_no_failures_to_tell(passing: Report) -> None:
    text = "\n".join(report_lines(passing))

    assert "failure" not in text
    assert text.endswith("CONFORMS: 10 of 10 cases passed, 200 generated cases (6,000 steps, seed 7) passed; 0.2 s")


def test_tables_by_rule_and_by_law_come_on_request(passing: Report) -> None:
    plain, asked = ("\n".join(report_lines(passing, tables=tables)) for tables in (False, True))

    assert "as expected" not in plain
    assert asked.endswith(plain)
    assert [line.split()[0] for line in asked.splitlines() if line.endswith("as expected")] == ["rule", "law"]


def test_the_cells_of_a_table_fit_the_width(passing: Report) -> None:
    for width in (80, 120):
        lines = list(report_lines(passing, tables=True, width=width))
        by_rule, by_law = (at for at, line in enumerate(lines) if line.endswith("as expected"))

        assert by_law - by_rule > 4
        assert max(map(len, lines[by_rule : by_law + 20])) <= width
