"""What a command says: text that every terminal shows as it is, and JSON that every reader takes."""

import codecs
import json
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import Any

from runas_cli.coloring import colored
from runas_cli.layout import columns, fitting
from runas_cli.progress import clear
from runas_properties.conformance.protocol.readable import readable_text

__all__ = ["complain", "say", "say_json", "written_anywhere"]

ESCAPED = "runas-escaped"
"""How what an encoding does not have is written: as in JSON, which every one of our texts may be part of."""


def say(*lines: str) -> None:
    """Print lines on standard output. What cannot be seen is written out; in a terminal they fit and have colour."""
    clear()
    width = columns()
    for line in lines:
        for one in line.split("\n"):
            print(*map(colored, fitting(readable_text(one), width)), sep="\n")


def say_json(data: Any, indent: int | None = 2) -> None:
    """Print plain data as JSON; without an indent in one line."""
    print(json.dumps(data, indent=indent, ensure_ascii=False))


def complain(text: str) -> None:
    """Print on standard error what is wrong; nothing where that is not taken."""
    with suppress(OSError):
        print(f"runas-spec: {readable_text(text, lines=True)}", file=sys.stderr, flush=True)


def written_anywhere() -> None:
    """Let standard output and standard error take every text, whatever their encoding."""
    codecs.register_error(ESCAPED, _escaped)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper) and stream.errors != ESCAPED:
            stream.reconfigure(errors=ESCAPED)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    missing = error.object[error.start : error.end]
    return "".join(json.dumps(character)[1:-1] for character in missing), error.end
