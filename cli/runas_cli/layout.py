"""How lines are laid out: in a terminal they fit its width; elsewhere, as in a file or a pipe, each is whole."""

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from textwrap import wrap

__all__ = ["columns", "columns_of_errors", "cut", "fitting"]

LEAST = 20
"""Columns: in fewer there is no room for words."""
HANGING = 4
CUT = "..."
TO_COPY = re.compile(r': runas-spec |\{"')
"""Commands and JSON, which are copied as one line."""


def columns() -> int | None:
    """The width of the terminal on standard output; None where that is not a terminal."""
    return max(LEAST, shutil.get_terminal_size().columns) if sys.stdout.isatty() else None


def columns_of_errors() -> int:
    """The columns that a line may take in the terminal on standard error without filling the last."""
    with suppress(OSError, ValueError):  # where that has no file
        return max(LEAST, os.get_terminal_size(sys.stderr.fileno()).columns) - 1
    return shutil.get_terminal_size().columns - 1


def cut(line: str, width: int | None) -> str:
    """The line, cut where it is longer than the width."""
    return line if width is None or len(line) <= width else line[: width - len(CUT)].rstrip() + CUT


def fitting(line: str, width: int | None) -> Iterator[str]:
    """The line in lines of the width, the further ones hanging under the first; whole, where it is there to be copied.

    A word that is longer than the width stays whole.
    """
    if width is None or len(line) <= width or TO_COPY.search(line):
        yield line
        return
    text = line.lstrip(" ")
    margin = " " * min(len(line) - len(text), width // 2)
    yield from wrap(
        text,
        width,
        initial_indent=margin,
        subsequent_indent=margin + " " * HANGING,
        expand_tabs=False,
        replace_whitespace=False,
        break_long_words=False,
        break_on_hyphens=False,
    )
