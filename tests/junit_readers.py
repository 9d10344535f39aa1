"""What the readers of continuous integration ask of JUnit XML.

`junit-10.xsd` is the schema by which Jenkins' xUnit plugin takes or refuses a file. It is Gregory Boissinot's, under
the MIT licence that stands at its head, and was taken unchanged from the source distribution of pytest 9.2. GitLab has
no schema: what its reader makes of a file is documented, and asked for here.
"""

from functools import cache
from pathlib import Path
from xml.etree import ElementTree as Xml

import xmlschema

__all__ = ["complaints_of_readers", "test_cases"]

OUTCOMES = ("failure", "error", "skipped")


@cache
def jenkins() -> xmlschema.XMLSchema10:
    return xmlschema.XMLSchema10(Path(__file__).parent / "conformance" / "reports" / "schemas" / "junit-10.xsd")


def test_cases(text: str) -> dict[tuple[str, str], Xml.Element]:
    """The test cases by class and name."""
    return {(case.attrib["classname"], case.attrib["name"]): case for case in Xml.fromstring(text).iter("testcase")}


test_cases.__test__ = False  # type: ignore[attr-defined]


def complaints_of_readers(text: str) -> list[str]:
    """Why Jenkins or GitLab would refuse the text, or read something else than it says."""
    refused = [f"Jenkins: {error.path}: {error.reason}" for error in jenkins().iter_errors(text)]
    return refused + [f"GitLab: {complaint}" for complaint in _of_gitlab(Xml.fromstring(text))]


def _of_gitlab(root: Xml.Element) -> list[str]:
    """Its parser keys test cases by suite, class and name, takes one outcome of each, and shows an outcome's text."""
    complaints = [] if root.tag == "testsuites" and root.findall("testsuite/testcase") else ["no test case in a suite"]
    seen = set()
    for suite in root.iter("testsuite"):
        for case in suite.findall("testcase"):
            key = (suite.get("name"), case.get("classname"), case.get("name"))
            if not all(key) or key in seen:
                complaints.append(f"{key}: no key of one test case")
            seen.add(key)
            outcomes = [child for child in case if child.tag in OUTCOMES]
            if len(outcomes) > 1:
                complaints.append(f"{key}: {len(outcomes)} outcomes")
            complaints += [f"{key}: a {found.tag} without text" for found in outcomes if not (found.text or "").strip()]
    return complaints
