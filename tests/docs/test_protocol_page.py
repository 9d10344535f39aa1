"""The transcripts of the protocol's page: replayed, so that what stands there is what is said."""

import json
import re
import sys
from pathlib import Path

import jsonschema
import msgspec
import pytest
from msgspec.structs import fields

from runas_model import AGENT
from runas_model.specification.nouns import Noun
from runas_model.specification.readings import CHOICES
from runas_model.specification.vocabulary import DEFAULT_REGION, NO_ROLE_SESSION, POSIX_IDS, PREFERENCES
from runas_model.universes.connectives import is_blank
from runas_properties.conformance.judging.running import Verdict, judge, observe
from runas_properties.conformance.protocol.cases import Decide
from runas_properties.conformance.protocol.messages import VERSIONS, Choices, Started, json_schema, offered
from runas_properties.conformance.protocol.results import ERROR_NAMES, KINDS, REASONS
from runas_properties.conformance.protocol.version_1 import NEW
from runas_properties.conformance.targets.commands import CommandTarget
from runas_properties.conformance.vectors.expectations import accepted_results
from runas_properties.conformance.vectors.vector import vectors
from spec_site import protocol_page  # noqa: F401
from spec_site.parts import PARTS

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "protocol.md").read_text("utf-8")
TRANSCRIPTS = [block.splitlines() for block in re.findall(r"^```text\n(.*?)^```$", PAGE, re.M | re.S)]

PARROT = """
import json, sys

transcript = json.load(open(sys.argv[1]))
heard = open(sys.argv[2], "w")
for line in sys.stdin:
    said = transcript.pop(0)
    heard.write(line)
    heard.flush()
    if transcript and transcript[0].startswith("<"):
        print(transcript.pop(0)[2:], flush=True)
"""
"""Answers whatever it is asked with the next answer of a transcript, and notes what it was asked."""


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=["decision", "service"])
def test_the_kit_says_word_for_word_what_the_transcript_has(transcript: list[str], tmp_path: Path) -> None:
    (tmp_path / "parrot.py").write_text(PARROT)
    (tmp_path / "transcript.json").write_text(json.dumps(transcript))
    sent = [line[2:] for line in transcript if line.startswith(">")]
    asked = [json.loads(line)["id"] for line in sent if '"run"' in line]

    command = [sys.executable, *(str(tmp_path / name) for name in ("parrot.py", "transcript.json", "heard.txt"))]
    target = CommandTarget(command)
    observed = list(observe(target, [vector for id in asked for vector in vectors() if vector.id == id]))
    target.close()

    assert (tmp_path / "heard.txt").read_text("utf-8").splitlines() == sent
    assert [one.verdict for one in judge(observed, AGENT, {})] == [Verdict.PASSED] * len(asked)


@pytest.mark.parametrize("line", [line for transcript in TRANSCRIPTS for line in transcript])
def test_every_line_is_as_the_schema_has_it(line: str) -> None:
    assert line[:2] in ("> ", "< ")
    assert list(jsonschema.Draft202012Validator(json_schema()).iter_errors(json.loads(line[2:]))) == []


def test_there_is_a_transcript_of_each_level_from_start_to_stop() -> None:
    assert len(TRANSCRIPTS) == 2
    for transcript in TRANSCRIPTS:
        assert '"start"' in transcript[0]
        assert transcript[-1] == '> {"command":"stop"}'


def test_every_kind_of_result_is_in_the_table() -> None:
    assert re.findall(
        r"^\| `(\w+)` \| .* \| .* \|$", PAGE.partition("## Results")[2].partition("\n## ")[0], re.M
    ) == list(KINDS)


def test_every_member_of_the_question_is_in_its_table() -> None:
    section = PAGE.partition("## The question `decide`")[2].partition("\n## ")[0]

    assert re.findall(r"^\| `(\w+)` \| .* \|$", section, re.M) == [field.name for field in fields(Decide)]


def example_under(heading: str) -> str:
    """The one example of JSON in a section."""
    example: str
    (example,) = re.findall(r"^```json\n(.*?)^```$", section_of(heading), re.M | re.S)
    return str(example)


def section_of(heading: str) -> str:
    return PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def test_every_noun_is_listed_with_what_is_meant_where_nothing_is_said_and_may_be_offered() -> None:
    listed = dict(re.findall(r"^\| `(\w+)` \| .* \| `([^`]+)`[^`]*\|$", section_of("Nouns"), re.M))
    started = msgspec.convert(
        {"protocol": 2, "name": "b", "level": "service", **json.loads(example_under("Nouns"))}, Started
    )

    assert listed == {
        "regions": DEFAULT_REGION,
        "roles": json.dumps(NO_ROLE_SESSION),
        "documents": PREFERENCES,
        "parameters": json.dumps(False),
    }
    assert offered(started.nouns, "service") == tuple(Noun) == tuple(map(Noun, listed))


def test_a_reading_of_ones_own_is_shown_with_every_choice() -> None:
    example = example_under("Readings")
    started = msgspec.convert({"protocol": 2, "name": "broker", "level": "decision", **json.loads(example)}, Started)

    assert isinstance(started.reading, Choices)
    assert list(json.loads(example)["reading"]) == list(CHOICES)


def test_every_reason_and_every_error_is_listed_with_what_it_is_of() -> None:
    row = re.compile(r"^\| `([\w-]+)` \| .*#(?:rule|operation)-", re.M)
    reasons, errors = (row.findall(PARTS[name]()) for name in ("protocol-reasons", "protocol-errors"))

    assert set(reasons) == REASONS
    assert set(errors) == ERROR_NAMES


def test_every_character_of_white_space_is_listed_and_makes_a_blank_name() -> None:
    listed = re.findall(r"U\+([0-9A-F]{4})", PARTS["white-space"]())

    assert [chr(int(number, 16)) for number in listed] == [chr(one) for one in range(0x10000) if is_blank(chr(one))]


@pytest.mark.parametrize("name", ["protocol-reasons", "protocol-errors", "white-space", "new-in-protocol-2"])
def test_the_page_shows_what_is_listed(name: str) -> None:
    assert f"```{{{name}}}\n```" in PAGE


def test_an_instance_that_is_not_there_has_no_os_users() -> None:
    steps = ({"operation": "list_os_users", "instance": "i-unknown"},)

    assert [str(accepted) for accepted in accepted_results(steps, AGENT)] == ["OS users: none"]
    assert "an instance that does not exist, or that was deregistered, answer an empty list" in PAGE


def test_the_bound_of_ids_is_as_the_schema_has_it() -> None:
    assert f"of {POSIX_IDS[-1].bit_length()} bits without a sign" in PAGE


def test_what_version_1_is_not_asked_is_listed_point_by_point() -> None:
    assert PARTS["new-in-protocol-2"]().splitlines() == [f"- {one}" for one in NEW]
    assert [str(version) for version in VERSIONS] == re.findall(r'"protocol": (\d)', section_of("Version `1`"))
