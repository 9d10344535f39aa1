"""Recorded decisions as the cases of a report."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from runas_model.facts.compiled import decide
from runas_model.inputs.os_user_rows import UNSAID_ID
from runas_model.inputs.records import CannotBeRead, RecordedOutside, RowRead
from runas_model.specification.readings import Reading
from runas_model.specification.rulebook import RULES
from runas_model.specification.vocabulary import Decision, Name, Situation
from runas_model.stories.situations import tell_facts
from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.protocol.messages import About
from runas_properties.conformance.protocol.results import Result
from runas_properties.conformance.reports.cases import CaseReport
from runas_properties.conformance.reports.report import Report, report_of
from runas_properties.conformance.reports.tally import Tally
from runas_properties.laws import Kind, laws_of
from runas_properties.oracle.completions import completed_in_words, judged
from runas_properties.oracle.departures import Departure, creates, runs_as, uid_in_words
from runas_properties.oracle.failures import reading_in_words
from runas_properties.oracle.known import BY_TAG, Known, kind_of
from runas_properties.oracle.recorded import Report as Checked

__all__ = ["RecordedReport", "case_of", "recorded_report"]


class RecordedReport(Report, frozen=True):
    """The report of a check of recorded decisions: that of a run, and its departures by kind.

    `recorded` is described by `check.schema.json` and `verify.schema.json`: verify has the same in its report.
    """

    recorded: dict[str, Any] = msgspec.field(default_factory=dict)


def case_of(row: RowRead, reading: Reading, known: Sequence[Known] = ()) -> CaseReport:
    """The verdict on a row; a departure that is known has the kind, what is said of the kind, and its link."""
    if isinstance(row, RecordedOutside):
        first, *others = row.facts
        also = f" (also: {', '.join(fact.value for fact in others)})" if others else ""
        title = f"{first.meaning}{also}"
        return _unjudged(row.id, Verdict.OUTSIDE, title, first.meaning, kind=first.value, got=row.seen)
    if isinstance(row, CannotBeRead):
        return _unjudged(row.id, Verdict.UNREADABLE, row.text, row.told)
    found = judged(row, reading)
    departure = found if isinstance(found, Departure) else None
    is_filled_in = departure is None and found is not row
    row = found.recorded if isinstance(found, Departure) else found
    s, d = row.situation, decide(row.situation, reading)
    entry = kind_of(departure, known) if departure else None
    named = Name(d.os_user or "")
    uid = s.os_users[named].uid if row.uid is not None and s.os_users.has(named) else None
    uid = None if uid is UNSAID_ID else uid
    creating = () if row.created is None else creates(s, d)
    got_uid = None if departure is None and uid is None else row.uid
    really = runs_as(row)
    return CaseReport(
        id=row.id,
        title=tell_facts(s),
        level="decision",
        verdict=Verdict.PASSED if departure is None else Verdict.KNOWN if entry else Verdict.FAILED,
        rule=d.rule,
        clauses=RULES[d.rule].clauses,
        flags=(),
        laws_tested=_tested(s, d, reading),
        laws_broken=departure.laws if departure else (),
        asked=(),
        expected=_answer(d.os_user, uid, creating, d.reason.value if d.reason else None),
        got=_answer(row.started_as, got_uid, row.created or (), None, "" if really == row.started_as else really or ""),
        detail=" ".join(_said(entry)) if entry else completed_in_words(row) if is_filled_in else "",
        issue=entry.page if entry else "",
        kind=entry.name if entry else "",
        story=f"Reading {reading_in_words(reading)}:\n  {departure.story}" if departure else "",
    )


def _tested(s: Situation, d: Decision, reading: Reading) -> tuple[str, ...]:
    """The laws that have something to say."""
    return tuple(law.id for law in laws_of(Kind.DECISION) if law.meaning(s, d, reading).premise)


def _unjudged(id: str, verdict: Verdict, title: str, detail: str, *, kind: str = "", got: str = "") -> CaseReport:
    """A row that is held against no rule."""
    return CaseReport(
        id=id,
        title=title,
        level="decision",
        verdict=verdict,
        rule="",
        clauses=(),
        flags=(),
        laws_tested=(),
        laws_broken=(),
        asked=(),
        expected="",
        got=got,
        detail=detail,
        kind=kind,
    )


def _said(known: Known) -> Iterator[str]:
    yield known.reason
    if known.cause:
        yield f"Cause: {known.cause}"
    if known.allows:
        yield f"What it allows: {known.allows}"
    if known.by_tag:
        yield f"IAM: {BY_TAG[known.by_tag]}."


def _answer(os_user: str | None, uid: int | None, created: Sequence[str], reason: str | None, really: str = "") -> str:
    answer = str(Result(refused=reason) if os_user is None else Result(started_as=os_user))
    as_uid = "" if uid is None else f" (uid {uid})" if not really else f" ({uid_in_words(uid, really)})"
    creating = f", creating {', '.join(map(repr, created))}" if created else ""
    return f"{answer}{as_uid}{creating}"


def recorded_report(
    cases: Sequence[CaseReport],
    checked: Checked,
    implementation: str,
    reading: Reading,
    seconds: float = 0.0,
    tally: Tally | None = None,
) -> RecordedReport:
    """The report of a check of recorded decisions of an implementation: it conforms where the check holds.

    `tally` has counted the cases where these are not all.
    """
    report = report_of(
        cases,
        About(implementation, "decision"),
        reading,
        title=f"{re.split(r'[(,]', implementation)[0].strip()}: recorded decisions",
        declared=True,
        unmatched=checked.stale,
        seconds=seconds,
        vectors="",
        interrupted=checked.interrupted,
        tally=tally,
    )
    fields = {name: getattr(report, name) for name in Report.__struct_fields__}
    return RecordedReport(**fields | {"conforms": checked.holds}, recorded=checked.as_data())
