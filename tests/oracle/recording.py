"""Recorded decisions for tests, made as a reader makes them."""

import json
from typing import Any

from runas_model import AGENT, Reading, decide
from runas_model.inputs.recorded import Assembler, Recorded
from runas_model.inputs.rows import Group, OsUserRow
from runas_properties.oracle.departures import Departure
from runas_properties.oracle.known import kind_of
from runas_properties.oracle.known_files import read_known
from runas_properties.oracle.recorded import AGENT_KNOWN

__all__ = ["USERS", "departure", "kind", "recorded"]


def user(name: str, uid: int, gid: int | None = None, *groups: str | None) -> OsUserRow:
    gid = uid if gid is None else gid
    named = groups or (name,)
    return OsUserRow(name, uid, gid, groups=tuple(Group(gid + at, group) for at, group in enumerate(named)))


USERS = [
    user("root", 0),
    user("alice", 2001),
    user("alias", 2001, 2001, "alice"),
    user("bob", 2002),
    user("2002", 2031),
    user("o'neil", 2045),
    user("john doe", 2038),
    user("-dash", 2039),
    user("dora", 2011, 2911, None),
    user("carla", 2010, 2010, "carla", "ops, emea"),
    user("cosmo", 2056, 2056, "cosmo", "ops,27(sudo)"),
    user("minusone", 2**32 - 1, 2059),
    user("ssm-user", 2009),
]


def recorded(seen: str | int | None, /, *, tag: str | None = None, default: str | None = None, **more: Any) -> Recorded:
    """A decision with Run As on; what was `seen` is a uid, an OS user's name, or a refusal: None, or `!` and its class.

    What was started is recorded under the name that was given.
    """
    outcome: dict[str, Any] = {"refused": "no"}
    if isinstance(seen, str) and seen.startswith("!"):
        outcome["class"] = seen[1:]
    elif seen is not None:
        uid = seen if isinstance(seen, int) else {one.name: one.uid for one in USERS}[seen]
        outcome = {"started_as": (tag or default) if more.get("run_as_enabled", True) else "ssm-user", "uid": uid}
    row = {"id": "r-1", "run_as_enabled": True, "tag": tag, "default_user": default, "outcome": outcome, "family": "x"}
    found = Assembler(USERS, "a.json")(json.dumps({**row, **more}), "line", 1)
    assert isinstance(found, Recorded), found
    return found


def departure(row: Recorded, reading: Reading = AGENT) -> Departure:
    return Departure(row, decide(row.situation, reading), reading)


AGENT_LIST = read_known(AGENT_KNOWN)


def kind(row: Recorded) -> str | None:
    """The kind of departure of amazon-ssm-agent that explains a row."""
    entry = kind_of(departure(row), AGENT_LIST)
    return entry.kind if entry else None
