"""Each recipe with an example is followed in a copy of the project, and ends green."""

import re
import subprocess
from pathlib import Path

import pytest

from recipes.following import ROOT, Change, Copy, recipes
from thinned import deep, slow

CONTRIBUTING = recipes((ROOT / "CONTRIBUTING.md").read_text("utf-8"))
RAISE = "raise VERSION"
PYTEST = '.venv/bin/pytest -m "not slow"'
PROVE = """
from runas_solver.asking import ask
from runas_solver.obligations import Obligations
print([one.id for one in Obligations() if not ask(one.formulas()).refutes])
"""


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """A copy in which all recipes are followed, one after the other."""
    copy = Copy(tmp_path_factory.mktemp("followed"))
    for recipe in CONTRIBUTING.values():
        copy.follow(recipe)
    return copy


@slow
def test_every_law_holds_where_recipes_are_followed(followed: Copy) -> None:
    assert followed.run(f".venv/bin/python -c '{PROVE}'") == (0, "[]\n")


@deep
def test_recipes_that_are_followed_one_after_the_other_end_green(followed: Copy) -> None:
    """In one copy, since most of what a recipe costs is renewing; its tests are run once, for all."""
    followed.raise_version()  # as renewing would say
    for command in commands():
        code, said = followed.run(command)
        assert code == 0, f"{command}\n{said}"
        assert RAISE not in said


def commands() -> list[str]:
    """The commands of all recipes, each once, with the tests of all in one run of pytest, which comes last."""
    every = list(dict.fromkeys(command for recipe in CONTRIBUTING.values() for command in recipe.commands))
    tests = dict.fromkeys(test for command in every if command.startswith(PYTEST) for test in words(command))
    return [*(command for command in every if not command.startswith(PYTEST)), f"{PYTEST} {' '.join(tests)}"]


def words(command: str) -> list[str]:
    return command.removeprefix(PYTEST).split()


def test_the_recipes_with_an_example_are_these() -> None:
    assert list(CONTRIBUTING) == [
        "Add a rule",
        "Add a reading",
        "Add a law",
        "Add a faulty specification",
        "Add a faulty implementation",
        "Add an operation",
    ]
    for recipe in CONTRIBUTING.values():
        assert recipe.commands[0] == "make renew"
        assert recipe.commands[-1].startswith(".venv/bin/pytest")
        assert all((ROOT / test).exists() for test in recipe.commands[-1].split() if test.startswith("tests/"))
        for change in recipe.changes:
            text = (ROOT / change.file).read_text("utf-8")
            assert text.count(change.before) == 1, f"{recipe.title}: {change.file} is another: write the example again"


@pytest.mark.parametrize("title", [title for title, recipe in CONTRIBUTING.items() if recipe.patch])
def test_the_patch_of_a_recipe_can_be_applied_to_the_project_as_it_is(title: str) -> None:
    patch = CONTRIBUTING[title].patch
    checked = subprocess.run(["git", "apply", "--check", "-C2", patch], cwd=ROOT, capture_output=True, text=True)

    assert checked.returncode == 0, f"{patch}: make it again\n{checked.stderr}"


@pytest.mark.parametrize(("guide", "title"), [("add-a-law", "Add a law"), ("add-a-reading", "Add a reading")])
def test_a_guide_has_the_steps_of_the_recipe_that_is_followed(guide: str, title: str) -> None:
    page, recipe = (ROOT / "docs" / "guides" / f"{guide}.md").read_text("utf-8"), CONTRIBUTING[title]
    patch = (ROOT / recipe.patch).read_text("utf-8") if recipe.patch else ""
    changed = {*(change.file for change in recipe.changes), *re.findall(r"^\+\+\+ b/(\S+)$", patch, re.M)}
    named = {name for name in re.findall(r"`((?:model|properties)/\S+)`", page) if name not in ONLY_IF_NEEDED}

    assert named
    assert {name for name in named if not any(file.startswith(name) for file in changed)} == set()
    assert set(re.findall(r"`(make \w+|python -m \S+)", page)) == {"make renew", "make verify"} <= {*recipe.commands}


ONLY_IF_NEEDED = (
    "model/runas_model/words/phrases.py",
    "properties/runas_properties/gallery/specifications/",
)
"""What the guides name for laws that use a new term, or that no faulty specification breaks yet."""


def test_a_block_is_a_change_of_lines_and_commands_are_what_is_indented() -> None:
    page = "**Do it.** As here:\n\n```diff\n--- a/b.py\n kept\n-gone\n+come\n\n```\n\n    make renew\n\n**Else.** No.\n"
    (recipe,) = recipes(page).values()

    assert (recipe.title, recipe.commands) == ("Do it", ("make renew",))
    assert recipe.changes == (Change("a/b.py", (" kept", "-gone", "+come", "")),)
    assert (recipe.changes[0].before, recipe.changes[0].after) == ("kept\ngone\n\n", "kept\ncome\n\n")


OTHER = re.compile(r"(run|needs|; |: )( ?)(python -m runas_(solver|properties)|make (certificates|picture))")


def test_no_message_tells_a_maintainer_to_run_anything_but_make_renew() -> None:
    files = [file for room in ("model", "properties", "solver", "cli", "tests") for file in (ROOT / room).rglob("*.py")]

    assert [file.name for file in files if OTHER.search(file.read_text("utf-8"))] == [Path(__file__).name]
    assert OTHER.search("a changed specification needs python -m runas_solver.certificates")
