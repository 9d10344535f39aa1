"""Run the steps, put into place what they made, then renew golden files and the numbers in sentences."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from renew.files import replace
from renew.steps import STEPS, Step
from renew.version import version_told

__all__ = ["run"]

ROOT = Path(__file__).parents[2]
BENCHMARKS = "docs/data/benchmarks.json are measured, not derived: make bench-keep, where tests say that they are stale"


class Stopped(Exception):
    """A step failed; it says why."""


def run(root: Path = ROOT, steps: Iterable[Step] = STEPS) -> int:
    """Renew everything; 0 if each step ended well, whatever changed. What was put into place stays where one fails."""
    changed = 0
    try:
        for step in steps:
            changed += _told(step.title, _renewed(root, step), step.afterwards)
        changed += _told("golden files", _golden(root), "read the differences: they are what a user sees")
        changed += _told("numbers in sentences", _numbers(root))
    except Stopped as stopped:
        print(f"{stopped}\nrenew: the steps from here on were not run", file=sys.stderr)
        return 1
    if told := version_told(root):
        print(told)
    print(f"{changed or 'no'} {'file' if changed == 1 else 'files'} changed; the figures in {BENCHMARKS}")
    return 0


def _told(title: str, renewed: Iterator[str], afterwards: str = "") -> int:
    began = time.monotonic()
    files = list(renewed)
    print(f"{title}: {', '.join(files) or 'nothing changed'} ({time.monotonic() - began:.1f} s)", flush=True)
    if files and afterwards:
        print(f"  {afterwards}", flush=True)
    return len(files)


def _renewed(root: Path, step: Step) -> Iterator[str]:
    """The files of a step that have another text now."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        printed = _output(step.title, step.command(out), root / step.folder)
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
    _output("golden files", pytest, root, {RENEWING: "1"})
    yield from (str(file.relative_to(root)) for file in _kept_golden(root) if before.get(file) != file.read_bytes())


def _kept_golden(root: Path) -> list[Path]:
    return sorted(file for folder in (root / "tests").rglob("golden") for file in folder.iterdir() if file.is_file())


def _numbers(root: Path) -> Iterator[str]:
    """The pages in which a number was not the one that is counted."""
    pages = json.loads(_output("numbers in sentences", [sys.executable, "-m", "docs.renumbered"], root / "tests"))
    yield from (page for page, text in pages.items() if replace(root / page, text))


def _output(title: str, command: list[str], folder: Path, more: dict[str, str] | None = None) -> str:
    """What a command prints. Raises `Stopped` with all that it says where it fails."""
    done = subprocess.run(
        command, cwd=folder, env=os.environ | (more or {}), capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = f"{done.stdout}{done.stderr}".rstrip()
        _, missing, what = said.rpartition("\nLookupError: ")  # of which the last line says all
        raise Stopped(f"{title}: {what}" if missing else f"{title}: exit code {done.returncode}\n{said}")
    return done.stdout
