"""Wording shared by all formats: the verdict, the exceptions with their reasons, and what fails a run as a whole."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import attrs

from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.protocol.messages import VERSION
from runas_properties.conformance.protocol.version_1 import NEW
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
    "nouns_not_there",
    "offered_in_words",
    "protocol_in_words",
    "reading_in_words",
    "spoken_in_words",
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
    apart = (Verdict.PASSED, Verdict.NOT_OFFERED)
    others = [(verdict, report.counts[verdict.value]) for verdict in Verdict if verdict not in apart]
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
    if count := report.counts[Verdict.NOT_OFFERED.value]:
        told.append(f"{count} {'other' if count == 1 else 'others'} {Verdict.NOT_OFFERED.value}")
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
    """Who was tested: `agent 3.3 (Go), level service, with regions, documents`."""
    offers = f", with {', '.join(report.nouns)}" if report.nouns else ""
    spoken = f" ({report.language})" if report.language else ""
    return f"{report.target}{f' {report.version}' if report.version else ''}{spoken}, level {report.level}{offers}"


def offered_in_words(nouns: Sequence[str], protocol: int) -> str:
    """What a target offers of what not everybody has, for one who is told what is needed."""
    return ", ".join(nouns) or ("none of them" if protocol == VERSION else f"protocol {protocol}")


def protocol_in_words(report: Report) -> str:
    """Which older version of the protocol a target speaks, and what it is therefore not asked; blank for the newest."""
    if report.protocol == VERSION:
        return ""
    count = report.counts[Verdict.NOT_OFFERED.value]
    without = "1 vector that needs any of this is" if count == 1 else f"{count:,} vectors that need any of this are"
    return f"{spoken_in_words(report.protocol)}: {without} not offered, and so not asked."


def spoken_in_words(protocol: int) -> str:
    """Which older version is spoken, and what newer ones added."""
    return f"It speaks version {protocol} of the protocol. In version {VERSION}, {'; '.join(NEW)}"


def reading_in_words(report: Report) -> str:
    """The reading that the target is tested against, and whether it was declared or inferred."""
    return f"{report.reading_in_words} ({whence_in_words(report)})"


def whence_in_words(report: Report) -> str:
    """Whether the reading was declared or inferred."""
    return "declared" if report.reading_is == "declared" else "inferred; none declared"


def answer_in_words(case: CaseReport) -> str:
    """The expected and the actual answer, in one line."""
    if case.verdict in (Verdict.UNREADABLE, Verdict.NOT_OFFERED):
        return case.detail
    if case.verdict is Verdict.FIXED:
        return "listed as a known failure but passes; remove it from the list"
    detail = f" ({case.detail})" if case.detail else ""
    return f"expected {case.expected}, got {case.got}{detail}"


def as_it_should_be(row: Row) -> str:
    """`yes`, `NO`, or `yes` with the number of excepted cases; of none but cases that are not offered only these."""
    if not row.as_it_should_be:
        return "NO"
    excepted = {"known": row.known, "skipped": row.skipped, Verdict.NOT_OFFERED.value: row.not_offered}
    return ", ".join(["yes"] * (row.cases > 0) + [f"{count} {what}" for what, count in excepted.items() if count])


def is_link(text: str) -> bool:
    """Whether a text is the address of a web page, and nothing that a browser would run."""
    return re.fullmatch(r"https?://[^\s<>|`\"'\\]+", text) is not None


def excepted(report: Report) -> list[Group]:
    """Cases that were known to fail, skipped, outside the model or not offered, by kind and reason, many first."""
    groups: dict[tuple[Verdict, str, str, str], list[CaseReport]] = {}
    for case in report.cases:
        if case.verdict in (Verdict.KNOWN, Verdict.SKIPPED, Verdict.OUTSIDE, Verdict.NOT_OFFERED):
            groups.setdefault((case.verdict, case.kind, case.detail, case.issue), []).append(case)
    made = [Group(*key, tuple(cases)) for key, cases in groups.items()]
    return sorted(made, key=lambda group: (group.verdict.value, -len(group.cases)))


def complaints(report: Report) -> Iterator[str]:
    """What keeps a run from conforming besides failing cases."""
    for id in report.unmatched:
        yield unmatched_in_words(id)
    if not (report.conforms or report.interrupted) and report.counts[Verdict.PASSED.value] == 0:
        yield "no case passed" if report.total else "no case was run"
    yield from nouns_not_there(report)
    if report.strict:
        yield from report.warnings


def nouns_not_there(report: Report) -> Iterator[str]:
    """What to do about each noun that is offered, of whose cases none passed and some failed.

    Not about one whose failures another such noun explains, without which simpler cases failed already.
    """
    failed = [case.needs for case in report.cases if case.verdict in (Verdict.FAILED, Verdict.ERRORED)]
    passed = {noun for case in report.cases if case.verdict is Verdict.PASSED for noun in case.needs}
    missing: set[str] = set()
    for _, alike in groupby(sorted(failed, key=len), len):  # those that need the fewest nouns first
        missing |= {noun for needs in alike if missing.isdisjoint(needs) for noun in needs if noun not in passed}
    for noun in report.nouns:
        if noun in missing:
            yield (
                f"it offers {noun}, but passed none of the {sum(noun in needs for needs in failed)} cases that need "
                "them: offer only nouns that the implementation has, and let the adapter pass on what speaks of them"
            )


def warnings(report: Report) -> tuple[str, ...]:
    """What is only a warning: a strict run has it among its complaints."""
    return () if report.strict else report.warnings


def unmatched_in_words(id: str) -> str:
    """What is to be done with a known failure that no case has."""
    return f"{id}: listed as a known failure but matched by no case; remove it or correct it"
