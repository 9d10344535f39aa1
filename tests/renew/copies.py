"""Copies of the project, in which commands run on the copy's code."""

import os
import shutil
import subprocess
from pathlib import Path

__all__ = ["ROOMS", "copied", "on_its_code"]

ROOMS = ("tests", "docs", "model", "properties", "solver", "cli")
"""The folders in which Python finds what is the project's."""


def copied(root: Path, into: Path) -> None:
    """Copy every file of the project that git keeps, or would keep, as it is now.

    Raises `CalledProcessError` where there is no git, or no repository.
    """
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(listing, cwd=root, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (root / name).is_file():  # and was not deleted since
            (into / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, into / name)


def on_its_code(copy: Path) -> dict[str, str]:
    """What the environment of a command needs to find the code of a copy before any other."""
    more = os.environ.get("PYTHONPATH", "")
    path = os.pathsep.join([*(str(copy / room) for room in ROOMS), *filter(None, [more])])
    return {"PYTHONPATH": path}
