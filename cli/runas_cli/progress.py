"""Progress on a terminal: one line on standard error that is written over, and nothing where that is not a terminal."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from runas_cli.signals import raise_lost

__all__ = ["clear", "counted", "show"]

T = TypeVar("T")

SECONDS = 0.1
"""How long a line stays before the next is written."""

UNCOUNTED = 1_000
"""Where no total is known there may be millions: the clock is not asked for each."""

_shown = 0.0


def show(text: str) -> None:
    """Write the line anew, unless that was done a moment ago. Raises what a signal raised, where that was lost."""
    raise_lost()
    global _shown
    if sys.stderr.isatty() and time.monotonic() - _shown >= SECONDS:
        _shown = time.monotonic()
        print(f"\r{text}\x1b[K\r", end="", file=sys.stderr, flush=True)


def clear() -> None:
    """Take the line away."""
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def counted(several: Iterable[T], what: str, total: int | None = None) -> Iterator[T]:
    """Each of several, with progress in between: `5 of 40 laws`, or `200,000 rows` where no total is known."""
    return iter(several) if total is None and not sys.stderr.isatty() else _counted(several, what, total)


def _counted(several: Iterable[T], what: str, total: int | None) -> Iterator[T]:
    of = "" if total is None else f" of {total:,}"
    try:
        for number, one in enumerate(several, 1):
            if total is not None or number % UNCOUNTED == 0:
                show(f"{number:,}{of} {what}")
            yield one
    finally:
        clear()
