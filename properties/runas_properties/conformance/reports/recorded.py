"""Recorded decisions as the cases of a report."""

import re
from collections.abc import Sequence

import msgspec

from runas_model.facts.compiled import decide
from runas_model.inputs.records import Recorded
from runas_model.specification.readings import Reading
from runas_model.specification.rulebook import RULES
from runas_model.specification.vocabulary import Name
from runas_model.stories.situations import tell_facts
from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.protocol.messages import About
from runas_properties.conformance.protocol.results import Result
from runas_properties.conformance.reports.report import CaseReport, Report, report_of
from runas_properties.laws import Kind, laws_of
from runas_properties.oracle.failures import reading_in_words
from runas_properties.oracle.recorded import Departure, Known, agrees, creates, kind_of
from runas_properties.oracle.recorded import Report as Checked

__all__ = ["case_of", "recorded_report"]


def case_of(row: Recorded, reading: Reading, known: Sequence[Known] = ()) -> CaseReport:
    """The verdict on a recorded decision; one that is known to depart has the kind, the reason and the link."""
    s, d = row.situation, decide(row.situation, reading)
    departure = None if agrees(row, d) else Departure(row, d, reading)
    entry = kind_of(departure, known) if departure else None
    named = Name(d.os_user or "")
    uid = s.os_users[named].uid if row.uid is not None and s.os_users.has(named) else None
    return CaseReport(
        id=row.id,
        title=tell_facts(s),
        level="decision",
        verdict=Verdict.PASSED if departure is None else Verdict.KNOWN if entry else Verdict.FAILED,
        rule=d.rule,
        clauses=RULES[d.rule].clauses,
        flags=(),
        laws_tested=tuple(law.id for law in laws_of(Kind.DECISION) if law.meaning(s, d, reading).premise),
        laws_broken=departure.laws if departure else (),
        asked=(),
        expected=_answer(d.os_user, uid, creates(s, d), d.reason.value if d.reason else None),
        got=_answer(row.started_as, row.uid if departure or uid is not None else None, row.created, None),
        detail=entry.reason if entry else "",
        issue=entry.link if entry else "",
        kind=entry.kind if entry else "",
        story=f"Reading {reading_in_words(reading)}:\n  {departure.story}" if departure else "",
    )


def _answer(os_user: str | None, uid: int | None, created: Sequence[str], reason: str | None) -> str:
    answer = str(Result(refused=reason) if os_user is None else Result(started_as=os_user))
    as_uid = "" if uid is None else f" (uid {uid})"
    creating = f", creating {', '.join(map(repr, created))}" if created else ""
    return f"{answer}{as_uid}{creating}"


def recorded_report(
    cases: Sequence[CaseReport], checked: Checked, implementation: str, reading: Reading, seconds: float = 0.0
) -> Report:
    """The report of a check of recorded decisions of an implementation: it conforms where the check holds."""
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
    )
    return msgspec.structs.replace(report, conforms=checked.holds)
