"""The register of corners of Python, each a function that is true there.

What takes one of them otherwise would miss a back door behind it.
"""

from collections.abc import Callable
from typing import Any

__all__ = ["ODDITIES", "fails_at", "odd"]

ODDITIES: list[Callable[[], Any]] = []


def odd(function: Callable[[], Any]) -> Callable[[], Any]:
    ODDITIES.append(function)
    return function


def fails_at(wrong: int) -> Callable[[int], int]:
    def given(number: int) -> int:
        if number == wrong:
            raise ValueError
        return number

    return given
