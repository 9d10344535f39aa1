"""What code changed of Python's names or of ours is noticed, by the name."""

import builtins
import gc
import signal
import sys
from types import ModuleType

import pytest

from runas_model.specification import rulebook
from runas_model.specification.vocabulary import Platform
from runas_properties import following
from runas_properties.following import proving, replaying
from runas_properties.following.functions import BUILT_IN
from runas_properties.following.interpreter import Interpreter
from runas_properties.following.paths import Path
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


@pytest.mark.parametrize(
    ("of", "name", "told"),
    [
        (builtins, "anything", "builtins.anything"),
        (rulebook, "any", "runas_model.specification.rulebook.any"),
        (Interpreter, "_do_import", "runas_properties.following.interpreter.Interpreter._do_import"),
        (Interpreter, "__getattr__", "runas_properties.following.interpreter.Interpreter.__getattr__"),
        (Platform, "__eq__", "runas_model.specification.vocabulary.Platform.__eq__"),
    ],
)
def test_a_name_that_is_new_is_told(of: object, name: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    untouched = Untouched()
    with monkeypatch.context() as patched:
        patched.setattr(of, name, another, raising=False)
        changed = untouched.changed()

    assert changed == told
    assert untouched.changed() == ""


def test_what_is_imported_when_it_is_asked_for_is_no_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(following, "prove", raising=False)
    monkeypatch.delattr(following, "untouched")
    untouched = Untouched()

    monkeypatch.setattr(following, "untouched", sys.modules[Untouched.__module__], raising=False)
    assert following.prove is proving.prove
    assert untouched.changed() == ""


def test_what_only_says_that_it_is_a_module_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    untouched = Untouched()
    monkeypatch.setattr(proving, "len", type("Callable", (ModuleType,), {"__call__": another})("len"), raising=False)

    assert untouched.changed() == "runas_properties.following.proving.len"


def test_another_entry_of_a_table_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    untouched = Untouched()
    monkeypatch.setitem(BUILT_IN, len, another)

    assert untouched.changed() == f"the table runas_properties.following.functions.BUILT_IN, at {len}"


def test_what_python_calls_by_itself_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    untouched = Untouched()
    with monkeypatch.context() as patched:
        patched.setattr(gc, "callbacks", [*gc.callbacks, another])
        assert untouched.changed().startswith("the functions that Python calls when it looks for garbage, at ")
    before = signal.signal(signal.SIGTERM, another)
    try:
        assert untouched.changed() == "the function that handles the signal SIGTERM"
    finally:
        signal.signal(signal.SIGTERM, before)
    assert untouched.changed() == ""


def test_a_name_that_is_gone_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    untouched = Untouched()
    monkeypatch.delattr(rulebook, "RULEBOOK")

    assert untouched.changed() == "runas_model.specification.rulebook.RULEBOOK"


def test_other_code_under_the_same_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    untouched = Untouched()
    monkeypatch.setattr(replaying.first_difference, "__code__", another.__code__)

    assert untouched.changed() == "the code of runas_properties.following.replaying.first_difference"


def test_other_code_or_defaults_of_a_method_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    untouched = Untouched()
    place = "runas_properties.following.paths.Path"
    with monkeypatch.context() as patched:
        patched.setattr(Path.same, "__code__", another.__code__)
        assert untouched.changed() == f"the code of {place}.same"
    with monkeypatch.context() as patched:
        patched.setattr(Path.values_for, "__defaults__", (1, ()))
        assert untouched.changed() == f"the defaults of {place}.values_for"


def test_a_function_that_profiles_is_told() -> None:
    untouched = Untouched()
    before = sys.getprofile()
    sys.setprofile(another)
    try:
        assert untouched.changed() == "the function that profiles"
    finally:
        sys.setprofile(before)
    assert untouched.changed() == ""
