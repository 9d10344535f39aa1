"""A report as JUnit XML, as continuous integration reads it: a test case for each case."""

from xml.etree import ElementTree as Xml

from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.reports.report import CaseReport, Report
from runas_properties.conformance.reports.telling import (
    answer_in_words,
    complaints,
    generated_in_words,
    headline,
    reading_in_words,
    warnings,
)

__all__ = ["junit"]

ELEMENTS = {
    Verdict.FAILED: "failure",
    Verdict.FIXED: "failure",
    Verdict.ERRORED: "error",
    Verdict.SKIPPED: "skipped",
    Verdict.KNOWN: "skipped",
    Verdict.OUTSIDE: "skipped",
    Verdict.UNREADABLE: "error",
}


def junit(report: Report) -> str:
    """The report as one test suite, with its number of tests, failures, errors and skipped ones.

    Generated cases are one test, and so is each thing that fails the run as a whole, such as an interruption.
    """
    suite = Xml.Element("testsuite", name=report.title)
    properties = Xml.SubElement(suite, "properties")
    for name in ("target", "version", "language", "level", "vectors"):
        Xml.SubElement(properties, "property", name=name, value=getattr(report, name))
    Xml.SubElement(properties, "property", name="reading", value=reading_in_words(report))
    for case in report.cases:
        _case(suite, ".".join(part for part in (case.level, case.rule) if part), case.id, case)
    if report.generated:
        _case(suite, "generated", generated_in_words(report.generated), report.generated.failure)
    for complaint in complaints(report):
        Xml.SubElement(_test(suite, "run", complaint), "failure", message=complaint)
    if report.interrupted:
        Xml.SubElement(_test(suite, "run", headline(report)), "error", message=headline(report))
    if told := warnings(report):
        Xml.SubElement(suite, "system-out").text = "\n".join(told)
    if report.stderr:
        Xml.SubElement(suite, "system-err").text = report.stderr
    totals = {
        "tests": len(suite.findall("testcase")),
        "failures": len(suite.findall("testcase/failure")),
        "errors": len(suite.findall("testcase/error")),
        "skipped": len(suite.findall("testcase/skipped")),
    }
    suite.attrib |= {name: str(total) for name, total in totals.items()} | {"time": f"{report.seconds:.3f}"}
    suites = Xml.Element("testsuites", suite.attrib)
    suites.append(suite)
    Xml.indent(suites)
    text: bytes = Xml.tostring(suites, encoding="utf-8", xml_declaration=True)
    return text.decode() + "\n"


def _test(suite: Xml.Element, classname: str, name: str) -> Xml.Element:
    return Xml.SubElement(suite, "testcase", classname=classname, name=name)


def _case(suite: Xml.Element, classname: str, name: str, case: CaseReport | None) -> None:
    test = _test(suite, classname, name)
    if case is None or case.verdict not in ELEMENTS:
        return
    element = Xml.SubElement(test, ELEMENTS[case.verdict], message=_message(case))
    if case.verdict in (Verdict.FAILED, Verdict.KNOWN):
        element.set("type", case.laws_broken[0] if case.laws_broken else "answer")
    element.text = "\n".join(part for part in (case.story, case.repeat and f"rerun: {case.repeat}") if part) or None


def _message(case: CaseReport) -> str:
    issue = f" ({case.issue})" if case.issue else ""
    if case.verdict is Verdict.KNOWN:
        return f"known failure: {case.detail}{issue}"
    if case.verdict is Verdict.OUTSIDE:
        return f"outside the model: {case.detail}"
    return f"{case.detail}{issue}" if case.verdict is Verdict.SKIPPED else answer_in_words(case)
