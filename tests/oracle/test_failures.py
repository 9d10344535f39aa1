"""Failures are told short, as a story and as a program: whatever they can spare goes."""

import subprocess
import sys
from pathlib import Path

import pytest

from golden import assert_golden
from oracle.noisy_trace import NOISY
from runas_model import AGENT, DEFAULT, OPERATIONS, RUN_AS_TAG, Platform
from runas_model.specification.transitions import Call
from runas_properties.explorer.world import calls
from runas_properties.gallery.implementations import FAULTS
from runas_properties.implementations import Arguments, DictService, Outcome
from runas_properties.oracle.failures import departure_of, program, sentence, shortened, story, told
from runas_properties.oracle.oracle import Departure

GOLDEN = Path(__file__).parent / "golden"


def departure(fault: str, calls: list[Call] = NOISY) -> Departure:
    found = departure_of(FAULTS[fault].make, calls, DEFAULT)
    assert found is not None
    return found


def test_a_failure_is_told_as_the_golden_story_and_program() -> None:
    make = FAULTS["falls-through-to-the-default"].make
    text = told(shortened(departure("falls-through-to-the-default"), make), make)

    assert_golden(GOLDEN / "falls-through-to-the-default.txt", text + "\n")


@pytest.mark.parametrize("id", ["falls-through-to-the-default", "creates-the-named-user", "ignores-existence"])
def test_the_program_fails_for_the_fault_and_passes_for_a_correct_implementation(id: str) -> None:
    short = shortened(departure(id), FAULTS[id].make)
    faulty, correct = (
        subprocess.run([sys.executable, "-c", program(short, make)], capture_output=True, text=True)
        for make in (FAULTS[id].make, DictService)
    )

    assert (faulty.returncode, correct.returncode) == (1, 0), correct.stderr
    assert "AssertionError" in faulty.stderr


def test_a_reading_without_a_profile_is_written_out() -> None:
    reading = next(r for r in FAULTS["covers-macos"].readings if r not in (DEFAULT, AGENT))
    calls = [(name, {**arguments, "platform": Platform.MACOS} if "platform" in arguments else arguments)
             for name, arguments in NOISY]  # fmt: skip
    found = departure_of(FAULTS["covers-macos"].make, calls, reading)

    assert found is not None
    assert "service = CoversMacos(Reading(BlankTag." in program(found, FAULTS["covers-macos"].make)


def test_a_failure_without_a_decision_names_the_operation_and_its_clauses() -> None:
    calls = [*NOISY, ("untag_principal", {"principal": "amy", "key": "SSMSessionRunAs"})]

    class Unable(DictService):
        def untag_principal(self, principal: str, key: str):  # type: ignore[no-untyped-def]
            return None

    found = departure_of(Unable, calls, DEFAULT)

    assert found is not None
    assert "untag_principal (C15, D4): Remove a tag from a principal, by its key in any case." in story(found)
    assert "expected done, got None, which is no outcome" in str(found)


def test_a_trace_that_cannot_be_cut_by_what_was_read_is_cut_step_by_step() -> None:
    calls = [*NOISY[:-2], ("create_os_user", {"instance": "i-1", "name": "dave", "uid": 1, "gid": 1}), NOISY[-1],
             ("delete_os_user", {"instance": "i-1", "name": "dave"}),
             ("start_session", {"session": "s-10", "principal": "amy", "instance": "i-1"})]  # fmt: skip
    short = shortened(departure("caches-decisions", calls), FAULTS["caches-decisions"].make)

    assert [name for name, _ in short.calls] == [
        *("create_principal", "tag_principal", "register_instance", "update_preferences", "create_os_user"),
        *("start_session", "delete_os_user", "start_session"),
    ]
    assert short.calls[-1][1]["session"] == "s-2"
    assert short.calls[1][1]["value"] == "alice"


def test_every_operation_is_told_in_a_sentence_with_its_arguments() -> None:
    told = [sentence(call) for call in calls()]

    assert {name for name, _ in calls()} == set(OPERATIONS)
    assert all(one.endswith(".") and "{" not in one for one in told)


ASSUMED = {"principal": "Ops", "role_session": "amy@Ops", "key": RUN_AS_TAG, "value": "amy", "transitive": False}


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (
            ("assume_role_with_tag", ASSUMED),
            "Role Ops is assumed in role session amy@Ops, with the session tag SSMSessionRunAs='amy'.",
        ),
        (
            ("assume_role_with_tag", {**ASSUMED, "transitive": True, "source": "amy"}),
            "Role Ops is assumed in role session amy@Ops, with the transitive session tag SSMSessionRunAs='amy', from "
            "role session amy.",
        ),
        (
            ("assume_role", {"principal": "Breakglass", "role_session": "amy@Breakglass", "source": "amy@Ops"}),
            "Role Breakglass is assumed in role session amy@Breakglass, from role session amy@Ops.",
        ),
        (("end_role_session", {"role_session": "amy@Ops"}), "Role session amy@Ops ends."),
        (
            (
                "start_session",
                {"session": "s-1", "principal": "Ops", "instance": "i-1", "document": "Own", "role_session": "amy@Ops"},
            ),
            "Ops starts session s-1 on i-1 with session document 'Own', in role session amy@Ops.",
        ),
    ],
)
def test_what_is_done_with_role_sessions_is_a_sentence(call: Call, told: str) -> None:
    assert sentence(call) == told


def test_a_parameter_is_told_where_it_is_declared_and_where_it_is_given_even_empty() -> None:
    writes = {"account": "1", "document": "Own", "run_as_enabled": True, "default_user": "ops"}
    start = {"session": "s-1", "principal": "amy", "instance": "i-1"}
    told = [
        sentence(("put_document", {**writes, "declares_parameter": True, "region": "eu-west-1"})),
        sentence(("put_document", {**writes, "declares_parameter": False})),
        sentence(("start_session", {**start, "document": "Own", "parameter": ""})),
        sentence(("start_session", start)),
    ]

    assert told == [
        "Account 1 writes session document 'Own': Run As on, default OS user 'ops' as a parameter in Region eu-west-1.",
        "Account 1 writes session document 'Own': Run As on, default OS user 'ops'.",
        "amy starts session s-1 on i-1 with session document 'Own', and gives the parameter ''.",
        "amy starts session s-1 on i-1.",
    ]


def test_a_failure_in_a_role_session_says_whose_tag_counts() -> None:
    class LosesSessionTags(DictService):
        def apply(self, operation: str, arguments: Arguments) -> Outcome:
            return super().apply(operation, {**arguments, "key": "Team"} if "transitive" in arguments else arguments)

    calls: list[Call] = [
        ("create_principal", {"principal": "Ops", "account": "1111", "kind": "role"}),
        ("register_instance", {"instance": "i-1", "account": "1111", "platform": "linux"}),
        ("create_os_user", {"instance": "i-1", "name": "amy", "uid": 2001, "gid": 2001}),
        ("update_preferences", {"account": "1111", "run_as_enabled": True, "default_user": ""}),
        ("assume_role_with_tag", ASSUMED),
        ("start_session", {"session": "s-1", "principal": "Ops", "instance": "i-1", "role_session": "amy@Ops"}),
    ]
    found = departure_of(
        LosesSessionTags, [(name, OPERATIONS[name].with_members(given)) for name, given in calls], AGENT
    )

    assert found is not None
    short = story(shortened(found, LosesSessionTags))
    assert "Role Ops is assumed in role session amy@Ops, with the session tag SSMSessionRunAs=" in short
    assert "  the tag is that of role session amy@Ops" in short
