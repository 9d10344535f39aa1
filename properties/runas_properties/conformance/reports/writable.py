"""Whether a file can be written, found out before the work rather than after it."""

from contextlib import suppress
from pathlib import Path

from runas_model.inputs.records import InputError

__all__ = ["check_writable", "write_text"]


def check_writable(path: Path, *, folders: bool = False) -> None:
    """See that a file can be written, and leave what is there as it is; with `folders`, make those that are missing.

    Raises `InputError`, which names the file.
    """
    try:
        if folders:
            with suppress(FileExistsError):  # and is no folder, as opening the file says better
                path.parent.mkdir(parents=True, exist_ok=True)
        there = path.exists()
        if path.is_fifo():
            return  # whoever reads it would take a try for all that comes
        with path.open("a", encoding="utf-8"):
            pass
        if not there:
            path.resolve().unlink()  # where the path is a link, it is the user's, and stays
    except OSError as error:
        raise InputError(error.strerror or str(error), file=str(path)) from None


def write_text(path: Path, text: str) -> None:
    """Write a file. Raises `InputError`, which names it."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(error.strerror or str(error), file=str(path)) from None
