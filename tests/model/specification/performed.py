"""Calls that tests of operations make, and the state after some of them."""

from typing import Any

from runas_model import DEFAULT, INITIAL, RUN_AS_TAG, Platform, State, apply
from runas_model.specification.vocabulary import PrincipalKind

__all__ = [
    "AMY",
    "ASSUME",
    "CHAIN",
    "DECLARES",
    "END",
    "HOST",
    "IN_ROLE",
    "ON",
    "OPS",
    "OPS_ROLE",
    "PASS",
    "START",
    "TAG",
    "perform",
]


def perform(*steps: tuple[str, dict[str, Any]]) -> State:
    state = INITIAL
    for operation, arguments in steps:
        state, _ = apply(operation, state, DEFAULT, **arguments)
    return state


AMY = ("create_principal", {"principal": "amy", "account": "1", "kind": PrincipalKind.USER})
HOST = ("register_instance", {"instance": "i-1", "account": "1", "platform": Platform.LINUX})
ON = ("update_preferences", {"account": "1", "run_as_enabled": True, "default_user": "ops"})
DECLARES = ("put_document", {**ON[1], "document": "Ops", "declares_parameter": True})
OPS = ("create_os_user", {"instance": "i-1", "name": "ops", "uid": 7, "gid": 7})
START = ("start_session", {"session": "s-1", "principal": "amy", "instance": "i-1"})
TAG = ("tag_principal", {"principal": "amy", "key": RUN_AS_TAG, "value": "alice"})

OPS_ROLE = ("create_principal", {"principal": "OpsRole", "account": "1", "kind": PrincipalKind.ROLE})
ASSUME = ("assume_role", {"principal": "OpsRole", "role_session": "r-1"})
CHAIN = ("assume_role", {"principal": "OpsRole", "role_session": "r-2", "source": "r-1"})
PASS = ("assume_role_with_tag", {**ASSUME[1], "key": RUN_AS_TAG, "value": "alice", "transitive": True})
END = ("end_role_session", {"role_session": "r-1"})
IN_ROLE = ("start_session", {**START[1], "principal": "OpsRole", "role_session": "r-1"})
