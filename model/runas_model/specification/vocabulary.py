"""The nouns of the specification: sorts of names, settings, situations and decisions.

The same classes carry concrete values (``str``, ``bool``, tables) and the terms of other universes. `Situation` and
`OsUser` check the concrete ones that they are made of; other records are made of what was checked where it came in.
"""

from enum import Enum
from typing import NewType, Protocol

import attrs
import msgspec

from runas_model.doors import check_fields, known_as
from runas_model.doors.kinds import KINDS, bounded
from runas_model.universes.syntax import for_every_universe

__all__ = [
    "DEFAULT_REGION",
    "NO_ID",
    "NO_NAME",
    "NO_ROLE_SESSION",
    "POSIX_IDS",
    "PREFERENCES",
    "ROOT",
    "RUN_AS_TAG",
    "SSM_USER",
    "SUPERUSER_ID",
    "Account",
    "Decision",
    "DocumentName",
    "FoldedKey",
    "Instance",
    "ManagedInstance",
    "Name",
    "OsUser",
    "OsUsers",
    "Platform",
    "PosixId",
    "Principal",
    "PrincipalKind",
    "PrincipalRecord",
    "Reason",
    "Region",
    "Request",
    "RoleSession",
    "RuleId",
    "RunningSession",
    "Session",
    "SessionDocument",
    "SessionTag",
    "Situation",
    "Spelling",
    "Switch",
    "Tag",
    "TagKey",
]

Account = NewType("Account", str)
"""Identifies an AWS account."""
Region = NewType("Region", str)
"""Identifies an AWS Region: session documents and managed instances are of an account in one."""
Principal = NewType("Principal", str)
"""Identifies an IAM user or role."""
RoleSession = NewType("RoleSession", str)
"""Identifies a session of an IAM role, credentials that AssumeRole gave out; never reused."""
Instance = NewType("Instance", str)
"""Identifies a managed instance."""
Session = NewType("Session", str)
"""Identifies a session; never reused."""
DocumentName = NewType("DocumentName", str)
"""Name of a session document, one of those of an account in a Region."""
TagKey = NewType("TagKey", str)
"""Key of an IAM tag: one of those that differ in case, and its spelling."""
FoldedKey = NewType("FoldedKey", str)
"""Key of an IAM tag without regard to case: a principal has one tag for each (D4)."""
Spelling = NewType("Spelling", str)
"""How the key of an IAM tag is spelled, capital and small letters as they are."""
Name = NewType("Name", str)
"""Name of an OS user, compared exactly."""
PosixId = NewType("PosixId", int)
"""A uid or gid."""
POSIX_IDS = range(2**32)
"""Every uid and gid that an account may have. The last, (uid_t) -1, is one too, though no process can run with it."""
NO_ID = PosixId(-1)
"""What stands for the uid and gid of an OS user that is not there: no account has it."""
known_as(PosixId, bounded(KINDS[int], f"a uid or gid from {POSIX_IDS[0]} to {POSIX_IDS[-1]}", POSIX_IDS.__contains__))
RuleId = NewType("RuleId", str)
"""Stable id of a rule."""

SSM_USER = Name("ssm-user")
"""The OS user that Session Manager creates for itself (C2)."""
NO_NAME = Name("")
"""What stands for the name of an OS user where none is given."""
ROOT = Name("root")
"""The account that later versions of the Run As page do not support (D8)."""
RUN_AS_TAG = TagKey("SSMSessionRunAs")
"""Key of the tag that names the OS user of a principal (C3)."""
PREFERENCES = DocumentName("SSM-SessionManagerRunShell")
"""The session document that holds the preferences: for each session that names no other (C5, D5, D6)."""
DEFAULT_REGION = Region("us-east-1")
"""The Region that is meant where an operation names none."""
NO_ROLE_SESSION = RoleSession("")
"""What stands for a role session where there is none: a user, or a role that acts as one without session tags."""
SUPERUSER_ID = PosixId(0)
"""The uid of root, and the gid of its group."""


class Platform(Enum):
    """Operating system of a managed instance."""

    LINUX = "linux"
    MACOS = "macos"
    WINDOWS = "windows"


class Switch(Enum):
    """What `runAsEnabled` says in a session document: on, off, or something that is not a truth value (C13, D12).

    The values are what the protocol sends: true, false, or the word.
    """

    ON = True
    OFF = False
    UNREADABLE = "unreadable"

    def __str__(self) -> str:
        return self.name.lower()

    def __bool__(self) -> bool:
        raise TypeError("a switch is on, off or unreadable: compare it with Switch.ON")


class PrincipalKind(Enum):
    """What kind of IAM identity a principal is; makes no difference to the decision (C3)."""

    USER = "user"
    ROLE = "role"


class Reason(Enum):
    """Why a session is refused."""

    PREFERENCES_UNREADABLE = "preferences-unreadable"
    SSM_USER_NAMED = "ssm-user-named"
    SUPERUSER_NAMED = "superuser-named"
    OS_USER_MISSING = "os-user-missing"
    NOBODY_NAMED = "nobody-named"


@attrs.frozen
class OsUser:
    """An account in an instance's operating system.

    Raises TypeError for a uid or gid that is no whole number, and ValueError for one that is not in `POSIX_IDS`, except
    `NO_ID`, with which a table says that there is no OS user.
    """

    uid: PosixId
    gid: PosixId

    @for_every_universe
    def __attrs_post_init__(self) -> None:
        if not (self.uid.__class__ is self.gid.__class__ is int and self.uid in POSIX_IDS and self.gid in POSIX_IDS):
            check_fields(self, but=NO_ID)


class OsUsers(Protocol):
    """The OS users of one instance: a table from name to `OsUser`."""

    def has(self, name: Name) -> bool:
        """Whether an OS user of exactly this name exists."""
        ...

    def __getitem__(self, name: Name) -> OsUser: ...


@attrs.frozen
class SessionDocument:
    """What a session document says of Run As, the preferences one of them (C5, C13, D6, D12).

    A blank default OS user means none (C14). If the document declares it as a parameter, whoever starts a session may
    fill it, and `default_user` is what it is where nobody does (D7).
    """

    run_as_enabled: Switch
    default_user: Name
    declares_parameter: bool


@attrs.frozen
class Tag:
    """A tag on a principal: how its key was last spelled, and its value (D4)."""

    spelling: Spelling
    value: Name


@attrs.frozen
class SessionTag:
    """A tag of a role session: how its key is spelled, its value, and if chained sessions inherit it (D1 to D3)."""

    spelling: Spelling
    value: Name
    transitive: bool


@attrs.frozen
class PrincipalRecord:
    """The properties of a principal, except its tags."""

    account: Account
    kind: PrincipalKind


@attrs.frozen
class ManagedInstance:
    """The properties of a managed instance, except its OS users."""

    account: Account
    platform: Platform
    region: Region


@attrs.frozen
class Request:
    """What the start of a session asks for: who, where, with which session document and in which role session.

    A principal that is in no role session asks in `NO_ROLE_SESSION`. `filled` says whether a parameter is given, and
    `parameter` is its value then; it means nothing otherwise.
    """

    principal: Principal
    instance: Instance
    document: DocumentName
    role_session: RoleSession
    filled: bool = False
    parameter: Name = NO_NAME


@attrs.frozen
class RunningSession:
    """A session from start to termination, with the facts at its start, as in an audit record.

    `account` is the principal's; `run_as_applied` whether Run As was on and covered the platform; `os_user_present`
    whether the OS user was on the instance when the session's shell came up. That `os_user` is never None is a law.
    """

    principal: Principal
    account: Account
    os_user: Name | None
    rule: RuleId
    run_as_applied: bool
    os_user_present: bool


@attrs.frozen(slots=False)
class Situation:
    """Everything a decision depends on besides the reading.

    `tagged` says that the caller has a tag whose key is that of the Run As tag in some case, its role session or else
    the principal; `tag_key_exact` that the key is spelled exactly so; `tag` is its value. `tag`, `tag_blank` and
    `tag_key_exact` mean something only where `tagged`, `default_user` only where `default_named`. Make one with
    `runas_model.situation` or, from a state, with `runas_model.situation_of`. Raises TypeError for a field of a wrong
    kind, and ValueError for a text that is no platform or switch.
    """

    platform: Platform
    run_as_enabled: Switch
    tagged: bool
    tag_key_exact: bool
    tag: Name
    tag_blank: bool
    default_named: bool
    default_user: Name
    os_users: OsUsers

    @for_every_universe
    def __attrs_post_init__(self) -> None:
        check_fields(self)


class Decision(msgspec.Struct, frozen=True):  # made five times as fast as by attrs, and decide() makes many
    """The rule that decided, and either the OS user that the session runs as or the reason for refusing."""

    rule: RuleId
    starts: bool
    os_user: Name | None
    reason: Reason | None
