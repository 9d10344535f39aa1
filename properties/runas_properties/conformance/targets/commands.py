"""A target that is a command: a process that is asked by lines of JSON, and trusted with nothing.

It may hang, crash, print anything, answer wrongly or leave children: each case still gets an answer or a `CaseError`,
the command is started again a bounded number of times, and no process is left behind, but for one that left both the
command's process group and its environment.
"""

import contextlib
import time
from collections.abc import Collection, Sequence
from typing import Any

import msgspec

from runas_model.doors import Count, Seconds, checked
from runas_model.specification.nouns import Noun
from runas_properties.conformance.protocol.cases import Step
from runas_properties.conformance.protocol.messages import (
    VERSION,
    VERSIONS,
    About,
    Ran,
    Run,
    Start,
    Started,
    Stop,
    declared,
    known_version,
    offered,
)
from runas_properties.conformance.protocol.readable import readable_text
from runas_properties.conformance.protocol.results import Result
from runas_properties.conformance.protocol.version_1 import StartedInVersion1
from runas_properties.conformance.targets.processes import SECONDS_TO_STOP, Broken, Process, shown
from runas_properties.conformance.targets.target import (
    SECONDS,
    SECONDS_TO_START,
    CaseError,
    NotAsked,
    Unusable,
    aligned,
)

__all__ = ["CommandTarget"]

RESTARTS = 20
"""How often a command is started again, in all."""
OLDEST = min(VERSIONS)
PRICE_OF_SILENCE = 5
"""Restarts that a case without an answer in time uses up: to wait for each of many takes too long."""

encode = msgspec.json.Encoder().encode


class Silent(Broken):
    """There was no answer in time."""


class Misdeclared(Broken):
    """It answered `start`, and said what cannot be."""


class Versioned(msgspec.Struct):
    """An answer to `start`, of which it is first seen in which version of the protocol it is."""

    protocol: Any


class Answer(msgspec.Struct):
    """An answer of which it is enough to know to what: the rest may be wrong without the conversation breaking off."""

    id: str


class CommandTarget:
    """A command that speaks the protocol.

    After `close`, `was_forced` tells whether the command had to be
    killed because it did not exit after `stop`. Raises `Unusable` if the command cannot be started or does not answer
    `start` according to the protocol, TypeError for an argument of a wrong kind, and ValueError for one that is not
    to be had: an empty command, no time, less than no restarts, an unknown version. `nouns` are those that it offers,
    where it does not say so itself or says others; `protocol` is the version that it must speak, otherwise any.
    """

    @checked
    def __init__(
        self,
        command: Sequence[str],
        seconds: Seconds = SECONDS,
        restarts: Count = RESTARTS,
        seconds_to_start: Seconds | None = None,
        nouns: Collection[Noun] | None = None,
        protocol: int | None = None,
    ) -> None:
        if not command:
            raise ValueError("command cannot be empty; it is the program and its arguments")
        self.command, self.seconds, self.restarts = list(command), seconds, restarts
        self.seconds_to_start = max(seconds, SECONDS_TO_START) if seconds_to_start is None else seconds_to_start
        self.nouns = nouns
        self.protocol = None if protocol is None else known_version(protocol)
        self._last_stderr = b""
        self.was_forced = False
        self._process: Process | None = None
        self._sent, self._received = b"", b""
        try:
            self.about = self._start_first() if self.protocol is None else self._start(self.protocol)
        except Broken as broken:
            raise Unusable(f"{broken}{self._stderr_told()}") from None

    @property
    def stderr(self) -> str:
        """The end of the standard error of the process, or of the last one."""
        last = self._last_stderr if self._process is None else self._process.stderr
        return last.decode("utf-8", "backslashreplace")

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
                raise Broken(f"it answered case {answered!r:.80} instead of {id!r}")
        except Broken as broken:
            self._end()
            if isinstance(broken, Silent):
                self.restarts -= min(self.restarts, PRICE_OF_SILENCE - 1)
            raise CaseError(f"{broken}{self._stderr_told()}") from None
        except BaseException:  # such as Ctrl-C
            self._end()
            raise
        try:
            return self._decode_ran(steps)
        except (msgspec.DecodeError, RecursionError, ValueError) as error:
            raise CaseError(f"{_why(error)}: {shown(self._received)}") from None

    def close(self) -> None:
        """Send `stop`, then end the command and all processes that it started."""
        if self._process is not None:
            deadline = time.monotonic() + SECONDS_TO_STOP
            try:
                with contextlib.suppress(Broken, TimeoutError):
                    self._process.send(encode(Stop()), deadline)
                self.was_forced = not self._process.ends(deadline)
            finally:
                self._end()

    def _start_first(self) -> About:
        """Start the command in the newest version; one that ends at that, or gives no answer to it, in the oldest."""
        try:
            return self._start(VERSION)
        except (Silent, Misdeclared):
            raise
        except Broken as broken:
            stderr = self._last_stderr
            try:
                about = self._start(OLDEST)
            except Misdeclared:  # it answers to that: so this is what is wrong
                raise
            except Broken:
                self._last_stderr = stderr
                raise broken from None
            if about.protocol == OLDEST:
                return about
            self._end()
            self._last_stderr = stderr
            raise broken from None

    def _start(self, version: int) -> About:
        self._process = Process(self.command)
        try:
            self._start_process()
            self._wait_until_ready()
            answer = self._ask(Start(version), self._decode_started, self.seconds_to_start)
            if self.protocol not in (None, answer.protocol):
                raise Misdeclared(f"it uses protocol version {answer.protocol}, not {self.protocol}")
            reading = declared(answer.reading, answer.protocol)
            nouns = offered(answer.nouns if self.nouns is None else self.nouns, answer.level, answer.protocol)
        except (Broken, ValueError) as broken:
            self._end()
            kind = type(broken) if isinstance(broken, Broken) else Misdeclared
            raise kind(f"start: {broken}") from None
        except BaseException:
            self._end()
            raise
        return About(
            answer.name, answer.level, answer.version, answer.language, reading, nouns, protocol=answer.protocol
        )

    def _start_process(self) -> None:
        assert self._process is not None
        try:
            self._process.start()
        except OSError as error:
            raise Unusable(f"cannot start {self.command[0]}: {error.strerror or error}") from None

    def _wait_until_ready(self) -> None:
        """Nothing: what takes a command its time is its own."""

    def _decode_started(self, line: bytes) -> Any:
        return _decode_started(line)

    def _decode_ran(self, steps: Sequence[Step]) -> Sequence[Result | None]:
        return aligned(steps, _decode_ran(self._received).results)

    def _restart(self) -> None:
        if self.restarts == 0:
            raise NotAsked("not run: the command failed too often")
        self.restarts -= 1
        try:
            if self._start(self.about.protocol) != self.about:
                self._end()
                raise Broken("it now declares a different name, version, language, level, reading, nouns or protocol")
        except (Broken, Unusable) as broken:
            self.restarts = 0
            raise CaseError(f"it could not be restarted: {broken}{self._stderr_told()}") from None

    def _ask(self, message: msgspec.Struct, decode: Any, seconds: float) -> Any:
        assert self._process is not None
        deadline = time.monotonic() + seconds
        self._sent, self._received = encode(message), b""
        try:
            self._process.send(self._sent, deadline)
            self._received = self._process.receive(deadline)
        except TimeoutError:
            raise Silent(f"no answer within {seconds:g} s") from None
        return self._decoded(self._received, decode)

    @staticmethod
    def _decoded(line: bytes, decode: Any) -> Any:
        try:
            return decode(line)
        except (msgspec.DecodeError, RecursionError, ValueError) as error:
            raise Broken(f"{_why(error)}: {shown(line)}") from None

    def _end(self) -> None:
        if self._process is not None:
            process = self._process
            try:
                process.end()
            finally:
                self._last_stderr = process.stderr
                self._process = None

    def _stderr_told(self) -> str:
        last = self.stderr.strip().splitlines()[-3:]
        return "".join(f"\n  stderr: {readable_text(line[:200])}" for line in last)


_decode_version = msgspec.json.Decoder(Versioned).decode
_decode_newest = msgspec.json.Decoder(Started).decode
_decode_version_1 = msgspec.json.Decoder(StartedInVersion1).decode
_decode_id = msgspec.json.Decoder(Answer).decode
_decode_ran = msgspec.json.Decoder(Ran).decode


def _decode_started(line: bytes) -> Started | StartedInVersion1:
    try:
        version = known_version(_decode_version(line).protocol)
    except msgspec.DecodeError:
        raise
    except ValueError as unknown:
        raise Misdeclared(str(unknown)) from None
    try:
        return _decode_newest(line) if version == VERSION else _decode_version_1(line)
    except msgspec.DecodeError as error:
        raise Misdeclared(f"{_why(error)}: {shown(line)}") from None


def _why(error: Exception) -> str:
    if isinstance(error, msgspec.ValidationError):
        return f"its answer does not follow the protocol ({error})"
    return (
        "its answer is nested too deeply" if isinstance(error, RecursionError) else f"its answer is not JSON ({error})"
    )
