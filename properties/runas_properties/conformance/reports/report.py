"""What a run found, as data: the same for a terminal, a file and a machine."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

import attrs
import msgspec

from runas_model.specification.nouns import Noun
from runas_model.specification.readings import Reading, profile_of
from runas_properties.conformance.judging.running import Judged, Verdict
from runas_properties.conformance.judging.stories import first_departure, laws_broken, sentences, story
from runas_properties.conformance.protocol.cases import deciding
from runas_properties.conformance.protocol.messages import VERSION as PROTOCOL_VERSION
from runas_properties.conformance.protocol.messages import About, definitions
from runas_properties.conformance.protocol.readable import readable
from runas_properties.conformance.protocol.results import Accepted, Result
from runas_properties.conformance.reports.cases import NO_ANSWER, NO_START, CaseReport, Row
from runas_properties.conformance.reports.tally import Tally
from runas_properties.conformance.vectors.vector import VERSION
from runas_properties.oracle.failures import reading_in_words

__all__ = [
    "CaseReport",
    "Generated",
    "Report",
    "Row",
    "case_report",
    "json_schema",
    "report_of",
    "shortest_first",
]

REPEATED = (Verdict.FAILED, Verdict.ERRORED)
"""What comes again when the case is asked again."""

TOGETHER = "offer documents and parameters together, as session documents declare parameters"


class Generated(msgspec.Struct, frozen=True):
    """Random cases after the vectors: how many, from which seed, and the first that failed, made as short as can be.

    There were to be more of them, or that one shorter, where they were `interrupted`.
    """

    seed: int
    cases: int
    steps: int
    seconds: float
    failure: CaseReport | None = None
    interrupted: bool = False


class Report(msgspec.Struct, frozen=True):
    """A run. `counts` has the number of cases by verdict; `unmatched` are known failures that no case has.

    `nouns` are those that the target offers, and `protocol` is the version that it speaks; cases that need more are
    listed as not offered, and counted apart.

    `vectors` is the version of the vectors, or empty where the cases are others. A run that was `interrupted` does not
    conform, whatever it found up to there; `not_asked` is how many cases it had left, as far as that is known.
    `warnings` are of answers that say something unknown; a `strict` run with any does not conform.
    """

    title: str
    target: str
    version: str
    language: str
    level: str
    reading: dict[str, str]
    profile: str | None
    reading_is: Literal["declared", "found"]
    vectors: str
    conforms: bool
    counts: dict[str, int]
    rules: tuple[Row, ...]
    laws: tuple[Row, ...]
    cases: tuple[CaseReport, ...]
    unmatched: tuple[str, ...] = ()
    generated: Generated | None = None
    seconds: float = 0.0
    stderr: str = ""
    interrupted: bool = False
    not_asked: int = 0
    warnings: tuple[str, ...] = ()
    strict: bool = False
    nouns: tuple[str, ...] = ()
    protocol: int = PROTOCOL_VERSION

    @property
    def total(self) -> int:
        """How many cases were counted, but for those that are not offered.

        Those of a report that lists only some of them are more.
        """
        return self.counted - self.counts[Verdict.NOT_OFFERED.value]

    @property
    def counted(self) -> int:
        """How many cases were counted, also those that are not offered."""
        return sum(self.counts.values())

    @property
    def failures(self) -> list[CaseReport]:
        """The cases that did not end as they should, also a generated one, the shortest story first."""
        generated = self.generated.failure if self.generated else None
        cases = [*self.cases, generated] if generated else self.cases
        return shortest_first(case for case in cases if not case.verdict.conforms)

    @property
    def reading_in_words(self) -> str:
        choices = ", ".join(f"{name}={choice}" for name, choice in self.reading.items())
        return f"{choices}{f' (profile {self.profile})' if self.profile else ''}"


def shortest_first(cases: Iterable[CaseReport]) -> list[CaseReport]:
    """Cases by the length of their stories; those without one last."""
    return sorted(cases, key=lambda case: (not case.story, case.story.count("\n"), len(case.story)))


def case_report(judged: Judged, repeat: Callable[[str], str]) -> CaseReport:
    """The verdict on a vector, with its story where it did not pass."""
    vector, observed, reading = judged.vector, judged.observed, judged.reading
    under = vector.under(reading)
    passed = judged.verdict in (Verdict.PASSED, Verdict.FIXED)
    answered_wrongly = bool(observed.results) and not passed
    departed = first_departure(vector.steps, observed.results, reading) if answered_wrongly else None
    at = deciding(vector.steps) if departed is None else departed
    expected: Accepted = under.results[at]
    got: Result | None = observed.results[at] if observed.results else None
    detail, issue = _detail(judged)
    return CaseReport(
        id=vector.id,
        title=vector.title,
        level=vector.level,
        verdict=judged.verdict,
        rule=under.rule or NO_START,
        clauses=vector.clauses,
        flags=vector.flags,
        laws_tested=vector.laws,
        laws_broken=laws_broken(vector.steps[: at + 1], observed.results, reading) if departed is not None else (),
        asked=sentences(vector.steps),
        expected=str(expected),
        got=str(got) if got is not None else "as expected" if passed else NO_ANSWER,
        detail=detail,
        issue=issue,
        story=story(vector.steps, observed.results, reading) if departed is not None else "",
        repeat=repeat(vector.id) if observed.was_asked and judged.verdict in REPEATED else "",
        needs=tuple(dict.fromkeys([*observed.lacking, *(noun.value for noun in vector.needs)])),
    )


def _detail(judged: Judged) -> tuple[str, str]:
    observed = judged.observed
    if judged.known is not None:
        return judged.known.reason, judged.known.issue
    if observed.skipped is not None:
        return observed.skipped
    if observed.lacking:
        advice = f": {TOGETHER}" if _apart(judged) else ""
        return f"needs {', '.join(observed.lacking)}, not offered{advice}", ""
    other = judged.other_reading
    mixed = f"mixes readings: this answer would be correct under {reading_in_words(other)}" if other else ""
    return observed.error or ("" if judged.verdict is Verdict.PASSED else mixed), ""


def _apart(judged: Judged) -> bool:
    """Whether a case is not asked because parameters are offered, and session documents are not."""
    return judged.observed.lacking == (Noun.DOCUMENTS.value,) and Noun.PARAMETERS in judged.vector.needs


def report_of(
    cases: Sequence[CaseReport],
    about: About,
    reading: Reading,
    *,
    title: str,
    declared: bool,
    unmatched: Sequence[str] = (),
    generated: Generated | None = None,
    seconds: float = 0.0,
    stderr: str = "",
    vectors: str = VERSION,
    interrupted: bool = False,
    not_asked: int = 0,
    warnings: Sequence[str] = (),
    strict: bool = False,
    tally: Tally | None = None,
) -> Report:
    """The report of a run, in readable text; `tally` has counted the cases where these are not all.

    It conforms when every case ends as it should, at least one passed, and none was left out by an interruption.
    """
    if tally is None:
        tally = Tally.of(cases)
    counts = {verdict.value: tally.verdicts[verdict] for verdict in Verdict}
    well = all(verdict.conforms for verdict in tally.verdicts) and not unmatched
    well &= not (generated and generated.failure) and not interrupted and not (strict and warnings)
    report = Report(
        title=title,
        target=about.name,
        version=about.version,
        language=about.language,
        level=about.level,
        reading={name: choice.value for name, choice in attrs.asdict(reading).items()},
        profile=profile_of(reading),
        reading_is="declared" if declared else "found",
        vectors=vectors,
        conforms=well and counts[Verdict.PASSED.value] > 0,
        counts=counts,
        rules=tally.rules(),
        laws=tally.laws(),
        cases=tuple(cases),
        unmatched=tuple(unmatched),
        generated=generated,
        seconds=round(seconds, 3),
        stderr=stderr,
        interrupted=interrupted,
        not_asked=not_asked,
        warnings=tuple(warnings),
        strict=strict,
        nouns=tuple(noun.value for noun in about.nouns),
        protocol=about.protocol,
    )
    made: Report = readable(report)
    return made


def json_schema(of: type[Report] = Report, title: str = "A report of runas-spec's conformance kit") -> dict[str, Any]:
    """The JSON Schema of a report."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "$ref": f"#/$defs/{of.__name__}",
        "$defs": definitions(of),
    }
