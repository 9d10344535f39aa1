"""Errors of operations: each names the requirement that was not met. The state does not change."""

from typing import ClassVar

from runas_model.universes.syntax import for_every_universe

__all__ = [
    "ERRORS",
    "AlreadyExists",
    "BlankOsUserName",
    "DifferentAccounts",
    "InvalidDocument",
    "InvalidParameters",
    "NotARole",
    "UnknownRoleSession",
    "ExpiredToken",
    "RoleSessionIdUsed",
    "TransitiveTagRepeated",
    "OperationError",
    "OsUserExists",
    "PrincipalExists",
    "InstanceExists",
    "SessionIdUsed",
    "UnknownInstance",
    "UnknownOsUser",
    "UnknownPrincipal",
    "UnknownSession",
    "UnknownTag",
]


class OperationError(Exception):
    """An operation whose requirement is not met: something does not exist, or already exists. Nothing changed.

    `text` says what was wrong, and `required` what the operation requires: `UnknownPrincipal` the principal to exist.
    `about` are the arguments of the operation that it names, its `subject`, in order.
    """

    about: ClassVar[tuple[str, ...]] = ()

    text = "the operation is not possible"
    required = "the operation to be possible"

    @for_every_universe
    def __init__(self, *subject: str) -> None:
        super().__init__(*subject)
        self.subject = subject

    def __str__(self) -> str:
        return f"{self.text}: {', '.join(map(repr, self.subject))}"


class AlreadyExists(OperationError):
    """Something with this name already exists."""


class UnknownPrincipal(OperationError):
    about = ("principal",)
    text = "no such principal"
    required = "the principal to exist"


class UnknownTag(OperationError):
    about = ("principal", "key")
    text = "the principal has no tag with this key"
    required = "the principal to have a tag with this key"


class UnknownInstance(OperationError):
    about = ("instance",)
    text = "no such managed instance"
    required = "the instance to be registered"


class UnknownOsUser(OperationError):
    about = ("instance", "name")
    text = "no such OS user on the instance"
    required = "the OS user to exist on the instance"


class UnknownSession(OperationError):
    about = ("session",)
    text = "no such running session"
    required = "the session to be running"


class PrincipalExists(AlreadyExists):
    about = ("principal",)
    text = "the principal already exists"
    required = "the principal not to exist yet"


class InstanceExists(AlreadyExists):
    about = ("instance",)
    text = "the managed instance is already registered"
    required = "the instance not to be registered yet"


class OsUserExists(AlreadyExists):
    about = ("instance", "name")
    text = "the OS user already exists on the instance"
    required = "the OS user not to exist on the instance yet"


class SessionIdUsed(AlreadyExists):
    about = ("session",)
    text = "the session id was used before"
    required = "the session id never to have been used"


class BlankOsUserName(OperationError):
    about = ("name",)
    text = "the name of an OS user must not be blank"
    required = "the name of the OS user not to be blank"


class DifferentAccounts(OperationError):
    about = ("principal", "instance")
    text = "the principal and the managed instance belong to different accounts"
    required = "the principal and the instance to belong to the same account"


class InvalidDocument(OperationError):
    about = ("document",)
    text = "no such session document in the account and Region"
    required = "the session document to exist in the account and Region"


class InvalidParameters(OperationError):
    about = ("document",)
    text = "the session document declares no parameter"
    required = "the session document to declare the parameter that is given"


class NotARole(OperationError):
    about = ("principal",)
    text = "the principal is no role"
    required = "the principal to be a role"


class UnknownRoleSession(OperationError):
    about = ("role_session",)
    text = "no such role session, or none of the principal that starts a session in it"
    required = "the role session that is used to have begun, and a session that starts in it to be its role's"


class ExpiredToken(OperationError):
    about = ("role_session",)
    text = "the role session has ended"
    required = "the role session that is used not to have ended"


class RoleSessionIdUsed(AlreadyExists):
    about = ("role_session",)
    text = "the id of the role session was used before, or is empty"
    required = "the id of the role session never to have been used, and not to be empty"


class TransitiveTagRepeated(OperationError):
    """A session tag that is passed repeats an inherited one; AWS answers with the code InvalidParameterValue."""

    about = ("key",)
    text = "the role session inherits a transitive session tag with this key"
    required = "the role session not to inherit a transitive session tag with this key"


ERRORS = (
    UnknownPrincipal,
    UnknownTag,
    UnknownInstance,
    UnknownOsUser,
    UnknownSession,
    PrincipalExists,
    InstanceExists,
    OsUserExists,
    SessionIdUsed,
    BlankOsUserName,
    DifferentAccounts,
    InvalidDocument,
    InvalidParameters,
    NotARole,
    UnknownRoleSession,
    ExpiredToken,
    RoleSessionIdUsed,
    TransitiveTagRepeated,
)
