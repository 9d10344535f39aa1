"""Known failures: what an implementer has listed as failing, held to it strictly."""

from pathlib import Path

import msgspec

from runas_model.doors import checked
from runas_model.inputs.records import InputError
from runas_properties.oracle.known_files import read_known

__all__ = ["KnownFailure", "read_known_failures"]


class KnownFailure(msgspec.Struct, frozen=True):
    """A vector that is known to fail, with the reason and the URL of an issue."""

    id: str
    reason: str
    issue: str


@checked
def read_known_failures(path: str | Path) -> dict[str, KnownFailure]:
    """The known failures in a TOML file, by id. Raises `InputError` for one that cannot be read, or that has no ids."""
    known: dict[str, KnownFailure] = {}
    for number, one in enumerate(read_known(path), 1):
        if not one.id:
            problem = "matches recorded decisions; a vector is listed by its id"
            raise InputError(problem, file=str(path), row=f"entry {number}, {one.name}", field="when")
        known[one.id] = KnownFailure(one.id, one.reason, one.issue)
    return known
