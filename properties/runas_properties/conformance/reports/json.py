"""A report as JSON, by the schema `report.schema.json`."""

import msgspec

from runas_properties.conformance.reports.report import Report

__all__ = ["json"]


def json(report: Report) -> str:
    """The report, indented."""
    return msgspec.json.format(msgspec.json.encode(report), indent=1).decode() + "\n"
