"""Files that commands read, each wrong in one place: the text, and words of the message."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

import msgspec

from conformance.speaking import VECTORS as SPEAKING
from runas_properties.conformance.vectors.vector import as_json, vectors

__all__ = ["KNOWN", "VECTORS", "document", "wrong_vectors"]

QUESTION = "decision-linux-on-tag-user-missing-default-user-present"
SERVICE = "fault-caches-decisions"
Place = tuple[str | int, ...]
GONE = object()


def document(id: str = QUESTION) -> dict[str, Any]:
    """A file with one vector, which nothing is wrong with."""
    (vector,) = (vector for vector in vectors() if vector.id == id)
    made: dict[str, Any] = json.loads(as_json([vector]))
    return made


def changed(given: Mapping[str, Any], place: Place, value: Any) -> dict[str, Any]:
    """The document with something else, or nothing, in one place."""
    made = deepcopy(dict(given))
    at: Any = made
    for part in place[:-1]:
        at = at[part]
    if value is GONE:
        del at[place[-1]]
    else:
        at[place[-1]] = value
    return made


def named(place: Place) -> str:
    """A place as messages name it, up to a list or the document."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).lstrip(".")


V: Place = ("vectors", 0)
OF_DOCUMENT: dict[Place, tuple[Any, ...]] = {
    ("version",): (GONE, None, 2, ["2.1.0"], "1.0.0", "three", ""),
    ("flags",): (GONE, None, [], "x", {"a": 1}),
    ("vectors",): (GONE, None, {}, "x", 7, [], [None], [7], ["x"], [[]], [{}]),
    ("retired",): (None, "x", [1]),
    ("more",): (1,),
}
OF_VECTOR: dict[Place, tuple[Any, ...]] = {
    ("id",): (GONE, None, 7, [], "", " ", "Upper", "two words", "-x", "a--b", "../a", "a\x1b[31m", "ä", "a\nb"),
    ("title",): (GONE, None, 7),
    ("level",): (GONE, None, 7, "both", "service"),
    ("steps",): (GONE, None, {}, "x", [], [None], [7], ["decide"], [[]], [{}], [{"operation": "sudo"}]),
    ("steps", 0, "operation"): (GONE, None, 7, "", "Decide", "start_session"),
    ("steps", 0, "run_as_enabled"): (GONE, None, 1, "true", "off", []),
    ("steps", 0, "default_user"): (GONE, 7, False, []),
    ("steps", 0, "tag"): (GONE, 7, False, []),
    ("steps", 0, "tag_key"): (GONE, 7, []),
    ("steps", 0, "platform"): (GONE, None, 7, "amiga", "Linux", ""),
    ("steps", 0, "os_users"): (GONE, None, "x", {}, [None], ["ops"], [[]], [{}]),
    ("steps", 0, "os_users", 0, "name"): (GONE, None, 7),
    ("steps", 0, "os_users", 0, "uid"): (GONE, None, "0", 1.5, -1, 2**32, 2**64, True),
    ("steps", 0, "os_users", 0, "gid"): (GONE, None, "0", -1, 2**32),
    ("steps", 0, "os_users", 0, "shell"): ("/bin/sh",),
    ("steps", 0, "sudo"): (True,),
    ("accepted",): (GONE, None, {}, "x", [], [None], [7], [{}]),
    ("accepted", 0, "when"): (GONE, None, [], {"colour": "red"}, {"blank_tag": "maybe"}, {"macos": 1}),
    ("accepted", 0, "rule"): (GONE, 7, []),
    ("accepted", 0, "results"): (GONE, None, {}, "x", [], [{}], [None], [{"done": False}], [{"refused": None}]),
    ("accepted", 0, "results", 0): ({"started_as": "a", "done": True}, {"refused": "no"}, {"failed": ["Oops"]}),
    ("rules",): (GONE, None, "x", [7]),
    ("clauses",): (GONE, None, "x", [7]),
    ("laws",): (GONE, None, "x", [7]),
    ("flags",): (GONE, None, "x", [7]),
    ("depends_on",): (None, "x", [7], ["colour"], ["macos", "macos"]),
    ("convicts",): (None, "x", [7]),
    ("core",): (None, "yes", 1),
    ("needs",): (None, "x", [7], ["users"], ["roles"], ["regions"]),
    ("why",): ("so",),
}
OF_STEPS: dict[Place, tuple[Any, ...]] = {
    ("steps", 0, "kind"): (GONE, None, 7, "group"),
    ("steps", 1, "platform"): (GONE, "amiga"),
    ("steps", 2, "uid"): (GONE, -1, 2**32, "0"),
    ("steps", 2, "gid"): (-1, 2**32),
    ("steps", 3, "run_as_enabled"): ("on", None),
    ("steps", 3): ({"operation": "decide"}, {"operation": "reboot"}, None),
    ("steps", 4, "session"): (GONE, None, 7),
}
OF_ROLE_SESSIONS: dict[Place, tuple[Any, ...]] = {
    ("steps", 4, "role_session"): (GONE, None, 7, []),
    ("steps", 4, "source"): (None, 7, {}),
    ("steps", 4, "key"): (GONE, None, 7, "x" * 129),
    ("steps", 4, "value"): (GONE, None, 7, "x" * 257, "é" * 257),
    ("steps", 4, "transitive"): (GONE, None, 1, "yes"),
    ("steps", 4, "sources"): ("amy@ops",),
    ("steps", 5, "role_session"): (None, 7, []),
    ("needs",): ([], ["regions"], ["roles", "documents"], ["role"]),
}
OF_PARAMETERS: dict[Place, tuple[Any, ...]] = {
    ("steps", 1, "declares_parameter"): (None, 1, "yes", []),
    ("steps", 1, "parameter"): ("alice",),
    ("steps", 4, "parameter"): (None, 7, True, {}),
    ("steps", 4, "filled"): (True, False, None),
    ("steps", 4, "declares_parameter"): (True,),
    ("steps", 0, "parameter"): ("alice",),
    ("needs",): ([], ["parameters"], ["documents"], ["parameter"]),
}
TEXTS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "truncated"),
    "white space": (b" \n", "truncated"),
    "a list": (b"[]", "Expected `object`"),
    "no JSON": (b"vectors", "not a file of vectors"),
    "cut short": (json.dumps(document())[:200].encode(), "truncated"),
    "deep": (b"[" * 100_000, "not a file of vectors"),
    "not UTF-8": (b'{"version": "\xff"}', "UTF-8"),
    "UTF-16": ("﻿{}".encode("utf-16-le"), "in UTF-8, but in UTF-16; use UTF-8, for example by iconv"),
    "half a character": (b'{"version": "\\ud800"}', "not a file of vectors"),
    "two documents": (b"{}{}", "not a file of vectors"),
    "the same id twice": (
        json.dumps({**document(), "vectors": document()["vectors"] * 2}).encode(),
        "vector 2 (" + QUESTION + "), field id: an earlier vector has this id",
    ),
}


def wrong_vectors() -> Iterator[tuple[str, bytes, str]]:
    """A name, the file, and words of the message: at least the field, where one can be named."""
    for place, values in OF_DOCUMENT.items():
        yield from (_wrong(document(), place, value, place) for value in values)
    for place, values in OF_VECTOR.items():
        yield from (_wrong(document(), V + place, value, place) for value in values)
    for place, values in OF_STEPS.items():
        yield from (_wrong(document(SERVICE), V + place, value, place) for value in values)
    for noun, places in (("roles", OF_ROLE_SESSIONS), ("parameters", OF_PARAMETERS)):
        given = json.loads(as_json([SPEAKING[noun]]))
        for place, values in places.items():
            for value in values:
                name, text, _ = _wrong(given, V + place, value, place)
                is_there = value is not GONE and _has(given, V + place)
                yield f"{noun}: {name}", text, named(place if is_there else place[:2])
    yield from ((name, text, words) for name, (text, words) in TEXTS.items())


def _has(given: Any, place: Place) -> bool:
    for part in place[:-1]:
        given = given[part]
    return place[-1] in given


def _wrong(given: Mapping[str, Any], whole: Place, value: Any, place: Place) -> tuple[str, bytes, str]:
    told = "gone" if value is GONE else msgspec.json.encode(value).decode()[:30]
    return f"{named(place)}: {told}", json.dumps(changed(given, whole, value)).encode(), str(place[0])


VECTORS = tuple(wrong_vectors())

ENTRY = '[[known]]\nid = "a"\nreason = "b"\nissue = "c"\n'
KNOWN: dict[str, tuple[bytes, str]] = {
    "no TOML": (b"[[known", "known.toml: "),
    "a table": (b'[known]\nid = "a"\n', "field known"),
    "a text": (b'known = "a"', "field known"),
    "another table": (b"[[unknown]]\n", "`unknown`"),
    "no fields": (b"[[known]]\n", "missing required field `id`"),
    "a number for an id": (ENTRY.replace('"a"', "7").encode(), "id"),
    "a list for a reason": (ENTRY.replace('"b"', "[]").encode(), "reason"),
    "a blank id": (ENTRY.replace('"a"', '" "').encode(), "field id: must not be blank"),
    "a blank reason": (ENTRY.replace('"b"', '""').encode(), "field reason: must not be blank"),
    "a blank issue": (ENTRY.replace('"c"', '"\\t"').encode(), "field issue: must not be blank"),
    "an id twice": ((ENTRY * 2).encode(), "listed twice"),
    "more than there is": (f'{ENTRY}when = "always"\n'.encode(), "`when`"),
    "not UTF-8": (b'id = "\xff"', "not UTF-8"),
    "UTF-16": (ENTRY.encode("utf-16"), "UTF-16"),
}
