"""`runas-spec check`: recorded decisions of an implementation, held against the specification."""

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from runas_cli import progress
from runas_cli.exit_codes import ExitCode
from runas_cli.reporting import report_paths
from runas_model.inputs.records import InputError, Recorded, implementation_recorded, read_recorded
from runas_properties.oracle import recorded
from runas_properties.oracle.recorded import Known, Report, read_known

__all__ = ["check", "report_lines"]


def check(options: argparse.Namespace) -> int:
    """Check a file and print what was found; 0 when every departure is known and every known kind occurs.

    Memory does not grow with the file, unless `--report` asks for every row.
    """
    known = read_known(options.known) if options.known else []
    rows = progress.counted(read_recorded(options.file), "rows")
    report = _reported(rows, known, options) if options.report else recorded.check(rows, options.reading, known)
    if report.rows == 0:
        raise InputError("holds no decisions", file=options.file)
    if options.json:
        print(json.dumps(report.as_data(), indent=2, ensure_ascii=False))
    else:
        print("\n".join(report_lines(report)))
    return ExitCode.HOLDS if report.holds else ExitCode.DOES_NOT_HOLD


def _reported(rows: Iterator[Recorded], known: Sequence[Known], options: argparse.Namespace) -> Report:
    """The same check, with every row kept for the files of `--report`."""
    from runas_properties.conformance.reports import write
    from runas_properties.conformance.reports.recorded import case_of, recorded_report

    paths = report_paths(options.report)
    began = time.perf_counter()
    cases = []

    def kept() -> Iterator[Recorded]:
        for row in rows:
            cases.append(case_of(row, options.reading, known))
            yield row

    report = recorded.check(kept(), options.reading, known)
    if report.rows:
        implementation = implementation_recorded(options.file) or Path(options.file).name
        seconds = time.perf_counter() - began
        write(recorded_report(cases, report, implementation, options.reading, seconds), paths)
    return report


def report_lines(report: Report) -> Iterator[str]:
    """The report as aligned lines of text."""
    yield f"{report.rows} recorded decisions: {report.agreed} agreed, {report.rows - report.agreed} departed"
    width = max(map(len, report.groups), default=0)
    for kind, group in report.groups.items():
        yield ""
        yield f"  {kind:{width}}  {group.count:5} rows  {group.known.reason if group.known else ''}"
        if group.first is None:
            yield f"  {'':{width}}  a known departure that no row shows: take it off the list, or mend how it is told"
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
    yield f"{report.unexplained} unexplained"
