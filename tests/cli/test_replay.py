"""The command `replay`: one vector, told step by step."""

import pytest

from cli.running import run


def test_a_part_of_an_id_is_enough_to_be_told_the_whole(capsys: pytest.CaptureFixture[str]) -> None:
    _, _, err = run(capsys, "replay", "caches-decisions", "--target", "targets_in_python:correct")

    assert "similar ids: fault-caches-decisions" in err


def test_replay_tells_one_vector(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "replay", "fault-caches-decisions", "--target", "targets_in_python:caching")

    assert code == 1
    assert out.splitlines()[-1] == "FAILED"
    assert "breaks started-user-exists" in out
