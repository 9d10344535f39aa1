"""A report as aligned text for a terminal of 100 columns."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap

from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.reports.report import CaseReport, Report, Row
from runas_properties.conformance.reports.telling import (
    answer_in_words,
    as_it_should_be,
    complaints,
    excepted,
    generated_in_words,
    target_in_words,
    verdict_in_words,
    warnings,
    whence_in_words,
)

__all__ = ["report_lines"]

COLUMNS = 100
FAILURES_SHOWN = 20
STDERR_SHOWN = 10


def report_lines(report: Report, *, piped: bool = False) -> Iterator[str]:
    """The shortest failure in full, the other failures, tables by rule and by law, exceptions; then the verdict.

    The last three are whole lines where they are `piped`: who reads the last is to find all of the verdict.
    """
    yield from _failures([case for case in report.failures if case.verdict is not Verdict.FIXED])
    yield from _table("rule", report.rules)
    yield ""
    yield from _table("law", report.laws)
    yield from _exceptions(report)
    fixed = [f"{case.id}: {answer_in_words(case)}" for case in report.failures if case.verdict is Verdict.FIXED]
    if against := [*fixed, *complaints(report)]:
        yield ""
        yield "Other problems:"
        yield from (line for one in against for line in _wrapped(one, "  ", "    "))
    if told := warnings(report):
        yield ""
        yield "Warnings (a failure with --strict):"
        yield from (line for one in told for line in _wrapped(one, "  ", "    "))
    if report.stderr and not report.conforms:
        lines = report.stderr.rstrip("\n").split("\n")
        yield ""
        yield f"Last lines of standard error ({len(lines)} in total):"
        yield from (line for one in lines[-STDERR_SHOWN:] for line in _wrapped(one, "  | ", "  | "))
    if report.generated:
        yield ""
        yield f"{generated_in_words(report.generated)}; {report.generated.seconds:.1f} s"
    yield ""
    last = (
        target_in_words(report),
        f"reading ({whence_in_words(report)}): {report.reading_in_words}",
        f"{verdict_in_words(report)}; {report.seconds:.1f} s",
    )
    yield from last if piped else (line for one in last for line in _wrapped(one, "", "  "))


def _failures(failures: Sequence[CaseReport]) -> Iterator[str]:
    """The first in full, and each of the others in a line or two."""
    if not failures:
        return
    first, *others = failures
    number = f"The shortest of {len(failures)} failures" if others else "The only failure"
    yield from _wrapped(f"{number}: {first.id}: {first.title}", "", "  ")
    for line in (first.story or answer_in_words(first)).split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        yield from _wrapped(line.lstrip(), f"  {indent}", f"  {indent}    ")
    if first.story and first.detail:
        yield from _wrapped(first.detail, "    ", "        ")
    if first.repeat:
        yield f"  rerun: {first.repeat}"
    yield ""
    for case in others[:FAILURES_SHOWN]:
        yield from _wrapped(f"{case.id}: {answer_in_words(case)}", "  ", "      ")
    if len(others) > FAILURES_SHOWN:
        yield f"  and {len(others) - FAILURES_SHOWN} more"
    if others:
        yield ""


def _table(what: str, rows: Sequence[Row]) -> Iterator[str]:
    heads = (what, "cases", "expected", "got", "as expected")
    cells = [(row.id, str(row.cases), row.expected, row.got, as_it_should_be(row)) for row in rows]
    first, number, wide, wider, last = (max(map(len, column)) for column in zip(heads, *cells, strict=True))
    room = COLUMNS - first - number - last - 8
    expected = min(wide, room // 2)
    got = min(wider, room - expected)
    for line in (heads, *cells):
        columns = zip_longest(wrap(line[2], expected), wrap(line[3], got), fillvalue="")
        for at, (one, two) in enumerate(columns):
            id, count, verdict = (line[0], line[1], line[4]) if at == 0 else ("", "", "")
            yield f"{id:{first}}  {count:>{number}}  {one:{expected}}  {two:{got}}  {verdict}".rstrip()


def _exceptions(report: Report) -> Iterator[str]:
    for verdict, heading in ((Verdict.KNOWN, "Known failures:"), (Verdict.SKIPPED, "Skipped:")):
        groups = [group for group in excepted(report) if group.verdict is verdict]
        if not groups:
            continue
        yield ""
        yield heading
        width = max(len(str(len(group.cases))) for group in groups)
        for group in groups:
            kind = f"{group.kind}: " if group.kind else ""
            yield from _wrapped(f"{len(group.cases):{width}}  {kind}{group.reason}", "  ", " " * (width + 4))
            ids = ", ".join(case.id for case in group.cases[:3])
            more = f" and {len(group.cases) - 3} more" if len(group.cases) > 3 else ""
            yield from _wrapped(f"{ids}{more}", " " * (width + 4), " " * (width + 4))
            if group.issue:
                yield f"{' ' * (width + 4)}{group.issue}"


def _wrapped(text: str, indent: str, hanging: str) -> list[str]:
    made = wrap(
        text,
        COLUMNS,
        initial_indent=indent,
        subsequent_indent=hanging,
        break_on_hyphens=False,
        replace_whitespace=False,
        drop_whitespace=True,
    )
    return made or [indent.rstrip()]
