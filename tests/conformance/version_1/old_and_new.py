"""Cases of which version 1 of the protocol cannot say some, or meant another thing by them, and can say the others."""

from collections.abc import Mapping, Sequence
from typing import Any

from conformance.speaking import INSTANCE, PEOPLE, SETTINGS
from runas_properties.conformance.protocol.cases import watched
from runas_properties.conformance.vectors.making import make_vector
from runas_properties.conformance.vectors.vector import Vector

__all__ = ["NEW", "OLD", "vector"]

QUESTION = {
    "operation": "decide",
    "run_as_enabled": True,
    "default_user": None,
    "tag": "alice",
    "tag_key": "SSMSessionRunAs",
    "platform": "linux",
    "os_users": [{"name": "alice", "uid": 2001, "gid": 2001}],
}


def tag(key: str, value: str = "alice", principal: str = "amy") -> Mapping[str, Any]:
    return {"operation": "tag_principal", "principal": principal, "key": key, "value": value}


def started(*steps: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return (INSTANCE, SETTINGS, *PEOPLE[:2], *steps, PEOPLE[2])


NEW: dict[str, Sequence[Mapping[str, Any]]] = {
    "an unreadable switch": ({**QUESTION, "run_as_enabled": "unreadable"},),
    "unreadable preferences": started({**SETTINGS, "run_as_enabled": "unreadable"}),
    "a Run As key in another case": ({**QUESTION, "tag_key": "ssmsessionrunas"},),
    "a tag with such a key": started(tag("SSMSESSIONRUNAS")),
    "keys that differ in case alone": started(tag("team"), tag("Team")),
    "such a key taken off": started(tag("team"), {"operation": "untag_principal", "principal": "amy", "key": "TEAM"}),
    "a tag of what was white space": ({**QUESTION, "tag": " \x1c"},),
    "a default OS user of that": ({**QUESTION, "default_user": "\x1f"},),
    "an OS user of that": started({**PEOPLE[1], "name": "\x1d\t"}),
}
OLD: dict[str, Sequence[Mapping[str, Any]]] = {
    "a question": (QUESTION,),
    "untagged": ({**QUESTION, "tag": None, "tag_key": None},),
    "Run As off": ({**QUESTION, "run_as_enabled": False},),
    "a tag": started(tag("SSMSessionRunAs")),
    "a key twice": started(tag("Team"), tag("Team")),
    "two keys": started(tag("Team"), tag("Teams"), tag("SSMSessionRunA")),
    "a blank name": started({**PEOPLE[1], "name": " \t"}),
    "a name with what was white space": ({**QUESTION, "tag": "\x1calice"},),
}


def vector(id: str, steps: Sequence[Mapping[str, Any]]) -> Vector:
    return make_vector(id, steps if steps[0]["operation"] == "decide" else watched(steps), [], title=id)
