"""Readers of external data: situations from plain values, recorded decisions and stories from JSON and JSON Lines.

A row that cannot be read is reported and skipped; a file that cannot is an `InputError` that says where.

May import `specification` and `universes`.
"""

from typing import TYPE_CHECKING

from runas_model.faces import when_asked

if TYPE_CHECKING:
    from runas_model.inputs.calls import CallRead, read_calls
    from runas_model.inputs.observed import Outside
    from runas_model.inputs.recorded import CannotBeRead, Recorded, RecordedOutside
    from runas_model.inputs.records import InputError, implementation_recorded, read_recorded
    from runas_model.inputs.situations import NO_OS_USER, OsUserTable, os_users, situation
else:
    __getattr__ = when_asked(__name__)

__all__ = [
    "situation",
    "os_users",
    "OsUserTable",
    "NO_OS_USER",
    "Recorded",
    "RecordedOutside",
    "Outside",
    "CannotBeRead",
    "read_recorded",
    "read_calls",
    "CallRead",
    "implementation_recorded",
    "InputError",
]
