"""Known failures: what an implementer has listed as failing, held to it strictly."""

import tomllib
from pathlib import Path

import msgspec

from runas_model.doors import checked
from runas_model.inputs.given import given_text
from runas_model.inputs.records import InputError

__all__ = ["KnownFailure", "read_known_failures"]


class KnownFailure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A vector that is known to fail, with the reason and the URL of an issue."""

    id: str
    reason: str
    issue: str


class File(msgspec.Struct, forbid_unknown_fields=True):
    known: list[KnownFailure] = []


@checked
def read_known_failures(path: str | Path) -> dict[str, KnownFailure]:
    """The known failures in a TOML file, by id: tables `[[known]]`. Raises `InputError` for one that cannot be read."""
    try:
        known = msgspec.convert(tomllib.loads(given_text(path)), File).known
    except OSError as error:
        raise InputError(error.strerror or str(error), file=str(path)) from None
    except (ValueError, RecursionError) as error:
        text, _, where = str(error).partition(" - at `$.")
        raise InputError(text, file=str(path), field=where.rstrip("`")) from None
    by_id: dict[str, KnownFailure] = {}
    for one in known:
        for field in ("id", "reason", "issue"):
            if not getattr(one, field).strip():
                raise InputError("must not be blank", file=str(path), row=one.id, field=field)
        if one.id in by_id:
            raise InputError("the id is listed twice", file=str(path), row=one.id)
        by_id[one.id] = one
    return by_id
