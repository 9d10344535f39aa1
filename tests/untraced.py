"""Processes that coverage does not trace."""

import os

__all__ = ["untraced"]


def untraced() -> dict[str, str]:
    """This process's environment without what makes coverage trace a child.

    It must not trace one that is sent a signal at any time: the tracer takes a lock in Python, and where a signal
    handler raises in between, it stays taken, and the process waits for itself for ever.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_PROCESS_")}
