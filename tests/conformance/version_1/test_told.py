"""What an implementation of version 1 is told: once in each report and command, what it is therefore not asked."""

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as Xml

import jsonschema
import msgspec
import pytest

from cli.running import run
from conformance.speaking import VECTORS
from conformance.version_1.old_and_new import NEW, OLD, vector
from conformance.version_1.written_for_1 import command, service
from runas_model import AGENT
from runas_properties.conformance import kit
from runas_properties.conformance.reports.html import html
from runas_properties.conformance.reports.json import json
from runas_properties.conformance.reports.junit import junit
from runas_properties.conformance.reports.markdown import markdown
from runas_properties.conformance.reports.report import Report, json_schema
from runas_properties.conformance.reports.terminal import report_lines
from runas_properties.conformance.vectors.vector import as_json

SOME = (
    *(vector("asked", OLD["a tag"]), vector("switch", NEW["an unreadable switch"])),
    *(vector("keys", NEW["keys that differ in case alone"]), VECTORS["regions"]),
)
SPEAKS = "It speaks version 1 of the protocol. In version 2, run_as_enabled may be"
TOLD = "3 vectors that need any of this are not offered, and so not asked."


def terminal(report: Report) -> str:
    return "\n".join(report_lines(report))


@pytest.fixture(scope="module")
def report() -> Report:
    """One case passed, and three are not offered."""
    return kit.conform(service(), SOME, reading=AGENT).report


@pytest.mark.parametrize("told", [terminal, markdown, html, junit])
def test_every_report_tells_once_which_version_is_spoken_and_what_is_therefore_not_asked(
    told: Callable[[Report], str], report: Report
) -> None:
    assert told(report).count(SPEAKS) == told(report).count(TOLD) == 1


@pytest.mark.parametrize("told", [terminal, markdown, html, junit])
def test_a_report_says_nothing_of_it_if_the_newest_version_is_spoken(
    told: Callable[[Report], str], report: Report
) -> None:
    newest = msgspec.structs.replace(report, protocol=2)

    assert "of the protocol" not in told(newest)


def test_what_is_not_offered_is_counted_apart_with_its_name(report: Report) -> None:
    lines = terminal(report)

    assert "Not offered, and so not asked:\n  2  needs protocol 2, not offered\n     switch, keys\n" in lines
    assert "  1  needs protocol 2, regions, not offered\n     regions\n" in lines
    assert "CONFORMS: 1 of 1 cases passed, 3 others not offered; " in lines
    assert "| not offered | 2 | `needs protocol 2, not offered` |" in markdown(report)
    assert report.conforms


def test_junit_skips_what_is_not_offered(report: Report) -> None:
    (suite,) = Xml.fromstring(junit(report))
    skipped = {case.get("name"): found.get("message") for case in suite if (found := case.find("skipped")) is not None}

    assert skipped == {
        "switch": "not offered: needs protocol 2, not offered",
        "keys": "not offered: needs protocol 2, not offered",
        "regions": "not offered: needs protocol 2, regions, not offered",
    }


def test_the_report_as_data_has_the_version_and_the_needs(report: Report) -> None:
    data = msgspec.json.decode(json(report))

    jsonschema.Draft202012Validator(json_schema()).validate(data)
    assert (data["protocol"], data["nouns"]) == (1, [])
    assert {case["id"]: case["needs"] for case in data["cases"]} == {
        "asked": [],
        "switch": ["protocol 2"],
        "keys": ["protocol 2"],
        "regions": ["protocol 2", "regions"],
    }


def test_one_vector_is_told_in_the_singular() -> None:
    alone = kit.conform(service(), SOME[:2], reading=AGENT).report

    assert "1 vector that needs any of this is not offered, and so not asked." in terminal(alone)


UNDER_TEST = ("--", *command())


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A vector that version 1 can ask, and one that it cannot."""
    (tmp_path / "vectors.json").write_text(as_json([vector("old", OLD["a question"]), SOME[1]]), "utf-8")
    return str(tmp_path / "vectors.json")


def test_conform_runs_it_unchanged_and_tells(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "conform", "--strict", "--vectors", file, "--examples", "20", *UNDER_TEST)
    said = " ".join(out.split())

    assert (code, err) == (0, "")
    assert said.count(SPEAKS) == 1
    assert "1 of 1 cases passed, 20 generated cases" in said
    assert "1 other not offered" in said


def test_conform_says_what_is_needed_if_nothing_can_be_asked(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "conform", "--vectors", file, "--only", "switch", "--examples", "0", *UNDER_TEST)

    assert code == 2
    assert "no case was run: they need protocol 2, and ours offers protocol 1" in err


def test_smoke_finds_it_right_and_tells(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "smoke", *UNDER_TEST)

    assert code == 0
    assert " ".join(out.split()).count(SPEAKS) == 1
    assert "ADAPTER OK" in out
    assert "failed" not in out
    assert "unreadable: The preferences cannot be read." not in out
    assert 'tag_key":' not in out


def test_replay_asks_it_in_its_words_or_says_what_is_needed(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    asked, out, _ = run(capsys, "replay", "old", "--vectors", file, *UNDER_TEST)
    refused, nothing, err = run(capsys, "replay", "switch", "--vectors", file, *UNDER_TEST)

    (sent,) = (line for line in out.splitlines() if line.startswith("sent: "))
    assert asked == 0
    assert "tag_key" not in sent
    assert (refused, nothing) == (2, "")
    assert "switch needs protocol 2, but ours offers protocol 1" in " ".join(err.split())


def test_nouns_on_the_command_line_are_refused_for_it(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    declared = ("--", *command({"level": "service"}))
    code, _, err = run(capsys, "conform", "--vectors", file, "--nouns", "regions", *declared)

    assert code == 2
    assert "protocol 1 has no nouns, such as regions: an implementation must speak 2" in " ".join(err.split())


UNSAID = ("--target", "conformance.version_1.written_for_1:unsaid")


def test_the_command_line_says_it_for_an_adapter_that_says_nothing(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "conform", "--vectors", file, "--examples", "20", "--protocol", "1", *UNSAID)
    failed, without, _ = run(capsys, "conform", "--vectors", file, "--examples", "0", *UNSAID)

    assert (code, failed) == (0, 1)
    assert " ".join(out.split()).count(SPEAKS) == 1
    assert "not a question: ['default_user'" in without


def test_what_is_said_of_the_version_is_in_the_command_that_asks_again(capsys: pytest.CaptureFixture[str]) -> None:
    trims = ("--target", "conformance.version_1.written_for_1:trimming")
    asked = ("conform", "--only", "name-space-before-by-tag*", "--reading", "default", "--json", *trims)
    code, out, _ = run(capsys, *asked, "--protocol", "1")

    commands = [case["repeat"] for case in msgspec.json.decode(out)["cases"] if case["repeat"]]
    assert code == 1
    assert commands
    assert all("--protocol 1 --target" in command for command in commands)


def test_a_version_that_the_target_does_not_speak_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "smoke", "--protocol", "2", *UNDER_TEST)

    assert (code, out) == (2, "")
    assert "start: it uses protocol version 1, not 2" in err
