"""How sessions end, on the page of where tag and preferences come from: found by performing the operations."""

from collections.abc import Iterable
from typing import Any

from runas_model import INITIAL, SSM_USER, apply
from runas_model.specification.errors import OperationError

__all__ = ["ACCOUNT", "OS_USERS", "Calls", "cell", "host", "how_it_ends"]

Calls = tuple[tuple[str, dict[str, Any]], ...]
ACCOUNT = {"account": "111111111111"}
OS_USERS = ("alice", "bob", "ops", "dba", "carol")
"""Those on the instance."""


def host() -> Calls:
    """An instance that runs Linux, on which everybody exists who is named."""
    machine = ("register_instance", {"instance": "i-1", "platform": "linux", **ACCOUNT})
    users = (("create_os_user", {"instance": "i-1", "name": name, "uid": 1000, "gid": 1000}) for name in OS_USERS)
    return machine, *users


def how_it_ends(calls: Iterable[tuple[str, dict[str, Any]]]) -> str:
    """The OS user that a session runs as which the last call requests, or why it is refused, or the error that a call
    met, which is the last one then. Raises ValueError where the last call is no start of a session.
    """
    state, decision = INITIAL, None
    for operation, arguments in calls:
        try:
            state, decision = apply(operation, state, **arguments)
        except OperationError as error:
            return type(error).__name__
    if decision is None:
        raise ValueError("the last call has to request a session")
    return decision.os_user or (decision.reason.value if decision.reason else "")


def cell(end: str) -> str:
    """How it ends, marked as a start or as none."""
    return f"[✓ {end}]{{.starts}}" if end in (SSM_USER, *OS_USERS) else f"[✗ {end}]{{.refused}}"
