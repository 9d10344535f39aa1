"""Run the steps in a copy of the project, renew golden files and the numbers in sentences there, and take it over.

Nothing is changed in the project itself before all is made: a step that fails leaves it as it was.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from renew.copies import copied, on_its_code
from renew.files import replace
from renew.steps import STEPS, Step
from renew.version import version_told

__all__ = ["run"]

ROOT = Path(__file__).parents[2]


MISSING = r"^(?:E +)?(?:LookupError|\S+\.MissingPhrase): (.*)$"
"""The line, of Python or of pytest, that names a file and what to add to it."""


class Stopped(Exception):
    """A step failed; it says why."""


def run(root: Path = ROOT, steps: Iterable[Step] = STEPS) -> int:
    """Renew everything; 0 if each step ended well, whatever changed, and 1 if one failed and nothing was changed."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        copied(root, copy)
        try:
            files = [*_made(copy, steps)]
        except Stopped as stopped:
            print(f"{stopped}\nrenew: nothing was changed, and the steps from here on were not run", file=sys.stderr)
            return 1
        for file in files:
            replace(root / file, (copy / file).read_text("utf-8"))
    if told := version_told(root):
        print(told)
    if stale := _stale_figures(root):
        print(stale)
    print(f"{len(files) or 'no'} {'file' if len(files) == 1 else 'files'} changed")
    return 0


def _made(copy: Path, steps: Iterable[Step]) -> Iterator[str]:
    """The files of a copy that are others now, each told with its step."""
    for step in steps:
        yield from _told(step.title, _renewed(copy, step), step.afterwards)
    yield from _told("golden files", _golden(copy), "read the differences: they are what a user sees")
    yield from _told("numbers in sentences", _numbers(copy))


def _told(title: str, renewed: Iterator[str], afterwards: str = "") -> list[str]:
    began = time.monotonic()
    files = list(renewed)
    print(f"{title}: {', '.join(files) or 'nothing changed'} ({time.monotonic() - began:.1f} s)", flush=True)
    if files and afterwards:
        print(f"  {afterwards}", flush=True)
    return files


def _renewed(root: Path, step: Step) -> Iterator[str]:
    """The files of a step that have another text now."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        printed = _output(step.title, step.command(out), root, step.folder)
        texts = {
            file: (out / Path(file).relative_to(step.made)).read_text("utf-8") if step.made else printed
            for file in step.files
        }
    if empty := [file for file, text in texts.items() if not text.strip()]:
        raise Stopped(f"{step.title}: nothing was made for {', '.join(empty)}")
    yield from (file for file, text in texts.items() if replace(root / file, text))


def _golden(root: Path) -> Iterator[str]:
    """The golden files that are others now, written by the tests that compare them."""
    from golden import RENEWING

    tests = sorted(
        str(file.relative_to(root))
        for file in (root / "tests").rglob("test_*.py")
        if "from golden import assert_golden" in file.read_text("utf-8")
    )
    before = {file: file.read_bytes() for file in _kept_golden(root)}
    pytest = [sys.executable, "-m", "pytest", "-q", "-k", "golden", *tests]
    _output("golden files", pytest, root, ".", {RENEWING: "1"})
    yield from (str(file.relative_to(root)) for file in _kept_golden(root) if before.get(file) != file.read_bytes())


def _kept_golden(root: Path) -> list[Path]:
    return sorted(file for folder in (root / "tests").rglob("golden") for file in folder.iterdir() if file.is_file())


def _numbers(root: Path) -> Iterator[str]:
    """The pages in which a number was not the one that is counted."""
    pages = json.loads(_output("numbers in sentences", [sys.executable, "-m", "docs.renumbered"], root, "tests"))
    yield from (page for page, text in pages.items() if replace(root / page, text))


def _stale_figures(root: Path) -> str:
    """Which of the figures that are measured, and not made here, belong to another specification; empty for none."""
    return _output("figures of benchmarks", [sys.executable, "-m", "docs.stale_figures"], root, "tests").rstrip()


def _output(title: str, command: list[str], root: Path, folder: str, more: dict[str, str] | None = None) -> str:
    """What a command prints. Raises `Stopped` with all that it says where it fails."""
    environment = os.environ | on_its_code(root) | (more or {})
    done = subprocess.run(command, cwd=root / folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = f"{done.stdout}{done.stderr}".rstrip()
        if missing := re.findall(MISSING, said, re.M):  # which says all
            raise Stopped(f"{title}: {missing[-1]}")
        raise Stopped(f"{title}: exit code {done.returncode}\n{said}")
    return done.stdout
