"""The JSON Schema of the report of `runas-spec check`: that of a run, with what `verify` says of recorded decisions.

`python -m runas_cli.check_schema FOLDER` writes it to a folder.
"""

import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

from runas_properties.conformance.reports.recorded import RecordedReport
from runas_properties.conformance.reports.report import json_schema

__all__ = ["NAME", "check_schema"]

NAME = "check.schema.json"


def check_schema() -> dict[str, Any]:
    """The schema, with all that it refers to."""
    made = json_schema(RecordedReport, "The report of runas-spec check")
    of_verify = json.loads((files("runas_cli") / "verify.schema.json").read_text("utf-8"))
    report = made["$defs"][RecordedReport.__name__]
    report["properties"]["recorded"] = of_verify["properties"]["recorded"]
    report["required"].append("recorded")
    return made


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(str(files("runas_cli")))
    (folder / NAME).write_text(f"{json.dumps(check_schema(), indent=1)}\n", "utf-8")
