"""Situations from plain values: the edge at which names are looked at."""

from collections.abc import Iterable
from typing import TypeAlias

from runas_model.specification.vocabulary import (
    RUN_AS_TAG,
    Name,
    OsUser,
    Platform,
    PosixId,
    Situation,
    Switch,
)
from runas_model.universes.connectives import folded, is_blank
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
    run_as_enabled: bool | Switch,
    tag: str | None = None,
    tag_key: str = RUN_AS_TAG,
    default_user: str | None = None,
    users: Iterable[str | tuple[str, int, int]] | FixedTable[Name, OsUser] | Table[Name, OsUser] = (),
    platform: Platform = Platform.LINUX,
) -> Situation:
    """A situation: `tag` is the value of the Run As tag, None where there is none; a blank `default_user` is none.

    `tag_key` is the tag's key as it is spelled. Raises ValueError for one that is not SSMSessionRunAs in some case.
    """
    if tag_key != RUN_AS_TAG and folded(tag_key) != folded(RUN_AS_TAG):
        raise ValueError(f"{tag_key!r} is not the key of a Run As tag; use {RUN_AS_TAG} in any case")
    table = users if isinstance(users, FixedTable | Table) else os_users(users)
    tag_name, default_name = Name(tag or ""), Name(default_user or "")
    return Situation(
        platform,
        run_as_enabled if isinstance(run_as_enabled, Switch) else Switch(run_as_enabled),
        tag is not None,
        tag_key == RUN_AS_TAG,
        tag_name,
        is_blank(tag_name),
        not is_blank(default_name),
        default_name,
        table,  # in the order of the fields: keywords would cost a tenth of the time of a check
    )
