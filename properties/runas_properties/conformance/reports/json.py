"""A report as JSON, by the schema `report.schema.json`."""

import msgspec

from runas_properties.conformance.reports.cases import CaseReport
from runas_properties.conformance.reports.report import Report

__all__ = ["around_id", "id_of_row", "json"]

MARGIN = "  "
"""Of a case in a report."""


def json(report: Report) -> str:
    """The report, indented."""
    return msgspec.json.format(msgspec.json.encode(report), indent=1).decode() + "\n"


def around_id(case: CaseReport) -> tuple[str, str]:
    """A case as it stands in a report, up to its id and from there on."""
    text = msgspec.json.format(msgspec.json.encode(msgspec.structs.replace(case, id="")), indent=1).decode()
    before, after = f"{MARGIN}{text}".replace("\n", f"\n{MARGIN}").split('""', 1)
    return before, after


def id_of_row(id: str, _: int) -> str:
    """An id as it stands between the two, whatever the row."""
    return msgspec.json.encode(id).decode()
