"""What a recorded decision looks like in a file: its members, and the types that they must have.

A plain `Row` has what most records have. A `FullRow` may also tell how the session was asked for, how the
implementation ran, and what sort of refusal came; its settings are raw JSON of whatever type.
"""

from typing import Any

import msgspec
from msgspec import UNSET, UnsetType

__all__ = ["FullOutcome", "FullRow", "Group", "Heading", "OsUserRow", "Outcome", "Row"]


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A group of an OS user; a name of None: the instance has no name for the gid."""

    gid: int
    name: str | None


class OsUserRow(msgspec.Struct, forbid_unknown_fields=True):
    """An OS user; `groups` are all that it is in, the primary one first, where the record tells them."""

    name: str
    uid: int
    gid: int
    note: str = ""
    groups: tuple[Group, ...] = ()


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


class FullOutcome(msgspec.Struct, forbid_unknown_fields=True, rename={"sort": "class"}):
    """One of `started_as`, `refused` and `unreadable`; `sort` is the class of what was not started.

    `os_user` is whose uid the started process has, None where the uid is nobody's, left out where it is `started_as`.
    """

    started_as: str | None = None
    refused: str | None = None
    unreadable: str | None = None
    uid: int | None = None
    gid: int | None = None
    groups: tuple[int, ...] = ()
    home: str = ""
    os_user: str | UnsetType | None = UNSET
    sort: str = ""


class AgentUser(msgspec.Struct, forbid_unknown_fields=True):
    name: str | None
    uid: int
    gid: int
    environment: dict[str, str] = {}


class FullRow(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    run_as_enabled: Any
    tag: Any
    default_user: Any
    outcome: FullOutcome
    ssm_user_present: bool | None = None
    created: tuple[str, ...] = ()
    platform: str = "linux"
    os_users: list[OsUserRow] | None = None
    ssm_user: OsUserRow | None = None
    family: str = ""
    absent: tuple[str, ...] = ()
    session_type: str = "Standard_Stream"
    elevated: Any = False
    container_mode: bool = False
    agent: AgentUser | None = None
    inputs: Any = UNSET
    document: Any = UNSET
    properties: Any = UNSET
    parameters: Any = UNSET
    document_parameters: Any = UNSET
    conditions: tuple[str, ...] = ()
    sh: str = ""
    id_program: str = ""
    sudoers: str = ""
    home_not_made: bool = False


class Heading(msgspec.Struct):
    os_users: list[OsUserRow]
