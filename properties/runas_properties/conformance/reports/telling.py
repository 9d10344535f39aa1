"""Wording shared by all formats: the verdict, the exceptions with their reasons, and what fails a run as a whole."""

import re
from collections.abc import Iterator

import attrs

from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.reports.report import CaseReport, Generated, Report, Row
from runas_properties.oracle.recorded import interrupted_after, rows_in_words

__all__ = [
    "Group",
    "answer_in_words",
    "as_it_should_be",
    "complaints",
    "counts_in_words",
    "excepted",
    "generated_in_words",
    "headline",
    "is_link",
    "reading_in_words",
    "target_in_words",
    "unmatched_in_words",
    "verdict_in_words",
    "warnings",
    "whence_in_words",
]


@attrs.frozen
class Group:
    """Cases that are excepted for one reason, with the URL of an issue; `kind` where such cases are listed by kinds."""

    verdict: Verdict
    kind: str
    reason: str
    issue: str
    cases: tuple[CaseReport, ...]


def headline(report: Report) -> str:
    """Whether the run conforms, in capitals; for an interrupted run, how far it got instead."""
    if report.interrupted:
        return interrupted_after(_how_far(report))
    return "CONFORMS" if report.conforms else "DOES NOT CONFORM"


def _how_far(report: Report) -> str:
    """`7 of 963 vectors`, `963 of 963 vectors and 57 generated cases`, or `3 rows` where the total is unknown."""
    if not report.vectors:
        return rows_in_words(report.total)
    generated = f" and {report.generated.cases:,} generated cases" if report.generated else ""
    return f"{report.total} of {report.total + report.not_asked} vectors{generated}"


def verdict_in_words(report: Report) -> str:
    """The verdict with the number of cases by result."""
    return f"{headline(report)}: {counts_in_words(report)}"


def counts_in_words(report: Report) -> str:
    """`955 of 963 cases passed, 8 failed`."""
    others = [(verdict, report.counts[verdict.value]) for verdict in Verdict if verdict is not Verdict.PASSED]
    told = [f"{report.counts[Verdict.PASSED.value]} of {report.total} cases passed"]
    told += [f"{count} {_counted(verdict, count)}" for verdict, count in others if count]
    if report.unmatched:
        noun = "failure" if len(report.unmatched) == 1 else "failures"
        told.append(f"{len(report.unmatched)} known {noun} matched by no case")
    if report.strict and report.warnings:
        count = len(report.warnings)
        told.append(f"{count} {'warning fails' if count == 1 else 'warnings fail'} a strict run")
    if report.generated:
        told.append(generated_in_words(report.generated))
    return ", ".join(told)


def _counted(verdict: Verdict, count: int) -> str:
    if verdict is Verdict.KNOWN and count > 1:
        return "known failures"
    return "unexpectedly passed" if verdict is Verdict.FIXED else verdict.value


def generated_in_words(generated: Generated) -> str:
    """`200 generated cases (6,000 steps, seed 7) passed`."""
    ended = "passed" if generated.failure is None else "run until one failed"
    if generated.interrupted:
        ended += ", then interrupted"
    return f"{generated.cases:,} generated cases ({generated.steps:,} steps, seed {generated.seed}) {ended}"


def target_in_words(report: Report) -> str:
    """Who was tested: `agent 3.3 (Go), level decision`."""
    spoken = f" ({report.language})" if report.language else ""
    return f"{report.target}{f' {report.version}' if report.version else ''}{spoken}, level {report.level}"


def reading_in_words(report: Report) -> str:
    """The reading that the target is tested against, and whether it was declared or inferred."""
    return f"{report.reading_in_words} ({whence_in_words(report)})"


def whence_in_words(report: Report) -> str:
    """Whether the reading was declared or inferred."""
    return "declared" if report.reading_is == "declared" else "inferred; none declared"


def answer_in_words(case: CaseReport) -> str:
    """The expected and the actual answer, in one line."""
    if case.verdict is Verdict.UNREADABLE:
        return case.detail
    if case.verdict is Verdict.FIXED:
        return "listed as a known failure but passes; remove it from the list"
    detail = f" ({case.detail})" if case.detail else ""
    return f"expected {case.expected}, got {case.got}{detail}"


def as_it_should_be(row: Row) -> str:
    """`yes`, `NO`, or `yes` with the number of excepted cases."""
    if not row.as_it_should_be:
        return "NO"
    excepted = [f"{count} {what}" for count, what in ((row.known, "known"), (row.skipped, "skipped")) if count]
    return ", ".join(["yes", *excepted])


def is_link(text: str) -> bool:
    """Whether a text is the address of a web page, and nothing that a browser would run."""
    return re.fullmatch(r"https?://[^\s<>|`\"'\\]+", text) is not None


def excepted(report: Report) -> list[Group]:
    """Known failures, skipped cases and cases outside the model by kind and reason, the largest groups first."""
    groups: dict[tuple[Verdict, str, str, str], list[CaseReport]] = {}
    for case in report.cases:
        if case.verdict in (Verdict.KNOWN, Verdict.SKIPPED, Verdict.OUTSIDE):
            groups.setdefault((case.verdict, case.kind, case.detail, case.issue), []).append(case)
    made = [Group(*key, tuple(cases)) for key, cases in groups.items()]
    return sorted(made, key=lambda group: (group.verdict.value, -len(group.cases)))


def complaints(report: Report) -> Iterator[str]:
    """What keeps a run from conforming besides failing cases."""
    for id in report.unmatched:
        yield unmatched_in_words(id)
    if not (report.conforms or report.interrupted) and report.counts[Verdict.PASSED.value] == 0:
        yield "no case passed" if report.total else "no case was run"
    if report.strict:
        yield from report.warnings


def warnings(report: Report) -> tuple[str, ...]:
    """What is only a warning: a strict run has it among its complaints."""
    return () if report.strict else report.warnings


def unmatched_in_words(id: str) -> str:
    """What is to be done with a known failure that no case has."""
    return f"{id}: listed as a known failure but matched by no case; remove it or correct it"
