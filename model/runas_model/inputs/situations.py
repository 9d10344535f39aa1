"""Situations from plain values: the edge at which names are looked at."""

from collections.abc import Iterable
from typing import TypeAlias

from runas_model.specification.vocabulary import Name, OsUser, Platform, PosixId, Situation
from runas_model.universes.tables import FixedTable, Table

__all__ = ["NO_OS_USER", "OsUserTable", "os_users", "situation"]

NO_OS_USER = OsUser(PosixId(-1), PosixId(-1))
"""What a table of OS users gives for a name that nobody has."""

OsUserTable: TypeAlias = FixedTable[Name, OsUser]
"""The OS users of an instance, known beforehand."""


def os_users(users: Iterable[str | tuple[str, int, int]]) -> OsUserTable:
    """A table of OS users from names, or from (name, uid, gid); a bare name is an ordinary OS user."""
    triples = ((user, 1000, 1000) if isinstance(user, str) else user for user in users)
    return FixedTable.of(NO_OS_USER, ((Name(name), OsUser(PosixId(uid), PosixId(gid))) for name, uid, gid in triples))


def situation(
    *,
    run_as_enabled: bool,
    tag: str | None = None,
    default_user: str | None = None,
    users: Iterable[str | tuple[str, int, int]] | FixedTable[Name, OsUser] | Table[Name, OsUser] = (),
    platform: Platform = Platform.LINUX,
) -> Situation:
    """A situation: `tag` is the value of the Run As tag, None where there is none; a blank `default_user` is none."""
    table = users if isinstance(users, FixedTable | Table) else os_users(users)
    tag_name, default_name = Name(tag or ""), Name(default_user or "")
    return Situation(
        platform,
        run_as_enabled,
        tag is not None,
        tag_name,
        not tag_name.strip(),
        bool(default_name.strip()),
        default_name,
        table,  # in the order of the fields: keywords would cost a tenth of the time of a check
    )
