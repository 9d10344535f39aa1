"""Each command has one report as JSON, whichever option asks for it, as one kept schema describes it."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cli.running import run
from renew.steps import STEPS
from runas_cli.check_schema import NAME, check_schema
from runas_properties.oracle.recorded import AGENT_FILES
from thinned import slow

pytestmark = pytest.mark.usefixtures("asked_here")

KIT = "runas_properties.conformance.reports"
CONFORM = ("conform", "--target", "targets_in_python:folding", "--only", "name-capital-*", "--examples", "0")
COMMANDS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "conform": (CONFORM, KIT, "report.schema.json"),
    "check": (("check", *map(str, AGENT_FILES)), "runas_cli", "check.schema.json"),
    "check, no known": (("check", str(AGENT_FILES[1]), "--no-known"), "runas_cli", "check.schema.json"),
    "verify": (("verify",), "runas_cli", "verify.schema.json"),
}


def without_times(report: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in report.items() if name != "seconds"}


@pytest.mark.usefixtures("already_proved")
@pytest.mark.parametrize("name", [name if name != "verify" else pytest.param(name, marks=slow) for name in COMMANDS])
def test_every_way_to_ask_for_json_gives_the_same_report_as_its_schema_has_it(
    name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    command, package, schema = COMMANDS[name]
    file = tmp_path / "report.json"
    code, printed, _ = run(capsys, *command, "--json")
    both = run(capsys, *command, "--json", "--report", f"json={file}")
    of_both = json.loads(file.read_text("utf-8"))
    by_ending = run(capsys, *command, "--report", str(file))

    report = json.loads(printed)
    jsonschema.validate(report, json.loads((files(package) / schema).read_text("utf-8")))
    assert {code, both[0], by_ending[0]} == {code}
    assert json.loads(both[1]) == of_both
    assert without_times(of_both) == without_times(report)
    assert without_times(json.loads(file.read_text("utf-8"))) == without_times(report)


@slow
@pytest.mark.usefixtures("already_proved")
def test_check_and_verify_say_the_same_of_recorded_decisions(capsys: pytest.CaptureFixture[str]) -> None:
    check, verify = (json.loads(run(capsys, *COMMANDS[name][0], "--json")[1]) for name in ("check", "verify"))

    assert check["recorded"] == verify["recorded"]
    assert len(check["cases"]) == check["recorded"]["rows"]


def test_the_schema_of_the_report_of_check_is_the_kept_one() -> None:
    assert json.loads((files("runas_cli") / NAME).read_text("utf-8")) == json.loads(json.dumps(check_schema()))
    assert any(f"cli/runas_cli/{NAME}" in step.files for step in STEPS)
