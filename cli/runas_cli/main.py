"""The entry point of `runas-spec`, and how it ends: each of its commands is a module of this package."""

import errno
import os
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from typing import TextIO

from runas_cli import signals
from runas_cli.exit_codes import ExitCode

__all__ = ["main", "run"]

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""The errors of an output that takes no more."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code. SIGINT, SIGTERM and SIGHUP end it, where this is the main thread."""
    return _main(sys.argv[1:] if arguments is None else arguments, signals.raised())


def run() -> None:
    """The entry point of the command: the process ends with it."""
    sys.exit(_main(sys.argv[1:], signals.raised(restored=False)))


def _main(arguments: Sequence[str], signals_raised: AbstractContextManager[None]) -> int:
    for stream in ("stdout", "stderr"):
        if getattr(sys, stream) is None:  # it was closed
            setattr(sys, stream, os.fdopen(os.open(os.devnull, os.O_WRONLY), "w"))
    try:
        with signals_raised:
            code = _code(arguments)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt as interruption:
        return _ended(interruption)
    except BrokenPipeError:  # whoever read the output went away
        _close(sys.stdout)
        came = signals.came()
        return ExitCode.INTERRUPTED if came is None else signals.exit_code(came)
    except OSError as error:
        if error.errno not in FULL or error.filename is not None:
            raise
        _close(sys.stdout)
        with suppress(OSError):
            print(f"runas-spec: standard output: {error.strerror}", file=sys.stderr, flush=True)
        return ExitCode.UNUSABLE
    finally:
        try:
            sys.stderr.flush()
        except OSError:
            _close(sys.stderr)


def _close(stream: TextIO) -> None:
    """Let go to nowhere what a stream still holds, since nobody takes it."""
    with suppress(OSError, ValueError):  # as where it has no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _code(arguments: Sequence[str]) -> int:
    try:
        with signals.held():
            from runas_cli.commands import run_command  # takes a moment, in which a signal may come too
            from runas_cli.saying import written_anywhere

            written_anywhere()
        signals.raise_lost()
        code = run_command(arguments)
        signals.raise_lost()
        return code
    except KeyboardInterrupt as interruption:
        return _ended(interruption)
    except Exception as error:
        came = signals.came()
        if came is not None:
            return _ended(came)  # ctypes, for one, makes an error of its own of what is raised in it
        from runas_cli.mistakes import mistake_in_specification  # which nothing but a mistake needs
        from runas_cli.saying import complain

        mistake = mistake_in_specification(error)
        if not mistake:
            raise
        complain(mistake)
        return ExitCode.UNUSABLE


def _ended(interruption: KeyboardInterrupt) -> ExitCode:
    """Say what ended the command and, where that is known, how far it had come."""
    interruption.__traceback__ = interruption.__context__ = None  # so that what was left half made goes now, unnoticed
    code = signals.exit_code(interruption)
    how_far = f" {interruption}" if interruption.args else ""
    with suppress(OSError):
        print(f"runas-spec: {code.meaning}{how_far}", file=sys.stderr)
    return code
