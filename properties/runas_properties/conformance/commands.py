"""A target that is a command: a process that is asked by lines of JSON, and trusted with nothing.

It may hang, crash, print anything, answer wrongly or leave children: each case still gets an answer or a `CaseError`,
the command is started again a bounded number of times, and no process is left behind.
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

import msgspec

from runas_properties.conformance import protocol
from runas_properties.conformance.cases import Step
from runas_properties.conformance.protocol import About, Ran, Run, Start, Started, Stop, declared
from runas_properties.conformance.results import Result
from runas_properties.conformance.targets import SECONDS, CaseError, Unusable, aligned

__all__ = ["CommandTarget"]

LONGEST_LINE = 1 << 20
"""Bytes that an answer may have."""
KEPT_OF_STDERR = 1 << 14
RESTARTS = 20
"""How often a command is started again, in all."""
SECONDS_TO_START = 30.0
SECONDS_TO_STOP = 2.0
SWEEPS = 20
"""How often to look for processes that are left: one may start another while it is being ended."""
MARK = "RUNAS_SPEC_RUN"
"""The variable by which all processes of a run are found again, also those that leave its group."""

encode = msgspec.json.Encoder().encode


class Broken(Exception):
    """The conversation cannot go on: what the command did."""


class Answer(msgspec.Struct):
    """An answer of which it is enough to know to what: the rest may be wrong without the conversation breaking off."""

    id: str


class CommandTarget:
    """A command that speaks the protocol.

    `exchange` has the last line sent and the last received, `stderr` the end of what the command wrote there. Raises
    `Unusable` where it cannot be started, or does not answer as the protocol wants it.
    """

    def __init__(self, command: Sequence[str], seconds: float = SECONDS, restarts: int = RESTARTS) -> None:
        self.command, self.seconds, self.restarts = list(command), seconds, restarts
        self.exchange: tuple[str, str] = ("", "")
        self.stderr = ""
        self._process: _Process | None = None
        try:
            self.about = self._start()
        except Broken as broken:
            raise Unusable(f"{broken}{self._stderr_told()}") from None

    def run(self, id: str, steps: Sequence[Step]) -> Sequence[Result | None]:
        if self._process is None:
            self._restart()
        try:
            answered = self._ask(Run(id, tuple(dict(step) for step in steps)), _decode_id, self.seconds).id
            if answered != id:
                raise Broken(f"it answered the case {answered!r:.80} when asked for {id!r}")
        except Broken as broken:
            self._end()
            raise CaseError(f"{broken}{self._stderr_told()}") from None
        try:
            return aligned(steps, _decode_ran(self.exchange[1]).results)
        except (msgspec.DecodeError, RecursionError, ValueError) as error:
            raise CaseError(f"{_why(error)}: {_shown(self.exchange[1].encode())}") from None

    def close(self) -> None:
        """Ask it to stop, and end it and whatever it started."""
        if self._process is not None:
            with contextlib.suppress(Broken):
                self._process.send(encode(Stop()), time.monotonic() + SECONDS_TO_STOP)
            self._end(time.monotonic() + SECONDS_TO_STOP)

    def _start(self) -> About:
        try:
            self._process = _Process(self.command)
        except OSError as error:
            raise Unusable(f"cannot start {self.command[0]}: {error.strerror or error}") from None
        try:
            answer = self._ask(Start(), _decode_started, max(self.seconds, SECONDS_TO_START))
            if answer.protocol != protocol.VERSION:
                raise Broken(f"it speaks version {answer.protocol} of the protocol, not {protocol.VERSION}")
            reading = declared(answer.reading)
        except (Broken, ValueError) as broken:
            self._end()
            raise Broken(f"start: {broken}") from None
        except BaseException:
            self._end()
            raise
        return About(answer.name, answer.level, answer.version, answer.language, reading)

    def _restart(self) -> None:
        if self.restarts == 0:
            raise CaseError("not asked: the command broke off too often")
        self.restarts -= 1
        try:
            self._start()
        except (Broken, Unusable) as broken:
            self.restarts = 0
            raise CaseError(f"it could not be started again: {broken}{self._stderr_told()}") from None

    def _ask(self, message: msgspec.Struct, decode: Any, seconds: float) -> Any:
        assert self._process is not None
        deadline = time.monotonic() + seconds
        line = encode(message)
        self.exchange = (line.decode(), "")
        try:
            self._process.send(line, deadline)
            received = self._process.receive(deadline)
        except TimeoutError:
            raise Broken(f"no answer within {seconds:g} s") from None
        self.exchange = (line.decode(), received.decode("utf-8", "backslashreplace"))
        try:
            return decode(received)
        except (msgspec.DecodeError, RecursionError, ValueError) as error:
            raise Broken(f"{_why(error)}: {_shown(received)}") from None

    def _end(self, deadline: float = 0.0) -> None:
        if self._process is not None:
            self._process.end(deadline)
            self.stderr = self._process.stderr.decode("utf-8", "backslashreplace")
            self._process = None

    def _stderr_told(self) -> str:
        last = self.stderr.strip().splitlines()[-3:]
        return "".join(f"\n  stderr: {line[:200]}" for line in last)


_decode_started = msgspec.json.Decoder(Started).decode
_decode_id = msgspec.json.Decoder(Answer).decode
_decode_ran = msgspec.json.Decoder(Ran).decode


def _why(error: Exception) -> str:
    if isinstance(error, msgspec.ValidationError):
        return f"its answer is not as the protocol has it ({error})"
    return (
        "its answer is nested too deeply" if isinstance(error, RecursionError) else f"its answer is not JSON ({error})"
    )


def _shown(line: bytes) -> str:
    text = line[:200].decode("utf-8", "backslashreplace")
    return f"{text!r}{f' and {len(line) - 200} bytes more' if len(line) > 200 else ''}"


class _Process:
    """A child in a process group of its own, with pipes that never block us."""

    def __init__(self, command: Sequence[str]) -> None:
        self.mark = uuid.uuid4().hex
        pipe = subprocess.PIPE
        self.child = subprocess.Popen(
            command,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            bufsize=0,
            start_new_session=True,
            env={**os.environ, MARK: self.mark},
        )
        self.streams: list[Any] = [self.child.stdin, self.child.stdout, self.child.stderr]
        self.stdin, self.stdout, self.err = (stream.fileno() for stream in self.streams)
        for stream in self.streams:
            os.set_blocking(stream.fileno(), False)
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.stdout, selectors.EVENT_READ)
        self.selector.register(self.err, selectors.EVENT_READ)
        self.buffer = b""
        self.stderr = b""

    def send(self, line: bytes, deadline: float) -> None:
        """Write a line. Raises `Broken` where the child takes no more, TimeoutError after the deadline."""
        if self.buffer:
            raise Broken(f"it printed what nobody asked for: {_shown(self.buffer)}")
        rest = memoryview(line + b"\n")
        registered = False
        try:
            while True:
                try:
                    rest = rest[os.write(self.stdin, rest) :]
                except BlockingIOError:
                    pass
                except BrokenPipeError:
                    raise Broken(self._gone()) from None
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
        while True:
            line, found, rest = self.buffer.partition(b"\n")
            if len(line) > LONGEST_LINE:
                raise Broken(f"its answer is longer than {LONGEST_LINE} bytes: {_shown(line)}")
            if found:
                self.buffer = rest
                return line
            self._wait(deadline)

    def _wait(self, deadline: float) -> None:
        """Take in whatever came; wait for it if nothing did."""
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        for key, _ in self.selector.select(left):
            if key.fd == self.stdin:
                continue
            with contextlib.suppress(BlockingIOError):
                chunk = os.read(key.fd, 1 << 16)
                if key.fd == self.err:
                    self.stderr = (self.stderr + chunk)[-KEPT_OF_STDERR:]
                    if not chunk:
                        self.selector.unregister(self.err)
                elif not chunk:
                    raise Broken(self._gone())
                else:
                    self.buffer += chunk

    def _gone(self) -> str:
        try:
            code = self.child.wait(0.5)
        except subprocess.TimeoutExpired:
            return (
                "it closed its standard output" if not self.buffer else "it closed its standard output within an answer"
            )
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"
        return f"it {how}, without an answer"

    def end(self, deadline: float) -> None:
        """Wait for the child until the deadline; then end it, its group, and all that carry its mark."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.streams[0].close()
            self.child.wait(max(0.0, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.child.pid, signal.SIGKILL)
        self.child.wait()
        for _ in range(SWEEPS):
            for pid in (left := _marked(self.mark)):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)
            if not left:
                break
        with contextlib.suppress(OSError):
            self.stderr = (self.stderr + (os.read(self.err, KEPT_OF_STDERR) or b""))[-KEPT_OF_STDERR:]
        self.selector.close()
        for stream in self.streams[1:]:
            stream.close()


def _marked(mark: str) -> list[int]:
    """The processes whose environment has the mark, where the system shows it."""
    wanted = f"{MARK}={mark}".encode()
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if wanted in environment.read_bytes():
                found.append(int(environment.parent.name))
    return found
