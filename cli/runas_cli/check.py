"""`runas-spec check`: recorded decisions of an implementation, held against the specification."""

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from runas_cli import progress
from runas_cli.exit_codes import ExitCode
from runas_cli.reporting import report_paths
from runas_cli.signals import held
from runas_model.inputs.records import InputError, Recorded, implementation_recorded, read_recorded
from runas_model.specification.readings import Reading
from runas_properties.oracle.recorded import Known, Report, interrupted_after, read_known, rows_in_words

if TYPE_CHECKING:
    from runas_properties.conformance.reports.report import CaseReport

__all__ = ["check", "report_lines"]

NO_ROW = "a known departure that no row shows: take it off the list, or mend how it is told"


def check(options: argparse.Namespace) -> int:
    """Check a file and print what was found; 0 when every departure is known and every known kind occurs.

    Memory does not grow with the file, unless `--report` asks for every row. Raises KeyboardInterrupt after the report
    of the rows that were checked before an interruption.
    """
    report = Report(read_known(options.known) if options.known else [])
    paths = report_paths(options.report)
    began = time.perf_counter()
    rows = progress.counted(read_recorded(options.file), "rows")
    cases: list[CaseReport] = []
    interruption: KeyboardInterrupt | None = None
    try:
        for row in rows:
            if paths:
                cases.append(_case(row, options.reading, report.known))
            report.add(row, options.reading)
    except KeyboardInterrupt as caught:
        interruption, report.interrupted = caught, True
    if interruption is not None and report.rows == 0:
        interruption.args = ("before the first row was checked: there is nothing to report",)
        raise interruption
    if report.rows == 0:
        raise InputError("holds no decisions", file=options.file)
    if paths:
        with held(until_third=True):
            _write(cases[: report.rows], report, time.perf_counter() - began, paths, options)
    if options.json:
        print(json.dumps(report.as_data(), indent=2, ensure_ascii=False))
    else:
        print("\n".join(report_lines(report)))
    if interruption is not None:
        interruption.args = (f"after {rows_in_words(report.rows)}",)
        raise interruption
    return ExitCode.HOLDS if report.holds else ExitCode.DOES_NOT_HOLD


def _case(row: Recorded, reading: Reading, known: Sequence[Known]) -> "CaseReport":
    from runas_properties.conformance.reports.recorded import case_of

    return case_of(row, reading, known)


def _write(
    cases: Sequence["CaseReport"], report: Report, seconds: float, paths: dict[str, Path], options: argparse.Namespace
) -> None:
    """Write the files of `--report`, with every row."""
    from runas_properties.conformance.reports import write
    from runas_properties.conformance.reports.recorded import recorded_report

    implementation = implementation_recorded(options.file) or Path(options.file).name
    write(recorded_report(cases, report, implementation, options.reading, seconds), paths)


def report_lines(report: Report) -> Iterator[str]:
    """The report as aligned lines of text."""
    yield f"{report.rows} recorded decisions: {report.agreed} agreed, {report.rows - report.agreed} departed"
    width = max(map(len, report.groups), default=0)
    for kind, group in report.groups.items():
        yield ""
        yield f"  {kind:{width}}  {group.count:5} rows  {group.known.reason if group.known else ''}"
        if group.first is None:
            told = "no row shows it" if report.interrupted else NO_ROW
            yield f"  {'':{width}}  {told}"
            continue
        yield f"  {'':{width}}  rules: {', '.join(sorted(group.rules))}"
        yield f"  {'':{width}}  laws broken: {', '.join(sorted(group.laws)) or 'none'}"
        yield f"  {'':{width}}  first: {group.first.story}"
        if group.known and group.known.link:
            yield f"  {'':{width}}  {group.known.link}"
    for departure in report.unexplained_first:
        yield f"  unexplained: {departure.story}"
        yield f"    laws broken: {', '.join(departure.laws) or 'none'}"
    if report.unexplained > len(report.unexplained_first):
        yield f"  and {report.unexplained - len(report.unexplained_first)} more"
    yield ""
    unexplained = f"{report.unexplained} unexplained"
    yield f"{interrupted_after(rows_in_words(report.rows))}: {unexplained}" if report.interrupted else unexplained
