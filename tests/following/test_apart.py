"""What the process apart says of a target, without the process."""

from pathlib import Path

import pytest

from runas_properties.conformance.targets.target import SECONDS
from runas_properties.following import Ending
from runas_properties.following.apart import Asked, Told, _told
from runas_properties.following.limits import Limits

TARGETS = """
import builtins, threading

BEFORE = builtins.sum

def proved():
    return lambda question: None

def changing():
    builtins.sum = max
    return proved()

def running():
    threading.Thread(target=threading.Event().wait, args=(3,)).start()
    return proved()
"""


def told(target: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Told, list[Told]]:
    (folder / "targets_apart.py").write_text(TARGETS)
    monkeypatch.syspath_prepend(str(folder))
    said: list[Told] = []
    answer = _told(Asked("token", target, None, Limits(), SECONDS, SECONDS), said.append)
    return answer, said


@pytest.mark.parametrize(
    ("target", "ending", "why"),
    [
        ("targets_in_python:only_true", Ending.REFUTED, ""),
        ("targets_apart:changing", Ending.NOT_PROVABLE, "it changed builtins.sum, which the proof uses too"),
        ("targets_apart:running", Ending.NOT_PROVABLE, "a thread of its own is running"),
    ],
)
def test_what_a_target_did_besides_answering_is_told(
    target: str, ending: Ending, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builtins.sum", sum)  # which is undone

    answer, said = told(target, tmp_path, monkeypatch)

    assert answer.token == "token"
    assert answer.verdict is not None
    assert answer.verdict.ending is ending
    assert answer.verdict.why.startswith(why)
    assert all(one.token == "token" and one.progress for one in said)


def test_a_target_that_is_not_there_is_unusable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer, _ = told("targets_apart:nobody", tmp_path, monkeypatch)

    assert answer.verdict is None
    assert "nobody" in answer.unusable
