"""Commands and programs that are run while the pages are made, and shown with what they printed."""

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

from runas_cli.main import main
from runas_cli.progress import STILL_WORKING
from spec_site.markdown import code

__all__ = ["EXAMPLES", "ROOT", "console", "program", "run_command", "told_command"]

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples"
WIDTH = "88"
TERMINAL = {"COLUMNS": WIDTH, "NO_COLOR": "1"}


def console(
    lines: Sequence[str], exit_code: int = 0, first: int | None = None, last: int | None = None, folder: str = ""
) -> str:
    """Commands as they would be typed (`$ runas-spec ...`; a line may end with a backslash), with what each printed.

    They run in a folder of the project. Of what the last one prints, the `first` or the `last` lines are shown. Raises
    ValueError for any other command, and where the last does not end with `exit_code`, or another not with 0.
    """
    commands = list(_commands(lines))
    told = []
    for number, typed in enumerate(commands, 1):
        expected = exit_code if number == len(commands) else 0
        printed, ended = run_command(shlex.split(typed.replace("\\\n", " ")), folder)
        if ended != expected:
            raise ValueError(f"{typed}: exit code {ended}, not {expected}: {printed}")
        rows = printed.rstrip().split("\n")
        if number == len(commands):
            rows = _excerpt(rows, first, last)
        told += ["$ " + typed.replace("\n", "\n> "), *rows, ""]
    return code("\n".join(told), "console")


def told_command(shown: str, subcommand: str) -> str:
    """The first command with this subcommand that shown output tells, as in `rerun: runas-spec replay ...`.

    Raises ValueError where the reader does not see one.
    """
    found = re.search(rf"^(?!\$ ).*\b(runas-spec {re.escape(subcommand)} .*)$", shown, re.M)
    if found is None:
        raise ValueError(f"no command 'runas-spec {subcommand}' is shown above on the page")
    return found[1]


def _excerpt(rows: list[str], first: int | None, last: int | None) -> list[str]:
    if first is not None and len(rows) > first:
        return [*rows[:first], f"... {_more(len(rows) - first)}"]
    if last is not None and len(rows) > last:
        return [f"... {_more(len(rows) - last)} above", *rows[-last:]]
    return rows


def _more(lines: int) -> str:
    return f"{lines} more {'line' if lines == 1 else 'lines'}"


def _commands(lines: Sequence[str]) -> Iterator[str]:
    command = ""
    for line in filter(str.strip, lines):
        if command.endswith("\\"):
            command += "\n" + line
        elif line.startswith("$ "):
            if command:
                yield command
            command = line.removeprefix("$ ")
        else:
            raise ValueError(f"a command begins with '$ ', not {line!r}")
    if not command:
        raise ValueError("no command to run")
    yield command


def run_command(words: Sequence[str], folder: str = "") -> tuple[str, int]:
    """What `runas-spec` prints for these words, and its exit code; it runs in a folder of the project."""
    if words[0] != "runas-spec":
        raise ValueError(f"only runas-spec is run here, not {words[0]!r}")
    printed, complained = _Terminal(), io.StringIO()
    before = {name: os.environ.get(name) for name in TERMINAL}
    os.environ.update(TERMINAL)
    try:
        with chdir(ROOT / folder), redirect_stdout(printed), redirect_stderr(complained):
            ended = main(list(words[1:]))
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
    told = [line for line in complained.getvalue().splitlines(keepends=True) if STILL_WORKING not in line]
    return printed.getvalue() + "".join(told), ended


class _Terminal(io.StringIO):
    """What is printed as a terminal shows it."""

    def isatty(self) -> bool:
        return True


def program(name: str, quiet: bool = False) -> str:
    """A program of `docs/examples` and what it printed, unless it is `quiet`; a `test_*.py` is run by pytest.

    Raises ValueError where it fails.
    """
    source = code((EXAMPLES / name).read_text("utf-8"), "python")
    if quiet:
        return source
    words = [name] if not name.startswith("test_") else ["-m", "pytest", "-q", "-p", "no:cacheprovider", name]
    words = words if not name.startswith("test_") else [*words, "--rootdir=.", "-c", os.devnull]
    done = subprocess.run([sys.executable, *words], cwd=EXAMPLES, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise ValueError(f"{name}: exit code {done.returncode}: {done.stdout}{done.stderr}")
    typed = f"$ {'pytest -q' if name.startswith('test_') else 'python'} {name}"
    return f"{source}\n\n{code(f'{typed}{chr(10)}{done.stdout}', 'console')}"
