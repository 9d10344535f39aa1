"""The derived files, by the step that makes them; each step needs those before it."""

import sys
from collections.abc import Callable
from pathlib import Path

import attrs

__all__ = ["STEPS", "Step"]

PYTHON = sys.executable
KIT = "properties/runas_properties/conformance"
ORACLE = "properties/runas_properties/oracle"
PICTURE = "from spec_site.picture import decision_picture as picture; print(picture(), end='')"


@attrs.frozen
class Step:
    """`command` makes the `files`, of which it is given the folder to write into; without `made`, it prints the one.

    `made` is the folder of the project that stands for the one that it is given. `afterwards` says what is left to do
    where a file has changed; `folder` is where the command runs.
    """

    title: str
    command: Callable[[Path], list[str]]
    files: tuple[str, ...]
    made: str = ""
    afterwards: str = ""
    folder: str = "tests"


STEPS = (
    Step(
        "shortest traces",
        lambda _: [PYTHON, "-m", "runas_properties.explorer.reach"],
        ("properties/runas_properties/explorer/shortest-traces.json",),
    ),
    Step(
        "what verify puts on trial",
        lambda out: [PYTHON, "-m", "runas_solver.hollow", "--kept", str(out / "caught.json")],
        ("solver/runas_solver/caught.json",),
        made="solver/runas_solver",
    ),
    Step(
        "trials of the faulty specifications",
        lambda out: [PYTHON, "-m", "runas_solver.trials", str(out / "convictions.json")],
        ("solver/runas_solver/convictions.json",),
        made="solver/runas_solver",
    ),
    Step(
        "vectors and JSON Schemas",
        lambda out: [PYTHON, "-m", "runas_solver.vectors", str(out)],
        (
            f"{KIT}/vectors/decision.json",
            f"{KIT}/vectors/service.json",
            f"{KIT}/protocol/protocol.schema.json",
            f"{KIT}/vectors/vectors.schema.json",
            f"{KIT}/reports/report.schema.json",
        ),
        made=KIT,
    ),
    Step(
        "JSON Schemas of recorded decisions",
        lambda out: [PYTHON, "-m", "runas_properties.oracle.schemas", str(out)],
        (f"{ORACLE}/rows.schema.json", f"{ORACLE}/known.schema.json"),
        made=ORACLE,
    ),
    Step(
        "JSON Schema of the report of check",
        lambda out: [PYTHON, "-m", "runas_cli.check_schema", str(out)],
        ("cli/runas_cli/check.schema.json",),
        made="cli/runas_cli",
    ),
    Step(
        "JSON Schema of what tell prints",
        lambda out: [PYTHON, "-m", "runas_cli.told", str(out)],
        ("cli/runas_cli/tell.schema.json",),
        made="cli/runas_cli",
    ),
    Step(
        "certificates",
        lambda out: [PYTHON, "-m", "runas_solver.certificates", str(out / "certificates.json")],
        ("solver/runas_solver/certificates.json",),
        made="solver/runas_solver",
    ),
    Step(
        "conclusions in a title's own words",
        lambda out: [PYTHON, "-m", "laws.test_conclusions", str(out / "conclusions.txt")],
        ("tests/laws/conclusions.txt",),
        made="tests/laws",
        afterwards="read whether each title says what stands under it",
    ),
    Step(
        "picture in the README",
        lambda _: [PYTHON, "-c", PICTURE],
        ("docs/decision.svg",),
        folder="docs",
    ),
)
