"""Recorded decisions made of rows: each is read, lies outside the model, or cannot be read."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

import msgspec

from runas_model.inputs.observed import NOTHING_MORE, Circumstances, Outside, what_puts_outside
from runas_model.inputs.printing import printable
from runas_model.inputs.rows import FullOutcome, FullRow, Group, OsUserRow, Row
from runas_model.inputs.situations import OsUserTable, os_users, prepared, table_of
from runas_model.inputs.switches import switch_of
from runas_model.specification.vocabulary import SSM_USER, Name, Platform, Situation
from runas_model.universes.connectives import is_blank
from runas_model.universes.tables import FixedTable

__all__ = [
    "Assembler",
    "CannotBeRead",
    "Recorded",
    "RecordedOutside",
    "RowRead",
    "platform_named",
    "table_of_users",
    "validation_told",
]


class Recorded(msgspec.Struct, frozen=True):
    """One recorded decision: the situation, and who the session ran as (None: refused), by name and by uid."""

    id: str
    situation: Situation
    started_as: Name | None
    uid: int | None
    created: tuple[str, ...]
    besides: Circumstances = NOTHING_MORE


class RecordedOutside(msgspec.Struct, frozen=True):
    """A recorded decision that the specification does not cover: `facts` put it outside, and it counts by the first."""

    id: str
    facts: tuple[Outside, ...]
    seen: str

    @property
    def told(self) -> str:
        """The row in a line: `agent2-1128: started as "root" (uid 0)`."""
        return printable(f"{self.id}: {self.seen}")


class CannotBeRead(msgspec.Struct, frozen=True):
    """A row that is no recorded decision: where it is, by its number and the id that it may have, and the reason."""

    file: str
    row: str
    field: str
    text: str

    @property
    def told(self) -> str:
        """Where and what: `a.jsonl, line 3 (r-2), field outcome: either started_as or refused, not both`."""
        return printable(f"{self.file}, {self.row}{self.field and f', field {self.field}'}: {self.text}")


RowRead: TypeAlias = Recorded | RecordedOutside | CannotBeRead
"""What a row of a file may be read as."""


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
        if is_blank(user.name):
            raise ValueError("an OS user has a blank name")
        if seen.setdefault(user.name, row) != row:
            raise ValueError(f"OS user {user.name!r} is listed twice with different ids")
    return table_of(seen.values())


class _Wrong(ValueError):
    """What is wrong with a member of a row."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


class Assembler:
    """Reads rows with the OS users of a file, sharing what it can; with `users` of None each row must bring its own.

    A plain row is by far the most frequent, so it is tried first, and alone decides how fast a file is read.
    """

    def __init__(self, users: list[OsUserRow] | None, file: str) -> None:
        """Raises ValueError for OS users of which no table can be made."""
        self._file = file
        self._users = None if users is None else table_of_users(users)
        self._without = None if self._users is None else _without_ssm_user(self._users)
        self._besides = _besides(users or [])
        self._plain = msgspec.json.Decoder(Row).decode
        self._full = msgspec.json.Decoder(FullRow).decode

    def __call__(self, text: Any, kind: str, number: int) -> RowRead:
        """What a row is; `kind` and `number` say where it is: `line`, 3."""
        try:
            row = self._plain(text)
        except msgspec.DecodeError:
            return self._read_full(text, f"{kind} {number}")
        try:
            if (row.outcome.started_as is None) == (row.outcome.refused is None):
                raise _Wrong("outcome", "either started_as or refused, not both")
            return _recorded(row, self._table(row), self._besides if row.os_users is None else _besides(row.os_users))
        except _Wrong as wrong:
            return CannotBeRead(self._file, f"{kind} {number} ({row.id})", wrong.field, str(wrong))

    def _read_full(self, text: Any, where: str) -> RowRead:
        try:
            row = self._full(text)
        except msgspec.ValidationError as error:
            told, field = validation_told(error)
            return CannotBeRead(self._file, where + _id_in(text), field, told)
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            return CannotBeRead(self._file, where, "", f"not JSON: {' '.join(str(error).split())[:200]}")
        try:
            _check(row)
            users = self._table(row)
            if facts := what_puts_outside(row):
                return RecordedOutside(row.id, facts, _seen(row.outcome))
            besides = Circumstances(
                sort=row.outcome.sort,
                os_user=row.outcome.os_user,
                groups=self._groups(row),
                conditions=row.conditions,
                sh=row.sh,
                id_program=row.id_program,
            )
            return _recorded(row, users, besides)
        except _Wrong as wrong:
            return CannotBeRead(self._file, f"{where} ({row.id})", wrong.field, str(wrong))

    def _groups(self, row: FullRow) -> Mapping[str, tuple[Group, ...]]:
        groups = self._besides.groups if row.os_users is None else _besides(row.os_users).groups
        return groups if row.ssm_user is None else {**groups, SSM_USER: row.ssm_user.groups}

    def _table(self, row: Row | FullRow) -> OsUserTable:
        users, without = self._users, self._without
        if row.os_users is not None:
            try:
                users = table_of_users(row.os_users)
            except ValueError as error:
                raise _Wrong("os_users", str(error)) from None
            without = _without_ssm_user(users)
        if users is None or without is None:
            raise _Wrong("os_users", "no OS users: give them in the row, or in a first line with os_users")
        if type(row) is FullRow and row.ssm_user is not None:
            ssm_user = os_users([(SSM_USER, row.ssm_user.uid, row.ssm_user.gid)])[SSM_USER]
            users = FixedTable.of(without.default, [*without.entries.items(), (SSM_USER, ssm_user)])
        if row.ssm_user_present is True and not users.has(SSM_USER):
            raise _Wrong("os_users", "ssm_user_present, but ssm-user is not among the OS users")
        return without if row.ssm_user_present is False else users


def _recorded(row: Row | FullRow, users: OsUserTable, besides: Circumstances) -> Recorded:
    switch = switch_of(row.run_as_enabled)
    try:
        platform = platform_named(row.platform)
    except ValueError as error:
        raise _Wrong("platform", str(error)) from None
    s = prepared(switch, row.tag, row.default_user, users, platform)
    outcome = row.outcome
    return Recorded(row.id, s, outcome.started_as, outcome.uid, row.created, besides)  # type: ignore[arg-type]


def _check(row: FullRow) -> None:
    outcome = row.outcome
    if [outcome.started_as, outcome.refused, outcome.unreadable].count(None) != 2:
        raise _Wrong("outcome", "one of started_as, refused and unreadable, not more and not none")
    settings = {"run_as_enabled": row.run_as_enabled, "default_user": row.default_user, "tag": row.tag}
    for name in row.absent:
        if settings.get(name, "") is not None:
            raise _Wrong("absent", f"{name!r} is none of the settings {', '.join(settings)} that are null")
    if row.ssm_user is not None and row.ssm_user.name != SSM_USER:
        raise _Wrong("ssm_user", f"its name is {row.ssm_user.name!r}, not {SSM_USER!r}")


def _seen(outcome: FullOutcome) -> str:
    if outcome.started_as is None:
        return f"refused{outcome.sort and f' ({outcome.sort})'}"
    name = outcome.started_as or (outcome.os_user if isinstance(outcome.os_user, str) else "")
    as_whom = f'as "{name}"' if name else "without a name"
    return f"started {as_whom}{'' if outcome.uid is None else f' (uid {outcome.uid})'}"


def _besides(users: Iterable[OsUserRow]) -> Circumstances:
    groups = {user.name: user.groups for user in users if user.groups}
    return Circumstances(groups=groups) if groups else NOTHING_MORE


def _without_ssm_user(users: OsUserTable) -> OsUserTable:
    return FixedTable.of(users.default, ((name, users[name]) for name in users if name != SSM_USER))


def _id_in(text: Any) -> str:
    """The id of a row that has one, in parentheses behind a space."""
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return ""
    id = found.get("id") if isinstance(found, dict) else None
    return f" ({id})" if isinstance(id, str) else ""


def validation_told(error: msgspec.ValidationError) -> tuple[str, str]:
    """What msgspec says is wrong, and the member in which it is; empty for the row itself."""
    text, _, path = str(error).partition(" - at `$.")
    return text, path.rstrip("`")
