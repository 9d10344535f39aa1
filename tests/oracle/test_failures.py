"""Failures are told short: what the decision did not depend on goes first, then whatever else the failure can spare."""

import subprocess
import sys
from pathlib import Path

import pytest

from runas_model import AGENT, DEFAULT, Platform
from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import PrincipalKind
from runas_properties.gallery.conviction import examples
from runas_properties.gallery.implementations import FAULTS
from runas_properties.implementations import DictService
from runas_properties.oracle.failures import departure_of, program, shortened, story, told
from runas_properties.oracle.oracle import Departure, Oracle, observed
from runas_properties.oracle.relevance import relevant

GOLDEN = Path(__file__).parent / "golden"
OURS, THEIRS = "111111111111", "222222222222"

NOISY: list[Call] = [
    ("update_preferences", {"account": THEIRS, "run_as_enabled": True, "default_user": "eve"}),
    ("create_principal", {"principal": "ben", "account": THEIRS, "kind": PrincipalKind.ROLE}),
    ("create_principal", {"principal": "amy", "account": OURS, "kind": PrincipalKind.USER}),
    ("tag_principal", {"principal": "amy", "key": "SSMSessionRunAs", "value": "dave"}),
    ("register_instance", {"instance": "i-2", "account": THEIRS, "platform": Platform.MACOS}),
    ("register_instance", {"instance": "i-1", "account": OURS, "platform": Platform.LINUX}),
    ("delete_os_user", {"instance": "i-1", "name": "eve"}),
    ("create_os_user", {"instance": "i-1", "name": "eve", "uid": 2003, "gid": 2003}),
    ("create_os_user", {"instance": "i-1", "name": "bob", "uid": 2002, "gid": 2002}),
    ("start_session", {"session": "s-7", "principal": "ben", "instance": "i-2"}),
    ("update_preferences", {"account": OURS, "run_as_enabled": True, "default_user": "bob"}),
    ("tag_principal", {"principal": "amy", "key": "Team", "value": "eve"}),
    ("tag_principal", {"principal": "amy", "key": "SSMSessionRunAs", "value": "carol"}),
    ("start_session", {"session": "s-9", "principal": "amy", "instance": "i-1"}),
]


def departure(fault: str, calls: list[Call] = NOISY) -> Departure:
    found = departure_of(FAULTS[fault].make, calls, DEFAULT)
    assert found is not None
    return found


def test_only_what_the_decision_read_is_kept_of_a_trace() -> None:
    assert [(name, *arguments.values()) for name, arguments in relevant(NOISY, DEFAULT)] == [
        ("create_principal", "amy", OURS, PrincipalKind.USER),
        ("register_instance", "i-1", OURS, Platform.LINUX),
        ("update_preferences", OURS, True, "bob"),
        ("tag_principal", "amy", "SSMSessionRunAs", "carol"),
        ("start_session", "s-9", "amy", "i-1"),
    ]


@pytest.mark.parametrize("number", range(0, len(examples()), 7))
def test_the_relevant_part_of_a_trace_ends_as_the_whole_does(number: int) -> None:
    reading, calls = examples()[number]
    whole, part = Oracle(reading, laws=False), Oracle(reading, laws=False)
    *_, last = (whole.perform(*call) for call in calls)
    *_, same = (part.perform(*call) for call in relevant(calls, reading))

    assert (last.accepted, last.decision) == (same.accepted, same.decision)


def test_a_failure_is_told_as_a_story_and_a_program() -> None:
    make = FAULTS["falls-through-to-the-default"].make
    text = told(shortened(departure("falls-through-to-the-default"), make), make)

    assert (GOLDEN / "falls-through-to-the-default.txt").read_text("utf-8") == text + "\n"


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
    assert "untag_principal (C15): Take a tag off a principal." in story(found)
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


def test_what_is_seen_of_a_correct_implementation_breaks_no_law() -> None:
    for reading, calls in examples()[::5]:
        oracle, service = Oracle(reading, laws=False), DictService(reading)
        for operation, arguments in calls:
            t = oracle.perform(operation, arguments)
            got = service.apply(operation, {k: getattr(v, "value", v) for k, v in arguments.items()})
            seen = observed(t, got, service.sessions(), service.os_users())
            assert seen.accepted == t.accepted
            assert {at: seen.after.sessions[at] for at in seen.after.sessions} == {
                at: t.after.sessions[at] for at in t.after.sessions
            }
