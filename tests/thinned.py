"""What `make test` leaves to `make deep` and to continuous integration: tests marked slow, and most of many cases.

Those marked deep, which take minutes, are left to `make deep` alone.
"""

from collections.abc import Callable, Iterable
from itertools import cycle
from typing import Any, TypeVar

import pytest
from hypothesis import settings

Test = TypeVar("Test", bound=Callable[..., object])

IS_DEEP = settings.get_current_profile_name() == "deep"
"""Whether `make deep` runs, which tries every case of what is otherwise tried in part."""

slow = pytest.mark.slow


def deep(test: Test) -> Test:
    """Mark a test as slow and deep."""
    marked: Test = slow(pytest.mark.deep(test))
    return marked


def thinned(cases: Iterable[Any], every: int, slow_every: int = 1, spread: bool = False) -> list[Any]:
    """The cases of a test, of which all but every so manyth are slow; of these all but every so manyth are deep too.

    With `spread` a case is a tuple, of values for several parameters.
    """
    turn = cycle([[slow], *[[slow, pytest.mark.deep]] * (slow_every - 1)])
    return [
        pytest.param(*(case if spread else (case,)), marks=next(turn)) if number % every else case
        for number, case in enumerate(cases)
    ]
