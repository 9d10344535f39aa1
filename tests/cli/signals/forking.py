"""Processes like new ones, forked from one that has imported what commands need: that is most of their time."""

import gc
import json
import os
import select
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import ExitStack
from functools import cache
from importlib import import_module
from io import FileIO
from pathlib import Path
from typing import Any

from untraced import untraced, with_path

__all__ = ["Forked", "program_asked_for"]

COMMANDS = ("check", "conform", "decide", "explore", "prove", "replay", "selfcheck", "smoke", "tell", "verify")
BESIDES = ("runas_cli.main", "runas_cli.commands", "runas_properties.conformance.judging.generated")
SERVER = """from cli.signals.forking import program_asked_for
exec(program_asked_for(), {"__name__": "__main__"})"""
LONGEST = 1 << 17
"""Bytes that a request may have."""


@cache
def _server() -> tuple[subprocess.Popen[bytes], socket.socket]:
    """A process that forks others, and the connection to it: it ends when that is closed, as when this one ends."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    environment = {**untraced(), "PYTHONPATH": with_path(Path(__file__).parents[2]), "OPENBLAS_NUM_THREADS": "1"}
    pipe = subprocess.PIPE  # as its forks have it: a stream that cannot be gone back in
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER], stdin=its.fileno(), stdout=pipe, stderr=pipe, env=environment
    )
    its.close()
    return server, ours


def program_asked_for() -> str:
    """Of the process that forks: a program to be run, in a fork of it that has become what was asked for."""
    for name in (*BESIDES, *(f"runas_cli.{command}" for command in COMMANDS)):
        import_module(name)
    gc.freeze()  # a collection in a fork would touch, and so copy, all that was imported
    asking = socket.socket(fileno=os.dup(0))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # so that nobody has to be waited for
    while True:
        request, streams, _, _ = socket.recv_fds(asking, LONGEST, 3)
        if not request:
            os._exit(0)
        if os.fork() == 0:
            asking.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            return _forked(json.loads(request), *streams)
        for stream in streams:
            os.close(stream)


def _forked(request: dict[str, Any], out: int, err: int, status: int) -> str:
    """Fork once more, wait for the fork and tell what came of it; in the fork, the program."""
    if process := os.fork():
        os.close(out)
        os.close(err)
        os.write(status, b"%d\n" % process)
        _, ended = os.waitpid(process, 0)
        os.write(status, b"%d\n" % os.waitstatus_to_exitcode(ended))
        os._exit(0)
    os.close(status)
    for number, stream in enumerate((os.open(os.devnull, os.O_RDONLY), out, err)):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.path.insert(1, request["folder"])
    sys.argv[1:] = request["arguments"]
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # which nohup has ignored
    program: str = request["program"]
    return program


class Forked:
    """A fork that runs a program, as `subprocess.Popen` has it: as much of it as tests of signals use."""

    def __init__(self, program: str, arguments: list[str], folder: Path, environment: Mapping[str, str]) -> None:
        request = {"program": program, "arguments": arguments, "folder": str(folder), "environment": dict(environment)}
        with ExitStack() as its:
            (out, err, status), ends = zip(*(os.pipe() for _ in range(3)), strict=True)
            for end in ends:
                its.callback(os.close, end)
            _, asked = _server()
            socket.send_fds(asked, [json.dumps(request).encode()], ends)
        self.stdout: FileIO | None = FileIO(out)
        self.stderr, self._status = FileIO(err), FileIO(status)
        self.pid = int(self._status.readline())
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit code, if it has ended."""
        if self.returncode is None and select.select([self._status], [], [], 0)[0]:
            self.returncode = int(self._status.readline())
        return self.returncode

    def send_signal(self, sent: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, sent)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def communicate(self, timeout: float = 60.0) -> tuple[str, str]:
        """What is left of its output and errors, once it has ended. Raises TimeoutError."""
        streams = (self.stdout, self.stderr, self._status)
        texts = {stream: b"" for stream in streams if stream is not None and not stream.closed}
        give_up = time.monotonic() + timeout
        with selectors.DefaultSelector() as selector:
            for stream in texts:
                selector.register(stream, selectors.EVENT_READ)
            while selector.get_map():
                for key, _ in selector.select(give_up - time.monotonic()):
                    read = os.read(key.fd, 1 << 16)
                    texts[key.fileobj] += read  # type: ignore[index]
                    if not read:
                        selector.unregister(key.fileobj)
                if time.monotonic() > give_up:
                    raise TimeoutError(f"process {self.pid} goes on")
        if self.returncode is None:
            self.returncode = int(texts[self._status])
        for stream in texts:
            stream.close()
        out, err = (b"" if stream is None else texts.get(stream, b"") for stream in (self.stdout, self.stderr))
        return out.decode(), err.decode()
