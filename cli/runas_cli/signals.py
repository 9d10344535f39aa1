"""SIGINT, SIGTERM and SIGHUP while a command runs: the first is raised where the command is, and ends it in order."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from runas_cli.exit_codes import ExitCode

__all__ = ["HungUp", "Terminated", "came", "exit_code", "held", "raise_lost", "raised"]


class Terminated(KeyboardInterrupt):
    """SIGTERM came: it ends a command as Ctrl-C does."""


class HungUp(KeyboardInterrupt):
    """SIGHUP came: the terminal or the connection is gone."""


ENDS: dict[int, type[KeyboardInterrupt]] = {signal.SIGTERM: Terminated}
DEFAULTS: dict[int, Any] = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL}
if hasattr(signal, "SIGHUP"):  # which Windows does not have
    ENDS[signal.SIGHUP] = HungUp
    DEFAULTS[signal.SIGHUP] = signal.SIG_DFL
"""What is replaced. A signal that is ignored, or that somebody else handles, stays so."""

_came: KeyboardInterrupt | None = None
_held = False
_breakable = False
_count = 0


@contextmanager
def raised(*, restored: bool = True) -> Iterator[None]:
    """In here, in the main thread, SIGINT raises KeyboardInterrupt, SIGTERM `Terminated` and SIGHUP `HungUp`.

    Only the first signal is raised, but for what `held` says. What follows is the end, which takes a few seconds at the
    most, and which another signal must not break off: a wrapper such as `timeout` may well send two. Where the handlers
    are not `restored`, the process is about to end, and ignores all from then on.
    """
    global _came, _held, _count
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _came, _held, _count = None, False, 0
    taken = {number: default for number, default in DEFAULTS.items() if signal.getsignal(number) == default}
    hook = sys.unraisablehook
    try:
        for number in taken:
            signal.signal(number, _raise)
        sys.unraisablehook = lambda unraisable: _unraisable(unraisable) or hook(unraisable)
        yield
    finally:
        _held = True
        for number, default in taken.items():
            signal.signal(number, default if restored else signal.SIG_IGN)
        if restored:
            sys.unraisablehook = hook


def came() -> KeyboardInterrupt | None:
    """What the signal that came raises or raised, if one came."""
    return _came


def exit_code(interruption: KeyboardInterrupt) -> ExitCode:
    """The exit code of a command that this has ended."""
    codes = {Terminated: ExitCode.TERMINATED, HungUp: ExitCode.HUNG_UP}
    return codes.get(type(interruption), ExitCode.INTERRUPTED)


@contextmanager
def held(*, until_third: bool = False) -> Iterator[None]:
    """In here no signal is raised, but by the next `raise_lost`. For what is short and must not be done by half.

    `until_third` lets the third signal through: a wrapper may send two, but a file that nobody takes in would be
    written for ever.
    """
    global _held, _breakable
    _held, _breakable = True, until_third
    try:
        yield
    finally:
        _held = _breakable = False


def raise_lost() -> None:
    """Raise what came while signals were held; or what was raised and, since the work goes on, caught by others."""
    if _came is not None and not _held:
        raise _came


def _raise(number: int, frame: FrameType | None) -> None:
    global _came, _count
    _count += 1
    if _came is None:
        _came = ENDS.get(number, KeyboardInterrupt)()
        if not _held:
            raise _came
    elif _breakable and _count > 2:
        raise _came


def _unraisable(unraisable: "sys.UnraisableHookArgs") -> bool:
    """Where it was raised in a finalizer, which can raise nothing: raise it in the next call. Whether one came at all.

    Then nothing needs to be said either of objects that it left half made.
    """
    if _came is not None and unraisable.exc_value is _came:
        sys.setprofile(_raise_outside)
    return _came is not None


def _raise_outside(frame: FrameType, event: str, argument: object) -> None:
    within: FrameType | None = frame
    while within is not None:
        if within.f_code.co_filename == __file__:
            return
        within = within.f_back
    sys.setprofile(None)
    raise_lost()
