"""Files as a command line names them: `-` is standard input, and a byte order mark is read over."""

import sys
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

__all__ = ["STANDARD_INPUT", "given_bytes", "given_text"]

STANDARD_INPUT = "-"


def given_bytes(path: str | Path) -> bytes:
    """What a file, a pipe or standard input holds, without a byte order mark.

    Raises OSError where it cannot be read, and ValueError for UTF-16.
    """
    data = _standard_input() if str(path) == STANDARD_INPUT else Path(path).read_bytes()
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise ValueError("it begins with a UTF-16 byte order mark; write it in UTF-8")
    return data.removeprefix(BOM_UTF8)


def given_text(path: str | Path) -> str:
    """The same as text. Raises ValueError, too, for what is not UTF-8."""
    try:
        return given_bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8, at byte {error.start}") from None


def _standard_input() -> bytes:
    if sys.stdin is None or sys.stdin.closed:
        raise OSError("standard input is closed")
    return sys.stdin.buffer.read()
