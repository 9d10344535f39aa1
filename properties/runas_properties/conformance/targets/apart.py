"""An implementation in Python, driven in a process of its own: it may do anything to the one that it runs in.

It may hang where nothing can stop it, end the process, print, read, or raise what would end us: it is asked, given up
and ended as any other command is.
"""

import os
import sys
import time
from collections.abc import Callable, Collection, Sequence
from typing import Any

import msgspec

from runas_model.doors import Count, Seconds, checked
from runas_model.specification.nouns import Noun
from runas_model.specification.readings import Reading, choices_of
from runas_properties.conformance.protocol import messages
from runas_properties.conformance.protocol.cases import Level, Step
from runas_properties.conformance.protocol.messages import About, Choices, Run, Start, Stop
from runas_properties.conformance.protocol.results import Result
from runas_properties.conformance.targets.commands import RESTARTS, CommandTarget
from runas_properties.conformance.targets.target import (
    SECONDS,
    SECONDS_TO_START,
    CaseError,
    PythonTarget,
    Unusable,
    aligned,
    load,
    told,
)

__all__ = ["PythonApart", "serve"]

PROGRAM = """import json, sys
sys.path[:] = json.loads(sys.argv[1])
from runas_properties.conformance.targets.apart import serve
serve(sys.argv[2])"""
NO_LIMIT = 0.0
"""Seconds that stand for none: whoever asks keeps the time."""
LONGEST_ERROR = 2_000


class Ready(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first line of the process: the implementation is not loaded yet."""

    ready: bool


class ServedStart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """As the protocol's answer to `start`; or why there will be none."""

    protocol: int = messages.VERSION
    name: str = ""
    level: Level = "decision"
    language: str = ""
    version: str = ""
    reading: str | Choices | None = None  # type: ignore[valid-type]
    nouns: tuple[str, ...] = ()
    unusable: str = ""


class ServedRun(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """As the protocol's answer to `run`; or what went wrong with the case."""

    id: str
    results: tuple[Result, ...] = ()
    error: str = ""


class PythonApart(CommandTarget):
    """The implementation named by `package.module:factory`, as a `Target`.

    Raises `Unusable`, TypeError for an argument of a wrong kind, and ValueError for no time or less than no restarts.
    """

    @checked
    def __init__(
        self,
        name: str,
        seconds: Seconds = SECONDS,
        restarts: Count = RESTARTS,
        seconds_to_start: Seconds | None = None,
        nouns: Collection[Noun] | None = None,
        protocol: int | None = None,
    ) -> None:
        path = msgspec.json.encode(list(map(os.fsdecode, sys.path))).decode()
        command = [sys.executable, "-B", "-c", PROGRAM, path, name]
        super().__init__(command, seconds, restarts, seconds_to_start, nouns, protocol)

    @property
    def exchange(self) -> tuple[str, str]:
        """Nothing: a function is called, and no lines are exchanged with it."""
        return "", ""

    def close(self) -> None:
        """End the process, whether or not the implementation lets it exit."""
        super().close()
        self.was_forced = False

    def _start_first(self) -> About:
        """The process that we start ourselves takes the newest version."""
        return self._start(messages.VERSION)

    def _wait_until_ready(self) -> None:
        assert self._process is not None
        self._decoded(self._process.receive(time.monotonic() + SECONDS_TO_START), _decode_ready)

    def _decode_started(self, line: bytes) -> Any:
        started = _decode_started(line)
        if started.unusable:
            raise Unusable(started.unusable)
        return started

    def _decode_ran(self, steps: Sequence[Step]) -> Sequence[Result | None]:
        ran = _decode_ran(self._received)
        if ran.error:
            raise CaseError(ran.error)
        return aligned(steps, ran.results)


_decode_ready = msgspec.json.Decoder(Ready).decode
_decode_started = msgspec.json.Decoder(ServedStart).decode
_decode_ran = msgspec.json.Decoder(ServedRun).decode
_decode_request = msgspec.json.Decoder(Start | Run | Stop).decode


def serve(name: str) -> None:
    """Answer on standard output what standard input asks of an implementation, which gets neither of them."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)

    def say(answer: msgspec.Struct) -> None:
        answers.write(msgspec.json.encode(answer) + b"\n")

    say(Ready(True))
    target: PythonTarget | None = None
    for line in requests:
        request = _decode_request(line)
        if isinstance(request, Stop):
            return
        if isinstance(request, Start):
            target = _loaded(name, request.protocol, say)
        elif target is not None:
            say(_ran(target, request))


def _loaded(name: str, protocol: int, say: Callable[[msgspec.Struct], None]) -> PythonTarget | None:
    try:
        target = load(name, NO_LIMIT, NO_LIMIT, protocol=None if protocol == messages.VERSION else protocol)
    except Unusable as unusable:
        say(ServedStart(unusable=_shown(str(unusable))))
        return None
    except KeyboardInterrupt as error:  # its own: ours has a group without a terminal
        say(ServedStart(unusable=_shown(f"{name} failed: {told(error)}")))
        return None
    about = target.about
    started = ServedStart(
        protocol=about.protocol,
        name=about.name,
        level=about.level,
        language=about.language,
        reading=_sent(about.reading),
        nouns=tuple(noun.value for noun in about.nouns),
    )
    say(started)
    return target


def _ran(target: PythonTarget, request: Run) -> ServedRun:
    try:
        results = target.run(request.id, request.steps)
    except CaseError as error:
        return ServedRun(request.id, error=_shown(str(error)))
    except BaseException as error:
        return ServedRun(request.id, error=_shown(told(error)))
    return ServedRun(request.id, tuple(result for result in results if result is not None))


def _sent(reading: Reading | None) -> msgspec.Struct | None:
    return None if reading is None else msgspec.convert(choices_of(reading), Choices)


def _shown(text: str) -> str:
    """A text without half characters, which no JSON holds, and not too long."""
    return text[:LONGEST_ERROR].encode("utf-8", "backslashreplace").decode() or "an error without a message"
