"""Where a command's output goes: to any terminal, to a full disk, to nobody; and it leaves no folder behind."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from thinned import slow, thinned
from untraced import untraced, with_path

TESTS = Path(__file__).parents[1]
RUN = [sys.executable, "-c", "from runas_cli.main import run; run()"]
TARGET = ("--target", "targets_in_python:correct")
STORY = str(TESTS.parent / "examples" / "stories" / "switching-run-as-on.jsonl")
NAME = "Жü→\u202e\x1b[31m\u200b😀"
COMMANDS: dict[str, tuple[tuple[str, ...], int]] = {
    "decide": (("decide", "--run-as", "on", "--tag", NAME), 0),
    "decide --json": (("decide", "--run-as", "on", "--tag", NAME, "--json"), 0),
    "tell": (("tell", STORY), 0),
    "explore": (("explore", "--principals", "1", "--names", "1", "--no-laws"), 0),
    "conform": (("conform", *TARGET, "--only", "name-nul-*", "--examples", "1"), 0),
    "conform --json": (("conform", *TARGET, "--only", "name-nul-*", "--examples", "1", "--json"), 0),
    "smoke": (("smoke", *TARGET), 0),
    "replay": (("replay", "name-nul-by-tag-instead", *TARGET), 0),
    "--help": (("conform", "--help"), 0),
    "--version": (("--version",), 0),
    "a usage error": (("decide", "--run-as", NAME), 2),
    "an input error": (("replay", NAME, *TARGET), 2),
}
SLOWER: dict[str, tuple[tuple[str, ...], int]] = {
    "verify": (("verify", "--rlimit", "1"), 1),
    "prove": (("prove", "--target", "targets_in_python:decision", "--os-users", "0"), 2),
}


def ended(folder: Path, arguments: tuple[str, ...], to: str = "", **environment: str) -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        ["bash", "-c", f'"$@" {to}', "bash", *RUN, *arguments],
        capture_output=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": with_path(TESTS), **environment},
        timeout=900,
    )
    return done.returncode, done.stdout, done.stderr


ALWAYS = ("decide",)
EVERY = [pytest.param(*given, id=name, marks=() if name in ALWAYS else slow)
         for name, given in {**COMMANDS, **SLOWER}.items()]  # fmt: skip
PRINT = [one for one in EVERY if " error" not in str(one.id) and one.id not in SLOWER]


@pytest.mark.parametrize(("arguments", "code"), EVERY)
def test_a_command_leaves_an_empty_folder_empty(arguments: tuple[str, ...], code: int, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (tmp_path / "here").mkdir()
    found, _, err = ended(tmp_path / "here", arguments, HOME=str(home), XDG_CACHE_HOME="")

    assert (found, list((tmp_path / "here").iterdir())) == (code, [])
    assert b"Traceback" not in err


@pytest.mark.parametrize("encoding", thinned(["ascii", "cp1252", "latin-1", "utf-16", "utf-8"], 3))
@pytest.mark.parametrize(("arguments", "code"), [COMMANDS[name] for name in ("decide", "replay", "an input error")])
def test_every_terminal_shows_every_name(arguments: tuple[str, ...], code: int, encoding: str, tmp_path: Path) -> None:
    found, *streams = ended(tmp_path, arguments, PYTHONIOENCODING=encoding)
    out, err = (stream.decode(encoding) for stream in streams)

    assert found == code
    assert "Traceback" not in err
    assert not any(character in out + err for character in "\x00\x1b\u202e\u200b")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize("name", ["decide --json", pytest.param("conform --json", marks=slow)])
def test_json_is_the_same_on_every_terminal(name: str, encoding: str, tmp_path: Path) -> None:
    arguments, _ = COMMANDS[name]
    plain, narrow = (ended(tmp_path, arguments, PYTHONIOENCODING=one)[1].decode(one) for one in ("utf-8", encoding))
    expected, got = json.loads(plain), json.loads(narrow)
    for report in (expected, got):
        report.pop("seconds", None)
        (report.get("generated") or {}).pop("seconds", None)

    assert got == expected


@pytest.mark.parametrize(("arguments", "code"), PRINT)
def test_a_full_disk_is_told(arguments: tuple[str, ...], code: int, tmp_path: Path) -> None:
    assert ended(tmp_path, arguments, "> /dev/full") == (
        2,
        b"",
        b"runas-spec: standard output: No space left on device\n",
    )


@slow
@pytest.mark.parametrize("to", ["2> /dev/full", "> /dev/full 2>&1", "2>&-", ">&- 2>&-", "<&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("name", ["decide", "conform", "an input error"])
def test_streams_that_are_full_or_closed_change_nothing_else(to: str, name: str, tmp_path: Path) -> None:
    arguments, code = COMMANDS[name]
    full = "> /dev/full" in to and "2> /dev/full" not in to and code == 0
    found, _, err = ended(tmp_path, arguments, to)

    assert found == (2 if full else code)
    assert b"Traceback" not in err


def test_the_verdict_is_one_line_where_it_is_piped(tmp_path: Path) -> None:
    arguments = ("conform", *TARGET, "--only", "name-*", "--examples", "0")
    _, out, _ = ended(tmp_path, arguments, COLUMNS="20")

    *_, target, reading, verdict = out.decode().splitlines()
    assert target.startswith("targets_in_python:correct (Python ")
    assert reading.startswith("reading (inferred; none declared): ")
    assert reading.endswith("(profile agent)")
    assert verdict.startswith("CONFORMS: ")
    assert verdict.endswith(" s")


@slow
def test_a_report_that_cannot_be_written_leaves_the_older_one(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.json").write_text("older")
    arguments = ("conform", *TARGET, "--core", "--examples", "0", "--report", "json=folder/a.json")
    code, _, err = ended(tmp_path, arguments, "")
    written = (tmp_path / "folder" / "a.json").read_text()
    limited = 'ulimit -f 1; exec "$0" "$@"'
    done = subprocess.run(
        ["bash", "-c", limited, *RUN, *arguments],
        capture_output=True,
        cwd=tmp_path,
        env=untraced() | {"PYTHONPATH": with_path(TESTS)},  # coverage would write a file, too
        timeout=120,
    )

    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)
    assert (code, err) == (0, b"")
    assert b"folder/a.json: File too large" in done.stderr
    assert (tmp_path / "folder" / "a.json").read_text() == written
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["a.json"]


def test_standard_error_of_a_target_with_odd_characters_is_shown(tmp_path: Path) -> None:
    (tmp_path / "noisy.py").write_text(
        "import sys\ndef factory():\n    sys.stderr.buffer.write(b'\\xff\\x1b[31m caf\\xc3\\xa9\\n')\n"
        "    sys.stderr.flush()\n    return lambda asked: None\n"
    )
    code, out, _ = ended(tmp_path, ("conform", "--target", "noisy:factory", "--core", "--examples", "0"))

    assert code == 1
    assert "\\xff\\x1b[31m café" in out.decode()
