"""Recorded decisions of an implementation, read as a stream from JSON or JSON Lines.

A JSON document has `os_users` and `decisions`; in JSON Lines the first line may be the document without
`decisions`, and every other line is one decision. A row is checked completely before it counts; one that cannot be read
is told, and the next one is read.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import msgspec

from runas_model.doors import checked
from runas_model.inputs.json_streams import LIMIT, JsonText, NotJson, TooLong, lines
from runas_model.inputs.recorded import Assembler, CannotBeRead, Recorded, RecordedOutside, RowRead, validation_told
from runas_model.inputs.rows import Heading, OsUserRow

__all__ = [
    "CannotBeRead",
    "InputError",
    "Recorded",
    "RecordedOutside",
    "RowRead",
    "implementation_recorded",
    "read_recorded",
]

NO_OS_USERS = "no os_users found; a document has os_users and decisions"
UNREADABLE = (msgspec.DecodeError, ValueError, RecursionError)


class InputError(Exception):
    """External data that cannot be read, with its place and the problem."""

    def __init__(self, text: str, *, file: str = "", row: str = "", field: str = "") -> None:
        super().__init__(text)
        self.text, self.file, self.row, self.field = text, file, row, field

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, self.row, self.field and f"field {self.field}") if part)
        return f"{where}: {self.text}" if where else self.text


@checked
def read_recorded(path: str | Path) -> Iterator[RowRead]:
    """Every row of a file, in order, in memory that does not grow with it.

    Raises `InputError`, naming file and row, where the file cannot be read any further.
    """
    name = str(path)
    try:
        with open(path, encoding="utf-8", newline="") as file:
            try:
                read = _of_lines if _is_lines(file.readline(LIMIT)) else _of_document
                file.seek(0)
                yield from read(file, name)
            except UnicodeDecodeError as error:
                raise _unreadable(error, name, "") from None
    except OSError as error:
        raise InputError(error.strerror or str(error), file=name) from None


@checked
def implementation_recorded(path: str | Path, *, before_decisions: bool = False) -> str:
    """Whose decisions a file that can be read holds, by its own member `implementation`; empty where it has none.

    With `before_decisions` a member that comes after them does not count, and they are not passed over.
    """
    with open(path, encoding="utf-8", newline="") as file:
        first = file.readline(LIMIT)
        if _is_lines(first):
            found = json.loads(first).get("implementation")
            return found if isinstance(found, str) else ""
        file.seek(0)
        document = JsonText(file)
        document.next()
        for member in document.members():
            if member == "decisions" and before_decisions:
                break
            if member == "implementation":
                found = json.loads(document.value())
                return found if isinstance(found, str) else ""
            document.skip()
    return ""


def _is_lines(first: str) -> bool:
    """Whether the first line is a whole JSON object other than a document with all its decisions."""
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and "decisions" not in value


def _of_lines(file: TextIO, name: str) -> Iterator[RowRead]:
    assemble = Assembler(None, name)
    number = 1
    try:
        for batch in lines(file):
            for line in batch:
                if number == 1 and '"outcome"' not in line:
                    assemble = Assembler(msgspec.json.decode(line, type=Heading).os_users, name)
                elif line and not line.isspace():
                    yield assemble(line, "line", number)
                number += 1
    except UNREADABLE as error:
        raise _unreadable(error, name, f"line {number}") from None


def _of_document(file: TextIO, name: str) -> Iterator[RowRead]:
    member, number = "", 0
    try:
        document = JsonText(file)
        if document.next() != "{":
            document.skip()
            raise InputError(NO_OS_USERS, file=name)
        for member in document.members():
            if member == "os_users":
                break
            document.skip()
        else:
            raise InputError(NO_OS_USERS, file=name)
        assemble = Assembler(msgspec.json.decode(document.value(), type=list[OsUserRow]), name)
        file.seek(0)
        document = JsonText(file)
        number = 1
        for member in document.members():
            if member != "decisions":
                document.skip()
                continue
            for batch in document.elements():
                for text in batch:
                    yield assemble(text, "decision", number)
                    number += 1
        document.finish()
    except UNREADABLE as error:
        in_decision = member == "decisions" and number
        raise _unreadable(error, name, f"decision {number}" if in_decision else member) from None


def _unreadable(error: Exception, file: str, row: str) -> InputError:
    if isinstance(error, msgspec.ValidationError):
        text, field = validation_told(error)
        return InputError(text, file=file, row=row, field=field)
    text = " ".join(str(error).split())[:200]
    if isinstance(error, UnicodeDecodeError):
        text = f"not UTF-8, {error.reason}"
    of_syntax = isinstance(error, NotJson | msgspec.DecodeError | UnicodeDecodeError) and not isinstance(error, TooLong)
    return InputError(f"not JSON, or cut short: {text}" if of_syntax else text, file=file, row=row)
