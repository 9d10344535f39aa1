"""What doors say of values: near ones, bounds, texts for members; and that other universes pass.

What a type checker would see is tried here, so it does not look.
"""

# mypy: disable-error-code="arg-type, list-item"
from collections.abc import Callable
from enum import Enum
from typing import Any

import attrs
import pytest

from model.doors.public import Strange, right_for, wrong_for
from runas_model import (
    AGENT,
    DEFAULT,
    INITIAL,
    OPERATIONS,
    OsUser,
    Platform,
    Reading,
    Situation,
    Switch,
    all_readings,
    apply,
    decide,
    decide_by,
    os_users,
    situation,
    situation_of,
)
from runas_model.facts import READING, SITUATION, situation_classes
from runas_model.inputs import NO_OS_USER
from runas_model.inputs.situations import table_of
from runas_model.specification.readings import CHOICES, choices_of, reading_named
from runas_model.specification.vocabulary import NO_ID, POSIX_IDS
from runas_model.universes import Table
from runas_properties.conformance import Generating, chosen
from runas_properties.conformance.protocol import question, situation_asked
from runas_properties.conformance.targets import CommandTarget, PythonTarget
from runas_properties.conformance.vectors import readings_when
from runas_properties.explorer import Scope, Trace
from runas_properties.implementations import DictService, EventSourcedService
from runas_properties.laws import Kind, laws_of
from runas_properties.oracle import Oracle, check
from runas_properties.oracle.unknowns import Unknown
from runas_properties.stateful import RunAsMachine, situations, traces, value_of

evolve: Any = attrs.evolve
Perform = Callable[[str, dict[str, Any]], Any]

PERFORMED_BY: dict[str, Perform] = {
    "apply": lambda operation, arguments: apply(operation, INITIAL, **arguments),
    "Oracle": lambda operation, arguments: Oracle().perform(operation, arguments),
    "DictService": lambda operation, arguments: DictService().apply(operation, arguments),
    "EventSourcedService": lambda operation, arguments: EventSourcedService().apply(operation, arguments),
}
ARGUMENTS = [(id, name) for id, operation in OPERATIONS.items() for name in operation.arguments]


def right_arguments(operation: str, examples: dict[Any, Any]) -> dict[str, Any]:
    of_operation = {key: value for key, value in examples.items() if key != "kind"}
    return {name: right_for(name, sort, of_operation) for name, sort in OPERATIONS[operation].arguments.items()}


@pytest.mark.parametrize("perform", PERFORMED_BY.values(), ids=PERFORMED_BY)
@pytest.mark.parametrize(("operation", "name"), ARGUMENTS)
def test_an_argument_of_a_wrong_kind_is_refused_by_whatever_performs_an_operation(
    operation: str, name: str, perform: Perform, examples: dict[Any, Any]
) -> None:
    right = right_arguments(operation, examples)
    for wrong in wrong_for(OPERATIONS[operation].arguments[name]):
        with pytest.raises((TypeError, ValueError), match=rf"^{name} "):
            perform(operation, {**right, name: wrong})


@pytest.mark.parametrize("perform", PERFORMED_BY.values(), ids=PERFORMED_BY)
def test_an_operation_that_there_is_not_or_arguments_that_do_not_fit_are_refused(perform: Perform) -> None:
    with pytest.raises(ValueError, match="operation cannot be 'tag_principl'; did you mean 'tag_principal'"):
        perform("tag_principl", {})
    with pytest.raises(TypeError, match="operation must be a text, not 3 "):
        perform(3, {})
    with pytest.raises(TypeError, match="delete_principal has no argument 'princpal'; did you mean 'principal'"):
        perform("delete_principal", {"princpal": "amy"})
    with pytest.raises(TypeError, match="untag_principal needs 'key' as well"):
        perform("untag_principal", {"principal": "amy"})


USER = {"instance": "i-1", "name": "bob"}
GIVEN_IDS: dict[str, Callable[[Any], Any]] = {
    "os_users": lambda id: os_users([("bob", 0, id)]),
    "situation": lambda id: situation(run_as_enabled=True, users=[("bob", id, 0)]),
    "a table": lambda id: situation(run_as_enabled=True, users=Table.of(NO_OS_USER, [("bob", OsUser(id, id))])),
    "a reader's table": lambda id: table_of([("bob", id, 0)]),
    "apply": lambda id: apply("create_os_user", registered(), **USER, uid=id, gid=0),
    "Oracle": lambda id: Oracle(state=registered()).perform("create_os_user", {**USER, "uid": 0, "gid": id}),
}


def registered() -> Any:
    return apply("register_instance", INITIAL, instance="i-1", account="1", platform="linux")[0]


@pytest.mark.parametrize("give", GIVEN_IDS.values(), ids=GIVEN_IDS)
def test_uids_and_gids_are_those_that_an_account_may_have(give: Callable[[Any], Any]) -> None:
    for id in (0, 1, 65534, 2**31, 2**32 - 1):
        give(id)
    for id in (-1, -(2**31), 2**32, 2**64):
        with pytest.raises(ValueError, match=rf"[ug]id.* cannot be {id}; expected a uid or gid from 0 to 4294967295"):
            give(id)
    for wrong in (True, "0", 0.0, None):
        with pytest.raises(TypeError, match=r"[ug]id.* must be a whole number"):
            give(wrong)


def test_the_id_of_nobody_is_no_uid_and_stands_only_where_there_is_no_os_user() -> None:
    assert NO_ID not in POSIX_IDS
    assert OsUser(NO_ID, NO_ID) == NO_OS_USER
    with pytest.raises(ValueError, match="uid cannot be -2"):
        OsUser(-2, 0)


@pytest.mark.parametrize("name", CHOICES)
def test_a_reading_takes_its_choices_by_their_values(name: str) -> None:
    for choice in CHOICES[name]:
        assert getattr(evolve(DEFAULT, **{name: choice.value}), name) is choice
    near = next(iter(CHOICES[name])).value
    with pytest.raises(ValueError, match=rf"{name} cannot be '{near}x'; did you mean '{near}'"):
        evolve(DEFAULT, **{name: f"{near}x"})


def test_enumerated_values_may_be_given_by_their_values() -> None:
    for platform in Platform:
        s = situation(run_as_enabled=True, platform=platform.value)
        assert s.platform is platform
        assert evolve(s, platform=platform.value).platform is platform
    for switch in Switch:
        assert situation(run_as_enabled=switch.value).run_as_enabled is switch
    for kind in Kind:
        assert laws_of(kind.value) == laws_of(kind)


def test_a_trace_takes_enumerated_arguments_by_their_values() -> None:
    asked = {"instance": "i-1", "account": "1", "platform": "macos"}
    trace = Trace("", DEFAULT, (("register_instance", asked),))
    assert trace.transitions()[-1].arguments["platform"] is Platform.MACOS


class Other(Enum):
    LINUX = "linux"


ASKED = question(situation(run_as_enabled=True))
TOLD: dict[str, tuple[Callable[[], Any], type[Exception], str]] = {
    "text for a truth": (
        lambda: situation(run_as_enabled="false"),
        ValueError,
        "run_as_enabled cannot be 'false'; did you mean False",
    ),
    "number for a truth": (lambda: situation(run_as_enabled=1), TypeError, "run_as_enabled must be a Switch"),
    "near platform": (
        lambda: situation(run_as_enabled=True, platform="linus"),
        ValueError,
        "did you mean 'linux'. use 'linux', 'macos' or 'windows'",
    ),
    "member of another": (
        lambda: situation(run_as_enabled=True, platform=Other.LINUX),
        TypeError,
        "platform must be a Platform",
    ),
    "one text for several users": (lambda: os_users("alice"), TypeError, "users must be an iterable .* not 'alice'"),
    "users by name": (lambda: os_users({"root": (0, 0)}), TypeError, "users must be an iterable"),
    "a user without a gid": (lambda: os_users([("root", 0)]), TypeError, r"users\[0\] must be a name or a tuple"),
    "a user twice": (
        lambda: os_users(["bob", ("bob", 0, 0)]),
        ValueError,
        "OS user 'bob' is listed twice",
    ),
    "a blank user": (lambda: os_users([" "]), ValueError, "must not be blank"),
    "no OS user in a table": (
        lambda: situation(run_as_enabled=True, users=Table.of(NO_OS_USER, [("bob", 5)])),
        TypeError,
        r"users\['bob'\] must be an OsUser",
    ),
    "nobody's principal": (
        lambda: situation_of(registered(), "amy", "i-1"),
        ValueError,
        "principal cannot be 'amy'; there is none",
    ),
    "a profile's name": (lambda: Oracle("agent"), TypeError, "reading must be a Reading, such as DEFAULT"),
    "a class for what it makes": (lambda: Oracle(implementation=DictService), TypeError, "implementation must be"),
    "no rules": (lambda: decide_by([]), ValueError, r"rules cannot be \[\]"),
    "one rule's id for several": (lambda: situations("run-as-off"), TypeError, "rules must be a sequence"),
    "near rule": (lambda: situations(["run-as-of"]), ValueError, "did you mean 'run-as-off'"),
    "no steps": (lambda: traces(steps=-1), ValueError, "steps cannot be -1; expected a whole number from 0 on"),
    "no readings": (lambda: traces(readings=[]), ValueError, r"readings cannot be \[\]"),
    "sort of no law": (lambda: value_of(Strange), ValueError, "kind cannot be"),
    "one pattern for several": (lambda: chosen("tag-*"), TypeError, r"only must be .* not 'tag-\*'"),
    "not so many": (lambda: Generating(examples=-1), ValueError, "examples cannot be -1"),
    "no time": (lambda: Generating(seconds=float("nan")), ValueError, "seconds cannot be nan"),
    "no time to answer": (lambda: PythonTarget(lambda: print, "x", -1), ValueError, "seconds cannot be -1"),
    "no command": (lambda: CommandTarget([]), ValueError, "command cannot be empty"),
    "a command in one text": (lambda: CommandTarget("true"), TypeError, "command must be a sequence"),
    "a row that is none": (lambda: check([Strange()], DEFAULT), TypeError, "a row of recorded must be"),
    "a call of nothing": (lambda: Trace("", DEFAULT, [("tag", {})]), TypeError, "calls must be a tuple"),
    "near operation": (
        lambda: Trace("", DEFAULT, (("delete_os_usr", {}),)),
        ValueError,
        "did you mean 'delete_os_user'",
    ),
    "near choice": (
        lambda: readings_when((("macos", "coverd"),)),
        ValueError,
        "did you mean 'covered'",
    ),
    "near profile": (lambda: reading_named("agnet"), ValueError, "unknown reading 'agnet'; did you mean 'agent'"),
    "a question with more": (lambda: situation_asked({**ASKED, "tags": "a"}), TypeError, "no argument 'tags'; did you"),
    "a question with less": (
        lambda: situation_asked({"operation": "decide"}),
        TypeError,
        "decide needs 'run_as_enabled'",
    ),
    "a user that is no object": (
        lambda: situation_asked({**ASKED, "os_users": ["bob"]}),
        TypeError,
        r"os_users\[0\] must be an object with name, uid and gid",
    ),
    "half a principal": (lambda: Scope(1, 1.5, 1, 1, 1), TypeError, "principals must be a whole number"),
}


@pytest.mark.parametrize(("call", "error", "text"), TOLD.values(), ids=TOLD)
def test_what_is_wrong_is_said_with_what_there_is(call: Callable[[], Any], error: type[Exception], text: str) -> None:
    with pytest.raises(error, match=text):
        call()


@pytest.mark.parametrize(
    ("member", "value", "error"),
    [
        ("implementation", 3, TypeError),
        ("readings", DEFAULT, TypeError),
        ("readings", ["agent"], TypeError),
        ("readings", [], ValueError),
        ("nouns", "documents", TypeError),
        ("nouns", ["teams"], ValueError),
        ("thorough", "yes", TypeError),
        ("asks_laws", None, TypeError),
        ("coverage", {}, TypeError),
    ],
)
def test_a_state_machine_with_a_wrong_member_cannot_be_defined(member: str, value: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match=rf"Ours\.{member}"):
        type("Ours", (RunAsMachine,), {member: value})


def test_decide_answers_for_no_reading_only_where_every_reading_gives_that_answer() -> None:
    answered = 0
    for example in (one.example for one in situation_classes()):
        try:
            decision = decide(example, "agent")
        except AttributeError:
            continue
        answered += 1
        assert {decide(example, reading) for reading in all_readings()} == {decision}
    assert 0 < answered < len(situation_classes())
    for strange in (Strange(), None, "linux", {"tag": "alice"}):
        with pytest.raises(AttributeError):
            decide(strange)


def test_values_of_other_universes_are_not_looked_at() -> None:
    assert READING.macos is evolve(DEFAULT, macos=READING.macos).macos
    assert SITUATION.tag is evolve(situation(run_as_enabled=True), tag=SITUATION.tag).tag
    unknown: Any = Unknown("uid")
    assert OsUser(unknown, NO_ID).uid is unknown
    with pytest.raises(TypeError, match="tagged must be True or False"):
        evolve(SITUATION, tagged="yes")


def test_situations_and_readings_made_by_hand_are_checked() -> None:
    s = situation(run_as_enabled=True, tag="alice", users=["alice"])
    fields = {name: getattr(s, name) for name in vars(s)}
    assert Situation(**fields) == s
    for name, value in {"run_as_enabled": "on", "tagged": 1, "tag": None, "os_users": ["alice"]}.items():
        with pytest.raises((TypeError, ValueError), match=f"^{name} "):
            Situation(**{**fields, name: value})
    assert Reading(*choices_of(AGENT).values()) == AGENT
