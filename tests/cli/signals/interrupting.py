"""`runas-spec` in a process of its own, to be sent signals once it is where they are to meet it."""

import contextlib
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.signals.forking import Forked
from thinned import thinned
from untraced import untraced, with_path

__all__ = ["EITHER", "SIGNALS", "Started", "target"]

PATIENCE = 120.0
"""Seconds: how long a busy machine may need for what takes a moment."""

SIGNALS = {
    signal.SIGINT: (130, "interrupted"),
    signal.SIGTERM: (143, "terminated"),
    signal.SIGHUP: (129, "hung up"),
}
EITHER = pytest.mark.parametrize("sent", thinned(SIGNALS, 3), ids=lambda sent: sent.name)

WAITING = """
import os, signal, time
from pathlib import Path

def wait():
    "Says that it is there, and is then as good as gone."
    Path("waiting").write_text("")
    while True:
        time.sleep(0.01)  # a signal just before it does not wake it, so it must not be long
"""
RUN = "\nfrom runas_cli.main import run\nrun()"


class Started(contextlib.AbstractContextManager["Started"]):
    """`runas-spec`, in a folder of its own and with something in it replaced first.

    It has imported what it needs, unless it is to start anew, with the environment and the signals of this process.
    """

    process: subprocess.Popen[str] | Forked

    def __init__(self, folder: Path, arguments: list[str], replaced: str = "", anew: bool = False) -> None:
        self.folder = folder
        program = WAITING + replaced + RUN
        environment = {**untraced(), "PYTHONPATH": with_path(folder), "PYTHONUNBUFFERED": ""}
        if not anew:
            self.process = Forked(program, arguments, folder, environment)
            return
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=folder,
            env=environment,
            preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL),  # which nohup has ignored
        )

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def wait(self) -> None:
        """Until it says that it waits."""
        give_up = time.monotonic() + PATIENCE
        while not (self.folder / "waiting").exists():
            assert self.process.poll() is None, self.process.communicate()
            assert time.monotonic() < give_up
            time.sleep(0.01)

    def ended(self, *sent: signal.Signals) -> tuple[int, str, str]:
        """Its exit code, output and errors, once it waited and was sent signals."""
        if sent:
            self.wait()
        for one in sent:
            self.process.send_signal(one)
        out, err = self.process.communicate(timeout=PATIENCE)
        assert self.process.returncode is not None
        return self.process.returncode, out, err


def target(folder: Path, *, at: int, does: str = "wait()") -> list[str]:
    """The arguments for a right implementation of the decision that does something in a case; none is the 0th."""
    (folder / "slow.py").write_text(
        f"{WAITING}\n"
        "from runas_model import AGENT, decide\n"
        "from runas_properties.conformance.protocol import situation_asked\n"
        "def make():\n"
        "    asked = []\n"
        "    def answer(question):\n"
        "        asked.append(question)\n"
        f"        if len(asked) == {at}:\n"
        f"            {does}\n"
        "        return decide(situation_asked(question), AGENT).os_user\n"
        "    return answer\n"
    )
    return ["--target", "slow:make"]
