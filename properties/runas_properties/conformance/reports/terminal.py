"""A report as lines of text; whoever prints them lets them fit the terminal."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap

from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.reports.causes import causes
from runas_properties.conformance.reports.report import CaseReport, Report, Row
from runas_properties.conformance.reports.telling import (
    answer_in_words,
    as_it_should_be,
    complaints,
    excepted,
    generated_in_words,
    protocol_in_words,
    target_in_words,
    verdict_in_words,
    warnings,
    whence_in_words,
)

__all__ = ["report_lines"]

CAUSES_SHOWN = 10
EXAMPLES_SHOWN = 3
STDERR_SHOWN = 10
EXCEPTED = {
    Verdict.KNOWN: "Known failures:",
    Verdict.SKIPPED: "Skipped:",
    Verdict.NOT_OFFERED: "Not offered, and so not asked:",
}
LEAST_OF_CELL = 8
"""Columns of a cell with words."""


def report_lines(report: Report, *, tables: bool = False, width: int | None = None) -> Iterator[str]:
    """The shortest failure in full, all failures by cause, exceptions and warnings; then the verdict.

    With `tables` also those by rule and by law, whose cells fit the width of a terminal.
    """
    failures = [case for case in report.failures if case.verdict is not Verdict.FIXED]
    parts = [
        _shortest(failures),
        _by_cause(failures, report),
        _table("rule", report.rules, width) if tables else (),
        _table("law", report.laws, width) if tables else (),
        *_exceptions(report),
        [protocol_in_words(report)] if protocol_in_words(report) else (),
        _listed("Other problems:", _other_problems(report)),
        _listed("Warnings (a failure with --strict):", warnings(report)),
        _stderr(report) if not report.conforms else (),
        [f"{generated_in_words(report.generated)}; {report.generated.seconds:.1f} s"] if report.generated else (),
        [
            target_in_words(report),
            f"reading ({whence_in_words(report)}): {report.reading_in_words}",
            f"{verdict_in_words(report)}; {report.seconds:.1f} s",
        ],
    ]
    for at, part in enumerate(filter(None, map(tuple, parts))):
        if at:
            yield ""
        yield from part


def _shortest(failures: Sequence[CaseReport]) -> Iterator[str]:
    if not failures:
        return
    first = failures[0]
    number = f"The shortest of {len(failures)} failures" if len(failures) > 1 else "The only failure"
    yield f"{number}: {first.id}: {first.title}"
    yield from (f"  {line}" for line in (first.story or answer_in_words(first)).split("\n"))
    if first.story and first.detail:
        yield f"    {first.detail}"
    if first.repeat:
        yield f"  rerun: {first.repeat}"


def _by_cause(failures: Sequence[CaseReport], report: Report) -> Iterator[str]:
    if len(failures) < 2:
        return
    generated = report.generated.failure if report.generated else None
    found = causes(failures, [*report.cases, generated] if generated else report.cases)
    yield f"{len(failures)} failures by cause:"
    shown, more = found[:CAUSES_SHOWN], found[CAUSES_SHOWN:]
    width = len(str(len(shown[0].cases)))
    for cause in shown:
        among = f" ({len(cause.cases)} of {cause.of} cases with the flag {cause.flag})" if cause.flag else ""
        yield from _group(width, cause.cases, f"{cause.text}{among}")
    if more:
        yield f"  and {sum(len(cause.cases) for cause in more)} more of {len(more)} other causes"


def _group(width: int, cases: Sequence[CaseReport], text: str) -> Iterator[str]:
    """How many cases, what they have in common, and the ids of the first few."""
    yield f"  {len(cases):{width}}  {text}"
    more = f" and {len(cases) - EXAMPLES_SHOWN} more" if len(cases) > EXAMPLES_SHOWN else ""
    yield f"  {'':{width}}  {', '.join(case.id for case in cases[:EXAMPLES_SHOWN])}{more}"


def _table(what: str, rows: Sequence[Row], width: int | None) -> Iterator[str]:
    heads = (what, "cases", "expected", "got", "as expected")
    cells = [(row.id, str(row.cases), row.expected, row.got, as_it_should_be(row)) for row in rows]
    first, number, wide, wider, last = (max(map(len, column)) for column in zip(heads, *cells, strict=True))
    if width is not None:
        room = max(width - first - number - last - 8, 2 * LEAST_OF_CELL)
        wide = min(wide, room // 2)
        wider = min(wider, room - wide)
    for line in (heads, *cells):
        columns = zip_longest(wrap(line[2], wide) or [""], wrap(line[3], wider), fillvalue="")
        for at, (one, two) in enumerate(columns):
            id, count, verdict = (line[0], line[1], line[4]) if at == 0 else ("", "", "")
            yield f"{id:{first}}  {count:>{number}}  {one:{wide}}  {two:{wider}}  {verdict}".rstrip()


def _exceptions(report: Report) -> Iterator[list[str]]:
    for verdict, heading in EXCEPTED.items():
        groups = [group for group in excepted(report) if group.verdict is verdict]
        if not groups:
            continue
        lines = [heading]
        width = max(len(str(len(group.cases))) for group in groups)
        for group in groups:
            lines += _group(width, group.cases, f"{group.kind}: {group.reason}" if group.kind else group.reason)
            if group.issue:
                lines.append(f"  {'':{width}}  {group.issue}")
        yield lines


def _other_problems(report: Report) -> list[str]:
    fixed = [f"{case.id}: {answer_in_words(case)}" for case in report.failures if case.verdict is Verdict.FIXED]
    return [*fixed, *complaints(report)]


def _listed(heading: str, lines: Sequence[str]) -> list[str]:
    return [heading, *(f"  {line}" for line in lines)] if lines else []


def _stderr(report: Report) -> Iterator[str]:
    if report.stderr:
        lines = report.stderr.rstrip("\n").split("\n")
        yield f"Last lines of standard error ({len(lines)} in total):"
        yield from (f"  | {line}" for line in lines[-STDERR_SHOWN:])
