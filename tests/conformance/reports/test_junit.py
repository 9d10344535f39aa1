"""A report as JUnit: a test for each case, and counts that agree."""

from xml.etree import ElementTree as Xml

from conformance.reports.ten_cases import FIXED, ISSUE, SKIPPED
from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.reports.junit import junit
from runas_properties.conformance.reports.report import Report


def test_junit_has_a_test_for_each_case_and_counts_that_agree(report: Report) -> None:
    root = Xml.fromstring(junit(report))
    suite = root.find("testsuite")
    assert suite is not None
    tests = suite.findall("testcase")
    by_name = {test.get("name"): test for test in tests}

    assert root.attrib == suite.attrib
    assert [root.get("tests"), root.get("failures"), root.get("errors"), root.get("skipped")] == [
        str(len(suite.findall(path)))
        for path in ("testcase", *(f"testcase/{tag}" for tag in ("failure", "error", "skipped")))
    ]
    assert len(tests) == len(report.cases) + (report.generated is not None) + len(report.unmatched)
    assert (int(str(root.get("failures"))) + int(str(root.get("errors"))) == 0) == report.conforms
    for case in report.cases:
        assert [child.tag for child in by_name[case.id]] == {
            Verdict.PASSED: [],
            Verdict.FAILED: ["failure"],
            Verdict.FIXED: ["failure"],
            Verdict.ERRORED: ["error"],
            Verdict.SKIPPED: ["skipped"],
            Verdict.KNOWN: ["skipped"],
        }[case.verdict]
        assert by_name[case.id].get("classname") == f"{case.level}.{case.rule}"


def test_junit_tells_the_story_the_reason_and_what_to_do(mixed: Report) -> None:
    root = Xml.fromstring(junit(mixed))

    def told(name: str) -> Xml.Element:
        found = root.find(f".//testcase[@name='{name}']/*")
        assert found is not None
        return found

    failed = told("name-capital-by-tag-instead")
    assert failed.get("message") == "expected refused (os-user-missing), got started as 'alice'"
    assert failed.get("type") == "started-as-named"
    assert "rerun: runas-spec replay name-capital-by-tag-instead --target directory:make" in str(failed.text)
    assert told("name-capital-by-default-instead").get("message") == (
        f"known failure: Names are folded by our directory. ({ISSUE})"
    )
    assert told(SKIPPED).get("message") == f"no spaces: boom ({ISSUE})"
    assert str(told(FIXED).get("message")).startswith("listed as a known failure but passes")
    assert "line 14" in str(root.findtext(".//system-err"))
