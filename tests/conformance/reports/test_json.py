"""A report as JSON: valid by the published schema, and nothing lost."""

from importlib.resources import files

import jsonschema
import msgspec

from runas_properties.conformance.reports.json import json
from runas_properties.conformance.reports.report import Report


def test_json_is_valid_by_the_published_schema_and_reads_back_as_it_was(report: Report) -> None:
    schema = msgspec.json.decode((files("runas_properties.conformance.reports") / "report.schema.json").read_bytes())
    text = json(report)

    jsonschema.validate(msgspec.json.decode(text), schema)
    assert msgspec.json.decode(text, type=Report) == report
