"""Lines of the protocol: what is exchanged is as the published JSON Schema has it, and what is not is not."""

import json
import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from runas_properties.conformance.judging.running import observe
from runas_properties.conformance.protocol.messages import VERSION, json_schema
from runas_properties.conformance.protocol.results import KINDS
from runas_properties.conformance.targets import commands
from runas_properties.conformance.targets.commands import CommandTarget
from runas_properties.conformance.targets.processes import Process
from runas_properties.conformance.vectors.vector import Under, Vector, vectors
from thinned import slow

SCHEMA: dict[str, Any] = json.loads(
    (files("runas_properties.conformance.protocol") / "protocol.schema.json").read_text(encoding="utf-8")
)
NODE = ["node", str(Path(__file__).parents[3] / "examples" / "node-service" / "adapter.mjs")]


def of(message: str) -> Draft202012Validator:
    """The schema of one kind of message."""
    return Draft202012Validator({**SCHEMA, "anyOf": [{"$ref": f"#/$defs/{message}"}]})


def test_the_published_schema_is_the_one_of_the_messages() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert json_schema() == SCHEMA


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bytes]]:
    """All lines that are sent and received, in order."""
    exchanged: list[tuple[str, bytes]] = []
    send, receive = Process.send, Process.receive

    def sending(self: Any, line: bytes, deadline: float) -> None:
        exchanged.append(("sent", line))
        send(self, line, deadline)

    def receiving(self: Any, deadline: float) -> bytes:
        exchanged.append(("received", receive(self, deadline)))
        return exchanged[-1][1]

    monkeypatch.setattr(Process, "send", sending)
    monkeypatch.setattr(Process, "receive", receiving)
    return exchanged


@slow
@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not on this machine")
def test_every_line_exchanged_with_the_example_in_javascript_is_valid(lines: list[tuple[str, bytes]]) -> None:
    target = CommandTarget(NODE)
    assert all(not observed.error for observed in observe(target, vectors()))
    target.close()

    expected = [("sent", "Start"), ("received", "Started")]
    expected += [("sent", "Run"), ("received", "Ran")] * sum(not vector.needs for vector in vectors())
    expected += [("sent", "Stop")]
    assert [side for side, _ in lines] == [side for side, _ in expected]
    validators = {message: of(message) for _, message in expected}
    for (_, line), (_, message) in zip(lines, expected, strict=True):
        errors = [error.message for error in validators[message].iter_errors(json.loads(line))]
        assert errors == [], line


def test_nothing_that_is_sent_tells_what_is_expected() -> None:
    expectations = {*Vector.__struct_fields__, *Under.__struct_fields__, *KINDS} - {"id", "steps"}
    sent = {name for message in ("Run", "Start", "Stop") for name in SCHEMA["$defs"][message]["properties"]}

    assert sent == {"command", "protocol", "id", "steps"}
    for step in SCHEMA["$defs"]["Run"]["properties"]["steps"]["items"]["anyOf"]:
        definition = SCHEMA["$defs"][step["$ref"].rpartition("/")[2]]
        assert set(definition["properties"]) & expectations <= {"os_users"}  # those that a question says there are
        assert definition["additionalProperties"] is False


STARTED = {"protocol": VERSION, "name": "it", "level": "service"}

WRONG: dict[str, tuple[str, Any]] = {
    "a list": ("Ran", []),
    "without an id": ("Ran", {"results": []}),
    "a number for an id": ("Ran", {"id": 7, "results": []}),
    "without results": ("Ran", {"id": "x"}),
    "a result that is a name": ("Ran", {"id": "x", "results": ["alice"]}),
    "a result without a kind": ("Ran", {"id": "x", "results": [{}]}),
    "a result of two kinds": ("Ran", {"id": "x", "results": [{"refused": None, "started_as": "ops"}]}),
    "a result of an unknown kind": ("Ran", {"id": "x", "results": [{"denied": True}]}),
    "a number for a name": ("Ran", {"id": "x", "results": [{"started_as": 2001}]}),
    "null for a name": ("Ran", {"id": "x", "results": [{"started_as": None}]}),
    "skipped without an issue": ("Ran", {"id": "x", "results": [{"skipped": "too hard"}]}),
    "an issue with another kind": ("Ran", {"id": "x", "results": [{"refused": None, "issue": "https://a.example"}]}),
    "without a name": ("Started", {"protocol": VERSION, "level": "service"}),
    "an unknown level": ("Started", {**STARTED, "level": "both"}),
    "half a reading": ("Started", {**STARTED, "reading": {"macos": "covered"}}),
    "an unknown choice": (
        "Started",
        {**STARTED, "reading": {"macos": "perhaps", "superuser": "refused", "blank_tag": "as-untagged"}},
    ),
}


@pytest.mark.parametrize(("message", "instance"), WRONG.values(), ids=WRONG.keys())
def test_the_schema_and_the_kit_refuse_the_same(message: str, instance: Any) -> None:
    decode = commands._decode_ran if message == "Ran" else commands._decode_started

    assert not of(message).is_valid(instance)
    with pytest.raises((msgspec.ValidationError, commands.Misdeclared), match=r"\$|missing required field|Expected"):
        decode(json.dumps(instance).encode())
