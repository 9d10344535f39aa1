"""What guides tell a reader to type: nothing that only an output could have told them."""

import re
import shlex
from pathlib import Path

import pytest

from runas_properties.conformance.vectors.vector import vectors

ROOT = Path(__file__).parents[2]
PAGES = [path for path in [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"] if "_build" not in path.parts]
IDS = {vector.id for vector in vectors()}


def typed(text: str) -> list[str]:
    """The words of every command of runas-spec that a page has in its source."""
    lines = re.findall(r"^(?:\$ | {4})(runas-spec (?:.*\\\n)*.*)", text, re.M)
    return [word for line in lines for word in shlex.split(line.replace("\\\n", " "), comments=True)]


def test_a_command_is_found_with_the_lines_that_go_on() -> None:
    page = "```{console}\n$ runas-spec replay an-id \\\n    --target a:b\n```\n\n    runas-spec smoke -- ./x   # why?\n"

    assert typed(page) == ["runas-spec", "replay", "an-id", "--target", "a:b", "runas-spec", "smoke", "--", "./x"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_id_of_a_vector_is_typed_that_the_output_before_should_give(page: Path) -> None:
    """One that is written by hand stays when the output shows another: use `:as-told:`."""
    assert IDS.intersection(typed(page.read_text("utf-8"))) == set()


def test_some_commands_are_typed() -> None:
    assert sum(typed(page.read_text("utf-8")).count("runas-spec") for page in PAGES) > 15
