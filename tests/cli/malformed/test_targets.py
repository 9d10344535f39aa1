"""Commands that answer wrongly from the start, or in each case: `conform`, `smoke` and `replay` say how, and go on."""

import sys
from pathlib import Path

import pytest

from cli.running import run
from thinned import thinned

COMMANDS = {
    "conform": ("conform", "--only", "name-capital-by-tag-instead"),
    "smoke": ("smoke",),
    "replay": ("replay", "name-capital-by-tag-instead"),
}
STARTED = '{"protocol": 2, "name": "it", "level": "decision"}'
SERVICE = STARTED.replace("decision", "service")
STARTS = {
    "nothing": ("", "it exited with code 0 without answering"),
    "a word": ("hello", "its answer is not JSON"),
    "a word with escapes": ("\x1b[31mhello", "\\x1b[31mhello"),
    "an empty line": ("\n", "its answer is not JSON"),
    "a list": ("[]", "Expected `object`, got `array`"),
    "an empty object": ("{}", "missing required field `protocol`"),
    "a text for the protocol": (STARTED.replace("2", '"2"'), "it uses protocol version '2', not 1 or 2"),
    "a truth for the protocol": (STARTED.replace("2", "true"), "it uses protocol version True, not 1 or 2"),
    "a later protocol": (STARTED.replace("2", "3"), "it uses protocol version 3, not 1 or 2"),
    "an earlier protocol": (STARTED.replace("2", "0"), "it uses protocol version 0, not 1 or 2"),
    "another level": (STARTED.replace("decision", "both"), "Invalid enum value 'both'"),
    "no level": ('{"protocol": 2, "name": "it"}', "missing required field `level`"),
    "an unknown reading": (STARTED.replace("}", ', "reading": "lax"}'), "unknown reading 'lax'"),
    "half a reading": (STARTED.replace("}", ', "reading": {"macos": "covered"}}'), "missing required field"),
    "a number for a reading": (STARTED.replace("}", ', "reading": 7}'), "$.reading"),
    "an unknown noun": (
        SERVICE.replace("}", ', "nouns": ["role"]}'),
        "unknown noun 'role'; use regions, roles, documents, parameters",
    ),
    "a misspelt noun": (
        SERVICE.replace("}", ', "nouns": ["roles", "regons"]}'),
        "unknown noun 'regons'; use regions, roles, documents, parameters",
    ),
    "a text for nouns": (SERVICE.replace("}", ', "nouns": "regions"}'), "Expected `array`, got `str` - at `$.nouns`"),
    "a number for a noun": (SERVICE.replace("}", ', "nouns": [7]}'), "$.nouns[0]"),
    "a noun of a decision": (STARTED.replace("}", ', "nouns": ["regions"]}'), "only an implementation of the level"),
}
ANSWERS = {
    "nothing": ("", "it exited with code 0 without answering"),
    "a word": ("hello", "its answer is not JSON"),
    "null": ("null", "Expected `object`, got `null`"),
    "another case": ('{"id": "x", "results": []}', "it answered case 'x' instead of "),
    "no results": ('{"id": %s, "results": []}', "0 results; expected one for each of the 1 steps"),
    "two results": ('{"id": %s, "results": [{"refused": null}, {"refused": null}]}', "2 results; expected one"),
    "null for results": ('{"id": %s, "results": null}', "Expected `array`, got `null`"),
    "a text for a result": ('{"id": %s, "results": ["alice"]}', "Expected `object`, got `str`"),
    "an empty result": ('{"id": %s, "results": [{}]}', "a result must have exactly one of"),
    "two in one": ('{"id": %s, "results": [{"refused": null, "done": true}]}', "this one has refused and done"),
    "not done": ('{"id": %s, "results": [{"done": false}]}', "done must be true"),
    "a number for a name": ('{"id": %s, "results": [{"started_as": 7}]}', "Expected `str`, got `int`"),
    "an unknown member": ('{"id": %s, "results": [{"ok": true}]}', "unknown field `ok`"),
    "a skip without a reason": ('{"id": %s, "results": [{"skipped": "", "issue": ""}]}', "skipped needs a message"),
    "an error": ('{"id": %s, "results": [{"errored": "no \\u001b[31mdatabase"}]}', "decide: no \\x1b[31mdatabase"),
}
ADAPTER = """
import json, sys
started, answer = {!r}, {!r}
for line in sys.stdin:
    message = json.loads(line)
    said = started if message["command"] == "start" else answer.replace("%s", json.dumps(message.get("id")))
    if not said or message["command"] == "stop":
        break
    print(said, flush=True)
"""


def asked(
    capsys: pytest.CaptureFixture[str], folder: Path, command: str, started: str, answer: str = ""
) -> tuple[int, str, str]:
    (folder / "adapter.py").write_text(ADAPTER.format(started, answer))
    return run(capsys, *COMMANDS[command], "--", sys.executable, "-I", "-S", str(folder / "adapter.py"))


@pytest.mark.parametrize("command", thinned(COMMANDS, 3))
@pytest.mark.parametrize(("started", "words"), STARTS.values(), ids=STARTS.keys())
def test_one_that_does_not_start_is_said_to_be_unusable(
    started: str, words: str, command: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, err = asked(capsys, tmp_path, command, started)

    assert (code, out) == (2, "")
    assert err.startswith("runas-spec: start: ")
    assert words in err
    assert "\x1b" not in err


@pytest.mark.parametrize("command", thinned(COMMANDS, 3))
@pytest.mark.parametrize(("answer", "words"), ANSWERS.values(), ids=ANSWERS.keys())
def test_one_that_answers_wrongly_fails_and_is_told_why(
    answer: str, words: str, command: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, err = asked(capsys, tmp_path, command, STARTED, answer)

    assert (code, err) == (1, "")
    assert words in " ".join(out.split())
    assert "\x1b" not in out
