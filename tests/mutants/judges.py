"""Judges of mutants for tests: a process of its own finds them by their names, wherever it was started."""

from pathlib import Path

from mutants.parts import MODELS
from mutants.trial import Fate, Verdict

__all__ = ["breaks_off", "kills", "kills_all", "loops", "survives"]


def survives(module: str, file: str) -> Verdict:
    return Verdict(Fate.SURVIVED)


def kills(module: str, file: str) -> Verdict:
    """Killed is what differs from the original."""
    original = (MODELS / module.replace(".", "/")).with_suffix(".py")
    is_same = Path(file).read_bytes() == original.read_bytes()
    return Verdict(Fate.SURVIVED) if is_same else Verdict(Fate.VERIFY, "a law")


def kills_all(module: str, file: str) -> Verdict:
    return Verdict(Fate.VERIFY, "whatever it is")


def breaks_off(module: str, file: str) -> Verdict:
    raise SystemExit(3)


def loops(module: str, file: str) -> Verdict:
    while True:
        pass
