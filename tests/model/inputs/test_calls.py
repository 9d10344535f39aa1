"""Calls read from a story file: one in each line, of which one is in memory at a time."""

import json
import tracemalloc
from collections import deque
from pathlib import Path
from typing import Any

import pytest

from runas_model import OPERATIONS, Platform
from runas_model.inputs import InputError, json_streams, read_calls

GONE = {"operation": "delete_principal", "principal": "amy"}
MACHINE = {"operation": "register_instance", "instance": "i-1", "account": "1", "platform": "macos"}


def story(folder: Path, *lines: object) -> Path:
    path = folder / "story.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    return path


def test_a_call_comes_with_its_line_and_its_arguments_as_members(tmp_path: Path) -> None:
    gone, machine = read_calls(story(tmp_path, GONE, "", "   ", f"  {json.dumps(MACHINE)}  \r", ""))

    assert gone == (1, GONE, "delete_principal", {"principal": "amy"})
    assert (machine.line, machine.step) == (4, MACHINE)
    assert machine.arguments["platform"] is Platform.MACOS


def test_other_steps_are_read_by_whoever_knows_them(tmp_path: Path) -> None:
    def about(step: Any) -> str:
        if "what" not in step:
            raise ValueError("look needs 'what' as well")
        return str(step["what"])

    path = story(tmp_path, {"operation": "look", "what": "here"}, {"operation": "look"})
    reading = read_calls(path, {"look": about})

    assert next(reading).arguments == "here"
    with pytest.raises(InputError, match=r"story\.jsonl, line 2, field what: look needs 'what' as well"):
        next(reading)
    with pytest.raises(InputError, match=r"line 1, field operation: cannot be 'look'; use 'create_principal', "):
        next(read_calls(path))


def test_whether_a_parameter_is_given_is_said_by_giving_it_alone(tmp_path: Path) -> None:
    start = {"operation": "start_session", "session": "s-1", "principal": "amy", "instance": "i-1"}
    given, none = read_calls(story(tmp_path, {**start, "parameter": ""}, start))

    assert (given.arguments["filled"], none.arguments["filled"]) == (True, False)
    with pytest.raises(InputError, match="line 1, field filled: start_session has no argument 'filled'; it has"):
        next(read_calls(story(tmp_path, {**start, "filled": True})))


def test_calls_before_one_that_cannot_be_read_are_read(tmp_path: Path) -> None:
    reading = read_calls(story(tmp_path, GONE, GONE, "{"))

    assert [next(reading).line, next(reading).line] == [1, 2]
    with pytest.raises(InputError, match="line 3: not JSON"):
        next(reading)


def test_a_byte_that_is_no_utf_8_is_told_with_its_line(tmp_path: Path) -> None:
    path = story(tmp_path, GONE)
    path.write_bytes(path.read_bytes() + b'\n{"operation": "delete_principal", "principal": "\xfc"}\n')

    with pytest.raises(InputError, match="line 2: not UTF-8: it has the byte 0xfc"):
        deque(read_calls(path), maxlen=0)


@pytest.mark.parametrize("text", ["", "\n", " \n\t\n"])
def test_a_file_without_calls_is_a_mistake(text: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"story\.jsonl: has no calls; each line is one"):
        next(read_calls(story(tmp_path, text)))


def test_the_example_in_the_message_is_a_call(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        next(read_calls(story(tmp_path)))
    example = raised.value.text.partition("such as ")[2]

    assert next(read_calls(story(tmp_path, example))).operation in OPERATIONS


def test_memory_does_not_grow_with_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_streams, "CHUNK", 4096)
    peaks = []
    for count in (200, 200, 4000):
        path = story(tmp_path, *[GONE] * count)
        tracemalloc.start()
        deque(read_calls(path), maxlen=0)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[2] < 1.5 * peaks[1]
