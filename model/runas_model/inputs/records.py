"""Recorded decisions of an implementation, read as a stream from JSON or JSON Lines.

A JSON document has `decisions`, and `os_users` that hold for all of them; in JSON Lines the first line may be the
document without `decisions`, and every other line is one decision. A row is checked completely before it counts; one
that cannot be read is told, and the next one is read.
"""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, TextIO

import msgspec

from runas_model.doors import checked
from runas_model.inputs.json_streams import LIMIT, JsonText, NotJson, TooLong, lines
from runas_model.inputs.openings import STANDARD_INPUT, OtherEncoding, named, opened
from runas_model.inputs.printing import printable
from runas_model.inputs.recorded import (
    UNREADABLE,
    Assembler,
    CannotBeRead,
    Recorded,
    RecordedOutside,
    RowRead,
    validation_told,
)
from runas_model.inputs.row_checks import platform_named
from runas_model.inputs.rows import Heading
from runas_model.specification.vocabulary import Platform

__all__ = [
    "CannotBeRead",
    "InputError",
    "Recorded",
    "RecordedOutside",
    "Records",
    "RowRead",
    "implementation_recorded",
    "read_recorded",
]

NO_DECISIONS = "no os_users found and no decisions; a document has decisions, and os_users unless its rows have"
OF_ALL = ("os_users", "platform")
"""The members of a document that hold for all its decisions."""


class InputError(Exception):
    """External data that cannot be read, with its place and the problem."""

    def __init__(self, text: str, *, file: str = "", row: str = "", field: str = "") -> None:
        super().__init__(text)
        self.text, self.file, self.row, self.field = text, file, row, field

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, self.row, self.field and f"field {self.field}") if part)
        return f"{where}: {self.text}" if where else self.text


@checked
def read_recorded(path: str | Path, platform: Platform | None = None) -> Iterator[RowRead]:
    """Every row of a file, in order, in memory that does not grow with it; `platform` is of rows that say none.

    Raises `InputError`, naming file and row, where the file cannot be read any further.
    """
    with closing(Records(path)) as records:
        yield from records.rows(platform)


@checked
def implementation_recorded(path: str | Path, *, before_decisions: bool = False) -> str:
    """Whose decisions a file holds, by its own member `implementation`; see `Records.implementation`."""
    with closing(Records(path)) as records:
        return records.implementation(before_decisions=before_decisions)


class Records:
    """A file of recorded decisions, `-` for standard input, whose heading may be looked at before its rows are read.

    A pipe can be read only once: what was looked at is kept. Lines are still read as they come; a document, which ends
    only where all has come, is first copied to the disk.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = path
        self.name = printable(named(path))
        self._pipe: TextIO | None = None
        self._first = ""

    def implementation(self, *, before_decisions: bool = False) -> str:
        """Whose decisions they are, by the member `implementation`; empty where there is none, or no text.

        With `before_decisions` a member that comes after them does not count, and they are not passed over. Raises
        `InputError` where the file cannot be read.
        """
        with self._reading() as (file, first):
            if _is_lines(first):
                return _text(json.loads(first).get("implementation"))
            document = JsonText(file)
            for member in document.members() if document.next() == "{" else ():
                if member == "decisions" and before_decisions:
                    break
                if member == "implementation":
                    return _text(json.loads(document.value()))
                document.skip()
        return ""

    def rows(self, platform: Platform | None = None) -> Iterator[RowRead]:
        """Every row, in order; `platform` is that of rows where neither they nor the file say any.

        Raises `InputError`, naming file and row, where the file cannot be read any further.
        """
        with self._reading() as (file, first):
            if _is_lines(first):
                yield from _of_lines(file, first, self.name, platform)
            elif not first:
                raise InputError("not JSON, or cut short: it is empty", file=self.name)
            else:
                yield from _of_document(file, self.name, platform)

    def close(self) -> None:
        """Close what is kept of a pipe."""
        if self._pipe is not None:
            self._pipe.close()

    @contextmanager
    def _reading(self) -> Iterator[tuple[TextIO, str]]:
        """The text, behind its first line where it has lines, and the first line."""
        try:
            file = self._pipe or opened(self._path)
            try:
                once = str(self._path) == STANDARD_INPUT or not file.seekable()
                if once and self._pipe is None:
                    self._pipe, self._first = file, file.readline(LIMIT)
                    if not _is_lines(self._first):
                        self._pipe = file = _copied(file, self._first)
                elif not once:
                    file.seek(0)
                    self._first = file.readline(LIMIT)
                if not _is_lines(self._first):
                    file.seek(0)
                yield file, self._first
            finally:
                if file is not self._pipe:
                    file.close()
        except OSError as error:
            raise InputError(error.strerror or str(error), file=self.name) from None
        except UNREADABLE as error:
            raise _unreadable(error, self.name, "") from None


def _copied(pipe: TextIO, first: str) -> TextIO:
    copy = TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115
    copy.write(first)
    shutil.copyfileobj(pipe, copy)
    pipe.close()
    return copy


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _is_lines(first: str) -> bool:
    """Whether the first line is a whole JSON object other than a document with all its decisions."""
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and "decisions" not in value


def _of_lines(file: TextIO, first: str, name: str, platform: Platform | None) -> Iterator[RowRead]:
    number = 1
    try:
        assemble = Assembler(None, name, platform)
        if not {"id", "outcome"} & json.loads(first).keys():
            assemble = _assembler(msgspec.json.decode(first, type=Heading), name, platform)
            number, first = 2, ""
        for batch in lines(file, first):
            yield from assemble.batch(batch, "line", number)
            number += len(batch)
    except UNREADABLE as error:
        raise _unreadable(error, name, f"line {number}") from None


def _of_document(file: TextIO, name: str, platform: Platform | None) -> Iterator[RowRead]:
    document, number = JsonText(file), 0
    try:
        heading, all_seen = _heading(document)
        assemble = _assembler(heading, name, platform)
        file.seek(0)
        document = JsonText(file)
        for member in document.members():
            if member == "decisions":
                if number:
                    raise ValueError("it is given twice")
                number = 1
                for batch in document.elements():
                    yield from assemble.batch(batch, "decision", number)
                    number += len(batch)
                continue
            if member in OF_ALL and number and not all_seen:
                raise ValueError("it must be given once, before the decisions")
            document.skip()
        document.finish()
        if number < 2 and heading.os_users is None:
            raise ValueError(NO_DECISIONS)
    except UNREADABLE as error:
        in_decision = document.member == "decisions" and number
        raise _unreadable(error, name, f"decision {number}" if in_decision else document.member) from None


def _heading(document: JsonText) -> tuple[Heading, bool]:
    """What a document says of all its decisions, and whether all of it was looked at.

    What comes after the decisions counts only where no OS users come before them. Raises ValueError for no decisions.
    """
    said: dict[str, Any] = {}
    found = False
    if document.next() != "{":
        document.skip()
        raise ValueError(NO_DECISIONS)
    for member in document.members():
        if member in OF_ALL:
            if member in said:
                raise ValueError("it is given twice")
            said[member] = msgspec.json.decode(document.value())
            continue
        found |= member == "decisions"
        if found and "os_users" in said:
            return msgspec.convert(said, Heading), False
        document.skip()
    if not found and "os_users" not in said:
        document.member = ""
        raise ValueError(NO_DECISIONS)
    return msgspec.convert(said, Heading), True


def _assembler(heading: Heading, name: str, platform: Platform | None) -> Assembler:
    try:
        said = platform if heading.platform is None else platform_named(heading.platform)
    except ValueError as error:
        raise InputError(str(error), file=name, field="platform") from None
    return Assembler(heading.os_users, name, said)


def _unreadable(error: Exception, file: str, row: str) -> InputError:
    if isinstance(error, msgspec.ValidationError):
        text, field = validation_told(error)
        return InputError(printable(text), file=file, row=printable(row), field=printable(field))
    text = " ".join(str(error).split())[:200]
    if isinstance(error, UnicodeDecodeError):
        text = f"not UTF-8, {error.reason}"
    if isinstance(error, OtherEncoding):
        text = f"not JSON in UTF-8, but in {text}"
    if isinstance(error, NotJson | msgspec.DecodeError | UnicodeDecodeError) and not isinstance(error, TooLong):
        text = f"not JSON, or cut short: {text}"
    return InputError(printable(text), file=file, row=printable(row))
