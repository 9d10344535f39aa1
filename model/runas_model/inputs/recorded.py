"""Recorded decisions made of rows: each is read, lies outside the model, or cannot be read."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, TypeAlias

import msgspec
from msgspec import UNSET

from runas_model.inputs.filled import filling_of
from runas_model.inputs.observed import NOTHING_MORE, Circumstances, Outside, what_puts_outside
from runas_model.inputs.os_user_rows import UNSAID_USERS, OsUserList, OsUserLists, list_of_users
from runas_model.inputs.printing import printable
from runas_model.inputs.repeated import may_repeat, repeated_member
from runas_model.inputs.row_checks import Wrong, check_outcome, check_owner, check_row, platform_of
from runas_model.inputs.rows import NO_LIST, FullOutcome, FullRow, OsUserRow, Row
from runas_model.inputs.situations import prepared
from runas_model.inputs.switches import switch_of
from runas_model.specification.vocabulary import SSM_USER, Name, Platform, Situation, Switch

__all__ = [
    "Assembler",
    "CannotBeRead",
    "Recorded",
    "RecordedOutside",
    "RowRead",
    "validation_told",
]

UNREADABLE = (msgspec.DecodeError, ValueError, RecursionError)
UNSAID = ("platform", "run_as_enabled", "tag", "default_user", "os_users", "ssm_user_present")
"""What a row may leave out of its situation, in the order in which it is told."""
KEPT = 1 << 12
"""Situations that are kept for each list of OS users."""


class Recorded(msgspec.Struct, frozen=True):
    """One recorded decision: the situation, and who the session ran as (None: refused), by name and by uid.

    `unsaid` are the members of the situation that the record leaves out: in `situation` stands the most ordinary value
    of each, and any other is possible as well. A `uid` or `created` of None is left out too.
    """

    id: str
    situation: Situation
    started_as: Name | None
    uid: int | None
    created: tuple[str, ...] | None
    besides: Circumstances = NOTHING_MORE
    unsaid: tuple[str, ...] = ()


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
    def id(self) -> str:
        """What it is called among other rows: where it is."""
        return self.row

    @property
    def told(self) -> str:
        """Where and what: `a.jsonl, line 3 (r-2), field outcome: one of started_as and refused`."""
        return printable(f"{self.file}, {self.row}{self.field and f', field {self.field}'}: {self.text}")


RowRead: TypeAlias = Recorded | RecordedOutside | CannotBeRead
"""What a row of a file may be read as."""


class Assembler:
    """Reads rows with what the file says of all of them: the OS users and the platform; None where it says nothing.

    A plain row is by far the most frequent, so it is tried first, and alone decides how fast a file is read.
    """

    def __init__(self, users: list[OsUserRow] | None, file: str, platform: Platform | None = None) -> None:
        """Raises ValueError for OS users of which no table can be made."""
        self._file = file
        self._platform = platform
        listed = UNSAID_USERS if users is None else list_of_users(users)
        self._users = msgspec.structs.replace(listed, situations={})
        self._lists = OsUserLists()
        self._plain = msgspec.json.Decoder(Row).decode
        self._full = msgspec.json.Decoder(FullRow).decode

    def batch(self, texts: Sequence[str | msgspec.Raw], kind: str, number: int) -> Iterator[RowRead]:
        """What each of several rows is, but for blank ones; `kind` and `number` say where the first is: `line`, 3."""
        plain, doubtful = self._plain, may_repeat(texts)
        for at, text in enumerate(texts, number):
            if doubtful and _is_doubtful(text, doubtful) and (member := repeated_member(text)):
                yield CannotBeRead(self._file, f"{kind} {at}{_id_in(text)}", member, "it is given twice")
                continue
            try:
                row = plain(text)
            except UNREADABLE:
                if not isinstance(text, str) or text.strip():
                    yield self._read_full(text, f"{kind} {at}")
                continue
            try:
                yield self._plain_one(row)
            except Wrong as wrong:
                yield CannotBeRead(self._file, f"{kind} {at} ({row.id})", wrong.field, str(wrong))

    def __call__(self, text: str | msgspec.Raw, kind: str, number: int) -> RowRead:
        """What one row is. Raises StopIteration for a blank one."""
        return next(self.batch([text], kind, number))

    def _read_full(self, text: Any, where: str) -> RowRead:
        try:
            row = self._full(text)
        except msgspec.ValidationError as error:
            told, field = validation_told(error)
            return CannotBeRead(self._file, where + _id_in(text), field, told)
        except UNREADABLE as error:
            return CannotBeRead(self._file, where, "", f"not JSON: {' '.join(str(error).split())[:200]}")
        try:
            check_row(row)
            users = self._users_of(row)
            if row.ssm_user is not None:
                users = users.with_ssm_user(row.ssm_user)
            besides = Circumstances(
                sort=row.outcome.sort,
                os_user=row.outcome.os_user,
                groups=users.besides.groups,
                conditions=row.conditions,
                sh=row.sh,
                id_program=row.id_program,
            )
            check_owner(row.outcome, users)
            if facts := what_puts_outside(row):
                return RecordedOutside(row.id, facts, _seen(row.outcome))
            if filling := filling_of(row):
                row.default_user = filling.default_user
            s, unsaid = self._situation(row, users)
            started_as: Any = row.outcome.started_as
            return Recorded(row.id, s, started_as, row.outcome.uid, row.created, besides, unsaid)
        except Wrong as wrong:
            return CannotBeRead(self._file, f"{where} ({row.id})", wrong.field, str(wrong))

    def _users_of(self, row: Row | FullRow) -> OsUserList:
        """The OS users that the row lists, else those that the file does."""
        if row.os_users is NO_LIST:
            return self._users
        try:
            users = self._lists.read(row.os_users)
        except msgspec.ValidationError as error:
            told, field = validation_told(error)
            raise Wrong(f"os_users{field}", told) from None
        except ValueError as error:
            raise Wrong("os_users", str(error)) from None
        return users if users.complete else self._users

    def _plain_one(self, row: Row) -> Recorded:
        """A plain row; the situation is often one that there was before, with the same OS users."""
        outcome = row.outcome
        if not outcome.started_as or outcome.refused is not None:
            check_outcome(outcome)
        users = self._users_of(row)
        kept = users.situations
        if kept is None:
            found = self._situation(row, users)
        else:
            key = (row.tag, row.default_user, row.run_as_enabled, row.ssm_user_present, row.platform)
            found = kept.get(key) or self._situation(row, users)
            if len(kept) >= KEPT:
                kept.clear()
            kept[key] = found
        started_as: Any = outcome.started_as
        return Recorded(row.id, found[0], started_as, outcome.uid, row.created, users.besides, found[1])

    def _situation(self, row: Row | FullRow, users: OsUserList) -> tuple[Situation, tuple[str, ...]]:
        """The situation of a row, and what of it the row leaves out."""
        platform = self._platform if row.platform is None else platform_of(row.platform)
        present, listed = row.ssm_user_present, users
        if present is True and not users.has_ssm_user:
            if users.complete:
                raise Wrong("os_users", "ssm_user_present, but ssm-user is not among the OS users")
            listed = users.with_ssm_user(OsUserRow(SSM_USER))
        switch, tag, default = row.run_as_enabled, row.tag, row.default_user
        s = prepared(  # all was checked as it was decoded, and there may be millions
            Switch.ON if switch is UNSET else switch_of(switch),
            None if tag is UNSET else tag,
            None if default is UNSET else default,
            listed.without if present is False else listed.table,
            platform or Platform.LINUX,
        )
        either = present is None and (users is self._users if users.has_ssm_user else not users.complete)
        if platform and not (switch is UNSET or tag is UNSET or default is UNSET or either) and users.complete:
            return s, ()
        return s, unsaid_members(
            platform is None, switch is UNSET, tag is UNSET, default is UNSET, not users.complete, either
        )


def _is_doubtful(text: Any, members: Sequence[Any]) -> bool:
    """Whether one of the members is in the text more than once."""
    read = bytes(text) if isinstance(text, msgspec.Raw) else text
    return any(read.count(member) > 1 for member in members)


@cache
def unsaid_members(*left_out: bool) -> tuple[str, ...]:
    """Those of `UNSAID` that are left out."""
    return tuple(name for name, is_left_out in zip(UNSAID, left_out, strict=True) if is_left_out)


def _seen(outcome: FullOutcome) -> str:
    if outcome.started_as is None:
        return f"refused{outcome.sort and f' ({outcome.sort})'}"
    name = outcome.started_as or (outcome.os_user if isinstance(outcome.os_user, str) else "")
    as_whom = f'as "{name}"' if name else "without a name"
    return f"started {as_whom}{'' if outcome.uid is None else f' (uid {outcome.uid})'}"


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
    text, _, path = str(error).partition(" - at `$")
    return text, path.removeprefix(".").rstrip("`")
