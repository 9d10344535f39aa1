"""The parts of pages that are made: each a function from the packages to Markdown, under the name of its directive."""

from collections.abc import Callable
from typing import Any

__all__ = ["PARTS", "part"]

PARTS: dict[str, Callable[[], str]] = {}


def part(name: str) -> Callable[[Any], Any]:
    """Make a function's text available to pages as the directive of that name."""

    def register(function: Callable[[], str]) -> Callable[[], str]:
        if name in PARTS:
            raise ValueError(f"there is a part {name} already")
        PARTS[name] = function
        return function

    return register
