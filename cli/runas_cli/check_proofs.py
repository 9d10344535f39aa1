"""`runas-spec check-proofs`: the certificates in a folder, checked without a solver.

What must be proved is known by what the package keeps: its version's obligations, by their hashes. The model is not
run, so nothing is said of code that was changed since.
"""

import argparse
import os
import stat
import time
from collections.abc import Iterator, Sequence
from enum import Enum
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from pathlib import Path
from typing import Any

import attrs

from runas_cli.exit_codes import ExitCode
from runas_cli.progress import counted
from runas_cli.saying import say, say_json
from runas_model.inputs.records import InputError
from runas_solver import checker
from runas_solver.kept import is_for, kept_certificates

__all__ = ["check_proofs"]

RENEW = "a changed specification needs make renew"
OF_THE_CODE = "the code at hand was not read: verify proves what it exports, certify compares that with what is kept"


class Status(Enum):
    """What became of an obligation that the package keeps."""

    PROVED = "proved"
    MISSING = "missing"
    DIFFERENT = "different"
    """Its text is not the one whose hash the package keeps."""
    UNPROVED = "unproved"
    UNREADABLE = "unreadable"


@attrs.frozen
class Checked:
    """One obligation, with how many lines prove it, or why they do not."""

    id: str
    status: Status
    milliseconds: float
    lines: int = 0
    detail: str = ""

    @property
    def law(self) -> str:
        return self.id.partition("/")[0]


def check_proofs(options: argparse.Namespace) -> int:
    """Check each obligation that the package keeps; 0 when the folder proves all, 2 where something cannot be read.

    Raises `InputError` where there is no such folder.
    """
    folder = Path(options.directory)
    if not os.path.isdir(folder):  # which a name too long is not either; `Path.is_dir` raises
        raise InputError("no such folder", file=options.directory)
    began = time.perf_counter()
    ids = kept_certificates()
    checked = [_checked(folder, id) for id in counted(ids, "certificates", len(ids))]
    seconds = time.perf_counter() - began
    if options.json:
        say_json(_as_data(checked, seconds))
    else:
        say(*_lines(checked, seconds))
    if any(one.status is Status.UNREADABLE for one in checked):
        return ExitCode.UNUSABLE
    return ExitCode.HOLDS if _holds(checked) else ExitCode.DOES_NOT_HOLD


def _checked(folder: Path, id: str) -> Checked:
    began = time.perf_counter()
    status, lines, detail = Status.PROVED, 0, ""
    try:
        paths = [folder / f"{id}{suffix}" for suffix in (".smt2", ".cert")]
        if absent := [str(path) for path in paths if not _is_there(path)]:
            status, detail = Status.MISSING, f"{id}: no {' and no '.join(absent)}"
        else:
            text, certificate = (checker.read_file(str(path)) for path in paths)
            lines = checker.check(text, certificate)
            if not is_for(kept_certificates()[id], text):
                status, detail = Status.DIFFERENT, f"{id}: proved, but not as {_released()} has it; {RENEW}"
    except checker.Unproved as problem:
        status, detail = Status.UNPROVED, f"{id}: {problem}"
    except checker.Unreadable as problem:
        status, detail = Status.UNREADABLE, f"{id}: {problem}"
    return Checked(id, status, (time.perf_counter() - began) * 1000, lines, detail)


def _is_there(path: Path) -> bool:
    """Whether there is a file. Raises `Unreadable` for what is no regular file, which could go on for ever."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise checker.Unreadable(f"{path}: no regular file")
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise checker.Unreadable(f"{path}: {error.strerror}") from None
    return True


def _released() -> str:
    """The package by its name, and by its version if it is installed."""
    try:
        return f"runas-spec {version('runas-spec')}"
    except PackageNotFoundError:
        return "runas-spec"


def _holds(checked: Sequence[Checked]) -> bool:
    return bool(checked) and all(one.status is Status.PROVED for one in checked)


def _lines(checked: Sequence[Checked], seconds: float) -> Iterator[str]:
    """A line for each law, with what is not proved under it; then which file checked, and the verdict."""
    width = max((len(one.law) for one in checked), default=3)
    yield f"{'law':{width}}  proved  obligations  lines     time"
    for law, group in groupby(checked, key=lambda one: one.law):
        several = list(group)
        proved = sum(one.status is Status.PROVED for one in several)
        yield (
            f"{law:{width}}  {proved:6}  {len(several):11}  {sum(one.lines for one in several):5}"
            f"  {sum(one.milliseconds for one in several):4.0f} ms"
        )
        yield from (f"  {one.status.value}: {one.detail}" for one in several if one.status is not Status.PROVED)
    yield ""
    yield f"checked by {checker.__file__}, sha256 {_digest()}"
    yield OF_THE_CODE
    proved = sum(one.status is Status.PROVED for one in checked)
    yield (
        f"{'HOLDS' if _holds(checked) else 'DOES NOT HOLD'}: {proved} of {len(checked)} obligations, as released "
        f"with {_released()}, are proved by {sum(one.lines for one in checked):,} lines and without a solver; "
        f"{seconds:.1f} s"
    )


def _as_data(checked: Sequence[Checked], seconds: float) -> dict[str, Any]:
    return {
        "holds": _holds(checked),
        "released_with": _released(),
        "seconds": seconds,
        "checker": {"file": checker.__file__, "sha256": _digest()},
        "obligations": [{**attrs.asdict(one), "status": one.status.value} for one in checked],
    }


def _digest() -> str:
    return sha256(Path(checker.__file__).read_bytes()).hexdigest()
