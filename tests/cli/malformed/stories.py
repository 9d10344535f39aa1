"""Story files, each wrong in one place: the text, and words of the message. What operations take is derived."""

import json
from collections.abc import Iterator
from typing import Any

from runas_model import OPERATIONS
from runas_properties.conformance.vectors.vector import vectors

__all__ = ["STORIES", "calls"]

STRANGE: tuple[Any, ...] = (None, 1.5, [], {}, [["a"]])
"""What no argument takes."""
DECLARES = "declares_parameter"
GONE = {"operation": "delete_principal", "principal": "amy"}
QUESTION = next(vector for vector in vectors("decision")).steps[0]


def calls() -> dict[str, dict[str, Any]]:
    """A right call of each operation."""
    steps = [step for vector in vectors("service") for step in vector.steps]
    return {id: dict(next(step for step in steps if step["operation"] == id)) for id in OPERATIONS}


def _wrong() -> Iterator[tuple[str, Any, str]]:
    for id, call in calls().items():
        for name in OPERATIONS[id].arguments:
            without = {key: value for key, value in call.items() if key != name}
            if name not in OPERATIONS[id].left_out:
                yield f"{id} without {name}", without, f"line 2, field {name}: {id} needs '{name}' as well"
            for value in STRANGE:
                yield f"{id} with {name} {value}", {**call, name: value}, f"line 2, field {name}: must be "
            misspelt = f"line 2, field {name}x: {id} has no argument '{name}x'; did you mean '{name}'"
            yield f"{id} with {name}x", {**without, f"{name}x": 1}, misspelt
        yield f"near {id}", {**call, "operation": f"{id}s"}, f"field operation: cannot be '{id}s'; did you mean '{id}'?"
    user, machine = calls()["create_os_user"], calls()["register_instance"]
    for uid in (-1, 2**32, 2**64, 10**40):
        yield f"uid {uid}", {**user, "uid": uid}, f"line 2, field uid: cannot be {uid}; expected a uid or gid from 0 to"
    yield "a truth for a uid", {**user, "uid": True}, "line 2, field uid: must be a whole number, not True"
    yield "a near platform", {**machine, "platform": "linus"}, "field platform: cannot be 'linus'; did you mean 'linux'"
    tagged, most = calls()["assume_role_with_tag"], OPERATIONS["assume_role_with_tag"].longest
    for name, length in most.items():
        long = {**tagged, name: "x" * (length + 1)}
        yield f"a long {name} of a session tag", long, f"line 2, field {name}: cannot be 'xxx"
        yield f"a {name} that is too long", long, f"…; expected at most {length} characters"
    start = calls()["start_session"]
    for more in ({}, {"parameter": "alice"}, {"parameter": "alice", "document": "Ops", "role_session": ""}):
        for filled in (True, False, "yes", None):
            told = "line 2, field filled: start_session has no argument 'filled'; it has 'session', "
            yield f"filled {filled} with {len(more)} more", {**start, **more, "filled": filled}, told
    written = calls()["put_document"]
    for value in ("yes", 1, 0, ""):
        told = f"line 2, field declares_parameter: must be True or False, not {value!r}"
        yield f"a document that declares {value!r}", {**written, "declares_parameter": value}, told
    for value in (7, True):
        yield f"the parameter {value}", {**start, "parameter": value}, "line 2, field parameter: must be a text, not "
    for id, name in (("put_document", "parameter"), ("delete_principal", "parameter"), ("start_session", DECLARES),
                     ("update_preferences", DECLARES)):  # fmt: skip
        told = f"line 2, field {name}: {id} has no argument '{name}'"
        yield f"{name} of {id}", {**calls()[id], name: "alice"}, told
    for value in STRANGE:
        yield f"operation {value}", {"operation": value}, "line 2, field operation: must be a text, not "
    yield "no operation", {"principal": "amy"}, "line 2, field operation: is missing"
    yield "an empty object", {}, "line 2, field operation: is missing"
    for value in (7, "delete_principal", None, True, ["delete_principal", {"principal": "amy"}]):
        yield f"no object: {value}", value, "line 2: must be an object with operation and its arguments, not "
    yield "a look with more", {"operation": "list_sessions", "of": "amy"}, "line 2, field of: "
    yield "a look with less", {"operation": "list_os_users"}, "line 2, field instance: "
    yield "a look at a number", {"operation": "list_os_users", "instance": 7}, "line 2, field instance: Expected `str`"
    for name in QUESTION:
        if name != "operation":
            yield f"a question about {name}", {**QUESTION, name: 1.5}, f"line 2, field {name}: "
    yield "half a question", {"operation": "decide", "tag": "alice"}, "line 2, field run_as_enabled: "
    yield "another key", {**QUESTION, "tag_key": "Team"}, "line 2: 'Team' is not the key of a Run As tag"


TEXTS: dict[str, tuple[bytes, str]] = {
    "cut short": (b'{"operation": "delete_principal", "prin', "line 2: not JSON: Input data was truncated"),
    "a word": (b"hello", "line 2: not JSON: "),
    "two calls": (json.dumps(GONE).encode() * 2, "line 2: not JSON: "),
    "not a number": (b'{"operation": NaN}', "line 2: not JSON: "),
    "half a character": (b'{"operation": "\\ud800"}', "line 2: not JSON: "),
    "a null byte": (b'{"operation": "a\0"}', "line 2: not JSON: "),
    "not UTF-8": (b'{"operation": "\xff"}', "line 2: not UTF-8: it has the byte 0xff"),
    "deep": (b"[" * 100_000, "line 2: not JSON: "),
    "long": (b'{"operation": "' + b"x" * (3 << 20) + b'"}', "line 2: longer than 1048576 characters"),
    "long but for a little": (b'{"operation": "' + b"x" * (1 << 19) + b'"}', "line 2, field operation: cannot be 'xxx"),
    "an argument twice": (
        b'{"operation": "delete_principal", "principal": "amy", "principal": "bob"}',
        "line 2, field principal: it is given twice",
    ),
    "the operation twice": (b'{"operation": "a", "operation": "b"}', "line 2, field operation: it is given twice"),
    "escapes": (b'{"operation": "\\u001b[31m\\n"}', r"line 2, field operation: cannot be '\x1b[31m\n'; use "),
    "an argument of escapes": (
        b'{"operation": "delete_principal", "principal": "amy", "\\u001b[31m\\n": 1}',
        r"delete_principal has no argument '\x1b[31m\n'",
    ),
    "a vector": (
        json.dumps({"version": "2.2.0", "vectors": [{"steps": [GONE]}]}).encode(),
        "field operation: is missi",
    ),
}

STORIES = {name: (json.dumps(value).encode(), words) for name, value, words in _wrong()} | TEXTS
"""What stands in the second line, and words of the message."""
