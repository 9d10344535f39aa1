"""Files of a wrong shape: told with the file and what is wrong in it, by exit code 2, and never by a traceback."""

import json
from pathlib import Path

import pytest

from cli.malformed.files import KNOWN, VECTORS, document
from cli.running import run
from runas_cli import linter
from runas_cli.exit_codes import ExitCode
from thinned import thinned

pytestmark = pytest.mark.usefixtures("asked_here")

TARGET = ("--target", "targets_in_python:correct")
COMMANDS = {
    "conform": ("conform", "--vectors", "wrong.json", *TARGET),
    "replay": ("replay", "wrong.json", *TARGET),
    "replay --vectors": ("replay", "a", "--vectors", "wrong.json", *TARGET),
}


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_there_are_many_of_them() -> None:
    assert len(VECTORS) > 150
    assert len({name for name, _, _ in VECTORS}) > 150


@pytest.mark.parametrize("command", thinned(COMMANDS.values(), 3), ids=COMMANDS.keys())
def test_wrong_vectors_are_told_with_file_and_field(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    silent = []
    for name, text, words in VECTORS:
        (tmp_path / "wrong.json").write_bytes(text)
        code, out, err = run(capsys, *command)
        if (code, out) != (2, "") or not err.startswith("runas-spec: wrong.json") or words not in err:
            silent.append((name, code, out, err))
        assert "Traceback" not in err
        assert err.count("\n") == 1

    assert silent == []


def test_the_linter_tells_of_all_of_them(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    passed = []
    for name, text, _ in VECTORS:
        (tmp_path / "wrong.json").write_bytes(text)
        code = linter.main(["wrong.json"])
        told = "".join(capsys.readouterr())
        if code not in (ExitCode.DOES_NOT_HOLD, ExitCode.UNUSABLE) or not told:
            passed.append((name, code))
        assert "Traceback" not in told

    assert passed == []


def test_what_is_not_wrong_is_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "wrong.json").write_bytes(json.dumps(document()).encode())

    assert run(capsys, *COMMANDS["replay"])[0] == 0


@pytest.mark.parametrize(("text", "words"), KNOWN.values(), ids=KNOWN.keys())
def test_a_wrong_list_of_known_failures_is_told(
    text: bytes, words: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "known.toml").write_bytes(text)
    code, out, err = run(capsys, "conform", "--known", "known.toml", *TARGET)

    assert (code, out) == (2, "")
    assert words in err
    assert "known.toml" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["", "with a byte order mark"])
@pytest.mark.parametrize("through", ["a file", "standard input"])
def test_vectors_are_read_from_a_file_and_from_standard_input(
    through: str, mark: bytes, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "some.json").write_bytes(mark + json.dumps(document()).encode())
    file = "some.json" if through == "a file" else "-"
    conform = ("conform", "--vectors", file, *TARGET, "--examples", "0")
    for command in (conform, ("replay", file, *TARGET)):
        with (tmp_path / "some.json").open() as stdin:
            monkeypatch.setattr("sys.stdin", stdin)
            code, out, err = run(capsys, *command)

        assert (code, err) == (0, "")
        assert "1 of 1 cases passed" in out or "PASSED" in out


def test_a_list_of_known_failures_may_have_a_byte_order_mark(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    entry = '[[known]]\nid = "fault-caches-decisions"\nreason = "our cache"\nissue = "https://example.org/3"\n'
    (tmp_path / "known.toml").write_bytes(b"\xef\xbb\xbf" + entry.encode())
    code, out, _ = run(
        capsys,
        "conform",
        "--known",
        "known.toml",
        "--target",
        "targets_in_python:caching",
        "--only",
        "fault-caches-decisions",
    )

    assert (code, "our cache" in out) == (1, True), "only a known failure was asked, and nothing passed"
