"""What can be wrong with an operation. Each error names what was missing; the state stays as it was."""

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
    """An operation was asked of something that is not there, or is there already; nothing changed."""

    text = "cannot be done"

    def __init__(self, *subject: str) -> None:
        super().__init__(*subject)
        self.subject = subject

    def __str__(self) -> str:
        return f"{self.text}: {', '.join(map(repr, self.subject))}"


class AlreadyExists(OperationError):
    """Something of that name is there already."""


class UnknownPrincipal(OperationError):
    text = "no such principal"


class UnknownTag(OperationError):
    text = "the principal has no tag with this key"


class UnknownInstance(OperationError):
    text = "no such managed instance"


class UnknownOsUser(OperationError):
    text = "no such OS user on the instance"


class UnknownSession(OperationError):
    text = "no such running session"


class PrincipalExists(AlreadyExists):
    text = "the principal exists already"


class InstanceExists(AlreadyExists):
    text = "the managed instance is registered already"


class OsUserExists(AlreadyExists):
    text = "the OS user exists already on the instance"


class SessionIdUsed(AlreadyExists):
    text = "the session id was used before"


class BlankOsUserName(OperationError):
    text = "an OS user needs a name that is not blank"


class DifferentAccounts(OperationError):
    text = "the principal and the managed instance belong to different accounts"


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
