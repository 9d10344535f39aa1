"""A report as JUnit: a test case for each case, counts that agree, and names that stay."""

from xml.etree import ElementTree as Xml

import msgspec
import pytest

from conformance.reports.ten_cases import FIXED, ISSUE, LISTED, SHOWN, SKIPPED, Target, made
from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.reports.junit import junit
from runas_properties.conformance.reports.report import Generated, Report

OF_THE_RUN = [
    "every reason and error is known",
    "every known failure is matched by a case",
    "some case passes",
    "the run is complete",
]
OUTCOMES = {
    Verdict.PASSED: [],
    Verdict.FAILED: ["failure"],
    Verdict.FIXED: ["failure"],
    Verdict.ERRORED: ["error"],
    Verdict.SKIPPED: ["skipped"],
    Verdict.KNOWN: ["skipped"],
}


def named(report: Report) -> dict[tuple[str, str], Xml.Element]:
    """The test cases by class and name."""
    cases = Xml.fromstring(junit(report)).findall(".//testcase")
    found = {(case.attrib["classname"], case.attrib["name"]): case for case in cases}
    assert len(found) == len(cases)
    return found


def told(report: Report, name: str) -> Xml.Element:
    """What went wrong in the test case of a name."""
    (found,) = next(case for (_, of_case), case in named(report).items() if of_case == name)
    return found


def test_junit_has_a_test_case_for_each_case_and_counts_that_agree(report: Report) -> None:
    root = Xml.fromstring(junit(report))
    (suite,) = root.findall("testsuite")
    by_name = named(report)

    assert [suite.get("tests"), suite.get("failures"), suite.get("errors"), suite.get("skipped")] == [
        str(len(suite.findall(path)))
        for path in ("testcase", *(f"testcase/{tag}" for tag in ("failure", "error", "skipped")))
    ]
    assert root.attrib == {name: value for name, value in suite.attrib.items() if name != "skipped"}
    of_the_run = ["random cases", *OF_THE_RUN] if report.generated else OF_THE_RUN
    assert [name for classname, name in by_name if classname == "run"] == of_the_run
    assert len(by_name) == len(report.cases) + len(of_the_run)
    assert (int(root.attrib["failures"]) + int(root.attrib["errors"]) == 0) == report.conforms
    for case in report.cases:
        assert [child.tag for child in by_name[f"{case.level}.{case.rule}", case.id]] == OUTCOMES[case.verdict]


def test_junit_tells_the_story_the_reason_and_what_to_do(mixed: Report) -> None:
    failed = told(mixed, "name-capital-by-tag-instead")
    assert failed.get("message") == "expected refused (os-user-missing), got started as 'alice'"
    assert failed.get("type") == "started-as-named"
    assert str(failed.text).startswith("expected refused (os-user-missing), got started as 'alice'\nReading ")
    assert "rerun: runas-spec replay name-capital-by-tag-instead --target directory:make" in str(failed.text)
    assert told(mixed, "name-capital-by-default-instead").get("message") == (
        f"known failure: Names are folded by our directory. ({ISSUE})"
    )
    assert told(mixed, SKIPPED).get("message") == f"no spaces: boom ({ISSUE})"
    assert str(told(mixed, FIXED).get("message")).startswith("listed as a known failure but passes")
    assert told(mixed, "every known failure is matched by a case").get("message") == (
        "no-such-case: listed as a known failure but matched by no case; remove it or correct it"
    )
    assert "line 14" in str(Xml.fromstring(junit(mixed)).findtext(".//system-err"))


def test_names_are_the_same_whatever_the_seed_the_outcome_and_the_time(mixed: Report) -> None:
    target = Target(None)
    target.about = msgspec.structs.replace(target.about, version="2.2-dev+4711")
    other = made(target, {}, generated=Generated(4711, 1_234, 56_789, 98.7))
    broken_off = msgspec.structs.replace(mixed, interrupted=True, not_asked=953, conforms=False)

    assert list(named(other)) == list(named(mixed)) == list(named(broken_off))
    suites = [Xml.fromstring(junit(one)).get("name") for one in (mixed, other, broken_off)]
    assert suites == ["directory"] * 3


def test_an_interruption_and_a_run_in_which_nothing_passed_are_test_cases_that_fail(mixed: Report) -> None:
    broken_off = msgspec.structs.replace(mixed, interrupted=True, not_asked=953, conforms=False)
    empty = made(Target(None), LISTED)
    nothing = msgspec.structs.replace(empty, counts=dict.fromkeys(empty.counts, 0), conforms=False)

    assert told(broken_off, "the run is complete").tag == "error"
    assert told(broken_off, "the run is complete").get("message") == (
        "INTERRUPTED after 10 of 963 vectors and 12 generated cases"
    )
    assert told(nothing, "some case passes").get("message") == "no case passed"


def test_two_cases_of_one_name_are_told_apart(passing: Report) -> None:
    twice = msgspec.structs.replace(passing, cases=(*passing.cases, passing.cases[0], passing.cases[0]))
    first = passing.cases[0]

    assert [name for _, name in named(twice) if name.startswith(first.id)] == [
        first.id,
        f"{first.id} (2)",
        f"{first.id} (3)",
    ]


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1b", "\x85", "\ud800", "\ufffe", "\uffff"])
def test_a_character_that_xml_cannot_hold_is_shown_wherever_it_stands(passing: Report, character: str) -> None:
    case = msgspec.structs.replace(
        passing.cases[0],
        verdict=Verdict.FAILED,
        **dict.fromkeys(("id", "rule", "got", "story", "repeat", "detail"), f"a{character}b"),
    )
    text = junit(msgspec.structs.replace(passing, target=f"a{character}b", stderr=character, cases=(case,)))
    shown = character.encode("unicode_escape").decode()

    assert character not in text
    root = Xml.fromstring(text)
    assert (root.get("name"), root.findtext(".//system-err")) == (f"a{shown}b", shown)
    assert root.find(f".//testcase[@name='a{shown}b']") is not None


def test_the_hostile_report_is_shown_in_words(hostile: Report) -> None:
    assert SHOWN in junit(hostile)
