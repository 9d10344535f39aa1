"""Commands that misbehave in every way that we could think of: each case has a verdict, and nothing is left running."""

import os
import resource
import signal
import sys
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs
import pytest

from runas_model import DOCS_2023
from runas_properties.conformance import commands
from runas_properties.conformance.commands import KEPT_OF_STDERR, RESTARTS, CommandTarget
from runas_properties.conformance.generated import try_cases
from runas_properties.conformance.running import Verdict, judge, observe
from runas_properties.conformance.targets import SECONDS as PATIENCE
from runas_properties.conformance.targets import CaseError, Unusable
from runas_properties.conformance.vectors import Vector, vectors

CASES = vectors("decision")[::100]
VICTIM = CASES[3].id
NEXT = CASES[4].id
SECONDS = 0.5
"""How long a case may take here, where it is to take too long."""
AT_THE_MOST = 5.0
"""How long a run of these cases may take, whatever the command does."""

PRELUDE = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent / "hostile")!r})
from honest import *
import os, signal, subprocess, time
"""
HONEST = """
for message in messages():
    if message.get("id") == VICTIM:
        {}
    say(answer(message))
"""
"""An implementation that is right but for the case VICTIM, of which it does something first."""


def hostile(script: str, seconds: float = PATIENCE) -> CommandTarget:
    return CommandTarget([sys.executable, "-I", "-S", "-c", PRELUDE + script], seconds=seconds)


@attrs.frozen
class Run:
    """What became of each case, by id, and how the run went."""

    verdicts: dict[str, Verdict]
    errors: dict[str, str]
    seconds: float
    stderr: str

    @property
    def but_passed(self) -> dict[str, Verdict]:
        """The verdicts other than passed."""
        return {id: verdict for id, verdict in self.verdicts.items() if verdict is not Verdict.PASSED}


def run(script: str, cases: Sequence[Vector] = CASES, seconds: float = PATIENCE) -> Run:
    began = time.monotonic()
    target = hostile(script, seconds)
    try:
        judged = judge(list(observe(target, cases)), DOCS_2023, {})
    finally:
        target.close()
    assert [one.vector.id for one in judged] == [vector.id for vector in cases]
    verdicts = {one.vector.id: one.verdict for one in judged}
    errors = {one.vector.id: one.observed.error for one in judged}
    return Run(verdicts, errors, time.monotonic() - began, target.stderr)


def running(name: str, value: str) -> list[int]:
    """The processes, zombies aside, that have a variable in their environment."""
    wanted = f"{name}={value}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if wanted in (process / "environ").read_bytes().split(b"\0"):
                found.append(int(process.name))
        except OSError:
            continue
    return found


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.fixture(autouse=True)
def leaves_no_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Every process of a test has a variable of its own, by which those that are left are found; also by number."""
    value, left_behind = uuid.uuid4().hex, tmp_path / "left-behind"
    monkeypatch.setenv("HOSTILE_TEST", value)
    monkeypatch.setenv("LEFT_BEHIND", str(left_behind))
    monkeypatch.setenv("VICTIM", VICTIM)
    monkeypatch.setattr(commands, "SECONDS_TO_START", SECONDS * 4)
    monkeypatch.setattr(commands, "SECONDS_TO_STOP", SECONDS)
    yield left_behind
    numbers = [int(line) for line in left_behind.read_text().split()] if left_behind.exists() else []
    give_up = time.monotonic() + 1.0
    while left := running("HOSTILE_TEST", value) + [pid for pid in numbers if is_running(pid)]:
        assert time.monotonic() < give_up, f"left running: {left}"
        time.sleep(0.01)


def test_the_honest_one_passes_every_case() -> None:
    assert run(HONEST.format("pass")).but_passed == {}


NEST = "100_000"

SPOILS = {
    "hangs": ("time.sleep(60)", "no answer within 0.5 s"),
    "stops itself": ("os.kill(os.getpid(), signal.SIGSTOP)", "no answer within 0.5 s"),
    "does not answer": ("continue", "no answer within 0.5 s"),
    "answers without an end of line": ("print('{}', end='', flush=True); continue", "no answer within 0.5 s"),
    "ends": ("sys.exit(0)", "it ended with exit code 0, without an answer"),
    "crashes": ("os._exit(3)", "it ended with exit code 3, without an answer"),
    "crashes within an answer": (
        "print('{\"id\":', end='', flush=True); os._exit(3)",
        "it ended with exit code 3, without an answer",
    ),
    "raises": ("raise RuntimeError('out of luck')", "RuntimeError: out of luck"),
    "is killed": ("os.kill(os.getpid(), signal.SIGSEGV)", "it was ended by SIGSEGV, without an answer"),
    "is killed by a signal without a name": ("os.kill(os.getpid(), 40)", "it was ended by signal 40, without"),
    "prints rubbish": ("print('$%&!', flush=True)", "its answer is not JSON"),
    "prints beside the protocol": ("print('looking up alice', flush=True)", "'looking up alice'"),
    "prints an empty line": ("print(flush=True)", "its answer is not JSON"),
    "answers with a list": ("say([])", "its answer is not as the protocol has it"),
    "answers without an id": ("say({'results': []}); continue", "missing required field `id`"),
    "answers with a number for an id": ("say({'id': 7, 'results': []}); continue", "Expected `str`, got `int`"),
    "answers with the wrong id": ("say({'id': 'other', 'results': []})", "it answered the case 'other' when asked"),
    "answers the case before again": ("say(answer({**message, 'id': 'before'}))", "it answered the case 'before' when"),
    "sends bytes that are not UTF-8": (
        'os.write(1, b\'{"id": "\\xff\\xfe"}\\n\')',
        "its answer is not JSON ('utf-8' codec can't decode",
    ),
    "sends half a letter": ("say({'id': VICTIM, 'results': [{'started_as': '\\ud800'}]}); continue", "is not JSON"),
    "sends JSON that is nested deeply": (
        f"print('{{\"id\": \"x\", \"results\": ' + '[' * {NEST} + ']' * {NEST} + '}}', flush=True)",
        "its answer is nested too deeply",
    ),
    "sends a line of 100 MB": (
        "[os.write(1, b'x' * 1_000_000) for _ in range(100)]",
        "its answer is longer than 1048576 bytes",
    ),
    "sends lines of 100 MB": ("[os.write(1, b'x\\n' * 500_000) for _ in range(100)]", "its answer is"),
    "sends blanks for ever": ("exec('while True: os.write(1, b\" \" * 65536)')", "its answer is longer than"),
    "writes to its standard error for ever": ("exec('while True: os.write(2, b\"x\" * 65536)')", "no answer within"),
    "closes its standard output": ("os.close(1); time.sleep(60)", "it closed its standard output"),
    "closes its standard output within an answer": (
        "print('{', end='', flush=True); os.close(1); time.sleep(60)",
        "it closed its standard output within an answer",
    ),
}


@pytest.mark.parametrize(("does", "told"), SPOILS.values(), ids=SPOILS.keys())
def test_one_that_spoils_a_case_has_an_error_there_and_passes_the_others(does: str, told: str) -> None:
    ran = run(HONEST.format(does), seconds=SECONDS if "no answer within" in told else PATIENCE)

    assert ran.but_passed == {VICTIM: Verdict.ERRORED}
    assert told in ran.errors[VICTIM]
    assert ran.seconds < AT_THE_MOST


MISTAKES = {
    "too few": ("[]", "0 results; expected one for each of the 1 steps"),
    "too many": ("[{'refused': None}] * 3", "3 results; expected one for each of the 1 steps"),
    "not a list": ("{'refused': None}", "Expected `array`, got `object`"),
    "nothing": ("None", "Expected `array`, got `null`"),
    "a bare name": ("['alice']", "Expected `object`, got `str`"),
    "without a kind": ("[{}]", "a result has exactly one of started_as"),
    "of two kinds": ("[{'refused': None, 'started_as': 'ops'}]", "it has started_as and refused"),
    "of an unknown kind": ("[{'denied': True}]", "unknown field `denied`"),
    "a number for a name": ("[{'started_as': 2001}]", "Expected `str`, got `int`"),
    "null for a name": ("[{'started_as': None}]", "Expected `str`, got `null`"),
    "a truth for a reason": ("[{'refused': True}]", "Expected `str | null`, got `bool`"),
    "not done": ("[{'done': False}]", "what could not be done has failed"),
    "skipped without an issue": ("[{'skipped': 'too hard'}]", "says why, and the URL of an issue"),
    "an error of its own": ("[{'errored': 'database is locked'}]", "decide: database is locked"),
}


@pytest.mark.parametrize(("results", "told"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_result_of_the_wrong_shape_is_an_error_and_the_same_process_goes_on(results: str, told: str) -> None:
    target = hostile(HONEST.format(f"say({{'id': VICTIM, 'results': {results}}}); continue"))
    process = target._process
    try:
        judged = judge(list(observe(target, CASES)), DOCS_2023, {})
        assert target._process is process
    finally:
        target.close()

    assert [one.vector.id for one in judged if one.verdict is not Verdict.PASSED] == [VICTIM]
    assert judged[3].verdict is Verdict.ERRORED
    assert told in judged[3].observed.error


AFTERWARDS = {
    "answers twice": ("say(answer(message))", "it printed what nobody asked for", "it answered the case"),
    "prints after its answer": (
        "say(answer(message)); print('done', flush=True); continue",
        "it printed what nobody asked for",
        "its answer is not JSON",
    ),
    "answers and sends 100 MB": (
        "say(answer(message)); [os.write(1, b'x' * 1_000_000) for _ in range(100)]",
        "it printed what nobody asked for",
        "its answer is longer than",
    ),
    "closes its standard input": (
        "os.close(0); say(answer(message)); time.sleep(60)",
        "it closed its standard input",
        "it closed its standard input",
    ),
    "answers and ends": ("say(answer(message)); sys.exit(4)", "it ended with exit code 4", "it ended with exit code 4"),
}


@pytest.mark.parametrize(("does", "told", "or_told"), AFTERWARDS.values(), ids=AFTERWARDS.keys())
def test_what_one_does_after_its_answer_spoils_the_next_case_alone(does: str, told: str, or_told: str) -> None:
    ran = run(HONEST.format(does))

    assert ran.but_passed == {NEXT: Verdict.ERRORED}
    assert told in ran.errors[NEXT] or or_told in ran.errors[NEXT]
    assert ran.seconds < AT_THE_MOST


def test_100_mb_on_standard_error_do_no_harm_and_the_end_of_it_is_kept() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    ran = run(HONEST.format("[os.write(2, b'x' * 1_000_000) for _ in range(100)]; os.write(2, b'the end')"))

    assert ran.but_passed == {}
    assert ran.stderr.endswith("the end")
    assert len(ran.stderr) <= KEPT_OF_STDERR
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000  # KiB


def test_the_end_of_standard_error_is_told_with_a_crash() -> None:
    ran = run(HONEST.format("sys.stderr.write('a lot\\n' * 9000 + 'no such table: users\\n'); os._exit(1)"))

    assert ran.errors[VICTIM].endswith("\n  stderr: no such table: users")


def test_one_that_takes_in_nothing_while_a_large_case_is_sent_is_given_up() -> None:
    target = hostile("say(answer(next(messages())))\ntime.sleep(60)", SECONDS)
    steps = [{**CASES[0].steps[0], "tag": "x" * 5_000_000}]

    with pytest.raises(CaseError, match=r"no answer within 0\.5 s"):
        target.run("large", steps)
    target.close()


def test_one_that_talks_while_a_large_case_is_sent_is_cut_short() -> None:
    target = hostile("say(answer(next(messages())))\nwhile True: os.write(1, b'x\\n' * 30_000)")
    steps = [{**CASES[0].steps[0], "tag": "x" * 5_000_000}]

    with pytest.raises(CaseError, match=r"it printed what nobody asked for|its answer is longer than 1048576 bytes"):
        target.run("large", steps)
    target.close()


def test_one_that_crashes_in_every_case_is_started_again_a_bounded_number_of_times(leaves_no_process: Path) -> None:
    cases = vectors("decision")[: RESTARTS + 10]

    ran = run("leave_behind(0)\nsay(answer(next(messages())))\nnext(messages())\nos._exit(3)", cases)

    assert set(ran.verdicts.values()) == {Verdict.ERRORED}
    assert len(leaves_no_process.read_text().split()) == RESTARTS + 1
    told = list(ran.errors.values())
    assert [error.startswith("it ended with exit code 3") for error in told] == [True] * (RESTARTS + 1) + [False] * 9
    assert set(told[RESTARTS + 1 :]) == {"not asked: the command broke off too often"}


def test_one_that_hangs_in_every_case_is_given_up_sooner() -> None:
    ran = run("say(answer(next(messages())))\ntime.sleep(60)", vectors("decision")[:30], SECONDS)

    assert set(ran.verdicts.values()) == {Verdict.ERRORED}
    assert ["no answer" in error for error in ran.errors.values()] == [True] * 5 + [False] * 25
    assert ran.seconds < AT_THE_MOST


STARTS = {
    "crashes at once": ("os._exit(3)", "it ended with exit code 3, without an answer"),
    "says why it crashes": ("sys.exit('no database')", "\n  stderr: no database"),
    "hangs": ("time.sleep(60)", "no answer within 2 s"),
    "closes everything and hangs": ("[os.close(n) for n in (0, 1, 2)]; time.sleep(60)", "it closed its standard"),
    "prints rubbish": ("print('Hello!', flush=True); time.sleep(60)", "its answer is not JSON"),
    "answers null": ("say(None)", "Expected `object`, got `null`"),
    "has no name": ("say({'protocol': 1, 'level': 'decision'})", "missing required field `name`"),
    "is of another version": ("say(started(protocol=2))", "it speaks version 2 of the protocol, not 1"),
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
        ("os._exit(5)", "it could not be started again: start: it ended with exit code 5"),
        ("say(started(reading='agent')); continue", "it could not be started again: it was hostile and now is"),
        ("say(started(level='service')); continue", "it could not be started again: it was hostile and now is"),
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
        "os.fork() and os._exit(3); os.setsid(); exec('while True:\\n if os.fork(): os._exit(0)\\n time.sleep(0.002)')"
    ),
}


@pytest.mark.parametrize("does", LEAVES.values(), ids=LEAVES.keys())
def test_one_that_ends_and_leaves_a_process_behind_is_seen_to_have_ended(does: str) -> None:
    ran = run(HONEST.format(does))

    assert ran.but_passed == {VICTIM: Verdict.ERRORED}
    assert ran.errors[VICTIM] == "it ended with exit code 3, without an answer"
    assert ran.seconds < AT_THE_MOST


def test_an_interrupt_goes_through_and_ends_the_command_and_its_children(leaves_no_process: Path) -> None:
    target = hostile(HONEST.format("os.fork() or (os.setsid(), leave_behind()); time.sleep(60)"))
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(SECONDS, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            list(observe(target, CASES))
    finally:
        timer.join()
        signal.signal(signal.SIGINT, before)

    assert leaves_no_process.read_text().strip()
    assert target._process is None
    target.close()


def test_a_generated_case_in_which_one_crashes_is_made_no_shorter_than_the_crash() -> None:
    target = hostile(
        """
for message in messages():
    if message.get("id") == "generated" and message["steps"][0]["tag"] == "ssm-user":
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
    assert failure.error == "it ended with exit code 3, without an answer"
    assert failure.steps[0]["tag"] == "ssm-user"
