"""The proof of the compiled decision is of the code that runs, and that is made of the forms it understands alone."""

import builtins
import inspect
from collections.abc import Callable
from types import FunctionType
from typing import Any

import pytest

from runas_cli.main import main
from runas_model import DEFAULT, RULEBOOK, Decision, decide
from runas_model.facts import compiled
from runas_model.facts.questions import CONSTANTS
from runas_model.inputs import situation
from runas_solver.compiled import prove_compiled, prove_followed
from runas_solver.forms import KNOWN, deviation
from runas_solver.proofs import Verdict
from thinned import slow

ROOT = "return Decision('tag-user-exists', True, 'root', None)"
TELLS_APART = {
    "a type": f"if type(s.tag) is str and s.tag == 'backdoor': {ROOT}",
    "a class": f"if isinstance(s.tag, str) and s.tag == 'backdoor': {ROOT}",
    "the class itself": f"if s.tag.__class__ == s.default_user.__class__: {ROOT}",
    "identity": f"if s.tag is s.tag: {ROOT}",
    "a hash": f"try:\n        hash(s.tag)\n        {ROOT}\n    except TypeError:\n        pass",
    "a hash in a set": f"if s.tag in {{'backdoor'}}: {ROOT}",
    "a length": f"if len(s.tag) == 8: {ROOT}",
    "a method of a text": f"if s.tag.startswith('back'): {ROOT}",
    "a walrus": f"if (t := s.tag) == 'backdoor': {ROOT}",
    "a name": f"t = s.tag\n    if t == 'backdoor': {ROOT}",
    "what proofs alone have": f"if s.tag._value == s.tag._value: {ROOT}",
    "another way": f"if s.tagged:\n        pass\n    else:\n        {ROOT}",
    "a truth of more": f"if s.tagged and s.tag_blank: {ROOT}",
    "an order": f"if s.tag < 'b': {ROOT}",
    "a chain": f"if s.tag == s.default_user == 'backdoor': {ROOT}",
    "another table": f"if s.tag.has(s.tag): {ROOT}",
    "another call": f"if print(s.tag): {ROOT}",
    "a decision made otherwise": "return Decision('tag-user-exists', True, os_user=str(s.tag), reason=None)",
    "what has no name": "return (lambda: s)()",
    "a loop": f"while s.tagged: {ROOT}",
    "an import": "import sys",
    "a docstring": "'It decides.'",
}


def writing(line: str, heading: str = "def decide(s, r=DEFAULT):") -> Callable[..., tuple[str, dict[str, Any]]]:
    """A compiler that writes a line more, before all others."""
    written = compiled.written

    def other(rules: Any) -> tuple[str, dict[str, Any]]:
        source, names = written(rules)
        return source.replace("def decide(s, r=DEFAULT):", f"{heading}\n    {line}" if line else heading), names

    return other


@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], None]:
    """Puts another compiler in the place of this one, for the package and for the proof."""

    def instead(written: Any) -> None:
        monkeypatch.setattr(compiled, "written", written)
        monkeypatch.setattr("runas_solver.forms.written", written)

    return instead


@pytest.mark.parametrize("way", TELLS_APART)
def test_code_that_could_tell_a_proof_from_a_run_is_not_proved_and_its_line_is_told(
    way: str, compiler: Callable[[Any], None]
) -> None:
    compiler(writing(TELLS_APART[way]))

    done = prove_compiled(compiled.compile_rules(RULEBOOK))

    assert done.verdict is Verdict.UNDETERMINED
    assert done.detail.startswith("line ")
    assert " is of none of the forms that are followed: " in done.detail


def test_the_forms_are_needed_for_what_is_followed_alone_is_proved_though_it_has_a_back_door(
    compiler: Callable[[Any], None],
) -> None:
    compiler(writing(TELLS_APART["a type"]))
    with_a_back_door = compiled.compile_rules(RULEBOOK)

    assert prove_followed(with_a_back_door).holds
    assert with_a_back_door(situation(run_as_enabled=True, tag="backdoor")).os_user == "root"


@pytest.mark.parametrize(
    "heading",
    [
        "def decide(s, r=DEFAULT, t=type):",
        "def decide(s, r: type = DEFAULT):",
        "@staticmethod\ndef decide(s, r=DEFAULT):",
        "async def decide(s, r=DEFAULT):",
        "import sys\ndef decide(s, r=DEFAULT):",
    ],
)
def test_another_heading_is_of_no_form(heading: str, compiler: Callable[[Any], None]) -> None:
    compiler(writing("", heading))

    assert "none of the forms" in deviation(decide, RULEBOOK)


@pytest.mark.parametrize("source", ["", "decide = 1", "def decide(s, r=DEFAULT):"])
def test_what_is_no_function_is_told_too(source: str, compiler: Callable[[Any], None]) -> None:
    compiler(lambda rules: (source, {}))

    assert deviation(decide, RULEBOOK).startswith("what the compiler writes is no function")


def test_a_line_of_the_right_form_is_followed_and_refuted(compiler: Callable[[Any], None]) -> None:
    compiler(writing(f"if s.tag == 'backdoor': {ROOT}"))

    assert prove_compiled(compiled.compile_rules(RULEBOOK)).verdict is Verdict.REFUTED


def made(**changes: Any) -> Any:
    """The compiled decision with something else in it."""
    parts = {
        "code": decide.__code__,  # type: ignore[attr-defined]
        "globals": decide.__globals__,  # type: ignore[attr-defined]
        "argdefs": (DEFAULT,),
        **changes,
    }
    return FunctionType(**parts)


def test_the_same_function_made_again_is_the_same() -> None:
    assert deviation(made(), RULEBOOK) == ""


def with_keywords() -> Any:
    other = made()
    other.__kwdefaults__ = {"r": DEFAULT}
    return other


class Names(dict[str, Any]):
    """A namespace that could say something else each time."""


OTHERS: dict[str, Callable[[], Any]] = {
    "other code with the source of this": lambda: made(code=(lambda s, r: s).__code__),
    "other rules": lambda: compiled.compile_rules(RULEBOOK[1:]),
    "another default": lambda: made(argdefs=(None,)),
    "no default": lambda: made(argdefs=None),
    "defaults by keyword": with_keywords,
    "a namespace of another type": lambda: made(globals=Names(decide.__globals__)),  # type: ignore[attr-defined]
    "no function": lambda: lambda s, r=DEFAULT: decide(s, r),
}


@pytest.mark.parametrize("other", OTHERS)
def test_code_that_is_not_what_the_compiler_writes_is_not_proved(other: str) -> None:
    done = prove_compiled(OTHERS[other]())

    assert done.verdict is Verdict.UNDETERMINED
    assert done.detail == "the code that runs is not what the compiler writes for these rules"


class Telling:
    """A decision that knows when it is asked for."""


@pytest.mark.parametrize("name", ["Decision", "Platform_LINUX", "decided_18", "DEFAULT"])
@pytest.mark.parametrize("means", [Telling(), type("Decision", (Decision,), {}), "backdoor"])
def test_a_name_that_means_something_else_is_told(name: str, means: Any) -> None:
    names = {**decide.__globals__, name: means}  # type: ignore[attr-defined]

    assert deviation(made(globals=names), RULEBOOK) == f"what the compiled decision calls {name} is something else"


def test_a_name_that_is_not_bound_is_not_looked_for_among_the_builtins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtins, "Platform_LINUX", KNOWN["Platform_LINUX"], raising=False)
    names = dict(decide.__globals__)  # type: ignore[attr-defined]
    del names["Platform_LINUX"]

    assert "Platform_LINUX is something else" in deviation(made(globals=names), RULEBOOK)


def test_what_names_mean_is_what_the_facts_call_so() -> None:
    assert {name: KNOWN[name] for name in CONSTANTS if name != "is_blank"} == {
        name: means for name, means in CONSTANTS.items() if name != "is_blank"
    }


@slow
def test_verify_does_not_hold_with_code_of_another_form(
    compiler: Callable[[Any], None], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    compiler(writing(TELLS_APART["a class"]))
    monkeypatch.setattr("runas_cli.verify.prove_all", lambda rlimit: [])

    assert main(["verify"]) == 1

    printed = capsys.readouterr().out
    assert "is not shown to equal the rulebook's: undetermined" in printed
    assert "line 2 of the compiled decision is of none of the forms that are followed: if isinstance(" in printed


def with_names(names: dict[Any, Any]) -> Any:
    """The decision with other names for it to find."""
    return FunctionType(decide.__code__, names, "decide", decide.__defaults__)  # type: ignore[attr-defined]


def test_names_that_only_look_like_texts_are_no_names_of_the_compiler() -> None:
    class Key(str):
        __slots__ = ()

    names = dict(decide.__globals__)  # type: ignore[attr-defined]
    assert deviation(with_names(names), RULEBOOK) == ""
    assert "not what the compiler writes" in deviation(with_names({**names, Key("OTHER"): None}), RULEBOOK)


def test_a_decision_under_a_name_is_the_one_that_the_compiler_means_also_where_it_is_put_right_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = dict(decide.__globals__)  # type: ignore[attr-defined]
    kept = dict(names)
    wrong = next(name for name, value in names.items() if type(value) is Decision and not value.starts)
    names[wrong] = Decision(names[wrong].rule, True, names[wrong].os_user, None)
    written = compiled.written

    def put_right(rules: Any) -> tuple[str, dict[str, Any]]:
        names.update(kept)
        return written(rules)

    monkeypatch.setattr("runas_solver.forms.written", put_right)

    assert deviation(with_names(names), RULEBOOK) == f"what the compiled decision calls {wrong} is something else"


def test_what_is_proved_is_the_decision_that_the_package_exports() -> None:
    assert inspect.signature(prove_compiled).parameters["decide"].default is decide
