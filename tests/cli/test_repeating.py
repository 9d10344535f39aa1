"""Every command that a report tells for repeating a failure is run, and meets the same failure."""

import json
import os
import re
import shlex
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from cli.malformed.files import document
from cli.running import run
from runas_properties.conformance.protocol.readable import readable_text, shell_words
from runas_properties.conformance.vectors.vector import as_json, vectors
from thinned import slow
from untraced import with_path

COMMAND = re.compile(r"\b(runas-spec (?:replay|conform|prove) .*)$", re.M)
SOME = ("--only", "name-capital-*-instead", "--only", "fault-caches-decisions")
CACHING, FORGETFUL = (("--target", f"targets_in_python:{name}") for name in ("caching", "forgetful"))
FEW = ("--only", "decision-linux-on-*-no-default")
WRONG = """
import json, sys, time
for line in sys.stdin:
    message = json.loads(line)
    if message["command"] == "stop":
        break
    if message["command"] == "start":
        print('{"protocol": 2, "name": "it", "level": "decision"%s}', flush=True)
        continue
    asked = message["steps"][0]
    %s
    print(json.dumps({"id": message["id"], "results": [{"started_as": "ssm-user"}]}), flush=True)
"""


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def adapter(folder: Path, does: str = "pass", declares: str = "") -> tuple[str, str]:
    """A command that starts every session as ssm-user, once it has done something."""
    (folder / "adapter.py").write_text(WRONG % (declares, does))
    return sys.executable, "adapter.py"


def two_vectors(folder: Path) -> None:
    ids = ("name-capital-by-tag-instead", "name-root-capital-by-tag-instead")
    some = [vector for vector in vectors() if vector.id in ids]
    (folder / "two of mine.json").write_text(as_json(some), "utf-8")


RUNS: dict[str, tuple[str, ...]] = {
    "a vector": (*CACHING, *SOME),
    "a reading with changes": (
        *SOME,
        "--reading",
        "default,superuser=refused",
        "--target",
        "targets_in_python:caching",
    ),
    "a declared reading": ("--only", "decision-macos-on-tag-user-root*", "--target", "targets_in_python:declaring"),
    "vectors of a file": ("--vectors", "two of mine.json", "--", "ADAPTER"),
    "a command that hangs": ("--timeout", "0.4", "--only", "name-capital-by-tag-instead", "--", "HANGS"),
    "a command that crashes": ("--only", "name-capital-by-tag-instead", "--", "CRASHES"),
    "a command with odd words": ("--only", "name-capital-by-tag-instead", "--", "ADAPTER", "it's", "a b", "$HOME", "é"),
    "random cases": (*FEW, "--seed", "SEED", *FORGETFUL),
    "more random cases": (*FEW, "--seed", "SEED", "--examples", "400", *FORGETFUL),
    "random cases for a time": (*FEW, "--seed", "SEED", "--seconds", "60", *FORGETFUL),
    "random cases that are saved": (
        *FEW,
        "--seed",
        "SEED",
        "--save",
        "my case",
        "--target",
        "targets_in_python:forgetful",
    ),
}


def seed(capsys: pytest.CaptureFixture[str]) -> str:
    """The first seed whose random cases show the fault of the forgetful one."""
    told = ("conform", *FEW, *FORGETFUL, "--seed")
    return next(str(one) for one in range(30) if run(capsys, *told, str(one))[0] == 1)


def arguments(words: tuple[str, ...], capsys: pytest.CaptureFixture[str], folder: Path) -> list[str]:
    """What a run is called with, where what it needs is there."""
    does = {"ADAPTER": "pass", "HANGS": "time.sleep(60)", "CRASHES": "sys.exit(3)"}
    made: list[str] = []
    for word in words:
        if word in does:
            made += adapter(folder, does[word])
        else:
            made.append(seed(capsys) if word == "SEED" else word)
    two_vectors(folder)
    return made


def told_in(folder: Path, name: str) -> set[str]:
    """The commands that a file of a report tells."""
    text = (folder / name).read_text("utf-8")
    if name == "a.html":
        return {unescape(one) for one in re.findall(r"<code>(runas-spec [^<]*)</code>", text)}
    if name == "a.xml":
        text = "\n".join(ElementTree.fromstring(text).itertext())
    return set(COMMAND.findall(text))


@slow
@pytest.mark.parametrize("words", RUNS.values(), ids=RUNS.keys())
def test_a_failure_is_met_again_by_the_command_that_its_report_tells(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    files = "json=a.json,junit=a.xml,html=a.html,markdown=a.md"
    code, out, _ = run(capsys, "conform", "--report", files, *arguments(words, capsys, tmp_path))
    report = json.loads((tmp_path / "a.json").read_text("utf-8"))
    failed = {case["repeat"]: case for case in failures(report)}

    assert code == 1
    assert failed
    for name in ("a.xml", "a.html", "a.md"):
        assert told_in(tmp_path, name) == set(failed), name
    assert COMMAND.findall(out)[0] in failed
    for command in list(failed)[:3]:
        code, out, err = run(capsys, *shlex.split(command)[1:])

        assert (code, err) == (1, "")
        assert same_failure(failed[command], out), out


def failures(report: dict[str, Any]) -> list[dict[str, Any]]:
    cases = [*report["cases"], (report["generated"] or {}).get("failure")]
    return [case for case in cases if case and case["verdict"] in ("failed", "errored")]


def same_failure(case: dict[str, Any], out: str) -> bool:
    shown = " ".join(out.split())
    if case["story"]:
        return all(f"{what} {case[of]}" in shown for what, of in (("expected:", "expected"), ("got:", "got")))
    return case["detail"].splitlines()[0] in shown


@slow
def test_a_shell_takes_the_words_of_a_command_as_they_were(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    odd = ["it's", 'a "b"', "$HOME", "*", "a\tb", "a\nb", "\u202e", "\\x", "--", ""]
    command = [*adapter(tmp_path, f"sys.argv[1:] == {odd!r} or sys.exit(7)"), *odd]
    _, out, _ = run(capsys, "conform", "--only", "name-capital-by-tag-instead", "--", *command)

    (again,) = COMMAND.findall(out)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": with_path(tmp_path)}
    done = subprocess.run(["bash", "-c", again], capture_output=True, text=True, env=environment, timeout=60)

    assert readable_text(again) == again
    assert shell_words(odd) in again
    assert done.returncode == 1
    assert "got:      started as 'ssm-user'" in done.stdout


def test_what_came_through_a_pipe_is_not_told_to_be_asked_again(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "some.json").write_text(json.dumps(document()))
    with (tmp_path / "some.json").open() as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        code, out, _ = run(capsys, "conform", "--vectors", "-", "--", *adapter(tmp_path))

    assert code == 1
    assert COMMAND.findall(out) == []


def test_what_was_not_asked_is_not_told_to_be_asked_again(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    command = adapter(tmp_path, "sys.exit(3)")
    run(capsys, "conform", "--only", "name-*", "--report", "json=a.json", "--", *command)
    cases = json.loads((tmp_path / "a.json").read_text("utf-8"))["cases"]

    asked = {case["repeat"] != "" for case in cases if case["detail"].startswith("it exited with code 3")}
    given_up = {case["repeat"] for case in cases if case["detail"].startswith("not run")}
    assert (asked, given_up) == ({True}, {""})


@pytest.mark.usefixtures("asked_here")
def test_smoke_tells_the_command_that_says_more(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _, out, _ = run(capsys, "smoke", "--timeout", "9", "--target", "targets_in_python:truthy")

    (again,) = COMMAND.findall(out)
    assert again == "runas-spec conform --timeout 9 --target targets_in_python:truthy"
    assert run(capsys, *shlex.split(again)[1:], "--core")[0] == 1


REFUTED = {
    "by a vector": "return asked['default_user']",
    "by a path": "return None if asked['tag'] == 'zebra-crossing' else os_user_for(**asked)",
}
PROVED = """
import sys
sys.path.insert(0, {examples!r})
from resolver import os_user_for as decided

def os_user_for(operation, run_as_enabled, default_user, tag, tag_key, platform, os_users):
    return decided(run_as_enabled, default_user, {{tag_key: tag}}, platform, os_users)

def factory():
    def decide(asked):
        {does}
    return decide
"""


@slow
@pytest.mark.parametrize("saved", [(), ("--save", "it.json")], ids=["", "saved"])
@pytest.mark.parametrize("does", REFUTED.values(), ids=REFUTED.keys())
def test_a_refutation_is_met_again_by_the_command_that_is_told(
    does: str, saved: tuple[str, ...], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    examples = str(Path(__file__).parents[2] / "examples" / "python-decision")
    (tmp_path / "refuted.py").write_text(PROVED.format(examples=examples, does=does))
    code, out, _ = run(capsys, "prove", "--target", "refuted:factory", "--os-users", "1", *saved)

    assert code == 1, out
    (again,) = COMMAND.findall(out)
    code, told, err = run(capsys, *shlex.split(again)[1:])
    assert (code, err) == (1, "")
    got = next(line for line in out.splitlines() if "got:" in line)
    assert got.strip() in told
