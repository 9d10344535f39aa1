"""A proof in a process of its own, since a target may do anything to the one that it runs in.

It may hang where nothing can stop it, end the process, print, read, change Python's built-in names, or write where only
the proof does: then nothing is proved.
"""

import contextlib
import os
import secrets
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

import msgspec

from runas_model.specification.readings import Reading, name_of, reading_named
from runas_properties.conformance.protocol.readable import readable_text
from runas_properties.conformance.targets.processes import Broken, Process
from runas_properties.conformance.targets.target import SECONDS as SECONDS_FOR_A_CASE
from runas_properties.conformance.targets.target import SECONDS_TO_START, Unusable, load
from runas_properties.following.limits import Limits
from runas_properties.following.proving import prove
from runas_properties.following.untouched import Untouched
from runas_properties.following.verdicts import Ending, Verdict

__all__ = ["prove_apart", "serve"]

PATIENCE = 5.0
"""How long after the time for a case the process is waited for, since it ends what takes too long itself."""
BETWEEN = 0.1
"""How often it says how far it is."""
PROGRAM = """import json, sys
sys.path[:] = json.loads(sys.argv[1])
from runas_properties.following.apart import serve
serve()"""


class Asked(msgspec.Struct, frozen=True):
    """What the process is to prove, and the token by which it is known who answers."""

    token: str
    target: str
    reading: str | None
    limits: Limits
    seconds: float
    seconds_to_start: float


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the process says: how far it is, or what came of it."""

    token: str
    progress: str = ""
    unusable: str = ""
    verdict: Verdict | None = None


def prove_apart(
    target: str,
    reading: Reading | None = None,
    limits: Limits | None = None,
    *,
    seconds: float = SECONDS_FOR_A_CASE,
    seconds_to_start: float | None = None,
    progress: Callable[[str], None] = lambda told: None,
) -> Verdict:
    """What `prove` says of the target with a name, `package.module:factory`; `seconds` are for one answer of it.

    It may take as long to start, or `SECONDS_TO_START`, unless `seconds_to_start` says how long.

    Raises `Unusable` for a target that cannot be asked anything.
    """
    if readable_text(target) != target:
        raise Unusable(f"{readable_text(target)}: no module and no function has such a name")
    process = Process([sys.executable, "-c", PROGRAM, msgspec.json.encode(sys.path).decode()])
    name = None if reading is None else name_of(reading)
    longest = max(seconds, SECONDS_TO_START)
    to_start = longest if seconds_to_start is None else seconds_to_start
    asked = Asked(secrets.token_hex(), target, name, limits or Limits(), seconds, to_start)
    wait = PATIENCE + to_start
    try:
        process.start()
        process.send(msgspec.json.encode(asked), time.monotonic() + wait)
        while True:
            told = msgspec.json.decode(process.receive(time.monotonic() + wait), type=Told)
            if told.token != asked.token:
                return Verdict(Ending.NOT_PROVABLE, target, why="it writes where only the proof does")
            if told.unusable:
                raise Unusable(told.unusable)
            if told.verdict is not None:
                return told.verdict
            wait = PATIENCE + longest
            progress(told.progress)
    except TimeoutError:
        return _lost(target, f"it does not come back within {wait:g} s, and cannot be stopped", process)
    except (Broken, msgspec.DecodeError) as broken:
        return _lost(target, f"the process that it ran in broke off: {broken}", process)
    finally:
        process.end()


def _lost(target: str, why: str, process: Process) -> Verdict:
    last = process.stderr.decode("utf-8", "backslashreplace").strip().splitlines()[-1:]
    return Verdict(Ending.NOT_PROVABLE, target, why=": ".join([why, *(readable_text(line[:200]) for line in last)]))


def serve() -> None:
    """Prove what standard input asks, and say on standard output what comes of it; the target gets neither of them."""
    asked = msgspec.json.decode(sys.stdin.buffer.readline(), type=Asked)
    to_parent = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.setrecursionlimit(20_000)
    _bound_memory()
    try:
        told = _told(asked, lambda one: to_parent.write(msgspec.json.encode(one) + b"\n"))
    except BaseException as error:
        why = f"the proof broke off: {type(error).__name__}: {error}"
        told = Told(asked.token, verdict=Verdict(Ending.NOT_PROVABLE, asked.target, why=why))
    to_parent.write(msgspec.json.encode(told) + b"\n")
    os._exit(0)  # whatever the target left to be done at the end


MEMORY = 4 << 30
"""How many bytes the process may use."""


def _bound_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _told(asked: Asked, say: Callable[[Told], Any]) -> Told:
    untouched = Untouched()
    try:
        target = load(asked.target, asked.seconds, asked.seconds_to_start)
    except Unusable as unusable:
        return Told(asked.token, unusable=str(unusable))
    say(Told(asked.token, progress="the implementation has started"))
    last = time.monotonic()

    def progress(text: str) -> None:
        nonlocal last
        if time.monotonic() - last >= BETWEEN:
            last = time.monotonic()
            say(Told(asked.token, progress=text))

    if why := _spoilt(untouched):
        return Told(asked.token, verdict=Verdict(Ending.NOT_PROVABLE, asked.target, why=why))
    reading = None if asked.reading is None else reading_named(asked.reading)
    verdict = prove(target, reading, asked.limits, progress)
    if verdict.ending is Ending.PROVED and (why := _spoilt(untouched)):
        verdict = Verdict(Ending.NOT_PROVABLE, asked.target, why=why)
    return Told(asked.token, verdict=verdict)


def _spoilt(untouched: Untouched) -> str:
    """What the target did by which a proof would be worth nothing; blank if it did nothing of the kind."""
    if name := untouched.changed():
        return f"it changed {name}, which the proof uses too"
    return "a thread of its own is running, which may change what it reads" if threading.active_count() > 1 else ""
