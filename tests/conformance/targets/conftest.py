"""What the tests of hostile implementations share."""

import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from conformance.targets.hostile.hostility import SECONDS, VICTIM, is_running, running
from runas_properties.conformance.targets import commands, processes


@pytest.fixture
def leaves_no_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Every process of a test has a variable of its own, by which those that are left are found; also by number."""
    value, left_behind = uuid.uuid4().hex, tmp_path / "left-behind"
    monkeypatch.setenv("HOSTILE_TEST", value)
    monkeypatch.setenv("LEFT_BEHIND", str(left_behind))
    monkeypatch.setenv("VICTIM", VICTIM)
    monkeypatch.setattr(commands, "SECONDS_TO_START", SECONDS * 4)
    for module in (commands, processes):
        monkeypatch.setattr(module, "SECONDS_TO_STOP", SECONDS)
    yield left_behind
    numbers = [int(line) for line in left_behind.read_text().split()] if left_behind.exists() else []
    give_up = time.monotonic() + 1.0
    while left := running("HOSTILE_TEST", value) + [pid for pid in numbers if is_running(pid)]:
        assert time.monotonic() < give_up, f"left running: {left}"
        time.sleep(0.01)
