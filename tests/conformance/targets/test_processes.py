"""Commands that end, do not end, or start others: started again, given up, and ended with all that is theirs."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from conformance.targets.hostile.hostility import (
    AT_THE_MOST,
    CASES,
    HONEST,
    NEXT,
    PRELUDE,
    SECONDS,
    VICTIM,
    hostile,
    run,
)
from runas_model import DOCS_2023
from runas_properties.conformance.judging.generated import try_cases
from runas_properties.conformance.judging.running import Verdict, observe
from runas_properties.conformance.targets.commands import RESTARTS, CommandTarget
from runas_properties.conformance.targets.processes import Broken, Process
from runas_properties.conformance.targets.target import Unusable
from runas_properties.conformance.vectors.vector import vectors
from thinned import slow
from untraced import untraced

pytestmark = pytest.mark.usefixtures("leaves_no_process")


def test_one_that_crashes_in_every_case_is_started_again_a_bounded_number_of_times(leaves_no_process: Path) -> None:
    cases = vectors("decision")[: RESTARTS + 10]

    ran = run("leave_behind(0)\nsay(answer(next(messages())))\nnext(messages())\nos._exit(3)", cases)

    assert set(ran.verdicts.values()) == {Verdict.ERRORED}
    assert len(leaves_no_process.read_text().split()) == RESTARTS + 1
    told = list(ran.errors.values())
    assert [error.startswith("it exited with code 3") for error in told] == [True] * (RESTARTS + 1) + [False] * 9
    assert set(told[RESTARTS + 1 :]) == {"not run: the command failed too often"}


@slow
def test_one_that_hangs_in_every_case_is_given_up_sooner() -> None:
    ran = run("say(answer(next(messages())))\ntime.sleep(60)", vectors("decision")[:30], SECONDS)

    assert set(ran.verdicts.values()) == {Verdict.ERRORED}
    assert ["no answer" in error for error in ran.errors.values()] == [True] * 5 + [False] * 25
    assert ran.seconds < AT_THE_MOST


STARTS = {
    "crashes at once": ("os._exit(3)", "it exited with code 3 without answering"),
    "says why it crashes": ("sys.exit('no database')", "\n  stderr: no database"),
    "hangs": ("time.sleep(60)", "no answer within 2 s"),
    "closes everything and hangs": ("[os.close(n) for n in (0, 1, 2)]; time.sleep(60)", "it closed its standard"),
    "prints rubbish": ("print('Hello!', flush=True); time.sleep(60)", "its answer is not JSON"),
    "answers null": ("say(None)", "Expected `object`, got `null`"),
    "has no name": ("say({'protocol': 2, 'level': 'decision'})", "missing required field `name`"),
    "is of another version": ("say(started(protocol=3))", "it uses protocol version 3, not 1 or 2"),
    "is of another level": ("say(started(level='both'))", "Invalid enum value 'both' - at `$.level`"),
    "declares an unknown reading": ("say(started(reading='docs-2024'))", "unknown reading 'docs-2024'; use one of"),
    "declares half a reading": (
        "say(started(reading={'macos': 'covered'}))",
        "missing required field `blank_tag` - at `$.reading`",
    ),
}


@pytest.mark.parametrize(("script", "told"), STARTS.values(), ids=STARTS.keys())
def test_one_that_does_not_start_as_it_should_is_unusable(script: str, told: str) -> None:
    with pytest.raises(Unusable) as raised:
        hostile(script, SECONDS)

    assert str(raised.value).startswith("start: ")
    assert told in str(raised.value)


def test_an_answer_of_one_that_did_not_wait_to_be_asked_is_read() -> None:
    process = Process([sys.executable, "-c", "print('there')"])
    process.start()
    try:
        process.child.wait(60)
        process.send(b"who?", time.monotonic() + 60)
        assert process.receive(time.monotonic() + 60) == b"there"
        with pytest.raises(Broken, match="exited with code 0 without answering"):
            process.send(b"and now?", time.monotonic() + 60)
    finally:
        process.end()


def test_a_command_that_is_not_there_or_not_a_program_is_unusable(tmp_path: Path) -> None:
    for command, told in (("./no-such-program", "No such file or directory"), (str(tmp_path), "Permission denied")):
        with pytest.raises(Unusable, match=f"cannot start {command}: {told}"):
            CommandTarget([command])


AGAIN = """
again = os.path.exists(os.environ["LEFT_BEHIND"])
leave_behind(0)
for message in messages():
    if again:
        {}
    if message.get("id") == VICTIM:
        os._exit(3)
    say(answer(message))
"""


@pytest.mark.parametrize(
    ("does", "told"),
    [
        ("os._exit(5)", "it could not be restarted: start: it exited with code 5"),
        ("say(started(reading='agent')); continue", "it could not be restarted: it now declares a different name"),
        ("say(started(level='service')); continue", "it could not be restarted: it now declares a different name"),
    ],
    ids=["does not", "with another reading", "with another level"],
)
def test_one_that_does_not_start_again_as_it_did_is_asked_no_more(does: str, told: str) -> None:
    ran = run(AGAIN.format(does))

    assert list(ran.but_passed) == [case.id for case in CASES[3:]]
    assert set(ran.but_passed.values()) == {Verdict.ERRORED}
    assert told in ran.errors[NEXT]


STAYS = {
    "ignores the end of its input": "time.sleep(60)",
    "ignores signals too": "[signal.signal(n, signal.SIG_IGN) for n in (15, 1, 2)]; time.sleep(60)",
    "has a child": "os.fork() or leave_behind(); time.sleep(60)",
    "has a child in a session of its own": "os.fork() or (os.setsid(), leave_behind()); time.sleep(60)",
    "has a grandchild in a session of its own": (
        "os.fork() or (os.setsid(), os.fork() and os._exit(0), leave_behind()); time.sleep(60)"
    ),
}


@pytest.mark.parametrize("does", STAYS.values(), ids=STAYS.keys())
def test_one_that_does_not_stop_is_ended_with_all_that_it_started(does: str) -> None:
    ran = run(HONEST.format("pass") + does)

    assert ran.but_passed == {}
    assert ran.seconds < AT_THE_MOST


LEAVES = {
    "a child that holds the pipes open": "os.fork() and os._exit(3); leave_behind()",
    "a child in a session of its own": "os.fork() and os._exit(3); os.setsid(); leave_behind()",
    "a grandchild in a session of its own": (
        "os.fork() and os._exit(3); os.setsid(); os.fork() and os._exit(3); leave_behind()"
    ),
    "another program": "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); os._exit(3)",
    "one that starts another again and again": (
        "os.fork() and os._exit(3); os.setsid(); "
        "exec('for _ in range(5000):\\n if os.fork(): os._exit(0)\\n time.sleep(0.002)')"
    ),
}


@pytest.mark.parametrize("does", LEAVES.values(), ids=LEAVES.keys())
def test_one_that_ends_and_leaves_a_process_behind_is_seen_to_have_ended(does: str) -> None:
    ran = run(HONEST.format(does))

    assert ran.but_passed == {VICTIM: Verdict.ERRORED}
    assert ran.errors[VICTIM] == "it exited with code 3 without answering"
    assert ran.seconds < AT_THE_MOST


def wait_for(left_behind: Path) -> None:
    """Until a process says that it is there."""
    give_up = time.monotonic() + 30.0
    while not left_behind.exists() or not left_behind.read_text():
        assert time.monotonic() < give_up
        time.sleep(0.01)


@contextlib.contextmanager
def interrupted(left_behind: Path) -> Iterator[None]:
    """What runs here is interrupted, as by Ctrl-C, once it has started a process."""

    def interrupt() -> None:
        wait_for(left_behind)
        os.kill(os.getpid(), signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            yield
    finally:
        thread.join()
        signal.signal(signal.SIGINT, before)


def test_an_interrupt_goes_through_and_ends_the_command_and_its_children(leaves_no_process: Path) -> None:
    target = hostile(HONEST.format("os.fork() or (os.setsid(), leave_behind()); time.sleep(60)"))
    with interrupted(leaves_no_process):
        list(observe(target, CASES))

    assert target._process is None
    target.close()


def test_an_interrupt_while_a_command_starts_ends_it_too(leaves_no_process: Path) -> None:
    with interrupted(leaves_no_process):
        hostile("leave_behind()")


RUNAS_SPEC = str(Path(sys.executable).parent / "runas-spec")


def command_line(script: str, *options: str) -> list[str]:
    under_test = [sys.executable, "-I", "-S", "-c", PRELUDE + script]
    return [RUNAS_SPEC, "conform", "--core", "--examples", "0", *options, "--", *under_test]


@slow
def test_on_the_command_line_one_that_hangs_does_not_conform() -> None:
    command = command_line("say(answer(next(messages())))\ntime.sleep(60)", "--timeout", "0.3", "--json")

    done = subprocess.run(command, capture_output=True, text=True, timeout=60)

    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert not report["conforms"]
    assert {case["verdict"] for case in report["cases"]} == {"errored"}
    assert len(report["cases"]) == len([vector for vector in vectors("decision") if vector.core])


def test_on_the_command_line_one_that_does_not_start_is_told_without_a_traceback() -> None:
    done = subprocess.run(command_line("sys.exit('no database')"), capture_output=True, text=True, timeout=60)

    assert done.returncode == 2
    assert done.stdout == ""
    assert "start: it exited with code 1 without answering" in done.stderr
    assert "no database" in done.stderr
    assert "Traceback" not in done.stderr


def test_on_the_command_line_an_interrupt_leaves_nothing_behind(leaves_no_process: Path) -> None:
    command = command_line(
        """
say(answer(next(messages())))
os.fork() or (os.setsid(), leave_behind())
time.sleep(60)
"""
    )
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=untraced()) as kit:
        wait_for(leaves_no_process)
        kit.send_signal(signal.SIGINT)
        _, told = kit.communicate(timeout=30)

    assert kit.returncode == 130
    assert "interrupted" in told
    assert "Traceback" not in told


def test_a_generated_case_in_which_one_crashes_is_made_no_shorter_than_the_crash() -> None:
    target = hostile(
        """
for message in messages():
    if message.get("id", "").startswith("generated") and message["steps"][0]["tag"] == "ssm-user":
        os._exit(3)
    say(answer(message))
"""
    )
    target.restarts = 2
    try:
        failure = try_cases(target, DOCS_2023, examples=1000).failure
    finally:
        target.close()

    assert failure is not None
    assert failure.error == "it exited with code 3 without answering"
    assert failure.steps[0]["tag"] == "ssm-user"
