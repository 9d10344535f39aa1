"""Failures with parameters: the sentences, and a program in which a parameter is there only where it was given."""

import subprocess
import sys
from typing import Any

import pytest
from attrs import evolve

from runas_model import AGENT, OPERATIONS, Reading
from runas_model.specification.readings import LookUp
from runas_model.specification.transitions import Call
from runas_properties.implementations import Arguments, DictService, Outcome, Started
from runas_properties.oracle.failures import departure_of, program, sentence, shortened, story

ON = {"account": "1111", "document": "Ops", "run_as_enabled": True, "default_user": "ops"}
START = {"session": "s-1", "principal": "amy", "instance": "i-1"}
CALLS: list[Call] = [
    ("create_principal", {"principal": "amy", "account": "1111", "kind": "user"}),
    ("register_instance", {"instance": "i-1", "account": "1111", "platform": "linux"}),
    ("create_os_user", {"instance": "i-1", "name": "ops", "uid": 2002, "gid": 2002}),
    ("create_os_user", {"instance": "i-1", "name": "zoe", "uid": 2001, "gid": 2001}),
    ("put_document", {**ON, "declares_parameter": True}),
    ("start_session", {**START, "document": "Ops", "parameter": "zoe"}),
]


class FillsNothing(DictService):
    def apply(self, operation: str, arguments: Arguments) -> Outcome:
        return super().apply(operation, {name: value for name, value in arguments.items() if name != "parameter"})


class FillsNobodyIn(DictService):
    def apply(self, operation: str, arguments: Arguments) -> Outcome:
        more = {} if operation != "start_session" or "document" not in arguments else {"parameter": "", **arguments}
        return super().apply(operation, more or arguments)


class StartsAsOps(DictService):
    def apply(self, operation: str, arguments: Arguments) -> Outcome:
        got = super().apply(operation, arguments)
        return Started("ops") if operation == "start_session" else got


def members(calls: list[Call]) -> list[Call]:
    return [(name, OPERATIONS[name].with_members(given)) for name, given in calls]


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (
            ("put_document", {**ON, "declares_parameter": True, "region": "eu-west-1"}),
            "Account 1111 writes session document 'Ops': Run As on, default OS user 'ops' as a parameter in Region "
            "eu-west-1.",
        ),
        (
            ("put_document", {**ON, "declares_parameter": False}),
            "Account 1111 writes session document 'Ops': Run As on, default OS user 'ops'.",
        ),
        (
            ("start_session", {**START, "document": "Ops", "role_session": "r-1", "parameter": "alice"}),
            "amy starts session s-1 on i-1 with session document 'Ops', in role session r-1, and gives the parameter "
            "'alice'.",
        ),
        (("start_session", {**START, "parameter": ""}), "amy starts session s-1 on i-1, and gives the parameter ''."),
        (("start_session", START), "amy starts session s-1 on i-1."),
    ],
)
def test_what_is_done_with_parameters_is_a_sentence_before_and_after_it_is_read(call: Call, told: str) -> None:
    assert sentence(call) == told
    assert sentence(members([call])[0]) == told


@pytest.mark.parametrize(
    ("fault", "calls", "says", "is_written"),
    [
        (FillsNothing, CALLS, "the default OS user is what the caller fills in, alice", "'parameter': 'alice'"),
        (
            FillsNobodyIn,
            [*CALLS[:-1], ("start_session", {**START, "document": "Ops"})],
            "the default OS user is the document's, ops, as the caller gives no parameter",
            "",
        ),
    ],
)
def test_a_failure_says_who_names_the_default_and_its_program_runs(
    fault: type[DictService], calls: list[Call], says: str, is_written: str
) -> None:
    found = departure_of(fault, members(calls), AGENT)
    assert found is not None
    short = shortened(found, fault)
    text = program(short, DictService)
    ran = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True)

    assert f"  {says}" in story(short)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "filled" not in text
    assert is_written in text
    assert ("'parameter'" in text) == bool(is_written)
    with pytest.raises(AssertionError):
        exec(program(short, fault), {"__name__": "told"})


@pytest.mark.parametrize(
    ("reading", "more"), [(AGENT, ""), (evolve(AGENT, tag_key=LookUp.ANY_CASE), "; the tag is ben all the same")]
)
def test_a_failure_says_the_tag_beside_a_parameter_only_if_it_counts(reading: Reading, more: str) -> None:
    tag = ("tag_principal", {"principal": "amy", "key": "ssmsessionrunas", "value": "ben"})
    found = departure_of(StartsAsOps, members([*CALLS[:-1], tag, CALLS[-1]]), reading)

    assert found is not None
    assert f"  the default OS user is what the caller fills in, zoe{more}" in story(found).splitlines()


def test_an_implementation_is_not_told_whether_a_parameter_is_given() -> None:
    seen: list[dict[str, Any]] = []

    class Noting(DictService):
        def apply(self, operation: str, arguments: Arguments) -> Outcome:
            seen.append(dict(arguments))
            return super().apply(operation, arguments)

    assert departure_of(Noting, members([*CALLS, ("start_session", {**START, "session": "s-2"})]), AGENT) is None
    assert seen[-2:] == [{**START, "document": "Ops", "parameter": "zoe"}, {**START, "session": "s-2"}]
    with pytest.raises(TypeError, match="start_session has no argument 'filled'"):
        Noting(AGENT).apply("start_session", {**START, "filled": False})
