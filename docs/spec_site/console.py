"""Commands and programs that are run while the pages are made, and shown with what they printed."""

import io
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

from runas_cli.main import main
from spec_site.markdown import code

__all__ = ["EXAMPLES", "ROOT", "console", "program", "run_command"]

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs" / "examples"
WIDTH = "88"


def console(lines: Sequence[str], exit_code: int = 0, shown: int | None = None) -> str:
    """Commands as they would be typed (`$ runas-spec ...`; a line may end with a backslash), with what each printed.

    Of what the last one prints, the first `shown` lines. Raises ValueError for any other command, and where the last
    command does not end with `exit_code`, or another not with 0.
    """
    commands = list(_commands(lines))
    told = []
    for number, typed in enumerate(commands, 1):
        expected = exit_code if number == len(commands) else 0
        printed, ended = run_command(shlex.split(typed.replace("\\\n", " ")))
        if ended != expected:
            raise ValueError(f"{typed}: exit code {ended}, not {expected}: {printed}")
        rows = printed.rstrip().split("\n")
        if number == len(commands) and shown is not None and len(rows) > shown:
            rows = [*rows[:shown], f"... and {len(rows) - shown} lines more"]
        told += ["$ " + typed.replace("\n", "\n> "), *rows, ""]
    return code("\n".join(told), "console")


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


def run_command(words: Sequence[str]) -> tuple[str, int]:
    """What `runas-spec` prints for these words, and its exit code; it runs in the project's folder."""
    if words[0] != "runas-spec":
        raise ValueError(f"only runas-spec is run here, not {words[0]!r}")
    printed = io.StringIO()
    columns, os.environ["COLUMNS"] = os.environ.get("COLUMNS"), WIDTH
    try:
        with chdir(ROOT), redirect_stdout(printed), redirect_stderr(printed):
            ended = main(list(words[1:]))
    finally:
        if columns is None:
            del os.environ["COLUMNS"]
        else:
            os.environ["COLUMNS"] = columns
    return printed.getvalue(), ended


def program(name: str, exit_code: int = 0) -> str:
    """A program of `docs/examples` and what it printed; a `test_*.py` is run by pytest.

    Raises ValueError where it does not end with `exit_code`.
    """
    words = [name] if not name.startswith("test_") else ["-m", "pytest", "-q", "-p", "no:cacheprovider", name]
    words = words if not name.startswith("test_") else [*words, "--rootdir=.", "-c", os.devnull]
    done = subprocess.run([sys.executable, *words], cwd=EXAMPLES, capture_output=True, text=True, check=False)
    if done.returncode != exit_code:
        raise ValueError(f"{name}: exit code {done.returncode}, not {exit_code}: {done.stdout}{done.stderr}")
    typed = f"$ {'pytest -q' if name.startswith('test_') else 'python'} {name}"
    source = (EXAMPLES / name).read_text("utf-8")
    return f"{code(source, 'python')}\n\n{code(f'{typed}{chr(10)}{done.stdout}', 'console')}"
