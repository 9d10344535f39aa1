"""Implementations in Python that misbehave: each case has a verdict, and what is wrong is told in a line."""

import contextlib
import sys
import time
from collections.abc import Callable, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from runas_model import AGENT, DOCS_2023
from runas_properties.conformance.judging.running import Verdict, judge, observe
from runas_properties.conformance.targets import target as targets
from runas_properties.conformance.targets.target import SECONDS as PATIENCE
from runas_properties.conformance.targets.target import CaseError, PythonTarget, Unusable, load
from runas_properties.conformance.vectors.vector import vectors

sys.path.insert(0, str(Path(__file__).parents[3] / "examples" / "python-decision"))

from resolver import os_user_for

CASES = vectors("decision")[::100]
VICTIM = dict(CASES[3].steps[0])
SECONDS = 0.3


def honest(question: Mapping[str, Any]) -> str | None:
    tags = {question["tag_key"]: question["tag"]}
    enabled, default, platform = (question[name] for name in ("run_as_enabled", "default_user", "platform"))
    return os_user_for(enabled, default, tags, platform, question["os_users"])


def target_that(spoils: Callable[[], Any], seconds: float = PATIENCE) -> PythonTarget:
    """A target that is right but for one case, to which it answers what `spoils` returns, if that returns."""
    return PythonTarget(lambda: lambda question: spoils() if question == VICTIM else honest(question), "it", seconds)


def raise_(error: BaseException) -> Any:
    raise error


def swallow() -> None:
    while True:
        with contextlib.suppress(Exception):
            time.sleep(60)


class Anybody(str):
    """A name that says it is every other one."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = str.__hash__


SPOILS: dict[str, tuple[Callable[[], Any], str]] = {
    "hangs": (lambda: time.sleep(60), "no answer within 0.3 s"),
    "hangs and catches exceptions": (swallow, "no answer within 0.3 s"),
    "raises": (lambda: raise_(KeyError("alice")), "KeyError: 'alice' (test_target.py, line "),
    "exits": (lambda: sys.exit(3), "SystemExit: 3 ("),
    "stops a generator": (lambda: raise_(GeneratorExit()), "GeneratorExit"),
    "recurses": (lambda: SPOILS["recurses"][0](), "RecursionError: maximum recursion depth exceeded"),
    "returns a number": (lambda: 2001, "the answer was 2001, of type int; it must be a name, None or a dict"),
    "returns an object": (object, "of type object; it must be a name, None or a dict"),
    "returns a list": (lambda: ["alice"], "the answer was ['alice'], of type list"),
    "returns a dict of two kinds": (
        lambda: {"started_as": "a", "refused": None},
        "this one has started_as and refused",
    ),
    "returns an empty dict": (dict, "a result must have exactly one of"),
    "returns a number for a name": (lambda: {"started_as": 2001}, "Expected `str`, got `int`"),
    "returns a skip without an issue": (
        lambda: {"skipped": "too hard"},
        "skipped needs a message and the URL of an issue",
    ),
    "returns half a letter": (lambda: "\ud800", "surrogates not allowed"),
}


@pytest.mark.parametrize(("does", "told"), SPOILS.values(), ids=SPOILS.keys())
def test_one_that_spoils_a_case_has_an_error_there_and_passes_the_others(does: Callable[[], Any], told: str) -> None:
    target = target_that(does, SECONDS if "no answer within" in told else PATIENCE)
    judged = judge(list(observe(target, CASES)), DOCS_2023, {})

    assert [one.vector.id for one in judged] == [vector.id for vector in CASES]
    assert [one.verdict for one in judged if one.verdict is not Verdict.PASSED] == [Verdict.ERRORED]
    assert judged[3].verdict is Verdict.ERRORED
    assert told in judged[3].observed.error


def test_a_name_that_equals_every_other_is_taken_by_its_letters() -> None:
    judged = judge(list(observe(target_that(lambda: Anybody("mallory")), CASES)), DOCS_2023, {})

    assert judged[3].verdict is Verdict.FAILED


def test_one_that_changes_the_question_changes_its_own_copy() -> None:
    def decide(question: dict[str, Any]) -> str | None:
        answer = honest(question)
        question["os_users"].clear()
        question["tag"] = "mallory"
        return answer

    before = deepcopy([vector.steps for vector in CASES])
    judged = judge(list(observe(PythonTarget(lambda: decide, "it"), CASES)), DOCS_2023, {})

    assert {one.verdict for one in judged} == {Verdict.PASSED}
    assert [vector.steps for vector in CASES] == before


def test_what_one_prints_does_not_come_between_the_reports(capsys: pytest.CaptureFixture[str]) -> None:
    def decide(question: dict[str, Any]) -> str | None:
        print("looking up", question["tag"])
        return honest(question)

    judged = judge(list(observe(PythonTarget(lambda: decide, "it"), CASES)), DOCS_2023, {})

    assert {one.verdict for one in judged} == {Verdict.PASSED}
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "looking up" in printed.err


def test_a_service_whose_factory_fails_for_a_case_has_an_error_there() -> None:
    made: list[object] = []

    class Service:
        def __init__(self) -> None:
            made.append(self)
            if len(made) == 3:
                raise OSError("no space left")

        def apply(self, step: Mapping[str, Any]) -> None:
            return None

    target = PythonTarget(Service, "it")
    steps = CASES[0].steps
    target.run("one", steps)

    with pytest.raises(CaseError, match=r"OSError: no space left \(test_target.py, line \d+\)"):
        target.run("two", steps)
    target.run("three", steps)


MODULE = """
import time
from typing import Any

answers = 5

def decide(question):
    return None

def decide_or_not(question=None):
    return "alice"

def broken():
    raise RuntimeError("no database")

def broken_inside():
    return len(5)

def exits():
    raise SystemExit(1)

def hangs():
    time.sleep(60)

class ReadsLikeNobody:
    reading = "docs-2024"
    def apply(self, step):
        return None

class ReadsLikeTheAgent(ReadsLikeNobody):
    reading = "agent"
"""

UNUSABLE = {
    "written without a factory": ("hostile_module", "expected package.module:factory"),
    "written without a module": (":factory", "expected package.module:factory"),
    "no such module": ("no_such_module:factory", "importing no_such_module failed: ModuleNotFoundError: No module"),
    "relative": (".relative:factory", "importing .relative failed: TypeError: the 'package' argument is required"),
    "does not parse": ("does_not_parse:factory", "importing does_not_parse failed: SyntaxError"),
    "does not import": ("does_not_import:factory", "ImportError: cannot import name 'nothing' from 'json'"),
    "exits on import": ("exits_on_import:factory", "importing exits_on_import failed: SystemExit: 3"),
    "no such factory": ("hostile_module:factory", "hostile_module has no 'factory'; it has Any, ReadsLikeNobody"),
    "not a function": ("hostile_module:answers", "hostile_module:answers is 5, which is not callable"),
    "the function itself": ("hostile_module:decide", "name a factory that returns your function, not the function"),
    "a function that may be called": (
        "hostile_module:decide_or_not",
        "returned 'alice', of type str; it must return",
    ),
    "raises": ("hostile_module:broken", "failed: RuntimeError: no database (hostile_module.py, line "),
    "exits": ("hostile_module:exits", "the factory hostile_module:exits failed: SystemExit: 1"),
    "hangs": ("hostile_module:hangs", "the factory hostile_module:hangs failed: no answer within 0.3 s"),
    "reads like nobody": ("hostile_module:ReadsLikeNobody", "declares an unknown reading 'docs-2024'; use one of"),
}


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Modules that are wrong, where `load` finds them."""
    (tmp_path / "hostile_module.py").write_text(MODULE)
    (tmp_path / "does_not_parse.py").write_text("def factory(:\n")
    (tmp_path / "does_not_import.py").write_text("from json import nothing\n")
    (tmp_path / "exits_on_import.py").write_text("raise SystemExit(3)\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "hostile_module", raising=False)
    monkeypatch.setattr(targets, "SECONDS_TO_START", SECONDS)


@pytest.mark.usefixtures("modules")
@pytest.mark.parametrize(("name", "told"), UNUSABLE.values(), ids=UNUSABLE.keys())
def test_a_target_that_cannot_be_driven_is_unusable(name: str, told: str) -> None:
    with pytest.raises(Unusable) as raised:
        load(name, SECONDS)

    assert told in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.usefixtures("modules")
def test_a_mistake_within_a_factory_is_not_taken_for_a_call_with_wrong_arguments() -> None:
    with pytest.raises(Unusable) as raised:
        load("hostile_module:broken_inside")

    assert str(raised.value).endswith("TypeError: object of type 'int' has no len() (hostile_module.py, line 17)")


@pytest.mark.usefixtures("modules")
def test_a_profile_may_be_declared_by_its_name() -> None:
    assert load("hostile_module:ReadsLikeTheAgent").about.reading == AGENT


def test_an_interrupt_goes_through() -> None:
    with pytest.raises(KeyboardInterrupt):
        list(observe(target_that(lambda: raise_(KeyboardInterrupt())), CASES))
