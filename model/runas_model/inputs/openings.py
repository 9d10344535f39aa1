"""How a file of text is opened: by its path, or standard input by `-`; UTF-8, with a byte order mark or without."""

import codecs
import io
import os
import sys
from pathlib import Path
from typing import BinaryIO, TextIO

__all__ = ["STANDARD_INPUT", "OtherEncoding", "named", "opened", "text_of"]

STANDARD_INPUT = "-"
ENCODING = "utf-8-sig"
"""UTF-8; a byte order mark is read over."""

MARKS = {codecs.BOM_UTF32_LE: "UTF-32", codecs.BOM_UTF32_BE: "UTF-32", codecs.BOM_UTF16_LE: "UTF-16",
         codecs.BOM_UTF16_BE: "UTF-16"}  # fmt: skip
"""The longer ones first: one of them begins with another."""


class OtherEncoding(ValueError):
    """The text is not in UTF-8 but in another encoding, which is named."""

    def __init__(self, encoding: str) -> None:
        super().__init__(f"{encoding}; use UTF-8, for example by iconv -f {encoding} -t UTF-8")


def named(path: str | Path) -> str:
    """What a path is called in messages."""
    return "standard input" if str(path) == STANDARD_INPUT else str(path)


def opened(path: str | Path) -> TextIO:
    """The text of a file; whoever opens it closes it.

    Raises OSError where it cannot be opened, and `OtherEncoding` where it is plainly in UTF-16 or UTF-32.
    """
    binary: BinaryIO
    if str(path) != STANDARD_INPUT:
        binary = open(path, "rb")  # noqa: SIM115
    elif sys.stdin is None or sys.stdin.closed:
        raise OSError("it is closed")
    else:
        binary = os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    begins = binary.peek(4)[:4] if isinstance(binary, io.BufferedReader) else b""
    try:
        _refuse_other(begins)
    except OtherEncoding:
        binary.close()
        raise
    return io.TextIOWrapper(binary, encoding=ENCODING, newline="")


def text_of(path: str | Path) -> str:
    """All the text of a file.

    Raises OSError where it cannot be read, `OtherEncoding`, and UnicodeDecodeError for what is no text.
    """
    with opened(path) as file:
        return file.read()


def _refuse_other(begins: bytes) -> None:
    for mark, encoding in MARKS.items():
        if begins.startswith(mark):
            raise OtherEncoding(encoding)
    if begins.count(0) > 2:  # a letter of ASCII in four bytes
        raise OtherEncoding("UTF-32")
    if begins[:2].count(0) == 1:  # and in two
        raise OtherEncoding("UTF-16")
