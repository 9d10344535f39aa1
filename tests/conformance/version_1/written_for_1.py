"""Implementations as they were written for version 1 of the protocol: they refuse every word that it did not have."""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from runas_model import AGENT, Reading
from runas_properties.conformance.targets.adapters import Stepwise
from runas_properties.conformance.targets.commands import CommandTarget
from runas_properties.conformance.targets.target import PythonTarget
from runas_properties.gallery.implementations import FAULTS
from runas_properties.implementations import DictService, Implementation, Outcome

__all__ = ["Service", "command", "decision", "faulty_service", "process", "service", "trimming", "unsaid"]

QUESTION = {"operation", "run_as_enabled", "default_user", "tag", "platform", "os_users"}
ARGUMENTS = {
    "create_principal": {"principal", "account", "kind"},
    "delete_principal": {"principal"},
    "tag_principal": {"principal", "key", "value"},
    "untag_principal": {"principal", "key"},
    "update_preferences": {"account", "run_as_enabled", "default_user"},
    "register_instance": {"instance", "account", "platform"},
    "deregister_instance": {"instance"},
    "create_os_user": {"instance", "name", "uid", "gid"},
    "delete_os_user": {"instance", "name"},
    "start_session": {"session", "principal", "instance"},
    "terminate_session": {"session"},
}
"""Every operation of version 1, with all its arguments."""


def refuse_what_is_new(operation: str, arguments: Mapping[str, Any]) -> None:
    if ARGUMENTS.get(operation) != {*arguments}:
        raise ValueError(f"unknown operation or argument: {operation} {sorted(arguments)}")
    if "run_as_enabled" in arguments and not isinstance(arguments["run_as_enabled"], bool):
        raise ValueError("run_as_enabled must be true or false")


class Service(DictService):
    """The whole machine: two keys that differ in case are two keys, and white space is what Python says."""

    def apply(self, operation: str, arguments: Mapping[str, Any]) -> Outcome:
        refuse_what_is_new(operation, arguments)
        key = arguments.get("key")
        if key is not None and key != "SSMSessionRunAs":
            arguments = {**arguments, "key": key.encode().hex()}
        return super().apply(operation, arguments)

    def is_blank(self, name: str) -> bool:
        return not name.strip()


class Adapter(Stepwise):
    protocol = 1


def service(reading: Reading = AGENT) -> PythonTarget:
    return PythonTarget(lambda: Adapter(Service(reading)), "written for 1")


class Refusing:
    """An implementation of the gallery behind the words of version 1."""

    def __init__(self, of: Implementation) -> None:
        self.of = of
        self.sessions, self.os_users = of.sessions, of.os_users

    def apply(self, operation: str, arguments: Mapping[str, Any]) -> Outcome:
        refuse_what_is_new(operation, arguments)
        return self.of.apply(operation, arguments)


def faulty_service(fault: str) -> PythonTarget:
    return PythonTarget(lambda: Adapter(Refusing(FAULTS[fault].make(AGENT))), fault)


def decided(question: Mapping[str, Any]) -> str | None:
    """The decision, with blank tags that name nobody, and superusers and macOS as the source text has them."""
    if {*question} != QUESTION or not isinstance(question["run_as_enabled"], bool):
        raise ValueError(f"not a question: {sorted(question)}")
    if not question["run_as_enabled"] or question["platform"] != "linux":
        return "ssm-user"
    named = question["tag"] if question["tag"] is not None else question["default_user"] or ""
    there = named in [user["name"] for user in question["os_users"]]
    return named if there and named.strip() and named != "ssm-user" else None


def _as_of_1(function: Callable[[Any], Any], **declared: Any) -> Callable[[Any], Any]:
    for name, value in {"protocol": 1, **declared}.items():
        setattr(function, name, value)
    return function


def decision() -> Callable[[Any], str | None]:
    return _as_of_1(lambda question: decided(question))


def unsaid() -> Callable[[Any], str | None]:
    """The same, and says nothing of the version."""
    return lambda question: decided(question)


def trimming() -> Callable[[Any], str | None]:
    """Takes the white space around a tag away."""
    return _as_of_1(lambda question: decided({**question, "tag": question["tag"] and question["tag"].strip()}))


PROGRAM = """
import json, os, sys
sys.path[:0] = json.loads(sys.argv[1])
from conformance.version_1.written_for_1 import decided
declared, only, leaves = json.loads(sys.argv[2]), sys.argv[3], sys.argv[4]
for line in sys.stdin:
    message = json.loads(line)
    if message["command"] == "stop":
        break
    if message["command"] == "start":
        if only and message["protocol"] != 1:
            if only == "ends":
                sys.exit("unknown protocol")
            print(json.dumps({"error": "unknown protocol"}), flush=True)
            continue
        answer = {"protocol": 1, "name": "ours", "level": "decision", **declared}
    elif message["id"] == leaves:
        os._exit(3)
    else:
        users = [decided(question) for question in message["steps"]]
        answer = {"id": message["id"], "results": [{"started_as": u} if u else {"refused": None} for u in users]}
    print(json.dumps(answer), flush=True)
"""


def command(declared: Mapping[str, Any] = {}, only: str = "", leaves: str = "") -> list[str]:
    """The decision as a command, which declares this when it is started.

    With `only`, it knows no other version: at another it `ends`, or `answers` with an error. It leaves in a case.
    """
    path = [str(Path(__file__).parents[2]), *sys.path]
    return [sys.executable, "-B", "-c", PROGRAM, json.dumps(path), json.dumps(dict(declared)), only, leaves]


def process(declared: Mapping[str, Any] = {}, only: str = "", leaves: str = "") -> CommandTarget:
    return CommandTarget(command(declared, only, leaves))
