"""The examples, run as their READMEs say."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from runas_model.universes.connectives import is_blank
from runas_properties.conformance.kit import conform
from runas_properties.conformance.targets.commands import CommandTarget
from runas_properties.conformance.vectors.vector import as_json, vectors
from thinned import slow

EXAMPLES = Path(__file__).parents[2] / "examples"
ENVIRONMENT = {**os.environ, "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))}
SBIN = os.pathsep.join((os.environ["PATH"], "/usr/sbin", "/sbin"))

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not on this machine")
needs_useradd = pytest.mark.skipif(shutil.which("useradd", path=SBIN) is None, reason="useradd is not on this machine")


def command_of(example: str) -> str:
    """The command that the README of an example gives."""
    found = re.findall(r"^    (runas-spec conform .*)$", (EXAMPLES / example / "README.md").read_text(), re.MULTILINE)
    assert len(found) == 1
    return str(found[0])


def run(command: str, folder: Path, *more: str) -> dict[str, Any]:
    """The report of a command, with more options."""
    program, subcommand, *rest = shlex.split(command)
    done = subprocess.run(
        [program, subcommand, *more, "--json", *rest], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    assert report["conforms"]
    return report


def test_the_decision_in_python_conforms_and_is_found_to_follow_docs_2023() -> None:
    report = run(command_of("python-decision"), EXAMPLES / "python-decision", "--examples", "100")

    assert (report["level"], report["profile"], report["reading_is"]) == ("decision", "docs-2023", "found")
    assert report["counts"]["passed"] == len(vectors("decision"))
    assert report["generated"]["cases"] == 100


def test_the_adapter_in_python_has_at_most_five_lines() -> None:
    lines = (EXAMPLES / "python-decision" / "adapter.py").read_text().splitlines()
    assert 0 < len([line for line in lines if line]) <= 5


@slow
@needs_node
@pytest.mark.parametrize("profile", ["docs-2023", "default", "agent"])
def test_the_service_in_javascript_conforms_under_every_profile(profile: str) -> None:
    command = command_of("node-service").replace("docs-2023", profile)

    report = run(command, EXAMPLES.parent, "--examples", "30")

    assert (report["level"], report["profile"], report["reading_is"]) == ("service", profile, "declared")
    assert report["counts"]["passed"] == sum(not vector.needs for vector in vectors())
    assert report["counts"]["passed"] + report["counts"]["not offered"] == len(vectors())
    assert report["generated"]["cases"] == 30


@needs_node
def test_the_service_in_javascript_says_which_profiles_there_are() -> None:
    command = ["node", str(EXAMPLES / "node-service" / "adapter.mjs"), "docs-2024"]

    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)

    assert done.returncode == 2
    assert done.stderr == "unknown profile docs-2024; use one of default, agent, docs-2023\n"


NODE_BLANK = """
import { PROFILES, SessionManager } from './sessions.mjs';
const isBlank = (name) => {
  const manager = new SessionManager(PROFILES.default);
  manager.registerInstance('i-1', 'a', 'linux');
  try { manager.createOsUser('i-1', name, 1, 1); return false; } catch { return true; }
};
const points = Array.from({ length: 0x110000 }, (_, point) => point).filter((p) => p < 0xd800 || p > 0xdfff);
console.log(JSON.stringify(points.filter((point) => isBlank(String.fromCodePoint(point)))));
"""


@needs_node
def test_the_service_in_javascript_takes_the_same_names_as_blank() -> None:
    command = ["node", "--input-type=module", "--eval", NODE_BLANK]

    done = subprocess.run(command, cwd=EXAMPLES / "node-service", capture_output=True, text=True, check=True)

    assert json.loads(done.stdout) == [point for point in range(0x110000) if is_blank(chr(point))]


REFUSED_BY_REAL_PARTS = {
    "https://github.com/shadow-maint/shadow/issues/836",
    "https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html",
    "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html",
}


@slow
@needs_useradd
def test_the_service_with_real_parts_conforms_on_the_core_vectors(tmp_path: Path) -> None:
    core = [vector for vector in vectors() if vector.core and not vector.needs]
    (tmp_path / "core.json").write_text(as_json(core))

    report = run(command_of("moto-service"), EXAMPLES.parent, "--vectors", str(tmp_path / "core.json"))

    assert (report["level"], report["profile"], report["reading_is"]) == ("service", "agent", "declared")
    assert report["counts"]["passed"] + report["counts"]["skipped"] == len(core)
    assert report["counts"]["passed"] >= len(core) - 12
    assert {case["issue"] for case in report["cases"] if case["verdict"] == "skipped"} <= REFUSED_BY_REAL_PARTS


@slow
@needs_useradd
def test_the_service_with_real_parts_skips_the_names_that_these_do_not_take_and_no_others() -> None:
    names = [vector for vector in vectors("decision") if re.fullmatch(r"name-.*-by-tag-beside-it", vector.id)]
    target = CommandTarget([sys.executable, str(EXAMPLES / "moto-service" / "adapter.py")])
    try:
        report = conform(target, names).report
    finally:
        target.close()

    skipped = {case.id for case in report.cases if case.issue}
    assert report.conforms
    assert report.counts["passed"] + len(skipped) == len(names)
    assert {case.issue for case in report.cases if case.issue} <= REFUSED_BY_REAL_PARTS
    for vector in names:
        wanted = vector.steps[0]["tag"]
        among = [wanted, *(user["name"] for user in vector.steps[0]["os_users"])]
        ordinary = all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]{0,30}", name) for name in among)
        assert not (ordinary and vector.id in skipped), vector.id
