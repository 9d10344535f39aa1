"""The command `prove`: its verdicts, and targets that do what they should not."""

import json
import signal
import textwrap
from pathlib import Path
from typing import Protocol

import pytest

from cli.running import run
from cli.signals.interrupting import EITHER, SIGNALS, Started
from conformance.targets.hostile.hostility import is_running
from runas_properties.conformance.vectors.reading import read_vectors
from runas_properties.following import apart
from thinned import thinned

RIGHT = """
    def decide(q):
        if q["run_as_enabled"] == "unreadable":
            return None
        if q["platform"] != "linux" or not q["run_as_enabled"]:
            return "ssm-user"
        exact = q["tag_key"] == "SSMSessionRunAs"
        wanted = q["tag"] if exact else q["default_user"]
        known = [user["name"] for user in q["os_users"]]
        return wanted if wanted in known and wanted != "ssm-user" else None


    def factory():
        return decide
"""


class Prove(Protocol):
    def __call__(self, source: str, *more: str, target: str = "it:factory") -> tuple[int, str, str]: ...


@pytest.fixture
def prove(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Prove:
    """Runs the command on a target whose module is given as text."""
    monkeypatch.chdir(tmp_path)

    def proved(source: str, *more: str, target: str = "it:factory") -> tuple[int, str, str]:
        (tmp_path / "it.py").write_text(textwrap.dedent(source), "utf-8")
        return run(capsys, "prove", "--target", target, *more)

    return proved


def test_a_decision_that_is_right_is_proved_and_the_limits_are_told(prove: Prove) -> None:
    code, out, err = prove(RIGHT, "--os-users", "3")

    assert (code, err) == (0, "")
    assert out.startswith("PROVED: it:factory decides as the specification does under the reading default (found")
    assert "with at most 3 OS users, whose names differ and are not blank" in out
    assert out.count("assumed: ") == 3


def test_what_is_proved_is_told_as_json(prove: Prove) -> None:
    code, out, _ = prove(RIGHT, "--os-users", "2", "--reading", "default", "--json")
    told = json.loads(out)

    assert code == 0
    assert (told["ending"], told["reading"], told["given"], told["os_users"]) == ("proved", "default", True, 2)


def test_a_counterexample_is_saved_as_a_vector_that_fails_again(
    prove: Prove,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    wrong = RIGHT.replace("in known and", 'in known and wanted != "mallory" and')
    saved = str(tmp_path / "saved.json")
    code, out, _ = prove(wrong, "--save", saved)
    (vector,) = read_vectors(saved)

    assert code == 1
    assert out.startswith("REFUTED: it:factory departs from the specification under the reading default")
    assert "expected: started as 'mallory'\n  got:      refused" in out
    assert vector.steps[0]["tag"] == "mallory" or vector.steps[0]["default_user"] == "mallory"
    again = out.split("Repeat it: runas-spec ")[1].splitlines()[0].split()
    assert run(capsys, *again)[0] == 1


def test_a_reading_that_is_not_followed_is_refuted_by_a_vector(prove: Prove) -> None:
    code, out, _ = prove(RIGHT, "--reading", "agent", "--json")
    told = json.loads(out)

    assert code == 1
    assert (told["reading"], told["given"]) == ("agent", True)
    assert told["vector"]["level"] == "decision"


BEFORE = "\n    import builtins, os, sys, threading, time\n"
CALLED = RIGHT.replace("def decide(q):", "def decide(q):\n        act()", 1)


@pytest.mark.parametrize(
    ("source", "says"),
    thinned([
        (RIGHT.replace("wanted in known", "wanted.lower() in known"), "AttributeError: 'NoneType' object has no"),
        (BEFORE + CALLED + "\n    def act():\n        os._exit(0)", "exited with code 0 without answering"),
        (BEFORE + CALLED + "\n    def act():\n        print('deciding')", "a call of `print`"),
        (BEFORE + CALLED + "\n    def act():\n        sys.stdin.read()", "cannot be followed"),
        (BEFORE + RIGHT + "\n    os.write(1, b'\\x7b}')", "PROVED"),
        (BEFORE + RIGHT + "\n    builtins.any = lambda several: True", "it changed builtins.any"),
        (
            BEFORE
            + RIGHT
            + "\n    from runas_properties.following.paths import Path\n    Path.same = lambda self, a, b: False",
            "it changed runas_properties.following.paths.Path.same",
        ),
        (
            BEFORE + RIGHT + "\n    from runas_properties.following import interpreter"
            "\n    interpreter.Interpreter._do_importfrom = lambda self, node, scope: None",
            "it changed runas_properties.following.interpreter.Interpreter._do_importfrom",
        ),
        (
            BEFORE + RIGHT + "\n    from runas_properties.following import prove\n    import runas_properties.gallery",
            "PROVED",
        ),
        (BEFORE + RIGHT + "\n    sys.settrace(lambda *given: None)", "it changed the function that traces"),
        (
            BEFORE + RIGHT + "\n    import enum\n    enum.EnumMeta.__call__ = lambda cls, value: value",
            "it changed enum.EnumType.__call__",
        ),
        (BEFORE + RIGHT + "\n    threading.Thread(target=time.sleep, args=(60,)).start()", "a thread of its own"),
        (BEFORE + RIGHT + "\n    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()", "a thread of"),
    ], 4, spread=True),
)  # fmt: skip
def test_a_target_that_does_what_it_should_not_is_not_proved(source: str, says: str, prove: Prove) -> None:
    code, out, err = prove(source, "--os-users", "1")

    assert says.lower() in (out + err).lower()
    assert code == (0 if says == "PROVED" else 1 if "AttributeError" in says else 2)
    assert "Traceback" not in out + err


@pytest.mark.parametrize(
    ("source", "target", "says"),
    thinned([
        (RIGHT, "it", "invalid target 'it': expected package.module:factory"),
        (RIGHT, "it:nobody", "it has no 'nobody'; it has decide, factory"),
        (RIGHT, "it:decide", "name a factory that returns your function"),
        (RIGHT, "nowhere:factory", "importing nowhere failed: ModuleNotFoundError"),
        ("import nothing_like_it", "it:factory", "importing it failed: ModuleNotFoundError"),
        ("def factory(:", "it:factory", "importing it failed: SyntaxError"),
        ("raise RuntimeError('no\\nno')", "it:factory", "importing it failed: RuntimeError: no no (it.py, line 1)"),
        ("import sys; sys.exit(0)", "it:factory", "importing it failed: SystemExit"),
        ("def factory(): return 3", "it:factory", "returned 3, of type int; it must return a function"),
        ("factory = 3", "it:factory", "it:factory is 3, which is not callable"),
    ], 3, spread=True),
)  # fmt: skip
def test_a_target_that_cannot_be_asked_is_told_in_a_line(source: str, target: str, says: str, prove: Prove) -> None:
    code, out, err = prove(source, target=target)

    assert (code, out) == (2, "")
    assert says in err
    assert err.startswith("runas-spec: ")
    assert err.count("\n") == 1


def test_a_target_that_ends_the_process_on_import_is_not_proved(prove: Prove) -> None:
    code, out, _ = prove("import os; os._exit(0)")

    assert code == 2
    assert out.startswith("NOT PROVABLE: it:factory: the process that it ran in broke off: it exited with code 0")


def test_a_target_that_never_comes_back_is_ended(prove: Prove, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS_TO_START", 0.5)
    monkeypatch.setattr(apart, "PATIENCE", 1.5)
    endless = "import itertools\n" + textwrap.dedent(RIGHT.replace("wanted in known", "act() or wanted in known"))
    code, out, _ = prove(endless + "\ndef act():\n    return sum(itertools.repeat(0))", "--timeout", "0.5")

    assert code == 2
    assert out.startswith("NOT PROVABLE: it:factory: it does not come back within 2 s, and cannot be stopped")


@pytest.mark.parametrize(
    ("where", "says"),
    [("", "it does not come back within 2.5 s"), ("def factory():\n    ", "no answer within 0.5 s")],
)
def test_a_target_that_does_not_start_within_the_given_time_is_given_up(
    where: str, says: str, prove: Prove, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apart, "PATIENCE", 2.0)
    code, out, err = prove(f"import time\n{where}time.sleep(60)", "--timeout", "0.5")

    assert code == 2
    assert says in out + err


@pytest.mark.parametrize("waits", thinned(["while True: pass", "time.sleep(0.3)"], 2))
def test_a_target_that_takes_too_long_for_one_answer_is_not_proved_and_the_question_is_told(
    waits: str, prove: Prove
) -> None:
    code, out, _ = prove(
        BEFORE + RIGHT.replace("known = [", f'if wanted == "mallory":\n            {waits}\n        known = ['),
        "--timeout",
        "0.2",
    )

    assert code == 2
    assert out.startswith("NOT PROVABLE: it:factory: it gave no answer within 0.2 s to: Run As on, ")
    assert "'mallory'" in out


@pytest.mark.parametrize(
    "message",
    [
        '{"verdict":{"ending":"proved","target":"it:factory","reading":"default","os_users":4,"paths":285,"runs":9999}}',
        '{"token":"0","verdict":{"ending":"proved","target":"it:factory"}}',
        '{"token":"0","unusable":"nothing"}',
        '{"token":"0","progress":"nothing"}',
        "{",
    ],
)
def test_a_target_that_tells_a_verdict_itself_is_not_proved(message: str, prove: Prove) -> None:
    code, out, _ = prove(
        f"""
        import os

        def factory():
            for number in range(3, 64):
                try:
                    if os.readlink(f"/proc/self/fd/{{number}}").startswith("pipe:"):
                        os.write(number, {message!r}.encode() + b"\\n")
                except OSError:
                    pass
            return lambda q: "root"
        """
    )

    assert code == 2
    assert out.startswith("NOT PROVABLE: it:factory: ")
    assert "it writes where only the proof does" in out or "broke off" in out


@pytest.mark.parametrize("loops", thinned(["while True: pass", "time.sleep(60)"], 2))
def test_a_target_that_does_not_answer_in_time_is_not_proved_and_not_asked_again(loops: str, prove: Prove) -> None:
    code, out, err = prove(
        f"""
        import time

        def factory():
            def decide(q):
                {loops}

            return decide
        """,
        "--timeout",
        "0.2",
    )

    assert (code, err) == (2, "")
    assert out.startswith("NOT PROVABLE: it:factory: it gave no answer within 0.2 s to: ")
    assert "on the vector " in out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--os-users", "-1"), "must be a whole number"),
        (("--seconds", "0"), "must be a number of seconds"),
        (("--reading", "nobody's"), "unknown reading"),
        (("--save", "nowhere/saved.json"), "nowhere"),
    ],
)
def test_options_that_make_no_sense_are_told(arguments: tuple[str, ...], says: str, prove: Prove) -> None:
    code, out, err = prove(RIGHT, *arguments)

    assert (code, out) == (2, "")
    assert says in err


@EITHER
def test_a_signal_ends_the_proof_and_the_process_that_it_runs_in(sent: signal.Signals, tmp_path: Path) -> None:
    code, word = SIGNALS[sent]
    waits = "import os\nfrom pathlib import Path\nimport time\n\ndef factory():\n    return wait\n\n\ndef wait(q):\n"
    waits += "    Path('process').write_text(str(os.getpid()))\n    Path('waiting').write_text('')\n    time.sleep(60)"
    (tmp_path / "it.py").write_text(waits)
    with Started(tmp_path, ["prove", "--target", "it:factory"]) as started:
        started.wait()
        started.process.send_signal(sent)
        out, err = started.process.communicate(timeout=30)

    assert (started.process.returncode, out) == (code, "")
    assert err == f"runas-spec: {word}\n"
    assert not is_running(int((tmp_path / "process").read_text()))
