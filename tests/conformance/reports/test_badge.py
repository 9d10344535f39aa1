"""A report as a badge."""

from xml.etree import ElementTree as Xml

import msgspec
import pytest

from runas_properties.conformance.reports.badge import badge, endpoint
from runas_properties.conformance.reports.report import Report


@pytest.mark.parametrize(
    ("report", "message", "color", "named"),
    [
        ("passing", "conforms 10/10", "#3a7d0f", "brightgreen"),
        ("excepted", "conforms 4/10", "#8a6700", "yellow"),
        ("mixed", "does not conform 3/10", "#b3261e", "red"),
    ],
    indirect=["report"],
)
def test_a_badge_says_whether_it_conforms_and_how_many_passed(
    report: Report, message: str, color: str, named: str
) -> None:
    root = Xml.fromstring(badge(report))
    data = msgspec.json.decode(endpoint(report))

    assert root.findtext("{*}title") == root.get("aria-label") == f"run as: {message}"
    assert [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")] == ["run as", message]
    assert color in badge(report)
    assert data == {
        "schemaVersion": 1,
        "label": "run as",
        "message": message,
        "color": named,
        "isError": not report.conforms,
    }
