"""What `runas-spec tell --json` prints, in types: a line for each step of a story, then one for its end.

`python -m runas_cli.told FOLDER` writes their JSON Schema to a folder.
"""

import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from runas_properties.conformance.protocol.messages import definitions

__all__ = ["NAME", "Decided", "End", "Met", "Running", "Skipped", "Told", "told_schema"]

NAME = "tell.schema.json"


class Skipped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rule that did not match, and why."""

    rule: str
    because: tuple[str, ...]


class Decided(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision with its explanation.

    `runas-spec decide --json` prints these members too, with `whose_tag` for `--session-tag`, `repairs` for `--repair`.
    """

    starts: bool
    os_user: str | None
    reason: str | None
    rule: str
    because: tuple[str, ...]
    passed_over: tuple[Skipped, ...]
    clauses: tuple[str, ...]
    reading: dict[str, str]


class Met(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An error that a call met, in words, and the arguments that it is about: nothing changed."""

    name: str
    text: str
    about: dict[str, str]


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step: the line of the file that it stands in, what stands there, and how it ended.

    `changes` are what it changed, in words. `sessions` (the running ones, each with its OS user) and `os_users` are
    there for a step that asks for them, `decision` for the start of a session and for a question. `whose_tag` is there
    for a start in a role session: whether the role session or the role has the Run As tag, in words; `whose_default`
    for one by a document that declares a parameter: whether the caller fills it, in words.
    """

    step: int
    line: int
    call: dict[str, Any]
    changes: tuple[str, ...] = ()
    error: Met | None = None
    decision: Decided | None = None
    sessions: dict[str, str | None] | None = None
    os_users: tuple[str, ...] | None = None
    whose_tag: str | None = None
    whose_default: str | None = None


class Running(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A session that is running: whose it is, where, as which OS user, and by which rule it was started.

    `role_session` is the one in which it was started, null where in none.
    """

    session: str
    instance: str
    principal: str
    os_user: str | None
    rule: str
    role_session: str | None


class End(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The last line: how many steps there were, under which reading, and the sessions that are running then."""

    steps: int
    reading: dict[str, str]
    sessions: tuple[Running, ...]


def told_schema() -> dict[str, Any]:
    """The schema of a line."""
    kinds = definitions(Told, End)
    for kind in kinds.values():
        kind["required"] = list(kind["properties"])
        for member in kind["properties"].values():
            member.pop("default", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What runas-spec tell --json prints: a line of JSON Lines",
        "anyOf": [{"$ref": f"#/$defs/{one.__name__}"} for one in (Told, End)],
        "$defs": kinds,
    }


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(str(files("runas_cli")))
    (folder / NAME).write_text(f"{json.dumps(told_schema(), indent=1)}\n", "utf-8")
