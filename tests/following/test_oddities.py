"""Corners of Python are followed as they are, or not at all; no back door behind one of them is proved away."""

import importlib
from collections.abc import Callable
from typing import Any

import pytest

from following.correct import Question, chain_of_ifs
from following.oddities import ODDITIES
from following.test_interpreter import outcome, plain
from following.test_proving import target_of
from runas_properties.following import Ending, prove
from runas_properties.following.interpreter import Interpreter
from runas_properties.following.limits import Limits
from runas_properties.following.paths import NotFollowed, Path
from runas_properties.following.replaying import Told, first_difference, telling
from thinned import IS_DEEP, thinned

for kind in ("patterns", "errors", "containers", "values", "flow", "objects"):
    importlib.import_module(f"following.oddities_of_{kind}")

pytestmark = pytest.mark.filterwarnings("ignore:Bitwise inversion '~' on bool:DeprecationWarning")
"""Python warns of one of the oddities from 3.12 on."""

EVERY = 1 if IS_DEEP else 20
"""One in how many is put behind a back door."""
odd_ones = pytest.mark.parametrize("function", ODDITIES, ids=lambda function: function.__name__)


def secret() -> str:
    """A name that nothing in the source, and nothing computed before a call, gives away."""
    return "-".join(["some", "body", "else"])


def is_followed(function: Callable[[], Any]) -> bool:
    try:
        Interpreter(Path([], [])).call(function, [], {})
    except NotFollowed:
        return False
    return True


@odd_ones
def test_a_corner_of_python_is_followed_exactly_or_not_at_all(function: Callable[[], Any]) -> None:
    interpreter = Interpreter(Path([], []))
    told: list[Told] = []
    assert function() is True
    try:
        got = outcome(lambda: plain(interpreter.call(function, [], {})))
    except NotFollowed as left:
        got = ("left", left.place)
    if got[0] == "left":
        assert got[1] is not None
        return
    with telling(list(interpreter.functions), told.append):
        assert function() is True

    assert got == ("returned", True)
    assert first_difference(interpreter.told, told, {}) is None


def test_many_corners_are_followed() -> None:
    assert sum(map(is_followed, ODDITIES)) > len(ODDITIES) // 3


@pytest.mark.parametrize("function", thinned(ODDITIES[::EVERY], 3), ids=lambda function: function.__name__)
def test_a_back_door_behind_a_corner_is_not_proved_away(function: Callable[[], Any]) -> None:
    def decides(q: Question) -> Any:
        if function() and q["tag"] == secret():
            return "root"
        return chain_of_ifs(q)

    verdict = prove(target_of(decides), limits=Limits(os_users=0))

    assert verdict.ending is not Ending.PROVED
    assert verdict.vector is not None or verdict.place is not None
