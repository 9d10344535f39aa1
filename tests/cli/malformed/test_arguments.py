"""Command lines that cannot be used end with exit code 2 and a message that says why, and never with a traceback."""

from pathlib import Path

import pytest

from cli.malformed.arguments import ARGUMENTS
from cli.running import run


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_there_are_many_of_them() -> None:
    assert len(set(ARGUMENTS)) == len(ARGUMENTS) > 150


@pytest.mark.parametrize(("arguments", "words"), ARGUMENTS, ids=[ascii(" ".join(given)[:40]) for given, _ in ARGUMENTS])
def test_what_cannot_be_used_is_said(
    arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, err = run(capsys, *arguments)

    assert (code, out) == (2, "")
    assert words in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []
