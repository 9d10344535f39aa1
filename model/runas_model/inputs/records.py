"""Recorded decisions of an implementation, read as a stream from JSON or JSON Lines.

A JSON document has `os_users` and `decisions`; in JSON Lines the first line may be the document without
`decisions`, and every other line is one decision. A row is checked completely before it counts.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

import attrs
import msgspec

from runas_model.inputs.json_streams import LIMIT, JsonText, NotJson, TooLong, lines
from runas_model.inputs.situations import OsUserTable, os_users, situation
from runas_model.specification.vocabulary import SSM_USER, Name, Platform, Situation
from runas_model.universes.tables import FixedTable

__all__ = [
    "InputError",
    "Recorded",
    "implementation_recorded",
    "parse_run_as_enabled",
    "platform_named",
    "read_recorded",
    "table_of_users",
]

TRUE_WORDS = frozenset({"1", "t", "T", "TRUE", "true", "True"})
FALSE_WORDS = frozenset({"", "0", "f", "F", "FALSE", "false", "False"})
NO_OS_USERS = "no os_users found; a document has os_users and decisions"
UNREADABLE = (msgspec.DecodeError, ValueError, RecursionError)


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
    created: tuple[str, ...] = ()
    platform: str = "linux"
    os_users: list[OsUserRow] | None = None


class Heading(msgspec.Struct):
    os_users: list[OsUserRow]


class Recorded(msgspec.Struct, frozen=True):
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


def table_of_users(users: Iterable[OsUserRow]) -> OsUserTable:
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
        with open(path, encoding="utf-8", newline="") as file:
            try:
                read = _of_lines if _is_lines(file.readline(LIMIT)) else _of_document
                file.seek(0)
                yield from read(file, name)
            except UnicodeDecodeError as error:
                raise _unreadable(error, name, "") from None
    except OSError as error:
        raise InputError(error.strerror or str(error), file=name) from None


def implementation_recorded(path: str | Path) -> str:
    """Whose decisions a file that can be read holds, by its own member `implementation`; empty where it has none."""
    with open(path, encoding="utf-8", newline="") as file:
        first = file.readline(LIMIT)
        if _is_lines(first):
            found = json.loads(first).get("implementation")
            return found if isinstance(found, str) else ""
        file.seek(0)
        document = JsonText(file)
        document.next()
        for member in document.members():
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


def _of_lines(file: TextIO, name: str) -> Iterator[Recorded]:
    assemble = _Assembler(name, None)
    decode = msgspec.json.Decoder(Row).decode
    number = 1
    try:
        for batch in lines(file):
            for line in batch:
                if number == 1 and '"outcome"' not in line:
                    heading = msgspec.json.decode(line, type=Heading)
                    assemble = _Assembler(name, table_of_users(heading.os_users))
                elif line and not line.isspace():
                    yield assemble(decode(line), "line", number)
                number += 1
    except UNREADABLE as error:
        raise _unreadable(error, name, f"line {number}") from None


def _of_document(file: TextIO, name: str) -> Iterator[Recorded]:
    decode = msgspec.json.Decoder(Row).decode
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
        assemble = _Assembler(name, table_of_users(msgspec.json.decode(document.value(), type=list[OsUserRow])))
        file.seek(0)
        document = JsonText(file)
        number = 1
        for member in document.members():
            if member != "decisions":
                document.skip()
                continue
            for batch in document.elements():
                for text in batch:
                    yield assemble(decode(text), "decision", number)
                    number += 1
        document.finish()
    except UNREADABLE as error:
        in_decision = member == "decisions" and number
        raise _unreadable(error, name, f"decision {number}" if in_decision else member) from None


@attrs.frozen
class _Assembler:
    """Makes a checked `Recorded` of a row, sharing the tables of OS users where it can."""

    file: str
    users: OsUserTable | None
    without_ssm_user: OsUserTable | None = attrs.field(init=False)

    @without_ssm_user.default
    def _(self) -> OsUserTable | None:
        return None if self.users is None else _without_ssm_user(self.users)

    def __call__(self, row: Row, kind: str, number: int) -> Recorded:
        outcome = row.outcome
        started_as = outcome.started_as
        field = "outcome"
        try:
            if (started_as is None) == (outcome.refused is None):
                raise ValueError("either started_as or refused, not both")
            field = "run_as_enabled"
            enabled = parse_run_as_enabled(row.run_as_enabled)
            field = "platform"
            platform = platform_named(row.platform)
            field = "os_users"
            users = self._users(row)
        except ValueError as error:
            raise InputError(str(error), file=self.file, row=f"{kind} {number} ({row.id})", field=field) from None
        s = situation(
            run_as_enabled=enabled, tag=row.tag, default_user=row.default_user, users=users, platform=platform
        )
        return Recorded(row.id, s, started_as, outcome.uid, row.created)  # type: ignore[arg-type]

    def _users(self, row: Row) -> OsUserTable:
        users, without = self.users, self.without_ssm_user
        if row.os_users is not None:
            users = table_of_users(row.os_users)
            without = _without_ssm_user(users)
        if users is None or without is None:
            raise ValueError("no OS users: give them in the row, or in a first line with os_users")
        if row.ssm_user_present is True and not users.has(SSM_USER):
            raise ValueError("ssm_user_present, but ssm-user is not among the OS users")
        return without if row.ssm_user_present is False else users


def _without_ssm_user(users: OsUserTable) -> OsUserTable:
    return FixedTable.of(users.default, ((name, users[name]) for name in users if name != SSM_USER))


def _unreadable(error: Exception, file: str, row: str) -> InputError:
    if isinstance(error, msgspec.ValidationError):
        text, _, path = str(error).partition(" - at `$.")
        return InputError(text, file=file, row=row, field=path.rstrip("`"))
    text = " ".join(str(error).split())[:200]
    if isinstance(error, UnicodeDecodeError):
        text = f"not UTF-8, {error.reason}"
    of_syntax = isinstance(error, NotJson | msgspec.DecodeError | UnicodeDecodeError) and not isinstance(error, TooLong)
    return InputError(f"not JSON, or cut short: {text}" if of_syntax else text, file=file, row=row)
