"""Examples of right values, made once."""

from typing import Any

import pytest

from model.doors.examples import right


@pytest.fixture(scope="session")
def examples() -> dict[Any, Any]:
    return right()
