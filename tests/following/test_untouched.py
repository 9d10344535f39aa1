"""What code changed of Python's names or of ours is noticed, by the name."""

import builtins
import sys

import pytest

from runas_model.specification import rulebook
from runas_properties.following import replaying
from runas_properties.following.interpreter import Interpreter
from runas_properties.following.untouched import Untouched


def another(*_: object) -> bool:
    return True


@pytest.mark.parametrize(
    ("of", "name", "told"),
    [
        (builtins, "len", "builtins.len"),
        (rulebook, "run_as_covers", "runas_model.specification.rulebook.run_as_covers"),
        (Interpreter, "call", "runas_properties.following.interpreter.Interpreter.call"),
    ],
)
def test_a_name_that_stands_for_something_else_is_told(
    of: object, name: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    untouched = Untouched()
    with monkeypatch.context() as patched:
        patched.setattr(of, name, another)
        changed = untouched.changed()

    assert changed == told
    assert untouched.changed() == ""


def test_a_name_that_is_gone_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    untouched = Untouched()
    monkeypatch.delattr(rulebook, "RULEBOOK")

    assert untouched.changed() == "runas_model.specification.rulebook.RULEBOOK"


def test_other_code_under_the_same_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    untouched = Untouched()
    monkeypatch.setattr(replaying.first_difference, "__code__", another.__code__)

    assert untouched.changed() == "the code of runas_properties.following.replaying.first_difference"


def test_a_function_that_profiles_is_told() -> None:
    untouched = Untouched()
    before = sys.getprofile()
    sys.setprofile(another)
    try:
        assert untouched.changed() == "the function that profiles"
    finally:
        sys.setprofile(before)
    assert untouched.changed() == ""
