"""What `make test` leaves to `make deep` and to continuous integration: tests marked slow, and most of many cases."""

from collections.abc import Iterable
from typing import Any

import pytest

slow = pytest.mark.slow


def thinned(cases: Iterable[Any], every: int) -> list[Any]:
    """The cases of a test, of which all but every so manyth are slow."""
    return [case if number % every == 0 else pytest.param(case, marks=slow) for number, case in enumerate(cases)]
