"""The pages as they are written: their examples run, and their parts are given by name."""

import doctest
import re
from pathlib import Path

from spec_site.console import EXAMPLES

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md") if "_build" not in path.parts)


def test_every_python_example_in_the_pages_runs() -> None:
    results = [doctest.testfile(str(page), module_relative=False, optionflags=doctest.ELLIPSIS) for page in PAGES]

    assert sum(result.attempted for result in results) >= 4
    assert sum(result.failed for result in results) == 0


def test_every_program_of_the_examples_is_shown_on_some_page() -> None:
    written = "\n".join(page.read_text("utf-8") for page in PAGES)

    assert [path.name for path in EXAMPLES.glob("*.py") if f"{{example}} {path.name}" not in written] == []


def test_no_command_stands_in_a_page_without_being_run() -> None:
    """A block of code with a prompt is made by `console`; written by hand it could go stale."""
    block = re.compile(r"^```(?!\{)\w*\n(.*?)^```", re.M | re.S)
    written = [(page.name, text) for page in PAGES for text in block.findall(page.read_text("utf-8"))]
    by_hand = [name for name, text in written if re.search(r"^(\$ |>>> )", text, re.M)]

    assert by_hand == []
