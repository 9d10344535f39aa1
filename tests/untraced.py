"""Processes that coverage does not trace: those that are sent a signal at any time."""

import os

__all__ = ["untraced"]


def untraced() -> dict[str, str]:
    """This process's environment without what makes coverage trace a child.

    Its tracer takes a lock in Python. A signal handler that raises in between leaves it locked, and the process then
    waits for itself, for ever.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_PROCESS_")}
