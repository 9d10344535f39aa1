"""An interruption at any time, also while a command starts, stops or is ended: nothing of it is left behind."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from conformance.targets.hostile.hostility import CASES, HONEST, PRELUDE, hostile, is_running
from runas_properties.conformance.judging.running import observe
from runas_properties.conformance.targets import processes
from thinned import thinned
from untraced import untraced

pytestmark = pytest.mark.usefixtures("leaves_no_process")

PATIENCE = 120.0
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}
STAYS = "say(answer(next(messages())))\nos.fork() or (os.setsid(), leave_behind())\ntime.sleep(600)"


def wait_for(file: Path, number: int = 1) -> list[int]:
    """The numbers of the processes that are there, once there are so many."""
    give_up = time.monotonic() + PATIENCE
    while len(found := file.read_text().split() if file.exists() else []) < number:
        assert time.monotonic() < give_up
        time.sleep(0.01)
    return list(map(int, found))


def started(script: str, replaced: str = "") -> "subprocess.Popen[str]":
    under_test = [sys.executable, "-I", "-S", "-c", PRELUDE + script]
    kit = [sys.executable, "-c", f"{replaced}\nfrom runas_cli.main import run; run()", "conform", "--core"]
    return subprocess.Popen(
        [*kit, "--examples", "0", "--", *under_test],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=untraced(),
    )


@pytest.mark.parametrize("first", CODES, ids=lambda sent: sent.name)
@pytest.mark.parametrize("second", thinned(CODES, 2), ids=lambda sent: sent.name)
def test_a_second_signal_while_children_are_ended_leaves_none_of_them(
    first: signal.Signals, second: signal.Signals, leaves_no_process: Path
) -> None:
    with started(STAYS) as kit:
        wait_for(leaves_no_process)
        kit.send_signal(first)
        give_up = time.monotonic() + PATIENCE
        while kit.poll() is None:  # also while it ends them, whenever that is
            assert time.monotonic() < give_up
            kit.send_signal(second)
        _, err = kit.communicate(timeout=PATIENCE)

    assert kit.returncode in {CODES[first], CODES[second]}  # who is first is not sure, where both wait
    assert err.startswith("runas-spec: ")
    assert err.count("\n") == 1


def test_a_signal_while_a_command_is_asked_to_stop_ends_it_and_the_run_does_not_conform(
    leaves_no_process: Path,
) -> None:
    replaced = "from runas_properties.conformance.targets import commands\ncommands.SECONDS_TO_STOP = 600"
    with started(HONEST.format("pass") + "leave_behind(); time.sleep(600)", replaced) as kit:
        wait_for(leaves_no_process)
        kit.send_signal(signal.SIGTERM)
        out, err = kit.communicate(timeout=PATIENCE)

    assert kit.returncode == 143
    assert err.startswith("runas-spec: terminated after ")
    assert err.count("\n") == 1
    assert "INTERRUPTED after " in out
    assert "CONFORMS" not in out


def test_a_command_inherits_nothing_of_how_signals_are_handled(leaves_no_process: Path, tmp_path: Path) -> None:
    told = tmp_path / "status"
    script = f"open({str(told)!r}, 'w').write(open('/proc/self/status').read()); leave_behind(); time.sleep(600)"
    with started(script) as kit:
        wait_for(leaves_no_process)
        kit.send_signal(signal.SIGTERM)
        kit.communicate(timeout=PATIENCE)
    found = signals_of(told.read_text())
    subprocess.run([sys.executable, "-I", "-S", "-c", f"{PRELUDE}\n{script.partition(';')[0]}"], check=True)

    assert found == signals_of(told.read_text())
    assert len(found) == 3


def signals_of(status: str) -> dict[str, str]:
    """Which signals a process blocks, ignores and catches."""
    lines = (line.partition(":") for line in status.splitlines())
    return {name: value for name, _, value in lines if name in ("SigBlk", "SigIgn", "SigCgt")}


def interrupted_once(function: Any) -> Any:
    """A function that is interrupted, the first time that it is called, after it did what it should."""
    calls = []

    def interrupted(*arguments: Any, **more: Any) -> Any:
        calls.append(arguments)
        done = function(*arguments, **more)
        if len(calls) == 1:
            raise KeyboardInterrupt
        return done

    return interrupted


@pytest.mark.parametrize("where", ["_marked", "os.killpg"])
def test_what_is_interrupted_while_it_is_ended_is_ended_to_the_last(
    where: str, leaves_no_process: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = hostile(STAYS, 0.5)
    monkeypatch.setattr(f"{processes.__name__}.{where}", interrupted_once(eval(where, vars(processes))))

    with pytest.raises(KeyboardInterrupt):
        list(observe(target, CASES))

    (child,) = wait_for(leaves_no_process)
    assert not is_running(child)
    assert target._process is None
    target.close()


def test_one_that_is_interrupted_while_it_stops_is_ended(
    leaves_no_process: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = hostile(STAYS)
    wait_for(leaves_no_process)
    monkeypatch.setattr(processes.Process, "ends", interrupted_once(lambda self, deadline: False))

    with pytest.raises(KeyboardInterrupt):
        target.close()

    assert target._process is None


def test_one_whose_start_is_interrupted_before_anybody_holds_it_is_found_by_its_mark(
    leaves_no_process: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, *arguments: Any, **more: Any) -> None:
            super().__init__(*arguments, **more)
            wait_for(leaves_no_process)
            for stream in filter(None, (self.stdin, self.stdout, self.stderr)):
                stream.close()
            self.returncode = 0  # so that nobody is warned that it still runs
            raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "Popen", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        hostile("leave_behind(); time.sleep(600)")

    (child,) = wait_for(leaves_no_process)
    assert not is_running(child)
