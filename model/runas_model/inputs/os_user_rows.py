"""Lists of OS users as records have them, made into tables; many rows have the same list, so that it is read once."""

from collections.abc import Collection
from functools import lru_cache
from typing import Any, Final

import msgspec

from runas_model.inputs.observed import NOTHING_MORE, Circumstances
from runas_model.inputs.repeated import repeated_member
from runas_model.inputs.rows import OsUserRow
from runas_model.inputs.situations import NO_OS_USER, OsUserTable
from runas_model.specification.vocabulary import NO_ID, SSM_USER, Name, OsUser, PosixId, Situation
from runas_model.universes.connectives import is_blank
from runas_model.universes.tables import FixedTable

__all__ = ["UNSAID_ID", "UNSAID_USERS", "OsUserList", "OsUserLists", "list_of_users", "table_of_users"]

UNSAID_ID: Final = NO_ID
"""Stands in a table for a uid or gid that the record leaves out."""
IDS_OF_ONE = ("name", "uid", "gid")
"""The members of most OS users in a list."""


class OsUserList(msgspec.Struct, frozen=True):
    """A list of OS users: their table, also without `ssm-user`, and their groups where it tells any.

    Where it is not `complete`, others may be on the instance as well.
    """

    table: OsUserTable
    without: OsUserTable
    besides: Circumstances
    complete: bool = True
    situations: dict[Any, tuple[Situation, tuple[str, ...]]] | None = None
    """Those that were met with these OS users, and what was left out, by what a row says; None: they are not kept."""

    @property
    def has_ssm_user(self) -> bool:
        """Whether `ssm-user` is among them."""
        return self.without is not self.table

    def with_ssm_user(self, user: OsUserRow) -> "OsUserList":
        """The list with this `ssm-user` instead of its own, if it has any."""
        groups = self.besides.groups
        others = [OsUserRow(name, one.uid, one.gid, groups=groups.get(name, ()))
                  for name, one in self.without.entries.items()]  # fmt: skip
        made = list_of_users([*others, user])
        return OsUserList(made.table, made.without, made.besides, self.complete)


def _table(entries: dict[Name, OsUser]) -> OsUserTable:
    return FixedTable.of(NO_OS_USER, entries.items())


_NOBODY = _table({})
UNSAID_USERS = OsUserList(_NOBODY, _NOBODY, NOTHING_MORE, complete=False)
"""Where nothing says which OS users there are."""


def table_of_users(users: Collection[OsUserRow]) -> OsUserTable:
    """A table of OS users. Raises ValueError for a blank name, or one that is listed with different ids."""
    entries = {Name(user.name): _os_user(user.uid, user.gid) for user in users}
    if len(entries) < len(users):
        for user in users:
            if entries[Name(user.name)] != _os_user(user.uid, user.gid):
                raise ValueError(f"OS user {user.name!r} is listed twice with different ids")
    if not all(map(str.strip, entries)) and any(map(is_blank, entries)):  # the first settles most lists, and faster
        raise ValueError("an OS user has a blank name")
    return FixedTable(NO_OS_USER, entries)


@lru_cache(1 << 12)  # few differ, and each is checked as it is made
def _os_user(uid: int | None, gid: int | None) -> OsUser:
    return OsUser(UNSAID_ID if uid is None else PosixId(uid), UNSAID_ID if gid is None else PosixId(gid))


class OsUserLists:
    """Reads the lists of a file, each text that comes again once, as far as those that were read last."""

    KEPT = 1 << 12

    def __init__(self) -> None:
        self._kept: dict[bytes, OsUserList] = {}
        self._met: set[int] = set()
        self._decode = msgspec.json.Decoder(list[OsUserRow] | None).decode

    def read(self, text: msgspec.Raw) -> OsUserList:
        """The list of that text; null says nothing. Raises `msgspec.ValidationError` or ValueError for what is none."""
        key = bytes(text)
        return self._kept.get(key) or self._read(key)

    def _read(self, text: bytes) -> OsUserList:
        users = self._decode(text)
        if users is None:
            return UNSAID_USERS
        plain = text.count(b'":') == len(users) * len(IDS_OF_ONE)
        if not plain and (member := repeated_member(text)):
            raise ValueError(f"the member {member} is given twice")
        found, met = list_of_users(users), hash(text)
        if met not in self._met:  # many never come again, and to keep each would cost more than to read it
            if len(self._met) >= 4 * self.KEPT:
                self._met.clear()
            self._met.add(met)
            return found
        if len(self._kept) >= self.KEPT:
            self._kept.clear()
        self._kept[text] = found = OsUserList(found.table, found.without, found.besides, situations={})
        return found


def list_of_users(users: list[OsUserRow]) -> OsUserList:
    """The list of such rows. Raises ValueError for one of which no table can be made."""
    table = table_of_users(users)
    without = table
    if table.has(SSM_USER):
        without = _table({name: table[name] for name in table if name != SSM_USER})
    groups = {user.name: user.groups for user in users if user.groups}
    return OsUserList(table, without, Circumstances(groups=groups) if groups else NOTHING_MORE)
