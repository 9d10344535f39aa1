"""Progress on a terminal: one line on standard error that is written over, and nothing where that is not a terminal."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

__all__ = ["clear", "counted", "show"]

T = TypeVar("T")

SECONDS = 0.1
"""How long a line stays before the next is written."""

_shown = 0.0


def show(text: str) -> None:
    """Write the line anew, unless that was done a moment ago."""
    global _shown
    if sys.stderr.isatty() and time.monotonic() - _shown >= SECONDS:
        _shown = time.monotonic()
        print(f"\r{text}\x1b[K\r", end="", file=sys.stderr, flush=True)


def clear() -> None:
    """Take the line away."""
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def counted(several: Iterable[T], what: Callable[[int], str]) -> Iterator[T]:
    """Each of several, with progress in between; `what` tells how far it has come."""
    for number, one in enumerate(several, 1):
        show(what(number))
        yield one
    clear()
