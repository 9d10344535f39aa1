"""A report as Markdown, for a comment on a pull request or the summary of a job."""

import re
from collections.abc import Iterator, Sequence
from html import escape

from runas_properties.conformance.reports.report import CaseReport, Report, Row
from runas_properties.conformance.reports.telling import (
    answer_in_words,
    as_it_should_be,
    complaints,
    counts_in_words,
    excepted,
    headline,
    is_link,
    protocol_in_words,
    reading_in_words,
    target_in_words,
    warnings,
)

__all__ = ["markdown"]

LARGEST = 60_000
"""Characters; a comment may have 65,536."""


def markdown(report: Report) -> str:
    """The verdict, exceptions, tables by rule and law, and collapsed stories as far as a comment has room."""
    parts = [
        f"### {headline(report)}: {_code(report.title)}",
        counts_in_words(report),
        f"Tested: {_code(target_in_words(report))}  \nReading: {reading_in_words(report)}",
        *([protocol_in_words(report)] if protocol_in_words(report) else ()),
        *(f"- {_code(complaint)}" for complaint in complaints(report)),
        *(f"- warning: {_code(one)}" for one in warnings(report)),
        _table("rule", report.rules),
        _folded(_summary_of_laws(report.laws), _table("law", report.laws)),
        *_exceptions(report),
    ]
    if more := report.counted - len(report.cases):
        parts.append(f"{more} more cases are counted above but not listed; the JSON report contains all cases.")
    failures = report.failures
    size = sum(map(len, parts))
    for told, case in enumerate(failures):
        story = _story(case)
        size += len(story)
        if size > LARGEST:
            parts.append(f"and {len(failures) - told} more failures, omitted for lack of space")
            break
        parts.append(story)
    return "\n\n".join(parts) + "\n"


def _summary_of_laws(laws: Sequence[Row]) -> str:
    wrong = sum(not row.as_it_should_be for row in laws)
    return f"By law: {len(laws)} laws, {f'{wrong} not' if wrong else 'all'} as expected"


def _table(what: str, rows: Sequence[Row]) -> str:
    lines = [f"| {what} | cases | expected | got | as expected |", "| --- | ---: | --- | --- | --- |"]
    for row in rows:
        verdict = as_it_should_be(row)
        told = f"**{verdict}**" if verdict == "NO" else verdict
        lines.append(f"| {row.id} | {row.cases} | {row.expected} | {row.got} | {told} |")
    return "\n".join(lines)


def _exceptions(report: Report) -> Iterator[str]:
    groups = excepted(report)
    if not groups:
        return
    lines = ["| excepted | cases | reason | issue |", "| --- | ---: | --- | --- |"]
    room = LARGEST // 3
    for at, group in enumerate(groups):
        reason = _code(f"{group.kind}: {group.reason}" if group.kind else group.reason)
        issue = f"<{group.issue}>" if is_link(group.issue) else _code(group.issue)
        lines.append(f"| {group.verdict.value} | {len(group.cases)} | {reason} | {issue} |")
        room -= len(lines[-1])
        if room < 0 and at + 1 < len(groups):
            lines.append(f"| and {len(groups) - at - 1} more reasons | | | |")
            break
    yield "\n".join(lines)


def _story(case: CaseReport) -> str:
    told = [case.story or answer_in_words(case), case.detail if case.story else "", case.repeat]
    text = "\n\n".join(part for part in told if part)
    fence = _fence(text, 3)
    return _folded(f"{case.verdict.value}: {case.id}", f"{fence}text\n{text}\n{fence}")


def _folded(summary: str, content: str) -> str:
    return f"<details><summary><code>{escape(summary)}</code></summary>\n\n{content}\n\n</details>"


def _code(text: str) -> str:
    """A text of which nothing is taken for Markdown, a mention or the end of a cell."""
    if not text:
        return ""
    fence = _fence(text, 1)
    space = " " if "`" in text else ""
    inside = text.replace("|", r"\|")
    return f"{fence}{space}{inside}{space}{fence}"


def _fence(text: str, least: int) -> str:
    return "`" * max([least, *(len(run) + 1 for run in re.findall("`+", text))])
