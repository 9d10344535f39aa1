"""A target that is a command: a process that is asked by lines of JSON, and trusted with nothing.

It may hang, crash, print anything, answer wrongly or leave children: each case still gets an answer or a `CaseError`,
the command is started again a bounded number of times, and no process is left behind, but for one that left both the
command's process group and its environment.
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
from runas_properties.conformance.readable import readable_text
from runas_properties.conformance.results import Result
from runas_properties.conformance.targets import SECONDS, SECONDS_TO_START, CaseError, NotAsked, Unusable, aligned

__all__ = ["CommandTarget"]

LONGEST_LINE = 1 << 20
"""Bytes that an answer may have."""
KEPT_OF_STDERR = 1 << 14
RESTARTS = 20
"""How often a command is started again, in all."""
PRICE_OF_SILENCE = 5
"""Restarts that a case without an answer in time uses up: to wait for each of many takes too long."""
SECONDS_TO_STOP = 2.0
SECONDS_TO_NOTICE = 0.1
"""How long to wait, at the most, before looking whether the command is still there."""
LOOKS = 6
"""How often nothing may be found to be left before it is believed."""
MARK = "RUNAS_SPEC_RUN"
"""The variable by which all processes of a run are found again, also those that leave its group."""

encode = msgspec.json.Encoder().encode


class Broken(Exception):
    """The conversation cannot go on: what the command did."""


class Silent(Broken):
    """There was no answer in time."""


class Answer(msgspec.Struct):
    """An answer of which it is enough to know to what: the rest may be wrong without the conversation breaking off."""

    id: str


class CommandTarget:
    """A command that speaks the protocol.

    `stderr` has the end of what the command wrote there; `was_forced` tells, once it is closed, whether it had to be
    ended because it did not stop when it was asked to. Raises `Unusable` where it cannot be started, or does not answer
    as the protocol wants it.
    """

    def __init__(self, command: Sequence[str], seconds: float = SECONDS, restarts: int = RESTARTS) -> None:
        self.command, self.seconds, self.restarts = list(command), seconds, restarts
        self.stderr = ""
        self.was_forced = False
        self._process: _Process | None = None
        self._sent, self._received = b"", b""
        try:
            self.about = self._start()
        except Broken as broken:
            raise Unusable(f"{broken}{self._stderr_told()}") from None

    @property
    def exchange(self) -> tuple[str, str]:
        """The last line sent and the last received."""
        return self._sent.decode(), self._received.decode("utf-8", "backslashreplace")

    def run(self, id: str, steps: Sequence[Step]) -> Sequence[Result | None]:
        if self._process is None:
            self._restart()
        try:
            answered = self._ask(Run(id, tuple(dict(step) for step in steps)), _decode_id, self.seconds).id
            if answered != id:
                raise Broken(f"it answered the case {answered!r:.80} when asked for {id!r}")
        except Broken as broken:
            self._end()
            if isinstance(broken, Silent):
                self.restarts -= min(self.restarts, PRICE_OF_SILENCE - 1)
            raise CaseError(f"{broken}{self._stderr_told()}") from None
        except BaseException:  # such as Ctrl-C
            self._end()
            raise
        try:
            return aligned(steps, _decode_ran(self._received).results)
        except (msgspec.DecodeError, RecursionError, ValueError) as error:
            raise CaseError(f"{_why(error)}: {_shown(self._received)}") from None

    def close(self) -> None:
        """Ask it to stop, and end it and whatever it started."""
        if self._process is not None:
            deadline = time.monotonic() + SECONDS_TO_STOP
            with contextlib.suppress(Broken, TimeoutError):
                self._process.send(encode(Stop()), deadline)
            self.was_forced = not self._process.ends(deadline)
            self._end()

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
            raise NotAsked("not asked: the command broke off too often")
        self.restarts -= 1
        try:
            if self._start() != self.about:
                self._end()
                raise Broken("it declares another name, version, language, level or reading than at first")
        except (Broken, Unusable) as broken:
            self.restarts = 0
            raise CaseError(f"it could not be started again: {broken}{self._stderr_told()}") from None

    def _ask(self, message: msgspec.Struct, decode: Any, seconds: float) -> Any:
        assert self._process is not None
        deadline = time.monotonic() + seconds
        self._sent, self._received = encode(message), b""
        try:
            self._process.send(self._sent, deadline)
            self._received = self._process.receive(deadline)
        except TimeoutError:
            raise Silent(f"no answer within {seconds:g} s") from None
        try:
            return decode(self._received)
        except (msgspec.DecodeError, RecursionError, ValueError) as error:
            raise Broken(f"{_why(error)}: {_shown(self._received)}") from None

    def _end(self) -> None:
        if self._process is not None:
            self._process.end()
            self.stderr = self._process.stderr.decode("utf-8", "backslashreplace")
            self._process = None

    def _stderr_told(self) -> str:
        last = self.stderr.strip().splitlines()[-3:]
        return "".join(f"\n  stderr: {readable_text(line[:200])}" for line in last)


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
                        raise Broken(f"its answer is longer than {LONGEST_LINE} bytes: {_shown(self.buffer)}")

    def _gone(self, stream: str) -> str:
        """How the child ended, or that it only closed a stream."""
        try:
            code = self.child.wait(0.5)
        except subprocess.TimeoutExpired:
            return f"it closed its {stream}{' within an answer' if self.buffer else ''}"
        how = f"ended with exit code {code}" if code >= 0 else f"was ended by {_signal_named(-code)}"
        return f"it {how}, without an answer"

    def ends(self, deadline: float) -> bool:
        """Whether the child ends by itself until the deadline, with its standard input closed."""
        self.streams[0].close()
        try:
            self.child.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            return False
        return True

    def end(self) -> None:
        """End the child, its group, and all that carry its mark."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.child.pid, signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.child.wait(SECONDS_TO_STOP)
        self._sweep(time.monotonic() + SECONDS_TO_STOP)
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
