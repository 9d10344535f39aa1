"""A recipe followed to the letter: the changes that its example shows, and its commands, in a copy of the project."""

import re
import subprocess
import sys
from pathlib import Path

import attrs

from renew.copies import copied, on_its_code
from untraced import untraced

__all__ = ["ROOT", "Change", "Copy", "Recipe", "recipes"]

ROOT = Path(__file__).parents[2]
STAMPS = (".venv/.ready", ".venv/.ready-to-verify")


@attrs.frozen
class Change:
    """One block: a file, and lines of it with those that go (`-`) and those that come (`+`)."""

    file: str
    lines: tuple[str, ...]

    @property
    def before(self) -> str:
        return "".join(f"{line[1:]}\n" for line in self.lines if line[:1] != "+")

    @property
    def after(self) -> str:
        return "".join(f"{line[1:]}\n" for line in self.lines if line[:1] != "-")


@attrs.frozen
class Recipe:
    """A paragraph with a bold title, its changes, in blocks or in a patch, and the commands that it ends with."""

    title: str
    changes: tuple[Change, ...]
    commands: tuple[str, ...]
    patch: str = ""


def recipes(page: str) -> dict[str, Recipe]:
    """The recipes of a page that show an example, by their titles."""
    found = {}
    for title, text in re.findall(r"^\*\*([^*]+)\.\*\*(.*?)(?=^\*\*|\Z)", page, re.M | re.S):
        blocks = re.findall(r"^```diff\n--- (\S+)\n(.*?)^```$", text, re.M | re.S)
        changes = tuple(Change(file, tuple(lines.splitlines())) for file, lines in blocks)
        outside = re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)
        patch = "".join(re.findall(r"`(tests/recipes/examples/\S+\.diff)`", outside)[:1])
        if changes or patch:
            found[title] = Recipe(title, changes, tuple(re.findall(r"^ {4}(.*)$", outside, re.M)), patch)
    return found


class Copy:
    """A copy of the project in which anything may be changed; its commands run there, on its code."""

    def __init__(self, root: Path) -> None:
        self.root = root
        copied(ROOT, root)
        (root / ".venv").symlink_to(sys.prefix)
        git = ["git", "-c", "user.name=a", "-c", "user.email=a@b"]
        for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "The project as it was."]):
            subprocess.run([*git, *words], cwd=root, check=True, capture_output=True)

    def change(self, change: Change) -> None:
        """Make a change. Raises AssertionError where the lines are not there, or not just once."""
        file = self.root / change.file
        text = file.read_text("utf-8") if file.exists() else ""
        assert text.count(change.before) == 1, f"{change.file} does not have once:\n{change.before}"
        file.write_text(text.replace(change.before, change.after), "utf-8")

    def follow(self, recipe: Recipe) -> None:
        """Make the changes of a recipe. Raises AssertionError where one cannot be made."""
        for change in recipe.changes:
            self.change(change)
        if recipe.patch:
            code, said = self.run(f"git apply -C2 {recipe.patch}")
            assert code == 0, f"{recipe.patch}: make it again\n{said}"

    def run(self, command: str) -> tuple[int, str]:
        """Its exit code and all that it printed; what make would install is there already."""
        if command.startswith("make "):
            ready = " ".join(f"-o {stamp}" for stamp in STAMPS)
            command = f"make --no-print-directory {ready} {command.removeprefix('make ')}"
        environment = untraced() | on_its_code(self.root)
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=self.root,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.returncode, done.stdout

    def raise_version(self) -> None:
        """Raise the version of the vectors, as renewing says."""
        file = self.root / "properties" / "runas_properties" / "conformance" / "vectors" / "vector.py"
        text = file.read_text("utf-8")
        (major, minor) = re.findall(r'^VERSION = "(\d+)\.(\d+)\.', text, re.M)[0]
        raised = re.sub(r'^VERSION = ".*"$', f'VERSION = "{major}.{int(minor) + 1}.0"', text, flags=re.M)
        assert raised != text
        file.write_text(raised, "utf-8")
