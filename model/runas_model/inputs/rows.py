"""What a recorded decision looks like in a file: its members, and the types that they must have.

A plain `Row` has what most records have. A `FullRow` may also tell how the session was asked for, how the
implementation ran, and what sort of refusal came; its settings are raw JSON of whatever type.

A member that is left out says nothing: what it would say is unknown. An UNSET stands for it where None says something.
"""

from typing import Annotated, Any, TypeAlias

import msgspec
from msgspec import UNSET, Meta, UnsetType

from runas_model.specification.vocabulary import POSIX_IDS

__all__ = [
    "NO_LIST",
    "AgentUser",
    "FullOutcome",
    "FullRow",
    "Group",
    "Heading",
    "Id",
    "OsUserRow",
    "Outcome",
    "Row",
]

Id: TypeAlias = Annotated[int, Meta(ge=0, le=POSIX_IDS[-1])]
"""A uid or gid."""
NO_LIST = msgspec.Raw()
"""Of a row that lists no OS users."""


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A group of an OS user; a name of None: the instance has no name for the gid."""

    gid: Id
    name: str | None


class OsUserRow(msgspec.Struct, forbid_unknown_fields=True):
    """An OS user; `groups` are all that it is in, the primary one first, where the record tells them."""

    name: str
    uid: Id | None = None
    gid: Id | None = None
    note: str = ""
    groups: tuple[Group, ...] = ()


class Outcome(msgspec.Struct, forbid_unknown_fields=True):
    started_as: str | None = None
    uid: Id | None = None
    refused: str | None = None


class Row(msgspec.Struct, forbid_unknown_fields=True):
    """What most records have; `os_users` are read later, since many rows have the same."""

    id: str
    outcome: Outcome
    run_as_enabled: bool | str | UnsetType | None = UNSET
    tag: str | UnsetType | None = UNSET
    default_user: str | UnsetType | None = UNSET
    ssm_user_present: bool | None = None
    created: tuple[str, ...] | None = None
    platform: str | None = None
    os_users: msgspec.Raw = NO_LIST


class FullOutcome(msgspec.Struct, forbid_unknown_fields=True, rename={"sort": "class"}):
    """One of `started_as`, `refused` and `unreadable`; `sort` is the class of what was not started.

    `os_user` is whose uid the started process has, None where the uid is nobody's, left out where it is `started_as`.
    """

    started_as: str | None = None
    refused: str | None = None
    unreadable: str | None = None
    uid: Id | None = None
    gid: Id | None = None
    groups: tuple[Id, ...] = ()
    home: str = ""
    os_user: str | UnsetType | None = UNSET
    sort: str = ""


class AgentUser(msgspec.Struct, forbid_unknown_fields=True):
    """The OS user that the implementation ran as, with its environment."""

    name: str | None
    uid: Id
    gid: Id
    environment: dict[str, str] = {}


class FullRow(msgspec.Struct, forbid_unknown_fields=True):
    """All that a record may have; a session is a plain shell where nothing says otherwise."""

    id: str
    outcome: FullOutcome
    run_as_enabled: Any = UNSET
    tag: Any = UNSET
    default_user: Any = UNSET
    ssm_user_present: bool | None = None
    created: tuple[str, ...] | None = None
    platform: str | None = None
    os_users: msgspec.Raw = NO_LIST
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
    """What a file says of all its rows: the OS users and the platform, where a row does not say its own."""

    os_users: list[OsUserRow] | None = None
    platform: str | None = None
