"""What only looks like a value, a name or code that was checked, and does something else, is refused."""

from collections.abc import Callable
from types import CodeType, ModuleType

import pytest
from attrs import evolve

from runas_model import OPERATIONS, Decision, Reading, Situation, Specification, State
from runas_model.specification import transitions
from runas_model.specification.operations import Step
from runas_model.specification.vocabulary import ROOT, Account, Name, RuleId
from runas_model.universes import naming
from runas_model.universes.syntax import NotForEveryUniverse, check_function, forget_checked
from runas_properties.laws import LAWS
from runas_properties.laws.law import decision_law

Written = Callable[[str], ModuleType]


LOOK_ALIKE = """
@attrs.frozen
class Alike:
    rule: RuleId
    starts: bool
    os_user: Name
    weak: bool
    @property
    def reason(self): return None if self.weak else Reason.USER_MISSING
"""


@pytest.mark.parametrize(
    ("returns", "text", "told"),
    [
        (Decision, "def of(rule, s):\n    return Alike(rule, True, s.tag, s.tagged)\n", "else than a Decision"),
        (Decision, "def of(rule, s):\n    return s.tag\n", "else than a Decision"),
        (Decision, "def of(rule, s):\n    pass\n", "else than a Decision"),
        (bool, "def of(rule, s):\n    return s.tag\n", "else than a truth"),
        (bool, "def of(rule, s):\n    return 'yes'\n", "else than a truth"),
        (Step, "def of(rule, s):\n    return [s.tagged]\n", "else than a Step"),
    ],
)
def test_what_is_returned_is_of_the_very_class_that_is_wanted(
    returns: type, text: str, told: str, written: Written
) -> None:
    made = written(LOOK_ALIKE + text)
    with pytest.raises(NotForEveryUniverse, match=rf"line \d+: `of`: it may return something {told}"):
        check_function(made.of, RuleId, Situation, returns=returns)


def test_a_law_whose_claim_is_no_claim_is_refused(written: Written) -> None:
    sly = "@attrs.frozen\nclass Sly:\n    premise: bool\n    conclusion: bool\n"
    made = written(f"{sly}def law(s, d, r):\n    return Sly(d.starts, d.starts)\n")
    with pytest.raises(NotForEveryUniverse, match="else than a Claim"):
        decision_law("a-law-of-its-own", ("C1",))(made.law)
    assert "a-law-of-its-own" not in LAWS


@pytest.mark.parametrize(
    "exchange", [lambda code: code.replace(co_firstlineno=code.co_firstlineno - 1), lambda code: code]
)
def test_code_that_is_not_what_its_source_says_is_refused(
    exchange: Callable[[CodeType], CodeType], written: Written
) -> None:
    made = written("def when(s, r):\n    return s.tag == ROOT\ndef other(s, r):\n    return s.tag is ROOT\n")
    check_function(made.when, Situation, Reading)
    line = made.when.__code__.co_firstlineno
    made.when.__code__ = exchange(made.other.__code__.replace(co_name="when", co_firstlineno=line))
    forget_checked()
    with pytest.raises(NotForEveryUniverse, match="has no source here"):
        check_function(made.when, Situation, Reading)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "@attrs.frozen\nclass One:\n    switch: Switch\n    def __getattribute__(self, name):\n"
            "        return object.__getattribute__(self, name)\nONE = One(Switch.ON)\n",
            "s.run_as_enabled == ONE.switch",
        ),
        (
            "class Sly(dict):\n    def __getitem__(self, key):\n        return Switch.OFF\nON = Sly(on=Switch.ON)\n",
            "s.run_as_enabled == ON['on']",
        ),
        (
            "class Key(str):\n    def __eq__(self, other):\n        return True\n    __hash__ = str.__hash__\n"
            "ON = {Key('on'): Switch.ON}\n",
            "s.run_as_enabled == ON['on']",
        ),
        (
            "class Sly(Enum):\n    ONE = 'one'\n    def __getattribute__(self, name):\n"
            "        return object.__getattribute__(self, name)\n",
            "s.tag == Sly.ONE.value",
        ),
        (
            "class Sly(Enum):\n    ONE = 'one'\n    @property\n    def value(self):\n        return 'one'\n",
            "s.tag == Sly.ONE.value",
        ),
        (
            "from types import ModuleType\nclass Sly(ModuleType):\n    def __getattribute__(self, name):\n"
            "        return ROOT\nHELPER = Sly('helper')\nHELPER.NAME = SSM_USER\n",
            "s.tag == HELPER.NAME",
        ),
        (
            "class sly(property):\n    def __get__(self, of, kind=None):\n        return True\n"
            "@attrs.frozen\nclass One:\n    name: Name\n    @sly\n    def is_root(self):\n"
            "        return self.name == ROOT\n",
            "One(s.tag).is_root",
        ),
    ],
    ids=["record", "dict", "key", "enumeration", "value", "module", "property"],
)
def test_a_constant_that_runs_code_when_it_is_looked_at_is_refused(text: str, asked: str, written: Written) -> None:
    made = written(f"{text}def when(s, r):\n    return {asked}\n")
    with pytest.raises(NotForEveryUniverse, match=r"line \d+: "):
        check_function(made.when, Situation, Reading)


NAMED = "from runas_model.universes.naming import named\n"


def test_a_named_function_returns_nothing_that_has_a_say_of_its_own(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(naming, "NAMED", dict(naming.NAMED))
    sly = "@attrs.frozen\nclass Sly:\n    of: bool\n    def called(self, part, arguments):\n        return True\n"
    made = written(f"{NAMED}{sly}@named('it is so')\ndef so(s):\n    return Sly(s.tagged)\n")
    vars(made)["when"] = written("so = None\ndef when(s, r):\n    return so(s).of\n").when
    made.when.__globals__["so"] = made.so
    with pytest.raises(NotForEveryUniverse, match=r"`so`: .* `called` of its own"):
        check_function(made.when, Situation, Reading)


def test_other_code_in_the_place_of_what_gives_a_name_is_read(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(naming, "NAMED", dict(naming.NAMED))
    made = written(
        f"{NAMED}@named('it is so again')\ndef so(s):\n    return s.tagged\n"
        "def other(function, part):\n    def call(*more): return function is part or more[0].tag is ROOT\n"
        "    return call\n"
        "def when(s, r):\n    return so(s)\n"
    )
    check_function(made.when, Situation, Reading)
    made.so.__code__ = made.other(None, None).__code__
    forget_checked()
    with pytest.raises(NotForEveryUniverse):
        check_function(made.when, Situation, Reading)


def test_names_that_only_look_like_texts_are_refused(written: Written) -> None:
    class Key(str):
        __slots__ = ()

    made = written("def when(s, r):\n    return s.tag == ROOT\n")
    vars(made)[Key("OTHER")] = None
    with pytest.raises(NotForEveryUniverse, match="no plain texts"):
        check_function(made.when, Situation, Reading)


@pytest.mark.parametrize("part", ["__defaults__", "__kwdefaults__"])
def test_defaults_that_show_others_than_python_uses_are_refused(part: str, written: Written) -> None:
    class Shown(tuple if part == "__defaults__" else dict):  # type: ignore[misc]
        pass

    made = written("def when(s, r=None, *, more=None):\n    return s.tag == ROOT\n")
    setattr(made.when, part, Shown(getattr(made.when, part)))
    with pytest.raises(NotForEveryUniverse, match="the defaults of `when` are in no plain tuple or dict"):
        check_function(made.when, Situation, Reading)


def test_how_rules_decide_is_read_as_they_are(monkeypatch: pytest.MonkeyPatch, written: Written) -> None:
    deciding = "def decide_by(rules):\n    def first(s, r):\n        return {}\n    return first\n"
    other = written(deciding.format("rules[0].outcome(rules[0].id, s) if s.tag is ROOT else None"))
    monkeypatch.setattr(transitions, "decide_by", other.decide_by)
    with pytest.raises(NotForEveryUniverse):
        Specification()


def test_an_operation_has_no_defaults_for_its_arguments() -> None:
    def update_preferences(state: State, account: Account, default_user: Name = ROOT) -> Step:
        return Step([], state)

    operation = evolve(OPERATIONS["update_preferences"], function=update_preferences)
    with pytest.raises(NotForEveryUniverse, match=r"line \d+: the operation update_preferences has a default"):
        Specification(operations={**OPERATIONS, "update_preferences": operation})
