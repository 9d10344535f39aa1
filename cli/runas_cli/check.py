"""`runas-spec check`: recorded decisions of an implementation, held against the specification."""

import argparse
import json
import time
from collections.abc import Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from runas_cli import progress
from runas_cli.check_report import report_lines
from runas_cli.exit_codes import ExitCode
from runas_cli.reporting import report_paths
from runas_cli.signals import held
from runas_model.inputs.records import InputError, RowRead, implementation_recorded, read_recorded
from runas_model.specification.readings import AGENT, DEFAULT, Reading
from runas_properties.oracle.known import Known, read_known
from runas_properties.oracle.recorded import AGENT_KNOWN, Report, rows_in_words

if TYPE_CHECKING:
    from runas_properties.conformance.reports.report import CaseReport

__all__ = ["check"]

AGENT_NAME = "amazon-ssm-agent"
BUILT_IN = f"known departures: those of {AGENT_NAME} that runas-spec lists; --no-known leaves them out"
OF_AGENT = f"reading: agent, since the decisions are those of {AGENT_NAME}; --reading chooses another"
NOT_LISTED = (
    f"known departures: none, since not every file says before its decisions that its implementation is {AGENT_NAME}; "
    "--known FILE.toml gives a list"
)


def check(options: argparse.Namespace) -> int:
    """Check files and print what was found; 0 when every departure is known and every kind occurs that must.

    Memory does not grow with the files, unless `--report` asks for every row. Raises KeyboardInterrupt after the report
    of the rows that were checked before an interruption, and `InputError` after a report with rows that cannot be read,
    or up to where a file cannot be read any further.
    """
    of_agent = [_of_agent(file) for file in options.files]
    known, notes = _known(options, of_agent)
    if options.reading is None:
        options.reading = AGENT if all(of_agent) else DEFAULT
        notes += [OF_AGENT] if all(of_agent) else []
    report = Report(known)
    paths = report_paths(options.report)
    began = time.perf_counter()
    rows = progress.counted(chain.from_iterable(map(read_recorded, options.files)), "rows")
    cases: list[CaseReport] = []
    interruption: KeyboardInterrupt | InputError | None = None
    try:
        for row in rows:
            if paths:
                cases.append(_case(row, options.reading, report.known))
            report.add(row, options.reading)
    except KeyboardInterrupt as caught:
        interruption, report.interrupted = caught, True
        if report.rows == 0:
            caught.args = ("before the first row was checked: there is nothing to report",)
            raise
        caught.args = (f"after {rows_in_words(report.rows)}",)
    except InputError as caught:
        interruption, report.interrupted = caught, True
        if report.rows == 0:
            raise
    if report.rows == 0:
        raise InputError("holds no decisions", file=", ".join(options.files))
    if paths:
        with held(until_third=True):
            _write(cases[: report.rows], report, time.perf_counter() - began, paths, options)
    if options.json:
        print(json.dumps(report.as_data(), indent=2, ensure_ascii=False))
    else:
        first, *more = report_lines(report)
        print("\n".join([first, *notes, *more]))
    if interruption is not None:
        raise interruption
    if report.unreadable:
        first = report.unreadable_first[0].told
        raise InputError(f"{rows_in_words(report.unreadable)} cannot be read, the first: {first}")
    return ExitCode.HOLDS if report.holds else ExitCode.DOES_NOT_HOLD


def _known(options: argparse.Namespace, of_agent: Sequence[bool]) -> tuple[list[Known], list[str]]:
    """The list that was given, else the one of amazon-ssm-agent, where all files say that its decisions are in them.

    With a line that says so, where nobody asked for that list, or why it does not apply to some file that does say so.
    """
    if options.known:
        return read_known(options.known), []
    if options.no_known or not all(of_agent):
        return [], [NOT_LISTED] if any(of_agent) and not options.no_known else []
    return read_known(AGENT_KNOWN), [BUILT_IN]


def _of_agent(file: str) -> bool:
    with suppress(OSError, ValueError, RecursionError):  # which reading the rows will tell
        return implementation_recorded(file, before_decisions=True).startswith(AGENT_NAME)
    return False


def _case(row: RowRead, reading: Reading, known: Sequence[Known]) -> "CaseReport":
    from runas_properties.conformance.reports.recorded import case_of

    return case_of(row, reading, known)


def _write(
    cases: Sequence["CaseReport"], report: Report, seconds: float, paths: dict[str, Path], options: argparse.Namespace
) -> None:
    """Write the files of `--report`, with every row."""
    from runas_properties.conformance.reports import write
    from runas_properties.conformance.reports.recorded import recorded_report

    implementation = implementation_recorded(options.files[0]) or ", ".join(Path(file).name for file in options.files)
    write(recorded_report(cases, report, implementation, options.reading, seconds), paths)
