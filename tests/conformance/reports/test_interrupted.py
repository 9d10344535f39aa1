"""A run that was interrupted: all that it found, in every format, and nowhere a word that it conforms."""

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as Xml

import jsonschema
import msgspec
import pytest

from runas_model import AGENT, decide
from runas_properties.conformance import kit
from runas_properties.conformance.judging.generated import try_cases
from runas_properties.conformance.judging.known import KnownFailure
from runas_properties.conformance.judging.running import Judged, Verdict
from runas_properties.conformance.protocol.cases import situation_asked
from runas_properties.conformance.reports.badge import badge, endpoint
from runas_properties.conformance.reports.html import html
from runas_properties.conformance.reports.json import json
from runas_properties.conformance.reports.junit import junit
from runas_properties.conformance.reports.markdown import markdown
from runas_properties.conformance.reports.report import CaseReport, Report, case_report, json_schema
from runas_properties.conformance.reports.terminal import report_lines
from runas_properties.conformance.targets.target import PythonTarget
from runas_properties.conformance.vectors.vector import vectors

VECTORS = vectors("decision")[:20]
FORMATS: tuple[Callable[[Report], str], ...] = (
    html,
    json,
    junit,
    markdown,
    badge,
    endpoint,
    lambda report: "\n".join(report_lines(report)),
)


def right(asked: Any) -> str | None:
    return decide(situation_asked(asked), AGENT).os_user


def wrong(asked: Any) -> str | None:
    """Takes tags for what they look like to a shell."""
    return right({**asked, "tag": asked["tag"] and asked["tag"].strip()})


def target(*, interrupted_at: int, answer: Callable[[Any], str | None] = right) -> PythonTarget:
    """A right implementation, unless told otherwise, of which a case is interrupted."""
    asked = []

    def answered(question: Any) -> str | None:
        asked.append(question)
        if len(asked) == interrupted_at:
            raise KeyboardInterrupt
        return answer(question)

    return PythonTarget(lambda: answered, "ours")


def run(*, at: int, answer: Callable[[Any], str | None] = right, **more: Any) -> kit.Run:
    return kit.conform(target(interrupted_at=at, answer=answer), VECTORS, reading=AGENT, **more)


@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.__name__)
@pytest.mark.parametrize("at", [2, 20, 25])
def test_no_format_says_that_it_conforms(at: int, format: Callable[[Report], str]) -> None:
    report = run(at=at, generating=kit.Generating()).report
    text = format(report)

    assert report.interrupted
    assert "interrupted" in text.lower()
    assert "CONFORMS" not in text
    assert '"conforms": true' not in text
    assert "conforms " not in text.replace("does not conform ", "")


def test_what_was_answered_is_in_the_report_and_how_much_was_not() -> None:
    found = run(at=8)

    assert isinstance(found.interrupted_by, KeyboardInterrupt)
    assert [case.id for case in found.report.cases] == [vector.id for vector in VECTORS[:7]]
    assert (found.report.not_asked, found.report.conforms, found.report.generated) == (13, False, None)
    assert (
        "\n".join(report_lines(found.report)).splitlines()[-1].startswith("INTERRUPTED after 7 of 20 vectors: 7 of 7")
    )
    data = msgspec.json.decode(json(found.report))
    assert list(jsonschema.Draft202012Validator(json_schema()).iter_errors(data)) == []


def test_an_interruption_before_the_first_answer_is_passed_on() -> None:
    with pytest.raises(KeyboardInterrupt):
        run(at=1)


def test_junit_has_the_interruption_as_a_test_with_an_error() -> None:
    (suite,) = Xml.fromstring(junit(run(at=8).report))
    last = suite.findall("testcase")[-1]

    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("11", "0", "1")
    assert (last.get("classname"), last.get("name")) == ("run", "the run is complete")
    assert [(child.tag, child.get("message")) for child in last] == [("error", "INTERRUPTED after 7 of 20 vectors")]


def test_a_badge_is_grey_and_counts_of_all_that_were_to_be_asked() -> None:
    data = msgspec.json.decode(endpoint(run(at=8).report))

    assert (data["message"], data["color"], data["isError"]) == ("interrupted 7/20", "lightgrey", True)
    assert "#6b6b6b" in badge(run(at=8).report)


def test_a_known_failure_that_was_not_asked_yet_is_not_said_to_match_nothing() -> None:
    known = {id: KnownFailure(id, "ours", "https://example.org/1") for id in (VECTORS[10].id, "no-such-vector")}

    assert run(at=8, known=known).report.unmatched == ("no-such-vector",)


def test_that_none_of_a_few_passed_is_no_complaint_yet() -> None:
    report = run(at=3, answer=lambda asked: "mallory").report

    assert [case.verdict for case in report.cases] == [Verdict.FAILED] * 2
    assert "Against this run" not in "\n".join(report_lines(report))


def test_of_interrupted_generated_cases_those_that_were_answered_are_reported() -> None:
    found = run(at=25, generating=kit.Generating())

    generated = found.report.generated
    assert generated is not None
    assert (len(found.report.cases), generated.cases, generated.interrupted) == (20, 4, True)
    assert isinstance(found.interrupted_by, KeyboardInterrupt)
    text = " ".join(" ".join(report_lines(found.report)).split())
    assert "INTERRUPTED after 20 of 20 vectors and 4 generated cases: " in text
    assert "4 generated cases (4 steps, seed 0) passed, then interrupted" in text


def test_a_failure_that_is_interrupted_while_it_is_made_short_is_reported_as_it_is() -> None:
    whole = try_cases(target(interrupted_at=0, answer=wrong), AGENT, examples=2000)
    tried = try_cases(target(interrupted_at=whole.cases + 1, answer=wrong), AGENT, examples=2000)

    assert whole.failure is not None
    assert whole.interrupted_by is None
    assert tried.failure is not None
    assert isinstance(tried.interrupted_by, KeyboardInterrupt)
    assert (tried.cases, tried.steps) == (whole.cases, whole.steps)


def test_a_run_that_is_interrupted_as_its_report_is_made_is_reported_as_interrupted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = []

    def interrupted_once(judged: Judged, repeat: Callable[[str], str]) -> CaseReport:
        made.append(judged)
        if len(made) == 3:
            raise KeyboardInterrupt
        return case_report(judged, repeat)

    monkeypatch.setattr("runas_properties.conformance.kit.case_report", interrupted_once)
    found = run(at=0)

    assert (len(found.report.cases), found.report.interrupted, found.report.conforms) == (20, True, False)
