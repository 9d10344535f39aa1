"""The tests on every interpreter: which are looked for and found, and what makes it fail."""

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from interpreters.command import ROOT, run
from interpreters.found import interpreter, versions

THIS = f"{sys.version_info[0]}.{sys.version_info[1]}"


def placed(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True)
    file = folder / f"python{THIS}"
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return folder


def test_the_versions_are_those_of_the_project() -> None:
    assert versions(ROOT / "pyproject.toml") == ["3.11", "3.12", "3.13", "3.14"]


@pytest.mark.parametrize(
    ("where", "variable"),
    [("here", "PATH"), (".pyenv/versions/1/bin", "HOME"), (".local/share/uv/python/1/bin", "HOME")],
)
def test_an_interpreter_is_found_on_the_path_in_pyenv_and_in_uv(where: str, variable: str, tmp_path: Path) -> None:
    folder = placed(tmp_path / where, f'exec {sys.executable} "$@"')

    assert interpreter(THIS, {variable: str(folder if variable == "PATH" else tmp_path)}) == Path(sys.executable)
    assert interpreter("3.99", {variable: str(folder)}) is None


@pytest.mark.parametrize("text", ["exit 127", "echo 2.7; echo /python", "exec /nothing/there"])
def test_what_does_not_work_or_is_another_version_is_passed_over(text: str, tmp_path: Path) -> None:
    shim, works = placed(tmp_path / "shim", text), placed(tmp_path / "works", f'exec {sys.executable} "$@"')

    assert interpreter(THIS, {"PATH": str(shim), "HOME": str(tmp_path)}) is None
    assert interpreter(THIS, {"PATH": f"{shim}:{works}", "HOME": str(tmp_path)}) == Path(sys.executable)


def test_each_that_is_found_is_tested_and_each_that_is_not_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    asked = []

    def tested(version: str, path: Path, arguments: Sequence[str]) -> str:
        asked.append((version, path, list(arguments)))
        return "passed, 1 s"

    assert run(["tests/model"], {"3.12": Path("/python3.12")}.get, tested) == 0
    assert asked == [("3.12", Path("/python3.12"), ["tests/model"])]
    assert capsys.readouterr().out.splitlines()[-4:] == [
        "python 3.11: not found",
        "python 3.12: passed, 1 s",
        "python 3.13: not found",
        "python 3.14: not found",
    ]


def test_one_that_fails_and_none_that_is_found_are_failures(capsys: pytest.CaptureFixture[str]) -> None:
    there = {"3.11": Path("/python3.11"), "3.12": Path("/python3.12")}
    results = {"3.11": "passed, 1 s", "3.12": "FAILED, exit code 1, 1 s"}

    assert run([], there.get, lambda version, *_: results[version]) == 1
    assert run([], lambda _: None) == 1
    assert "no interpreter of 3.11, 3.12, 3.13, 3.14 was found" in capsys.readouterr().err
