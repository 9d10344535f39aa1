"""Every report as JUnit is one that Jenkins and GitLab read as it is meant."""

import msgspec
import pytest

from conformance.reports.ten_cases import HOSTILE
from junit_readers import complaints_of_readers
from runas_properties.conformance.reports.junit import junit
from runas_properties.conformance.reports.report import Report
from runas_properties.conformance.reports.suites import Entry, suite_as_xml


def test_jenkins_and_gitlab_read_every_report(report: Report) -> None:
    assert complaints_of_readers(junit(report)) == []


def test_they_read_the_report_of_an_interrupted_run(mixed: Report) -> None:
    assert complaints_of_readers(junit(msgspec.structs.replace(mixed, interrupted=True, conforms=False))) == []


@pytest.mark.parametrize("outcome", ["failure", "error", "skipped"])
@pytest.mark.parametrize("seconds", [0.0, 0.25, 1234.5, 1_234_567.0])
def test_they_read_any_entry(outcome: str, seconds: float) -> None:
    entry = Entry(HOSTILE, HOSTILE, outcome, HOSTILE, HOSTILE, HOSTILE, HOSTILE, seconds)

    assert complaints_of_readers(suite_as_xml(HOSTILE, [entry, entry], {"a": HOSTILE}, seconds, HOSTILE)) == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("<testsuites ", '<testsuites skipped="0" ', "Jenkins: /testsuites: 'skipped' attribute not allowed"),
        ('tests="1"', "", "missing required attribute 'tests'"),
        ('time="1.000"', 'time="1e3"', "value doesn't match any pattern"),
        ("<failure ", '<failure count="3" ', "'count' attribute not allowed"),
        (">m\nt<", "><", "a failure without text"),
        ("</failure>", "</failure><error>e</error>", "2 outcomes"),
        ('name="n"', 'name=""', "no key of one test case"),
        ("</testcase>", '</testcase><testcase classname="c" name="n" />', "no key of one test case"),
    ],
)
def test_what_they_would_refuse_is_told(before: str, after: str, said: str) -> None:
    text = suite_as_xml("s", [Entry("c", "n", "failure", "m", "t")], {}, 1.0)
    assert complaints_of_readers(text) == []
    assert before in text

    assert any(said in complaint for complaint in complaints_of_readers(text.replace(before, after)))
