"""What pages name of the project is there: files, targets of make, options of the command, and names in the code."""

import argparse
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from runas_cli.arguments import parser

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for path in [*(ROOT / "docs").rglob("*.md"), *ROOT.glob("*.md"), *(ROOT / "examples").rglob("*.md")]
    if "_build" not in path.parts and path.name != "CHANGELOG.md"
)
CODE = re.compile(r"`([^`\n]+)`")
OF_OTHERS = {"--runas-target", "--runas-nouns", "--prefix"}
"""Options of pytest and of an example."""
MADE = {"build/screenshots/"}
"""Folders that tests make."""


@cache
def tracked() -> frozenset[str]:
    """Every file of the project and every folder that holds one, by its path from the root."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    return frozenset(listed) | {str(folder) for name in listed for folder in Path(name).parents}


@cache
def words_of_code() -> frozenset[str]:
    """Every word in the code and the data of the project."""
    kinds = (".py", ".js", ".mjs", ".toml", ".json")
    files = [ROOT / name for name in tracked() if name.endswith(kinds) and ROOT / name != Path(__file__)]
    return frozenset(re.findall(r"\w+", "\n".join(file.read_text("utf-8") for file in files)))


@cache
def options() -> frozenset[str]:
    """Every option of every subcommand."""
    top = parser()
    chosen = next(action for action in top._actions if isinstance(action, argparse._SubParsersAction))
    parsers = [top, *chosen.choices.values()]
    return frozenset(option for one in parsers for action in one._actions for option in action.option_strings)


def missing(text: str) -> list[str]:
    """What a page names in code font that is not there."""
    found = []
    for code in CODE.findall(re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)):
        if (
            re.fullmatch(r"[\w.-]+(/[\w.-]+)+/?", code)
            and code not in MADE
            and not any(code.rstrip("/") == name or name.endswith("/" + code.rstrip("/")) for name in tracked())
        ):
            found.append(code)
        if re.fullmatch(r"[A-Za-z]\w*(\.\w+)*", code) and not set(code.split(".")) <= words_of_code():
            found.append(code)
        found += [option for option in re.findall(r"(?<!\S)--[a-z][\w-]*", code) if option not in options() | OF_OTHERS]
    recipes = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    typed = re.findall(r"(?:`|^ {4})make ([a-z][a-z -]*[a-z])", text, re.M)
    return found + [f"make {target}" for line in typed for target in line.split() if target not in recipes]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_names_is_there(page: Path) -> None:
    assert missing(page.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "named",
    ["docs/guides/add-a-clause.md", "no_such_function", "Situation.no_such_field", "check --nothing", "make tea"],
)
def test_what_is_not_there_is_found(named: str) -> None:
    assert missing(f"Nothing is called `{named}`.") == [named if " --" not in named else "--nothing"]


def test_what_is_there_is_not_found() -> None:
    page = "`docs/guides/`, `facts/formulas.py`, `Situation.tag`, `verify --details`, `make bench-keep`"

    assert len(CODE.findall(page)) == 5
    assert missing(page) == []
