"""SIGINT and SIGTERM end every command in order: a word, the code of the signal, and no traceback."""

import contextlib
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.signals.interrupting import EITHER, PATIENCE, SIGNALS, Started, target
from runas_cli.main import main
from runas_properties.oracle.recorded import AGENT_DECISIONS
from thinned import slow

COMMANDS = {
    "verify": ("prove_all", []),
    "decide": ("explain", ["--run-as", "off"]),
    "tell": ("read_calls", ["story.jsonl"]),
    "check": ("Records", [str(AGENT_DECISIONS)]),
    "explore": ("explore_scope", []),
    "conform": ("write", []),
    "smoke": ("smoke_test", []),
    "replay": ("observe", ["name-capital-by-tag-instead"]),
    "selfcheck": ("self_check", []),
}
"""What each asks for at first, and its arguments."""
DECIDE = ["decide", "--run-as", "off"]
STORY = Path(__file__).parents[3] / "examples" / "stories" / "switching-run-as-on.jsonl"
OF_TARGETS = ("conform", "smoke", "replay")


def test_no_process_that_is_sent_signals_is_traced(tmp_path: Path) -> None:
    with Started(tmp_path, DECIDE, "import sys\nprint(sys.gettrace())\n", anew=True) as started:
        assert started.ended()[1].startswith("None\n")


@EITHER
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_ends_with_a_word_and_the_code_of_the_signal(
    command: str, sent: signal.Signals, tmp_path: Path
) -> None:
    code, word = SIGNALS[sent]
    name, arguments = COMMANDS[command]
    if command in OF_TARGETS:
        arguments = [*arguments, *target(tmp_path, at=1 if command == "conform" else 0)]
    replaced = f"import runas_cli.{command} as module\nmodule.{name} = lambda *_, **more: wait()\n"

    with Started(tmp_path, [command, *arguments], replaced) as started:
        ended, out, err = started.ended(sent)

    assert (ended, out.count("\n")) == (code, 1 if command == "verify" else 0)
    assert err.startswith(f"runas-spec: {word}")
    assert err.count("\n") == 1


@EITHER
def test_what_verify_printed_before_it_was_ended_stays(sent: signal.Signals, tmp_path: Path) -> None:
    code, word = SIGNALS[sent]
    replaced = """
import itertools
import runas_cli.verify as module
prove_all = module.prove_all
def slowly(**more):
    yield from itertools.islice(prove_all(**more), 3)
    wait()
module.prove_all = slowly
"""
    with Started(tmp_path, ["verify"], replaced) as started:
        ended, out, err = started.ended(sent)

    assert (ended, err) == (code, f"runas-spec: {word}\n")
    assert [line.split()[0] for line in out.splitlines()] == ["verdict", *["proved"] * 3]


@EITHER
def test_what_tell_told_before_it_was_ended_stays_and_is_counted(sent: signal.Signals, tmp_path: Path) -> None:
    code, word = SIGNALS[sent]
    replaced = """
import itertools
import runas_cli.tell as module
read_calls = module.read_calls
def slowly(*given):
    yield from itertools.islice(read_calls(*given), 2)
    wait()
module.read_calls = slowly
"""
    with Started(tmp_path, ["tell", str(STORY)], replaced) as started:
        ended, out, err = started.ended(sent)

    assert (ended, err) == (code, f"runas-spec: {word} after 2 steps\n")
    assert [line.split()[0] for line in out.splitlines() if line[:1].isdecimal()] == ["1.", "2."]


@slow
def test_a_signal_to_the_implementation_alone_ends_that_and_the_case(tmp_path: Path) -> None:
    does = "os.kill(os.getpid(), signal.SIGTERM)"
    chosen = ["--core", "--examples", "0", "--json"]
    with Started(tmp_path, ["conform", *target(tmp_path, at=8, does=does), *chosen]) as started:
        ended, out, err = started.ended()

    errors = [case["detail"] for case in json.loads(out)["cases"] if case["verdict"] == "errored"]
    assert (ended, err) == (1, "")
    assert errors[0] == "it was killed by SIGTERM without answering"


WHERE_IT_IS_LOST = {
    "in a finalizer": """
class Dies:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
def lost(*_, **more):
    Dies()
    wait()
""",
    "in one of many finalizers": """
class Dies:
    def __init__(self, other):
        self.other = other
    def __del__(self):
        self.other = None
        if not Path("waiting").exists():
            Path("waiting").write_text("")
            os.kill(os.getpid(), signal.SIGTERM)
def lost(*_, **more):
    made = None
    for _ in range(20):
        made = Dies(made)
    del made
    wait()
""",
    "by a library that makes an error of its own of it": """
import ctypes
class Argument:
    @classmethod
    def from_param(cls, value):
        os.kill(os.getpid(), signal.SIGTERM)
def lost(*_, **more):
    function = ctypes.pythonapi.Py_IsInitialized
    function.argtypes = [Argument]
    function(1)
""",
}


@pytest.mark.parametrize("where", WHERE_IT_IS_LOST.values(), ids=WHERE_IT_IS_LOST.keys())
def test_a_signal_is_not_lost_and_leaves_no_traceback(where: str, tmp_path: Path) -> None:
    replaced = f"{where}\nimport runas_cli.decide as module\nmodule.explain = lost\n"
    with Started(tmp_path, ["decide", "--run-as", "off"], replaced) as started:
        ended, out, err = started.ended()

    assert (ended, out, err) == (143, "", "runas-spec: terminated\n")


@EITHER
@pytest.mark.parametrize("module", ["commands", "arguments", "decide"])
def test_a_signal_during_the_imports_of_a_command_ends_it_before_it_begins(
    module: str, sent: signal.Signals, tmp_path: Path
) -> None:
    code, word = SIGNALS[sent]
    replaced = f"""
import sys
class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "runas_cli.{module}":
            os.kill(os.getpid(), {sent:d})
sys.meta_path.insert(0, Finder)
"""
    with Started(tmp_path, DECIDE, replaced, anew=True) as started:
        ended, out, err = started.ended()

    assert (ended, out, err) == (code, "", f"runas-spec: {word}\n")


@pytest.mark.parametrize(
    "words", [["verify"], ["decide", "--run-as", "on", "--tag", "alice", "--repair"]], ids=" ".join
)
def test_z3_does_not_take_the_signal_for_itself(words: list[str], tmp_path: Path) -> None:
    replaced = """
import z3
check = z3.Solver.check
def interrupted(self, *more):
    import threading
    threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()
    pigeons = z3.Solver()
    holes = [[z3.Bool(f"{pigeon}-{hole}") for hole in range(8)] for pigeon in range(9)]
    pigeons.add(*(z3.Or(of) for of in holes))
    shared = ((a[hole], b[hole]) for hole in range(8) for a in holes for b in holes if a is not b)
    pigeons.add(*(z3.Or(z3.Not(one), z3.Not(other)) for one, other in shared))
    print(check(pigeons), pigeons.reason_unknown(), flush=True)
z3.Solver.check = interrupted
"""
    with Started(tmp_path, words, replaced, anew=True) as started:
        ended, out, err = started.ended()

    assert (ended, err) == (130, "runas-spec: interrupted\n")
    assert "interrupted from keyboard" not in out


@slow
def test_a_signal_that_the_process_was_started_to_ignore_stays_ignored(tmp_path: Path) -> None:
    does = 'Path("waiting").write_text(""); [time.sleep(0.01) for _ in iter(lambda: Path("go").exists(), True)]'
    arguments = ["conform", *target(tmp_path, at=3, does=does), "--core", "--examples", "0"]
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        started = Started(tmp_path, arguments, anew=True)
    finally:
        signal.signal(signal.SIGTERM, before)
    with started:
        started.wait()
        started.process.send_signal(signal.SIGTERM)
        (tmp_path / "go").write_text("")
        ended, out, err = started.ended()

    assert (ended, err) == (0, "")
    assert "INTERRUPTED" not in out


@contextlib.contextmanager
def handling(number: signal.Signals, handler: signal.Handlers) -> Iterator[None]:
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)


def handlers() -> list[object]:
    return [signal.getsignal(number) for number in SIGNALS]


def test_who_calls_main_has_the_signals_as_before_afterwards() -> None:
    before = handlers(), sys.unraisablehook
    assert main(DECIDE) == 0
    assert (handlers(), sys.unraisablehook) == before


def test_main_leaves_alone_what_the_caller_handles(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def explain(*_: object) -> None:
        seen.append(signal.getsignal(signal.SIGTERM))
        raise ZeroDivisionError

    monkeypatch.setattr("runas_cli.decide.explain", explain)
    with handling(signal.SIGTERM, signal.SIG_IGN), pytest.raises(ZeroDivisionError):
        main(DECIDE)

    assert seen == [signal.SIG_IGN]


def test_in_another_thread_main_takes_no_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = []
    thread = threading.Thread(target=lambda: ended.append((main(DECIDE), handlers())))
    before = handlers()
    thread.start()
    thread.join()

    assert ended == [(0, before)]


def test_a_report_that_nobody_takes_in_can_be_given_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    chosen = ["--only", "decision-linux-on-*", "--examples", "0", "--report", "json=pipe"]

    with Started(tmp_path, ["conform", *target(tmp_path, at=2, does='Path("waiting").touch()'), *chosen]) as started:
        started.wait()
        give_up = time.monotonic() + PATIENCE
        while started.process.poll() is None and time.monotonic() < give_up:
            started.process.send_signal(signal.SIGTERM)
            time.sleep(0.1)

        assert started.process.poll() == 143
