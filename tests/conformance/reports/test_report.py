"""The report: what becomes of cases, rules and laws, and whether it conforms."""

from importlib.resources import files
from xml.etree import ElementTree as Xml

import msgspec

from conformance.reports.ten_cases import ERRORED, FAILED, FIXED, ISSUE, KNOWN, SKIPPED, Target, ids_of, made, some
from runas_model import AGENT
from runas_properties.conformance import kit
from runas_properties.conformance.judging.known import KnownFailure
from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.reports.junit import junit
from runas_properties.conformance.reports.report import Report, json_schema
from runas_properties.conformance.reports.terminal import report_lines


def test_the_report_that_the_formats_are_tried_on_has_a_case_of_every_verdict(
    mixed: Report, passing: Report, excepted: Report
) -> None:
    assert ids_of(mixed, Verdict.FAILED) == FAILED
    assert ids_of(mixed, Verdict.KNOWN) == KNOWN
    assert ids_of(mixed, Verdict.ERRORED) == {ERRORED}
    assert ids_of(mixed, Verdict.SKIPPED) == {SKIPPED}
    assert ids_of(mixed, Verdict.FIXED) == {FIXED}
    assert mixed.unmatched == ("no-such-case",)
    assert "generated-7" in [case.id for case in mixed.failures]
    assert (mixed.conforms, passing.conforms, excepted.conforms) == (False, True, True)


def test_a_row_that_is_not_as_it_should_be_is_one_with_a_case_that_failed(mixed: Report, passing: Report) -> None:
    by_id = {row.id: row for row in (*mixed.rules, *mixed.laws)}

    missing = by_id["tag-user-missing"]
    assert (missing.expected, missing.got) == ("5 refused", "2 refused, 2 started, 1 no answer")
    assert (missing.as_it_should_be, missing.known, missing.skipped) == (False, 1, 0)
    default = by_id["default-user-missing"]
    assert (default.got, default.as_it_should_be, default.known) == ("1 started", True, 1)
    assert (by_id["no-fall-through"].got, by_id["no-fall-through"].as_it_should_be) == (
        "2 hold, 2 broken, 2 no answer",
        False,
    )
    assert all(row.as_it_should_be for row in (*passing.rules, *passing.laws))


def test_a_known_failure_without_an_answer_does_not_count_as_a_law_that_holds() -> None:
    report = made(Target("folds-case"), {ERRORED: KnownFailure(ERRORED, "It crashes.", ISSUE)})

    law = next(row for row in report.laws if row.id == "exactly-one-rule")
    assert law.got.endswith(", 2 no answer")
    assert (law.known, law.skipped) == (1, 1)


def test_nothing_that_passed_is_said_to_be_the_reason() -> None:
    only = {SKIPPED}
    report = kit.conform(Target("folds-case"), some([*only]), reading=AGENT).report

    assert not report.conforms
    assert "  no case passed" in list(report_lines(report))
    assert Xml.fromstring(junit(report)).findall(".//testcase[@classname='run']/failure")


def test_the_published_schema_is_that_of_the_report() -> None:
    published = msgspec.json.decode((files("runas_properties.conformance.reports") / "report.schema.json").read_bytes())

    assert published == msgspec.json.decode(msgspec.json.encode(json_schema()))
