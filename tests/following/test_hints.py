"""Names that occur near a function are found, and tried as the tag, as the default and among the OS users."""

import functools
from typing import Any

import pytest

from following.correct import Question, chain_of_ifs
from following.test_proving import target_of
from runas_properties.following import Ending, prove
from runas_properties.following.hints import names_near
from runas_properties.following.limits import Limits

COMPUTED = "".join(["who", "ev", "er"])
TABLE = {"names": [("".join(["no", "bo", "dy"]), 1)]}
DEFAULT_NAME = "".join(["de", "fau", "lt"])
PARTS = "halb", "wegs"


class Holder:
    inner = "".join(["in", "si", "de"])

    def __init__(self) -> None:
        self.own = "".join(["o", "w", "n"])
        self.empty = None

    def __call__(self, q: Question) -> Any:
        return chain_of_ifs(q)


def closed(name: str) -> Any:
    return lambda q, other=DEFAULT_NAME: name == other


@pytest.mark.parametrize(
    ("function", "name"),
    [
        (chain_of_ifs, "SSMSessionRunAs"),
        (lambda q: None, "whoever"),
        (lambda q: None, "nobody"),
        (lambda q: None, "halbwegs"),
        (Holder(), "inside"),
        (Holder().__call__, "own"),
        (closed("".join(["cl", "os", "ed"])), "closed"),
        (closed("any"), "default"),
        (functools.partial(lambda own, q: own, "".join(["gi", "ve", "n"])), "given"),
    ],
)
def test_a_name_is_found_wherever_it_hides(function: Any, name: str) -> None:
    assert name in names_near(function)


def test_a_back_door_that_only_a_computed_name_opens_is_found() -> None:
    def by_macos(q: Question) -> Any:
        return "root" if q["tag"] == COMPUTED and q["platform"] == "macos" else chain_of_ifs(q)

    def not_followed(q: Question) -> Any:
        return "root" if str.__eq__(COMPUTED, q["default_user"]) is True else chain_of_ifs(q)

    for function in (by_macos, not_followed):
        verdict = prove(target_of(function), limits=Limits(os_users=1))
        assert verdict.ending is Ending.REFUTED
        assert "whoever" in str(verdict.vector)
