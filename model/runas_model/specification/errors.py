"""Errors of operations: each names the requirement that was not met. The state does not change."""

__all__ = [
    "ERRORS",
    "AlreadyExists",
    "BlankOsUserName",
    "DifferentAccounts",
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
    """

    text = "the operation is not possible"
    required = "the operation to be possible"

    def __init__(self, *subject: str) -> None:
        super().__init__(*subject)
        self.subject = subject

    def __str__(self) -> str:
        return f"{self.text}: {', '.join(map(repr, self.subject))}"


class AlreadyExists(OperationError):
    """Something with this name already exists."""


class UnknownPrincipal(OperationError):
    text = "no such principal"
    required = "the principal to exist"


class UnknownTag(OperationError):
    text = "the principal has no tag with this key"
    required = "the principal to have a tag with this key"


class UnknownInstance(OperationError):
    text = "no such managed instance"
    required = "the instance to be registered"


class UnknownOsUser(OperationError):
    text = "no such OS user on the instance"
    required = "the OS user to exist on the instance"


class UnknownSession(OperationError):
    text = "no such running session"
    required = "the session to be running"


class PrincipalExists(AlreadyExists):
    text = "the principal already exists"
    required = "the principal not to exist yet"


class InstanceExists(AlreadyExists):
    text = "the managed instance is already registered"
    required = "the instance not to be registered yet"


class OsUserExists(AlreadyExists):
    text = "the OS user already exists on the instance"
    required = "the OS user not to exist on the instance yet"


class SessionIdUsed(AlreadyExists):
    text = "the session id was used before"
    required = "the session id never to have been used"


class BlankOsUserName(OperationError):
    text = "the name of an OS user must not be blank"
    required = "the name of the OS user not to be blank"


class DifferentAccounts(OperationError):
    text = "the principal and the managed instance belong to different accounts"
    required = "the principal and the instance to belong to the same account"


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
)
