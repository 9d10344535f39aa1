"""What an implementation of the whole machine is asked and answers, in plain values."""

from collections.abc import Callable, Collection, Mapping
from enum import Enum
from typing import Any, Protocol

import attrs

from runas_model.doors import checked
from runas_model.specification.operations import OPERATIONS, operation_named
from runas_model.specification.readings import Reading

__all__ = [
    "Arguments",
    "Done",
    "Factory",
    "Failed",
    "Implementation",
    "Outcome",
    "Plain",
    "Refused",
    "Started",
    "asked",
    "plain",
]

Plain = str | bool | int
"""A plain value of an argument."""
Arguments = Mapping[str, Any]
"""Plain values by the names that the model's operation gives its parameters; enumerated ones by their value."""


@attrs.frozen
class Started:
    """A session started, as this OS user."""

    os_user: str


@attrs.frozen
class Refused:
    """The session was refused; the reason is a value of `runas_model.Reason`, or None if not reported."""

    reason: str | None = None


@attrs.frozen
class Done:
    """An operation other than the start of a session succeeded."""


@attrs.frozen
class Failed:
    """The operation failed and changed nothing; `error` is the class name of an `OperationError`."""

    error: str


Outcome = Started | Refused | Done | Failed
"""What an operation comes to."""


class Implementation(Protocol):
    """An implementation under test. Like `runas_model.INITIAL`, it starts without principals and instances."""

    def apply(self, operation: str, arguments: Arguments) -> Outcome:
        """Perform an operation of `runas_model.OPERATIONS`."""
        ...

    def sessions(self) -> Mapping[str, str]:
        """The OS user of each running session, by the session's id."""
        ...

    def os_users(self) -> Mapping[str, Collection[str]]:
        """The names of the OS users on each instance; an instance without OS users may be omitted."""
        ...


Factory = Callable[[Reading], Implementation]
"""Makes a fresh implementation that follows a reading."""


class Asked(dict[str, Any]):
    """The arguments of an operation as plain values, which `asked` has checked.

    One that may be left out is not there where it is what is meant then.
    """


def asked(operation: str, arguments: Arguments) -> Asked:
    """The arguments of an operation that there is, checked, as plain values; those checked before stay as they are.

    Raises TypeError or ValueError for an operation or an argument as `runas_model.apply` does.
    """
    if type(arguments) is Asked:
        return arguments
    return of_members(operation, operation_named(operation).with_members(arguments))


def of_members(operation: str, members: Arguments) -> Asked:
    """Arguments of an operation that were checked, enumerated ones as members, as plain values."""
    said = OPERATIONS[operation].said(members)
    return Asked({name: value.value if isinstance(value, Enum) else value for name, value in said.items()})


@checked
def plain(operation: str, arguments: Arguments) -> dict[str, Plain]:
    """The arguments of an operation as plain values, without those that may be left out and are what is meant then.

    Raises TypeError for no text, and ValueError for an operation that there is not.
    """
    return dict(of_members(operation_named(operation).id, arguments))
