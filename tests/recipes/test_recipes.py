"""Each recipe with an example is followed in a copy of the project, and ends green."""

from pathlib import Path

import pytest

from recipes.following import ROOT, Change, Copy, recipes
from thinned import slow

CONTRIBUTING = recipes((ROOT / "CONTRIBUTING.md").read_text("utf-8"))
RAISE = "raise VERSION"


@slow
@pytest.mark.parametrize("title", CONTRIBUTING)
def test_a_recipe_that_is_followed_ends_green(title: str, tmp_path: Path) -> None:
    recipe, copy = CONTRIBUTING[title], Copy(tmp_path)
    for change in recipe.changes:
        copy.change(change)

    assert recipe.commands
    for command in recipe.commands:
        code, said = copy.run(command)
        if command == "make renew" and RAISE in said:
            copy.raise_version()
            code, said = copy.run(command)
            assert RAISE not in said
        assert code == 0, f"{command}\n{said}"


def test_the_recipes_with_an_example_are_these() -> None:
    assert list(CONTRIBUTING) == ["Add a law", "Add a faulty specification", "Add a faulty implementation"]
    for recipe in CONTRIBUTING.values():
        assert recipe.commands[0] == "make renew"
        for change in recipe.changes:
            text = (ROOT / change.file).read_text("utf-8")
            assert text.count(change.before) == 1, f"{recipe.title}: {change.file} is another: write the example again"


def test_a_block_is_a_change_of_lines_and_commands_are_what_is_indented() -> None:
    page = "**Do it.** As here:\n\n```diff\n--- a/b.py\n kept\n-gone\n+come\n\n```\n\n    make renew\n\n**Else.** No.\n"
    (recipe,) = recipes(page).values()

    assert (recipe.title, recipe.commands) == ("Do it", ("make renew",))
    assert recipe.changes == (Change("a/b.py", (" kept", "-gone", "+come", "")),)
    assert (recipe.changes[0].before, recipe.changes[0].after) == ("kept\ngone\n\n", "kept\ncome\n\n")
