"""A child process that is trusted with nothing: written to and read from by deadlines, and ended with all that it left.

It may hang, crash, print anything or leave children. No process is left behind, but for one that left both the child's
process group and its environment.
"""

import contextlib
import os
import selectors
import signal
import subprocess
import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

__all__ = ["KEPT_OF_STDERR", "SECONDS_TO_STOP", "Broken", "Process", "shown"]

LONGEST_LINE = 1 << 20
"""Bytes that an answer may have."""
KEPT_OF_STDERR = 1 << 14
SECONDS_TO_STOP = 2.0
SECONDS_TO_NOTICE = 0.1
"""How long to wait, at the most, before looking whether the command is still there."""
LOOKS = 6
"""How often nothing may be found to be left before it is believed."""
MARK = "RUNAS_SPEC_RUN"
"""The variable by which all processes of a run are found again, also those that leave its group."""


class Broken(Exception):
    """The conversation cannot go on: what the command did."""


class Process:
    """A child in a process group of its own, with pipes that never block us.

    Who has one can end it from then on, also where an interruption comes while it starts.
    """

    child: subprocess.Popen[bytes]

    def __init__(self, command: Sequence[str]) -> None:
        self.command = command
        self.mark = uuid.uuid4().hex
        self.streams: list[Any] = []
        self.selector = selectors.DefaultSelector()
        self.buffer = b""
        self.stderr = b""

    def start(self) -> None:
        """Start the child. Raises OSError where there is no such program."""
        pipe = subprocess.PIPE
        self.child = subprocess.Popen(
            self.command,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            bufsize=0,
            start_new_session=True,
            env={**os.environ, MARK: self.mark},
        )
        self.streams = [self.child.stdin, self.child.stdout, self.child.stderr]
        self.stdin, self.stdout, self.err = (stream.fileno() for stream in self.streams)
        for stream in self.streams:
            os.set_blocking(stream.fileno(), False)
        self.selector.register(self.stdout, selectors.EVENT_READ)
        self.selector.register(self.err, selectors.EVENT_READ)

    def send(self, line: bytes, deadline: float) -> None:
        """Write a line. Raises `Broken` where the child takes no more, TimeoutError after the deadline."""
        if self.buffer:
            raise Broken(f"unexpected output: {shown(self.buffer)}")
        rest = memoryview(line + b"\n")
        registered = False
        try:
            while True:
                try:
                    rest = rest[os.write(self.stdin, rest) :]
                except BlockingIOError:
                    pass
                except BrokenPipeError:
                    if self._has_answered():  # and did not wait to be asked
                        return
                    raise Broken(self._gone("standard input")) from None
                if not rest:
                    return
                if not registered:
                    self.selector.register(self.stdin, selectors.EVENT_WRITE)
                    registered = True
                self._wait(deadline)
        finally:
            if registered:
                self.selector.unregister(self.stdin)

    def receive(self, deadline: float) -> bytes:
        """The next line. Raises `Broken` where there will be none, TimeoutError after the deadline."""
        while (end := self.buffer.find(b"\n")) < 0:
            self._wait(deadline)
        line, self.buffer = self.buffer[:end], self.buffer[end + 1 :]
        return line

    def _wait(self, deadline: float) -> None:
        """Take in whatever came; wait for it if nothing did."""
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        ready = self.selector.select(min(left, SECONDS_TO_NOTICE))
        if not ready and self.child.poll() is not None:  # and a child of its own holds the pipe
            raise Broken(self._gone("standard output"))
        for key, _ in ready:
            if key.fd == self.stdin:
                continue
            with contextlib.suppress(BlockingIOError):
                chunk = os.read(key.fd, 1 << 16)
                if key.fd == self.err:
                    self.stderr = (self.stderr + chunk)[-KEPT_OF_STDERR:]
                    if not chunk:
                        self.selector.unregister(self.err)
                elif not chunk:
                    raise Broken(self._gone("standard output"))
                else:
                    self.buffer += chunk
                    if len(self.buffer) > LONGEST_LINE:
                        raise Broken(f"its answer is longer than {LONGEST_LINE} bytes: {shown(self.buffer)}")

    def _has_answered(self) -> bool:
        """Whether a line is there of a child that reads no more."""
        with contextlib.suppress(BlockingIOError):
            while b"\n" not in self.buffer and (chunk := os.read(self.stdout, 1 << 16)):
                self.buffer += chunk
        return b"\n" in self.buffer

    def _gone(self, stream: str) -> str:
        """How the child ended, or that it only closed a stream."""
        try:
            code = self.child.wait(0.5)
        except subprocess.TimeoutExpired:
            return f"it closed its {stream}{' in the middle of an answer' if self.buffer else ''}"
        how = f"exited with code {code}" if code >= 0 else f"was killed by {_signal_named(-code)}"
        return f"it {how} without answering"

    def ends(self, deadline: float) -> bool:
        """Whether the child ends by itself until the deadline, with its standard input closed."""
        self.streams[0].close()
        try:
            self.child.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            return False
        return True

    def end(self) -> None:
        """End the child, its group, and all that carry its mark. An interruption is raised when that is done."""
        interruption: KeyboardInterrupt | None = None
        ended = False
        while not ended:
            try:
                self._end()
                ended = True
            except KeyboardInterrupt as caught:
                interruption = caught
        if interruption is not None:
            raise interruption

    def _end(self) -> None:
        """As often as is wanted."""
        if self.streams:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.child.pid, signal.SIGKILL)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.child.wait(SECONDS_TO_STOP)
        self._sweep(time.monotonic() + SECONDS_TO_STOP)
        if self.streams:
            with contextlib.suppress(OSError):
                self.stderr = (self.stderr + os.read(self.err, 1 << 16))[-KEPT_OF_STDERR:]
        self.selector.close()
        for stream in self.streams:
            stream.close()

    def _sweep(self, deadline: float) -> None:
        """End the groups of all that carry the mark, until several looks find none.

        A group is ended at once, also where a member that was found has given way to its child by then.
        """
        looks = 0
        while looks < LOOKS and time.monotonic() < deadline:
            left = _marked(self.mark)
            looks = 0 if left else looks + 1
            for group in left:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(group, signal.SIGKILL)


def _signal_named(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _marked(mark: str) -> set[int]:
    """The groups of the processes whose environment has the mark, where the system shows it.

    None of them is our own: who was started in a session of its own cannot come back. The newest are looked at first,
    since one that starts another and ends may be gone in a moment.
    """
    wanted = f"{MARK}={mark}".encode()
    found = set()
    for process in sorted(Path("/proc").glob("[0-9]*"), key=lambda path: int(path.name), reverse=True):
        with contextlib.suppress(OSError):
            group = os.getpgid(int(process.name))
            if wanted in (process / "environ").read_bytes():
                found.add(group)
    return found


def shown(line: bytes) -> str:
    """The beginning of a line, and how much more there is."""
    text = line[:200].decode("utf-8", "backslashreplace")
    return f"{text!r}{f' and {len(line) - 200} more bytes' if len(line) > 200 else ''}"
