"""Hostile commands, run against a few cases; and the processes that they leave."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path

import attrs

from runas_model import DOCS_2023
from runas_properties.conformance.judging.running import Verdict, judge, observe
from runas_properties.conformance.targets.commands import CommandTarget
from runas_properties.conformance.targets.target import SECONDS as PATIENCE
from runas_properties.conformance.vectors.vector import Vector, vectors

__all__ = [
    "CASES",
    "VICTIM",
    "NEXT",
    "SECONDS",
    "AT_THE_MOST",
    "PRELUDE",
    "HONEST",
    "PATIENCE",
    "Run",
    "hostile",
    "run",
    "running",
    "is_running",
]

CASES = vectors("decision")[::100]
VICTIM = CASES[3].id
NEXT = CASES[4].id
SECONDS = 0.5
"""How long a case may take here, where it is to take too long."""
AT_THE_MOST = 8.0
"""How long a run of these cases may take, whatever the command does."""

PRELUDE = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from honest import *
import json, os, signal, subprocess, time
"""
HONEST = """
for message in messages():
    if message.get("id") == VICTIM:
        {}
    say(answer(message))
"""
"""An implementation that is right but for the case VICTIM, of which it does something first."""


def hostile(script: str, seconds: float = PATIENCE) -> CommandTarget:
    return CommandTarget([sys.executable, "-I", "-S", "-c", PRELUDE + script], seconds=seconds)


@attrs.frozen
class Run:
    """What became of each case, by id, and how the run went."""

    verdicts: dict[str, Verdict]
    errors: dict[str, str]
    seconds: float
    stderr: str

    @property
    def but_passed(self) -> dict[str, Verdict]:
        """The verdicts other than passed."""
        return {id: verdict for id, verdict in self.verdicts.items() if verdict is not Verdict.PASSED}


def run(script: str, cases: Sequence[Vector] = CASES, seconds: float = PATIENCE) -> Run:
    began = time.monotonic()
    target = hostile(script, seconds)
    try:
        judged = judge(list(observe(target, cases)), DOCS_2023, {})
    finally:
        target.close()
    assert [one.vector.id for one in judged] == [vector.id for vector in cases]
    verdicts = {one.vector.id: one.verdict for one in judged}
    errors = {one.vector.id: one.observed.error for one in judged}
    return Run(verdicts, errors, time.monotonic() - began, target.stderr)


def running(name: str, value: str) -> list[int]:
    """The processes, zombies aside, that have a variable in their environment."""
    wanted = f"{name}={value}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (process / "environ").read_bytes().split(b"\0"):
                found.append(int(process.name))
        except OSError:
            continue
    return found


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False
