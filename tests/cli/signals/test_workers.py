"""No process is left behind by a command that was ended: no worker, and nothing that a target started."""

import os
import signal
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.signals.interrupting import PATIENCE, SIGNALS, Started, target
from conformance.targets.hostile.hostility import running
from thinned import slow

MARK = "RUNAS_SPEC_TEST"
AT_WORK = """
import runas_cli.decide as module
from runas_solver import gallery
gallery.LOT = 1
def explain(*_):
    for _ in gallery.convict_all():
        wait()
module.explain = explain
"""


@pytest.fixture
def mark(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """What all processes of a test have in their environment: afterwards there are none."""
    value = uuid.uuid4().hex
    monkeypatch.setenv(MARK, value)
    yield value
    assert running(MARK, value) == []


def end(mark: str) -> float:
    """Wait until no process is left; how long that took."""
    began = time.monotonic()
    while running(MARK, mark) and time.monotonic() - began < PATIENCE:
        time.sleep(0.02)
    return time.monotonic() - began


@slow
@pytest.mark.parametrize("sent", [*SIGNALS, signal.SIGKILL], ids=lambda sent: sent.name)
def test_the_workers_of_verify_end_with_it(sent: signal.Signals, mark: str, tmp_path: Path) -> None:
    with Started(tmp_path, ["decide", "--run-as", "off"], AT_WORK, anew=True) as started:
        started.wait()
        assert len(running(MARK, mark)) >= 3, "the command, and two workers"
        code, out, err = started.ended(sent)

    assert end(mark) < 5.0
    assert out == ""
    if sent in SIGNALS:
        assert (code, err) == (SIGNALS[sent][0], f"runas-spec: {SIGNALS[sent][1]}\n")


@slow
def test_the_workers_do_not_complain_where_ctrl_c_meets_them_too(mark: str, tmp_path: Path) -> None:
    with Started(tmp_path, ["decide", "--run-as", "off"], AT_WORK, anew=True) as started:
        started.wait()
        for process in running(MARK, mark):
            os.kill(process, signal.SIGINT)
        code, _, err = started.ended()

    assert end(mark) < 5.0
    assert (code, err) == (130, "runas-spec: interrupted\n")


LEAVES = {
    "nothing": "wait()",
    "a process that ignores signals": "[signal.signal(n, signal.SIG_IGN) for n in (1, 2, 15)]; wait()",
    "a child of its own": "os.fork(); wait()",
    "a child in a session of its own": "os.fork() or os.setsid(); time.sleep(0.1); wait()",
}


@slow
@pytest.mark.parametrize("command", ["conform", "smoke", "replay"])
@pytest.mark.parametrize("does", LEAVES.values(), ids=LEAVES.keys())
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP], ids=lambda sent: sent.name)
def test_what_a_target_started_ends_with_the_command(
    sent: signal.Signals, does: str, command: str, mark: str, tmp_path: Path
) -> None:
    id = ["name-capital-by-tag-instead"] if command == "replay" else []
    with Started(tmp_path, [command, *id, *target(tmp_path, at=1, does=does), "--timeout", "60"], anew=True) as started:
        code, _, err = started.ended(sent)

    assert end(mark) < 5.0
    assert code == SIGNALS[sent][0]
    assert "Traceback" not in err
