"""Recorded decisions of an implementation, read as a stream from JSON or JSON Lines.

A JSON document has `os_users` and `decisions`; in JSON Lines the first line may be the document without
`decisions`, and every other line is one decision. A row is checked completely before it counts.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import attrs
import msgspec

from runas_model.situations import os_users, situation
from runas_model.tables import Table
from runas_model.vocabulary import SSM_USER, Name, OsUser, Platform, Situation

__all__ = ["InputError", "Recorded", "parse_run_as_enabled", "platform_named", "read_recorded", "table_of_users"]

LINE_LIMIT = 1 << 20
"""Most bytes that one row may have."""

TRUE_WORDS = frozenset({"1", "t", "T", "TRUE", "true", "True"})
FALSE_WORDS = frozenset({"", "0", "f", "F", "FALSE", "false", "False"})


class InputError(Exception):
    """Outside data that cannot be read: where it is, and what is wrong with it."""

    def __init__(self, text: str, *, file: str = "", row: str = "", field: str = "") -> None:
        super().__init__(text)
        self.text, self.file, self.row, self.field = text, file, row, field

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.file, self.row, self.field and f"field {self.field}") if part)
        return f"{where}: {self.text}" if where else self.text


class OsUserRow(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    uid: int
    gid: int
    note: str = ""


class Outcome(msgspec.Struct, forbid_unknown_fields=True):
    started_as: str | None = None
    uid: int | None = None
    refused: str | None = None


class Row(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    run_as_enabled: bool | str | None
    tag: str | None
    default_user: str | None
    outcome: Outcome
    ssm_user_present: bool | None = None
    created: list[str] = []
    platform: str = "linux"
    os_users: list[OsUserRow] | None = None


class Heading(msgspec.Struct):
    os_users: list[OsUserRow]


@attrs.frozen(slots=False)
class Recorded:
    """One recorded decision: the situation, and who the session ran as (None: refused)."""

    id: str
    situation: Situation
    started_as: Name | None
    uid: int | None
    created: tuple[str, ...]


def parse_run_as_enabled(value: bool | str | None) -> bool:
    """`runAsEnabled` as amazon-ssm-agent reads it: a boolean, nothing (off), or one of Go's words for a boolean.

    Raises ValueError for anything else.
    """
    if value is None or value is False or value is True:
        return value is True
    if value in TRUE_WORDS:
        return True
    if value in FALSE_WORDS:
        return False
    raise ValueError(f"{value!r} is not a truth value; use true or false")


def platform_named(name: str) -> Platform:
    """The platform of that name. Raises ValueError for another."""
    try:
        return Platform(name)
    except ValueError:
        known = ", ".join(platform.value for platform in Platform)
        raise ValueError(f"unknown platform {name!r}; use one of {known}") from None


def table_of_users(users: Iterable[OsUserRow]) -> Table[Name, OsUser]:
    """A table of OS users. Raises ValueError for a blank name, or one with two different uids or gids."""
    seen: dict[str, tuple[str, int, int]] = {}
    for user in users:
        row = (user.name, user.uid, user.gid)
        if not user.name.strip():
            raise ValueError("an OS user has a blank name")
        if seen.setdefault(user.name, row) != row:
            raise ValueError(f"OS user {user.name!r} stands twice, with different uids or gids")
    return os_users(seen.values())


def read_recorded(path: str | Path) -> Iterator[Recorded]:
    """Every recorded decision of a file, in order, in memory that does not grow with it.

    Raises `InputError`, naming file, row and field, at the first thing that cannot be read.
    """
    name = str(path)
    try:
        with open(path, "rb") as file:
            if _is_lines(file.readline(LINE_LIMIT)):
                file.seek(0)
                yield from _of_lines(file, name)
            else:
                file.seek(0)
                yield from _of_document(file, name)
    except OSError as error:
        raise InputError(error.strerror or str(error), file=name) from None


def _is_lines(first: bytes) -> bool:
    """Whether the first line is a whole JSON object other than a document with all its decisions."""
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and "decisions" not in value


def _of_lines(file: BinaryIO, name: str) -> Iterator[Recorded]:
    decoder = msgspec.json.Decoder(Row)
    assemble = _Assembler(name, None)
    number = 0
    while line := file.readline(LINE_LIMIT + 1):
        number += 1
        where = f"line {number}"
        if len(line) > LINE_LIMIT:
            raise InputError(f"longer than {LINE_LIMIT} bytes", file=name, row=where)
        if not line.strip():
            continue
        try:
            if number == 1 and b'"outcome"' not in line:
                assemble = _Assembler(name, table_of_users(msgspec.json.decode(line, type=Heading).os_users))
                continue
            row = decoder.decode(line)
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise _unreadable(error, name, where) from None
        yield assemble(row, where)


def _of_document(file: BinaryIO, name: str) -> Iterator[Recorded]:
    import ijson

    try:
        users = next(ijson.items(file, "os_users"), None)
        if users is None:
            raise InputError("no os_users found; a document has os_users and decisions", file=name)
        table = table_of_users(msgspec.convert(users, list[OsUserRow]))
    except (ijson.JSONError, msgspec.ValidationError, ValueError, RecursionError) as error:
        raise _unreadable(error, name, "os_users") from None
    assemble = _Assembler(name, table)
    file.seek(0)
    number = 0
    rows = ijson.items(file, "decisions.item", use_float=True)
    while True:
        number += 1
        where = f"decision {number}"
        try:
            item = next(rows, None)
            if item is None:
                return
            row = msgspec.convert(item, Row)
        except (ijson.JSONError, msgspec.ValidationError, ValueError, RecursionError) as error:
            raise _unreadable(error, name, where) from None
        yield assemble(row, where)


@attrs.frozen
class _Assembler:
    """Makes a checked `Recorded` of a row, sharing the table of OS users where it can."""

    file: str
    users: Table[Name, OsUser] | None
    without_ssm_user: list[Table[Name, OsUser]] = attrs.field(factory=list)

    def __call__(self, row: Row, where: str) -> Recorded:
        place = f"{where} ({row.id})"
        outcome = row.outcome
        if (outcome.started_as is None) == (outcome.refused is None):
            raise InputError("either started_as or refused, not both", file=self.file, row=place, field="outcome")
        field = "run_as_enabled"
        try:
            enabled = parse_run_as_enabled(row.run_as_enabled)
            field = "platform"
            platform = platform_named(row.platform)
            field = "os_users"
            users = self._users(row)
        except ValueError as error:
            raise InputError(str(error), file=self.file, row=place, field=field) from None
        return Recorded(
            row.id,
            situation(
                run_as_enabled=enabled,
                tag=row.tag,
                default_user=row.default_user,
                users=users,
                platform=platform,
            ),
            None if outcome.started_as is None else Name(outcome.started_as),
            outcome.uid,
            tuple(row.created),
        )

    def _users(self, row: Row) -> Table[Name, OsUser]:
        users = self.users if row.os_users is None else table_of_users(row.os_users)
        if users is None:
            raise ValueError("no OS users: give them in the row, or in a first line with os_users")
        if row.ssm_user_present is True and not users.has(SSM_USER):
            raise ValueError("ssm_user_present, but ssm-user is not among the OS users")
        if row.ssm_user_present is not False:
            return users
        if row.os_users is not None:
            return users.drop(SSM_USER)
        if not self.without_ssm_user:
            self.without_ssm_user.append(users.drop(SSM_USER))
        return self.without_ssm_user[0]


def _unreadable(error: Exception, file: str, row: str) -> InputError:
    if isinstance(error, InputError):
        return error
    if isinstance(error, msgspec.ValidationError):
        text, _, path = str(error).partition(" - at `$.")
        return InputError(text, file=file, row=row, field=path.rstrip("`"))
    if isinstance(error, msgspec.DecodeError) or type(error).__module__.startswith("ijson"):
        return InputError(f"not JSON, or cut short: {_one_line(error)}", file=file, row=row)
    return InputError(_one_line(error), file=file, row=row)


def _one_line(error: Exception) -> str:
    text: Any = error.args[0] if error.args else error
    text = text.decode(errors="replace") if isinstance(text, bytes) else str(text)
    return " ".join(text.split())[:200]
