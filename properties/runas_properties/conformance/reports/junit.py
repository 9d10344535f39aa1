"""A report as JUnit XML, as continuous integration reads it: a test case for each case."""

from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as Xml

from runas_properties.conformance.judging.running import Verdict
from runas_properties.conformance.reports.report import CaseReport, Report
from runas_properties.conformance.reports.suites import Entry, Outcome, case_as_xml, suite_as_xml
from runas_properties.conformance.reports.telling import (
    answer_in_words,
    generated_in_words,
    headline,
    nouns_not_there,
    protocol_in_words,
    reading_in_words,
    unmatched_in_words,
    warnings,
)

__all__ = ["OF_THE_RUN", "around_name", "junit", "name_as_xml"]

OF_THE_RUN = "run"
"""The class of test cases that are about the run as a whole."""

OUTCOMES: dict[Verdict, Outcome] = {
    Verdict.PASSED: "passed",
    Verdict.FAILED: "failure",
    Verdict.FIXED: "failure",
    Verdict.ERRORED: "error",
    Verdict.SKIPPED: "skipped",
    Verdict.KNOWN: "skipped",
    Verdict.OUTSIDE: "skipped",
    Verdict.UNREADABLE: "error",
    Verdict.NOT_OFFERED: "skipped",
}


def junit(report: Report) -> str:
    """The report as one test suite.

    Ids of vectors differ, and those of recorded decisions need not: each of these has its row in its name, so that
    names differ however many there are, and are the same from run to run.

    All random cases are one test case, and so is each thing that may fail the run as a whole: these are always there,
    under the same names, so that a reader sees a failure go. Cases that were counted and are not there count as well.
    """
    properties = {name: getattr(report, name) for name in ("target", "version", "language", "level", "vectors")}
    if report.nouns:
        properties["nouns"] = ", ".join(report.nouns)
    if older := protocol_in_words(report):
        properties["protocol"] = older
    properties["reading"] = reading_in_words(report)
    others: Counter[Outcome] = Counter()
    for verdict, outcome in OUTCOMES.items():
        others[outcome] += report.counts[verdict.value]
    others.subtract(OUTCOMES[case.verdict] for case in report.cases)
    return suite_as_xml(report.target, _entries(report), properties, report.seconds, report.stderr, others)


def name_as_xml(id: str, row: int) -> str:
    """The name of a recorded decision in a row, as it stands in an attribute."""
    name = _name_of_row(id, row)
    return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _name_of_row(id: str, row: int) -> str:
    return f"{id} (row {row})"


def around_name(case: CaseReport) -> tuple[str, str]:
    """A case as it stands in a report, up to its name and from there on."""
    element = case_as_xml(_of_case(_classname(case), "", case), "")
    Xml.indent(element, level=2)
    before, after = Xml.tostring(element, encoding="unicode").split(' name=""', 1)
    return f'    {before} name="', f'"{after}'


def _entries(report: Report) -> Iterator[Entry]:
    for row, case in enumerate(report.cases, 1):
        yield _of_case(_classname(case), case.id if report.vectors else _name_of_row(case.id, row), case)
    if report.generated:
        told = generated_in_words(report.generated)
        failed = report.generated.failure
        random = OF_THE_RUN, "random cases"
        yield _of_case(*random, failed, told) if failed else Entry(*random, output=told)
    unknown = "every reason and error is known"
    if report.strict:
        yield _of_run(unknown, "\n".join(report.warnings))
    else:
        yield Entry(OF_THE_RUN, unknown, output="\n".join(warnings(report)))
    yield _of_run("every known failure is matched by a case", "\n".join(map(unmatched_in_words, report.unmatched)))
    nothing = report.counts[Verdict.PASSED.value] == 0 and not (report.conforms or report.interrupted)
    if report.nouns:
        yield _of_run("every noun that is offered is there", "\n".join(nouns_not_there(report)))
    yield _of_run("some case passes", "no case passed" if nothing else "")
    yield _of_run("the run is complete", headline(report) if report.interrupted else "", "error")


def _of_run(name: str, complaints: str, otherwise: Outcome = "failure") -> Entry:
    message, _, more = complaints.partition("\n")
    return Entry(OF_THE_RUN, name, otherwise if complaints else "passed", message, more)


def _classname(case: CaseReport) -> str:
    return f"{case.level}.{case.rule}" if case.rule else case.level


def _of_case(classname: str, name: str, case: CaseReport, output: str = "") -> Entry:
    outcome = OUTCOMES[case.verdict]
    if outcome == "passed":
        return Entry(classname, name)
    told = "\n".join(part for part in (case.story, case.repeat and f"rerun: {case.repeat}") if part)
    return Entry(classname, name, outcome, _message(case), told, _type(case), output)


def _type(case: CaseReport) -> str:
    if case.verdict not in (Verdict.FAILED, Verdict.KNOWN):
        return ""
    return case.laws_broken[0] if case.laws_broken else "answer"


def _message(case: CaseReport) -> str:
    issue = f" ({case.issue})" if case.issue else ""
    if case.verdict is Verdict.KNOWN:
        return f"known failure: {case.detail}{issue}"
    if case.verdict in (Verdict.OUTSIDE, Verdict.NOT_OFFERED):
        return f"{case.verdict.value}: {case.detail}"
    return f"{case.detail}{issue}" if case.verdict is Verdict.SKIPPED else answer_in_words(case)
