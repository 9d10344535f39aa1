"""JUnit XML, as the readers of continuous integration take it: one suite of test cases.

Jenkins refuses attributes that its schema does not have. GitLab shows the text of an element and not its message, and
takes test cases of one suite, class and name for the same one, also from run to run.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias
from xml.etree import ElementTree as Xml

import attrs

from runas_properties.conformance.protocol.readable import readable_text

__all__ = ["Entry", "Outcome", "case_as_xml", "suite_as_xml"]

Outcome: TypeAlias = Literal["passed", "failure", "error", "skipped"]


@attrs.frozen
class Entry:
    """One test case: `classname` and `name` are the same in every run, whatever comes of it.

    `type` is the kind of a failure, `message` says in a line what went wrong, `text` the rest of it; `output` is there
    whatever the outcome.
    """

    classname: str
    name: str
    outcome: Outcome = "passed"
    message: str = ""
    text: str = ""
    type: str = ""
    output: str = ""
    seconds: float | None = None


def suite_as_xml(
    name: str,
    entries: Iterable[Entry],
    properties: Mapping[str, str],
    seconds: float,
    stderr: str = "",
    others: Mapping[Outcome, int] = MappingProxyType({}),
) -> str:
    """A suite with its number of test cases, failures, errors and skipped ones; `others` are counted and not there.

    Of entries with the same class and name, the second is called `name (2)`. What XML cannot hold is written as Python
    writes it.
    """
    suite = Xml.Element("testsuite", name=readable_text(name))
    listed = Xml.SubElement(suite, "properties")
    for key, value in properties.items():
        Xml.SubElement(listed, "property", name=key, value=readable_text(value))
    seen: Counter[tuple[str, str]] = Counter()
    outcomes: Counter[Outcome] = Counter(others)
    for entry in entries:
        seen[entry.classname, entry.name] += 1
        outcomes[entry.outcome] += 1
        occurrence = seen[entry.classname, entry.name]
        suite.append(case_as_xml(entry, entry.name if occurrence == 1 else f"{entry.name} ({occurrence})"))
    if stderr:
        Xml.SubElement(suite, "system-err").text = readable_text(stderr, lines=True)
    totals = {"tests": outcomes.total(), "failures": outcomes["failure"], "errors": outcomes["error"]}
    shared = {what: str(count) for what, count in totals.items()} | {"time": f"{seconds:.3f}"}
    suite.attrib |= shared | {"skipped": str(outcomes["skipped"])}
    suites = Xml.Element("testsuites", {"name": readable_text(name), **shared})
    suites.append(suite)
    Xml.indent(suites)
    text: bytes = Xml.tostring(suites, encoding="utf-8", xml_declaration=True)
    return text.decode() + "\n"


def case_as_xml(entry: Entry, name: str) -> Xml.Element:
    """A test case of that name."""
    case = Xml.Element("testcase", classname=readable_text(entry.classname), name=readable_text(name))
    if entry.seconds is not None:
        case.set("time", f"{entry.seconds:.3f}")
    if entry.outcome != "passed":
        found = Xml.SubElement(case, entry.outcome, message=readable_text(entry.message))
        if entry.type:
            found.set("type", readable_text(entry.type))
        found.text = readable_text("\n".join(filter(None, (entry.message, entry.text))), lines=True)
    if entry.output:
        Xml.SubElement(case, "system-out").text = readable_text(entry.output, lines=True)
    return case
