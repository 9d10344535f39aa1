"""The guides as they are built: what one output says, the next command and the text beside it say too."""

import re
import shlex
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from runas_properties.conformance.vectors.vector import vectors


@pytest.fixture(scope="module")
def guide(site: Path) -> BeautifulSoup:
    """The guide on testing an implementation."""
    return BeautifulSoup((site / "guides" / "test-your-implementation.html").read_text("utf-8"), "html.parser")


def printed(guide: BeautifulSoup, command: str) -> list[list[str]]:
    """The lines of each output of a command, the command first."""
    blocks = [block.get_text().splitlines() for block in guide.select("div.highlight pre")]
    return [lines for lines in blocks if lines and lines[0].startswith(f"$ runas-spec {command} ")]


def test_the_case_that_is_asked_again_is_the_one_that_failed(guide: BeautifulSoup) -> None:
    failed, _ = printed(guide, "conform")
    (again,) = printed(guide, "replay")
    _, subcommand, id, *options = shlex.split(again[0].removeprefix("$ "))

    assert subcommand == "replay"
    assert f" failures: {id}: " in " ".join(" ".join(failed[1:4]).split())
    assert again[1].startswith(f"{id}: ")
    assert options[-2:] == shlex.split(failed[0])[-2:]


def test_the_reading_and_the_verdict_are_the_same_when_it_is_asked_again(guide: BeautifulSoup) -> None:
    failed, again = ("\n".join(lines) for lines in (printed(guide, "conform")[0], printed(guide, "replay")[0]))

    for pattern in (r"Reading [^\n]*:", r"expected: [^\n]*", r"got: +[^\n]*"):
        (first,), (second,) = re.findall(pattern, failed), re.findall(pattern, again)
        assert second.startswith(first.rstrip(":"))


def test_each_level_is_asked_as_many_vectors_as_the_text_says(guide: BeautifulSoup) -> None:
    text = " ".join(guide.get_text().split())
    decision, every = len(vectors("decision")), len(vectors())

    said = {int(number.replace(",", "")) for number in re.findall(r"\b\d[\d,]{2,}\b", text.partition("In Python")[0])}
    assert said == {decision, every}
    assert f"CONFORMS: {decision} of {decision} cases passed" in text
    assert f" {every - decision:,} more" in text
