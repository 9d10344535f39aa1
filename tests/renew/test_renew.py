"""Renewing: what changed is put into place and told, a step that fails stops, and no derived file is forgotten."""

import json
import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

from docs.renumbered import page_renumbered, readme_renumbered
from docs.test_numbers import COUNTED, PAGES
from docs.test_readme import README
from golden import RENEWING, assert_golden
from renew import command
from renew.command import ROOT, run
from renew.copies import copied, on_its_code
from renew.files import replace
from renew.steps import STEPS, Step
from renew.version import FOLDER, LEVELS, version_told
from thinned import slow

BY_HAND = {
    "cli/runas_cli/verify.schema.json",
    "docs/data/benchmarks.json",  # measured
    "package.json",
    "package-lock.json",
    "properties/runas_properties/oracle/observed/agent-decisions.json",  # recorded
    "properties/runas_properties/oracle/observed/agent-decisions-2.json",
}


def made(text: str, **more: str) -> Step:
    """A step that prints a text, for one file."""
    return Step("a step", lambda _: [sys.executable, "-c", text], ("made.txt",), folder=".", **more)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but the steps is renewed."""
    for name in ("_golden", "_numbers"):
        monkeypatch.setattr(command, name, lambda _: iter(()))
    for name in ("version_told", "_stale_figures"):
        monkeypatch.setattr(command, name, lambda _: "")
    monkeypatch.setattr(command, "copied", lambda root, into: copytree(root, into, dirs_exist_ok=True))


@pytest.mark.usefixtures("alone")
def test_a_file_is_put_into_place_and_told_and_then_nothing_has_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    step = made("print('new')", afterwards="look at it")

    assert run(tmp_path, [step]) == 0
    first = capsys.readouterr().out
    assert run(tmp_path, [step]) == 0

    assert (tmp_path / "made.txt").read_text() == "new\n"
    assert "a step: made.txt (" in first
    assert "\n  look at it\n" in first
    assert first.endswith("\n1 file changed\n")
    again = capsys.readouterr().out
    assert "a step: nothing changed (" in again
    assert "look at it" not in again
    assert again.endswith("\nno files changed\n")


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("print('half'); raise SystemExit('no fault')", "a step: exit code 1\nhalf\nno fault\n"),
        (
            "print('half'); raise LookupError('a.py: add b')",
            "a step: a.py: add b\nrenew: nothing was changed, and the steps from here",
        ),
        ("raise SystemExit('E   LookupError: a.py: add b')", "a step: a.py: add b\nrenew: "),
        ("", "a step: nothing was made for made.txt"),
    ],
)
def test_a_step_that_fails_changes_nothing_and_stops(
    text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "made.txt").write_text("old")

    assert run(tmp_path, [made(text), made("print('next')")]) == 1

    assert (tmp_path / "made.txt").read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["made.txt"]
    assert said in capsys.readouterr().err


@pytest.mark.usefixtures("alone")
def test_what_was_made_before_a_step_that_fails_is_seen_by_it_and_not_put_into_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "made.txt").write_text("old")

    assert run(tmp_path, [made("print('new')"), made("raise SystemExit(open('made.txt').read())")]) == 1

    assert (tmp_path / "made.txt").read_text() == "old"
    assert "a step: made.txt (" in (told := capsys.readouterr()).out
    assert "a step: exit code 1\nnew\n" in told.err


@pytest.mark.usefixtures("alone")
def test_figures_that_are_measured_are_told_only_where_they_are_stale(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(tmp_path, []) == 0
    assert "bench" not in capsys.readouterr().out

    monkeypatch.setattr(command, "_stale_figures", lambda _: "benchmarks.json is stale: make bench-keep")
    assert run(tmp_path, []) == 0
    assert "benchmarks.json is stale: make bench-keep\n" in capsys.readouterr().out


def test_a_copy_has_the_files_of_the_project_as_they_are_and_its_commands_run_on_its_code(tmp_path: Path) -> None:
    root, copy = tmp_path / "root", tmp_path / "copy"
    (root / "model").mkdir(parents=True)
    for name, text in {"kept.txt": "committed", ".gitignore": "ignored.txt", "gone.txt": ""}.items():
        (root / name).write_text(text)
    git(root, "init")
    git(root, "add", ".")
    (root / "kept.txt").write_text("changed since")
    (root / "gone.txt").unlink()
    for name in ("ignored.txt", "model/new.py"):
        (root / name).write_text("")
    copied(root, copy)

    assert {str(file.relative_to(copy)) for file in copy.rglob("*") if file.is_file()} == {
        ".gitignore",
        "kept.txt",
        "model/new.py",
    }
    assert (copy / "kept.txt").read_text() == "changed since"
    assert on_its_code(copy)["PYTHONPATH"].split(":")[2] == str(copy / "model")


def test_a_file_that_cannot_be_written_whole_stays_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("old")

    with pytest.raises(UnicodeEncodeError):
        replace(file, "new" * 10_000 + "\ud800")

    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("file", "old")]


def test_every_file_that_is_derived_has_a_step_or_is_a_golden_one() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    data = {name for name in listed if name.endswith((".json", ".svg", ".txt")) and not name.startswith("examples/")}
    derived = {file for step in STEPS for file in step.files}

    assert derived <= data
    assert {name for name in data - derived - BY_HAND if "/golden/" not in name} == set()


def test_each_golden_file_is_compared_by_a_test_that_can_renew_it() -> None:
    tests = [file for file in (ROOT / "tests").rglob("test_*.py") if "assert_golden(" in file.read_text("utf-8")]
    folders = {file.parent for file in tests if file.parent.name != "renew"}

    assert {folder.parent for folder in (ROOT / "tests").rglob("golden")} == folders
    for file in tests:
        compared = [part for part in file.read_text("utf-8").split("\ndef ") if "    assert_golden(" in part]
        assert all("golden" in part.partition("(")[0] for part in compared)


def test_a_golden_file_is_compared_or_else_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    monkeypatch.delenv(RENEWING, raising=False)
    with pytest.raises(AssertionError, match=r"a\.txt has another text: read the differences"):
        assert_golden(file, "text")

    monkeypatch.setenv(RENEWING, "1")
    assert_golden(file, "text")

    monkeypatch.delenv(RENEWING)
    assert_golden(file, "text")


@pytest.mark.parametrize(
    ("before", "after"),
    [("There are eleven\nthings.", "There are seven\nthings."), ("Eleven things", "Seven things"),
     ("`11 things`, 1,005 things, 8 others", "`11 things`, 7 things, 8 others"), ("    11 things", "    11 things")],
)  # fmt: skip
def test_a_number_in_a_sentence_is_counted_again(before: str, after: str) -> None:
    assert page_renumbered(before, {"things": lambda: 7}) == after


@slow
def test_the_numbers_of_the_pages_are_those_that_are_counted_and_a_wrong_one_is_mended() -> None:
    assert readme_renumbered(README) == README
    wrong = re.sub(r"\b\d[\d,]* (laws|vectors)", r"7 \1", README).replace("(19)", "(18)")
    assert wrong.count("7 ") > README.count("7 ")
    assert readme_renumbered(wrong) == README
    for page, counted in COUNTED.items():
        assert page_renumbered(PAGES[page], counted) == PAGES[page]


def git(folder: Path, *words: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], cwd=folder, check=True, capture_output=True
    )


def committed(folder: Path, version: str, ids: list[str]) -> None:
    for level in LEVELS:
        file = folder / FOLDER / f"{level}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({"version": version, "vectors": ids}))


@pytest.mark.parametrize(
    ("version", "ids", "said"),
    [
        ("1.0", ["a"], ""),
        ("1.0", ["a", "b"], f"not those of version 1.0 any more: raise VERSION in {FOLDER}/vector.py"),
        ("1.1", ["a", "b"], "their version was raised to 1.1"),
    ],
)
def test_it_says_whether_the_version_of_the_vectors_has_to_be_raised(
    version: str, ids: list[str], said: str, tmp_path: Path
) -> None:
    git(tmp_path, "init")
    committed(tmp_path, "1.0", ["a"])
    assert version_told(tmp_path).startswith("there is no commit")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "x")
    committed(tmp_path, version, ids)

    assert said in version_told(tmp_path)
    assert bool(version_told(tmp_path)) == bool(said)
