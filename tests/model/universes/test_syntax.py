"""What a function of the specification may not ask of values is refused where it stands, before anything is proved."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from attrs import evolve

from runas_model import OPERATIONS, RULEBOOK, SPECIFICATION, Reading, Situation, Specification
from runas_model.specification.transitions import Transition
from runas_model.universes.syntax import NotForEveryUniverse, check_function, forget_checked
from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_properties.laws import LAWS
from runas_solver.proofs import prove_all
from untraced import untraced

Written = Callable[[str], ModuleType]


def test_what_a_transition_is_asked_that_is_the_same_everywhere_is_allowed(written: Written) -> None:
    asked = (
        "def law(t: Transition):\n    if t.operation != 'x' or not t.decides or t.takes('key'):\n        return False\n"
    )
    check_function(written(f"{asked}    return t.starts()\n").law, Transition)
    with pytest.raises(NotForEveryUniverse):
        check_function(written("def law(t: Transition):\n    return not t.starts()\n").law, Transition)


def test_what_is_given_to_a_function_is_plain_or_not_whatever_it_is_annotated_with(written: Written) -> None:
    helper = "def helper(text: str, other: bool = True):\n    return other if text == 'x' and other is True else s\n"
    plain = written(f"s = False\n{helper}def when(s, r):\n    return all_of(helper('x'), s.tagged)\n")
    check_function(plain.when, Situation, Reading)
    for given in ("s.tag", "'x', s.tagged", "text='x', other=s.tagged", "*(s.tag,)"):
        made = written(f"s = False\n{helper}def when(s, r):\n    return helper({given})\n")
        with pytest.raises(NotForEveryUniverse):
            check_function(made.when, Situation, Reading)


def test_what_is_plain_is_known_of_the_subject_alone(written: Written) -> None:
    claims_so = "@attrs.frozen\nclass Mine:\n    PLAIN = frozenset(('truth',))\n    truth: bool\n"
    asked = f"{claims_so}def law(t: Transition):\n    return True if Mine(t.accepted).truth else False\n"
    with pytest.raises(NotForEveryUniverse, match="truth of Mine is plain, and this is not"):
        check_function(written(asked).law, Transition)
    taken = written(f"{claims_so}def law(s, mine):\n    return True if mine.truth else False\n")
    with pytest.raises(NotForEveryUniverse, match="write `choose`"):
        check_function(taken.law, Situation, mine=taken.Mine)


def test_two_closures_of_one_function_are_told_apart(written: Written) -> None:
    made = written("def using(test):\n    return lambda s, r: test(s.tag)\n")
    of = written("def clean(v):\n    return v == ROOT\ndef dirty(v):\n    return v is ROOT\n")
    check_function(made.using(of.clean), Situation, Reading)
    with pytest.raises(NotForEveryUniverse):
        check_function(made.using(of.dirty), Situation, Reading)


def test_a_name_that_was_bound_anew_is_seen_when_a_specification_is_checked_anew(written: Written) -> None:
    made = written("def test(v):\n    return v == ROOT\ndef when(s, r):\n    return test(s.tag)\n")
    specification = Specification([evolve(RULEBOOK[0], when=made.when)])
    vars(made)["test"] = written("def test(v):\n    return v is ROOT\n").test
    specification.check()
    for ask in (specification.check_anew, lambda: next(prove_all(specification))):
        with pytest.raises(NotForEveryUniverse, match="write `==`"):
            ask()
    forget_checked()


def test_a_function_that_uses_what_cannot_be_read_is_refused(written: Written) -> None:
    unknown = '@attrs.frozen\nclass Unknown:\n    of: "NoSuchClass"\n'
    made = written(f"{unknown}def when(s, r):\n    return Unknown(s.tag).of == ROOT\n")
    with pytest.raises(NotForEveryUniverse, match=r"line \d+: `when`: it cannot be read, .*'NoSuchClass'"):
        check_function(made.when, Situation, Reading)


class Always:
    """An object that can be called, and says that it equals any function."""

    def __call__(self, s: Situation, r: Reading) -> bool:
        return s.tagged is True

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash(RULEBOOK[0].when)


@pytest.mark.parametrize("when", [Always(), partial(lambda extra, s, r: s.tagged is True, None), Always().__call__])
def test_what_can_be_called_and_is_no_function_is_no_rule(when: Any) -> None:
    with pytest.raises(NotForEveryUniverse, match="write `def` or `lambda`"):
        Specification([evolve(RULEBOOK[0], when=when)])


def test_two_lambdas_on_one_line_are_told_apart(written: Written) -> None:
    made = written("a, b = (lambda s, r: s.tag == ROOT), (lambda s, r: s.tag is ROOT)\n")
    check_function(made.a, Situation, Reading)
    with pytest.raises(NotForEveryUniverse):
        check_function(made.b, Situation, Reading)


def test_a_function_without_source_cannot_be_checked() -> None:
    made = eval("lambda s, r: s.tagged")
    with pytest.raises(NotForEveryUniverse, match="has no source here"):
        check_function(made, Situation, Reading)


def test_the_specification_the_faulty_ones_and_the_laws_are_checked() -> None:
    assert SPECIFICATION.rules
    assert FAULTY_SPECIFICATIONS
    for law in LAWS.values():
        law.check()


def test_no_specification_is_made_of_a_rule_that_asks_for_an_object() -> None:
    rule = evolve(RULEBOOK[0], when=lambda s, r: s.tagged is True)
    with pytest.raises(NotForEveryUniverse, match=r"test_syntax\.py, line"):
        Specification([rule])
    refused: Any = lambda state, principal, key: not state  # noqa: E731
    operation = evolve(OPERATIONS["untag_principal"], function=refused)
    with pytest.raises(NotForEveryUniverse, match="write `not_`"):
        Specification(operations={"untag_principal": operation})


@pytest.mark.parametrize("command", ["verify", "decide"])
def test_the_command_line_refuses_to_start_and_says_where(command: str, tmp_path: Path) -> None:
    import runas_model

    copied = tmp_path / "runas_model"
    shutil.copytree(Path(runas_model.__file__).parent, copied, ignore=shutil.ignore_patterns("__pycache__"))
    rulebook = copied / "specification" / "rulebook.py"
    text = rulebook.read_text("utf-8")
    asked = "s.run_as_enabled == Switch.UNREADABLE"
    assert text.count(asked) == 1
    rulebook.write_text(text.replace(asked, asked.replace("==", "is")), "utf-8")
    number = text[: text.index(asked)].count("\n") + 1
    program = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from runas_cli.main import run; run()"
    arguments = {"verify": [], "decide": ["--run-as", "off"]}[command]

    done = subprocess.run(
        [sys.executable, "-c", program, command, *arguments], capture_output=True, text=True, env=untraced()
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"runas-spec: {rulebook}, line {number}: `s.run_as_enabled is Switch.UNREADABLE`: "
        "`is` asks which Python object it is: write `==`\n"
    )
