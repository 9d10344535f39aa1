"""The environment of processes that tests start."""

import os
from pathlib import Path

__all__ = ["untraced", "with_path"]


def with_path(folder: Path) -> str:
    """A `PYTHONPATH` that has a folder before what this process was given."""
    return os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH", ""))))


def untraced() -> dict[str, str]:
    """This process's environment without what makes coverage trace a child.

    It must not trace one that is sent a signal at any time: the tracer takes a lock in Python, and where a signal
    handler raises in between, it stays taken, and the process waits for itself for ever.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_PROCESS_")}
