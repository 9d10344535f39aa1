"""Implementations in Python that would end or block the process they run in: asked in one of their own."""

import time
from pathlib import Path

import pytest

from conformance.targets.hostile.hostility import AT_THE_MOST, CASES
from runas_model import AGENT, DEFAULT
from runas_properties.conformance.judging.running import Verdict, judge, observe
from runas_properties.conformance.targets.apart import PythonApart
from runas_properties.conformance.targets.commands import RESTARTS
from runas_properties.conformance.targets.target import Unusable
from runas_properties.conformance.vectors.vector import vectors
from thinned import slow, thinned

pytestmark = pytest.mark.usefixtures("leaves_no_process")
MODULE = """
import os, signal, sys, threading, time
from runas_model import AGENT, DEFAULT, decide
from runas_properties.conformance.protocol import situation_asked
{first}
class Decides:
    reading = DEFAULT
    asked = 0
    def __call__(self, question):
        self.asked += 1
        if self.asked == 4:
            {does}
        return decide(situation_asked(question), DEFAULT).os_user
def factory():
    {made}
    return Decides()
"""
NOTHING = "pass"


def write(folder: Path, *, does: str = NOTHING, first: str = "", made: str = NOTHING) -> None:
    (folder / "hostile_here.py").write_text(MODULE.format(does=does, first=first, made=made))


def target(folder: Path, **hostile: str) -> PythonApart:
    write(folder, **hostile)
    return PythonApart("hostile_here:factory")


@pytest.fixture(autouse=True)
def in_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


SPOILS = {
    "exits at once": ("os._exit(7)", "it exited with code 7 without answering"),
    "ends itself by a signal": ("os.kill(os.getpid(), signal.SIGKILL)", "it was killed by SIGKILL without answering"),
    "raises what Ctrl-C raises": ("raise KeyboardInterrupt('no')", "KeyboardInterrupt: no (hostile_here.py, line "),
    "raises what ends a program": ("raise SystemExit(3)", "SystemExit: 3 (hostile_here.py, line "),
    "raises without a word": ("raise ValueError", "ValueError"),
    "raises half a character": ("raise OSError('\\ud800')", "OSError: "),
    "raises very much": ("raise OSError('x' * 3_000_000)", "OSError: xxx"),
    "answers very much": ("return 'x' * 3_000_000", "its answer is longer than 1048576 bytes"),
    "recurses": ("return (lambda again: again(again))(lambda again: again(again))", "RecursionError"),
}


@pytest.mark.parametrize(("does", "told"), thinned(SPOILS.values(), 3, spread=True), ids=SPOILS.keys())
def test_one_that_spoils_a_case_has_an_error_there_and_passes_the_others(does: str, told: str, tmp_path: Path) -> None:
    driven = target(tmp_path, does=does)
    judged = judge(list(observe(driven, CASES[:6])), DEFAULT, {})
    driven.close()

    assert [one.verdict for one in judged if one.verdict is not Verdict.PASSED] == [Verdict.ERRORED]
    assert told in judged[3].observed.error
    assert len(judged[3].observed.error) < 5_000


WRITES = {
    "prints while it is imported": {"first": "print('{\"id\": 1}')"},
    "prints while it is made": {"made": "print('hello')"},
    "prints in a case": {"does": "print('hello', flush=True)"},
    "writes to the stream itself": {"does": "os.write(1, b'hello\\n')"},
    "starts a program that prints": {"does": "os.system('echo hello')"},
    "reads what is sent": {"does": "assert sys.stdin.read() == '' and os.read(0, 9) == b''"},
    "closes its streams": {"does": "os.close(0); os.close(1)"},
}


@pytest.mark.parametrize("hostile", thinned(WRITES.values(), 3), ids=WRITES.keys())
def test_what_it_writes_and_reads_does_not_come_between(hostile: dict[str, str], tmp_path: Path) -> None:
    driven = target(tmp_path, **hostile)
    judged = judge(list(observe(driven, CASES[:6])), DEFAULT, {})
    driven.close()

    assert {one.verdict for one in judged} == {Verdict.PASSED}


NOT_MADE = {
    "exits while it is imported": ({"first": "os._exit(3)"}, "start: it exited with code 3 without answering"),
    "says why it exits": ({"first": "print('no database', file=sys.stderr); os._exit(3)"}, "\n  stderr: no database"),
    "raises while it is imported": ({"first": "raise OSError('no')"}, "hostile_here failed: OSError: no"),
    "ends the program": ({"first": "raise SystemExit"}, "importing hostile_here failed: SystemExit"),
    "raises what Ctrl-C raises": (
        {"first": "raise KeyboardInterrupt"},
        "hostile_here:factory failed: KeyboardInterrupt",
    ),
    "does so when it is made": ({"made": "raise KeyboardInterrupt"}, "hostile_here:factory failed: KeyboardInterrupt"),
    "does not parse": ({"first": "def"}, "importing hostile_here failed: SyntaxError"),
    "returns nothing": ({"made": "return None"}, "returned None, of type NoneType; it must return a function"),
    "declares what is no reading": ({"made": "Decides.reading = 'lax'"}, "declares an unknown reading 'lax'"),
}


@pytest.mark.parametrize(("hostile", "told"), thinned(NOT_MADE.values(), 3, spread=True), ids=NOT_MADE.keys())
def test_one_that_cannot_be_made_is_unusable_and_says_why(hostile: dict[str, str], told: str, tmp_path: Path) -> None:
    with pytest.raises(Unusable) as raised:
        target(tmp_path, **hostile)

    assert told in str(raised.value)


ENDLESS = """[time.sleep(60) for _ in iter(int, 1)]"""
STUBBORN = """
            while True:
                try:
                    time.sleep(60)
                except BaseException:
                    pass"""


@slow
@pytest.mark.parametrize("does", [ENDLESS, STUBBORN], ids=["sleeps", "catches everything"])
def test_one_that_hangs_in_every_case_is_given_up_as_a_command_is(does: str, tmp_path: Path) -> None:
    write(tmp_path, does=does)
    (tmp_path / "hostile_here.py").write_text((tmp_path / "hostile_here.py").read_text().replace("== 4", ">= 1"))
    driven = PythonApart("hostile_here:factory", 0.3)
    began = time.monotonic()
    judged = judge(list(observe(driven, vectors("decision")[:30])), AGENT, {})
    driven.close()

    assert {one.verdict for one in judged} == {Verdict.ERRORED}
    assert ["no answer" in one.observed.error for one in judged] == [True] * 5 + [False] * 25
    assert time.monotonic() - began < AT_THE_MOST


@slow
def test_one_that_exits_in_every_case_is_started_again_as_often_as_a_command(tmp_path: Path) -> None:
    write(tmp_path, does="os._exit(3)")
    (tmp_path / "hostile_here.py").write_text((tmp_path / "hostile_here.py").read_text().replace("== 4", ">= 1"))
    driven = PythonApart("hostile_here:factory")
    judged = judge(list(observe(driven, vectors("decision")[: RESTARTS + 10])), AGENT, {})
    driven.close()

    assert [one.observed.was_asked for one in judged] == [True] * (RESTARTS + 1) + [False] * 9


@pytest.mark.parametrize("hostile", [{"first": ENDLESS}, {"made": ENDLESS}], ids=["imported", "made"])
def test_the_start_obeys_the_time_that_is_given_for_it(hostile: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path, **hostile)

    with pytest.raises(Unusable, match=r"start: no answer within 0.5 s"):
        PythonApart("hostile_here:factory", seconds_to_start=0.5)


def test_its_own_start_is_not_counted(tmp_path: Path) -> None:
    (tmp_path / "plain_here.py").write_text("def factory():\n    return lambda asked: None\n")
    driven = PythonApart("plain_here:factory", seconds_to_start=0.05)
    driven.close()

    assert (driven.about.name, driven.about.level) == ("plain_here:factory", "decision")


def test_threads_and_children_that_it_leaves_are_ended(tmp_path: Path) -> None:
    does = "threading.Thread(target=time.sleep, args=(60,)).start(); os.fork() or (os.setsid(), time.sleep(60))"
    driven = target(tmp_path, does=does)
    judged = judge(list(observe(driven, CASES[:6])), DEFAULT, {})
    driven.close()

    assert {one.verdict for one in judged} == {Verdict.PASSED}
    assert driven.was_forced is False


def test_no_folder_appears_where_it_is(tmp_path: Path) -> None:
    target(tmp_path).close()

    assert [path.name for path in tmp_path.iterdir()] == ["hostile_here.py"]
