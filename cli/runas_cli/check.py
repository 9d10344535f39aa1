"""`runas-spec check`: recorded decisions of an implementation, held against the specification."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from runas_model.records import InputError, read_recorded
from runas_properties import recorded
from runas_properties.recorded import Report, read_known

__all__ = ["check", "report_lines"]

T = TypeVar("T")

PROGRESS_EVERY = 50_000


def check(options: argparse.Namespace) -> int:
    """Check a file and print what was found; 0 when every departure is known and every known kind occurs."""
    known = read_known(options.known) if options.known else []
    report = recorded.check(_progress(read_recorded(options.file)), options.reading, known)
    if report.rows == 0:
        raise InputError("holds no decisions", file=options.file)
    if options.json:
        print(json.dumps(report.as_data(), indent=2, ensure_ascii=False))
    else:
        print("\n".join(report_lines(report)))
    return 0 if report.holds else 1


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


def _progress(rows: Iterable[T]) -> Iterator[T]:
    shown = sys.stderr.isatty()
    count = 0
    for count, row in enumerate(rows, 1):
        if shown and count % PROGRESS_EVERY == 0:
            print(f"\r{count:,} rows", end="", file=sys.stderr, flush=True)
        yield row
    if shown and count >= PROGRESS_EVERY:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)
