"""A mutant on trial: `runas-spec verify` or tests run on it, in a process that has only what is not ours imported.

A server process imports the libraries once, and forks one process for each mutant. That imports all of ours anew, the
mutant in place of its module.
"""

import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from enum import Enum
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from resource import RLIMIT_CPU, setrlimit
from signal import SIG_IGN, SIGINT, SIGXCPU, signal
from tempfile import TemporaryDirectory
from typing import Any

import attrs

from mutants.source import Mutant

__all__ = ["ROOT", "Fate", "Judge", "Verdict", "in_its_place", "ask_tests", "chosen_tests", "judge_all", "verify"]

ROOT = Path(__file__).parents[2]
LIBRARIES = ["z3", "attrs", "msgspec", "rpds"]
TESTS = {
    "runas_model.inputs": ("model/inputs", "oracle/test_recorded.py", "oracle/test_agent_known.py"),
    "runas_model.specification": ("model/specification", "model/facts/test_explanation.py"),
    "runas_model.words": (
        "model/words",
        "laws/test_words.py",
        "laws/test_conclusions.py",
        "laws/test_laws.py",
        "solver/test_wording.py",
    ),
    "runas_model.facts": ("model/facts", "model/words"),
    "runas_model.stories": ("model/stories", "solver/test_wording.py"),
}
"""The tests that are to see a change in a module, by the beginning of its name; the fastest first."""
SECONDS = 60
"""How long one mutant may compute, whatever else the machine does; what takes longer is endless."""
WAIT = 900
"""How long one is waited for that does not even compute."""


class Fate(Enum):
    """What became of a mutant."""

    VERIFY = "verify"
    """`verify` ran, and says that something does not hold, or broke off."""
    REGISTRATION = "registration"
    """It could not even be imported."""
    TESTS = "tests"
    """A test fails."""
    ENDLESS = "endless"
    """It does not end, though the original does."""
    SURVIVED = "survived"
    UNJUDGED = "not judged"
    """The process ended without a verdict: it is not known."""


@attrs.frozen
class Verdict:
    """What became of a mutant, and by what."""

    fate: Fate
    by: str = ""


Judge = Callable[[str, str], Verdict]
"""What gives a verdict on a module of a name in a file, in a process of its own."""


def in_its_place(module: str, file: str) -> None:
    """From now on the module is imported from this file."""
    sys.dont_write_bytecode = True
    sys.meta_path.insert(0, _Elsewhere(module, file))


@attrs.frozen
class _Elsewhere(MetaPathFinder):
    module: str
    file: str

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if fullname != self.module:
            return None
        return spec_from_file_location(fullname, self.file, loader=SourceFileLoader(fullname, self.file))


def verify(module: str, file: str) -> Verdict:
    """The verdict of `runas-spec verify`."""
    in_its_place(module, file)
    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(printed):
        if (refused := _registration()) is not None:
            return refused
        try:
            code = import_module("runas_cli.main").main(["verify", "--fail-fast"])
        except Exception as error:
            return Verdict(Fate.VERIFY, _told(error))
    return Verdict(Fate.SURVIVED) if code == 0 else Verdict(Fate.VERIFY, _refuted(printed.getvalue()))


def _registration() -> Verdict | None:
    """The verdict where not even what uses the module can be imported."""
    try:
        import_module("runas_cli.verify")
    except Exception as error:
        return Verdict(Fate.REGISTRATION, _told(error))
    return None


def ask_tests(module: str, file: str) -> Verdict:
    """The verdict of the tests that are chosen for the module, up to the first that fails."""
    os.environ["CI"] = "true"  # the same examples at each run
    in_its_place(module, file)
    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(printed):
        pytest = import_module("pytest")
        code = pytest.main(
            ["-x", "-q", "--tb=no", "-p", "no:xdist", f"--rootdir={ROOT}", *map(str, chosen_tests(module))]
        )
    if code == pytest.ExitCode.OK:
        return Verdict(Fate.SURVIVED)
    failed = re.findall(r"^(?:FAILED|ERROR) (\S+)", printed.getvalue(), re.MULTILINE)
    if failed:
        return Verdict(Fate.TESTS, failed[0])
    return _registration() or Verdict(Fate.UNJUDGED, f"pytest ends with {code}")


def chosen_tests(module: str) -> list[Path]:
    """The tests that are chosen for a module, those that have its name first."""
    places = [ROOT / "tests" / path for part, paths in TESTS.items() if module.startswith(part) for path in paths]
    own = (place / f"test_{module.rpartition('.')[2]}.py" for place in places)
    return [*(path for path in own if path.exists()), *places]


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


def _refuted(report: str) -> str:
    """The last law in the table, where it is not proved; else it was something else that did not hold."""
    laws = re.findall(r"^(\w+) +\d+ ms  ([\w-]+):", report, re.MULTILINE)
    refuted = [f"{law} {verdict}" for verdict, law in laws if verdict != "proved"]
    told = [line for line in report.splitlines() if line.startswith("DOES NOT HOLD")]
    return refuted[0] if refuted else (told or ["no law, but the report does not hold"])[0]


def judge_all(
    mutants: Iterable[Mutant], judge: Judge = verify, processes: int = 2, seconds: int = SECONDS
) -> Iterator[tuple[Mutant, Verdict]]:
    """Every mutant with its verdict, in order, some at a time, each of which may compute for so many seconds."""
    context = get_context("forkserver")
    context.set_forkserver_preload(LIBRARIES)
    with TemporaryDirectory() as folder, ThreadPoolExecutor(processes) as pool:

        def judged(numbered: tuple[int, Mutant]) -> tuple[Mutant, Verdict]:
            number, mutant = numbered
            file = Path(folder, f"{number}", mutant.source.file.name)
            file.parent.mkdir()
            file.write_bytes(mutant.text)
            return mutant, _in_a_process(context, seconds, judge, mutant.source.module, str(file))

        yield from pool.map(judged, enumerate(mutants))


def _in_a_process(context: Any, seconds: int, judge: Judge, *arguments: str) -> Verdict:
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(theirs, seconds, judge, *arguments))
    process.start()
    theirs.close()
    try:
        if ours.poll(WAIT):
            verdict: Verdict = ours.recv()
            return verdict
    except EOFError:
        process.join()
        if process.exitcode != -SIGXCPU:
            return Verdict(Fate.UNJUDGED, f"the process ended with exit code {process.exitcode}")
    finally:
        process.kill()
        process.join()
    return Verdict(Fate.ENDLESS, "it does not end")


def _answer(connection: Connection, seconds: int, judge: Judge, *arguments: str) -> None:
    signal(SIGINT, SIG_IGN)  # whoever waits for the verdict ends this process
    setrlimit(RLIMIT_CPU, (seconds, seconds + 60))  # SIGXCPU, not SIGKILL, however much is accounted for at once
    connection.send(judge(*arguments))
