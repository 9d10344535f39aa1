"""What `make test` leaves to `make deep` and to continuous integration: tests marked slow, and most of many cases.

Those marked deep, which take minutes, are left to `make deep` alone.
"""

from collections.abc import Callable, Iterable
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


def thinned(cases: Iterable[Any], every: int) -> list[Any]:
    """The cases of a test, of which all but every so manyth are slow."""
    return [case if number % every == 0 else pytest.param(case, marks=slow) for number, case in enumerate(cases)]
