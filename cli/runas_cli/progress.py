"""Progress on standard error: in a terminal one line that is written over, elsewhere a line now and then."""

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from typing import TypeVar

from runas_cli.layout import columns_of_errors, cut
from runas_cli.signals import raise_lost

__all__ = ["STILL_WORKING", "begin", "clear", "counted", "doing", "show"]

T = TypeVar("T")

SECONDS = 0.1
"""How long a line stays in a terminal before the next is written."""

SECONDS_BETWEEN_LINES = 10.0
"""How long a command works before the first line where there is no terminal, and between two of them."""

UNCOUNTED = 1_000
"""Where no total is known there may be millions: the clock is not asked for each."""

STILL_WORKING = "runas-spec: still working: "
"""How a line begins where there is no terminal."""

_shown = 0.0
_told = 0.0
_on_screen = False


def begin() -> None:
    """A command begins: where there is no terminal, nothing is told for a while."""
    global _told
    _told = time.monotonic()


def show(text: str) -> None:
    """Show how far the work is, unless that was done a moment ago. Raises what a signal raised, where that was lost."""
    raise_lost()
    _show(text, SECONDS)


def doing(text: str) -> None:
    """Show what is being done now, where it is not counted."""
    raise_lost()
    _show(text, 0.0)


def clear() -> None:
    """Take the line away, where there is one."""
    global _on_screen
    if _on_screen:
        _on_screen = False
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def counted(several: Iterable[T], what: str, total: int | None = None) -> Iterator[T]:
    """Each of several, with progress in between: `5 of 40 laws`, or `200,000 rows` where no total is known."""
    try:
        yield from _uncounted(several, what) if total is None else _counted(several, what, total)
    finally:
        clear()


def _show(text: str, seconds: float) -> None:
    global _shown, _told, _on_screen
    now = time.monotonic()
    if sys.stderr.isatty():
        if now - _shown >= seconds:
            _shown, _on_screen = now if seconds else 0.0, True
            print(f"\r{cut(text, columns_of_errors())}\x1b[K\r", end="", file=sys.stderr, flush=True)
    elif now - _told >= SECONDS_BETWEEN_LINES:
        _told = now
        with suppress(OSError):  # nobody reads it: the work goes on
            print(f"{STILL_WORKING}{text}", file=sys.stderr, flush=True)


def _counted(several: Iterable[T], what: str, total: int) -> Iterator[T]:
    for number, one in enumerate(several, 1):
        show(f"{number:,} of {total:,} {what}")
        yield one


def _uncounted(several: Iterable[T], what: str) -> Iterator[T]:
    rest, number = iter(several), 0
    for one in rest:
        if number:
            show(f"{number:,} {what}")
        yield one
        yield from islice(rest, UNCOUNTED - 1)
        number += UNCOUNTED
