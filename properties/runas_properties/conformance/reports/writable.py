"""Whether a file can be written, found out before the work rather than after it."""

from contextlib import suppress
from pathlib import Path

from runas_model.inputs.records import InputError

__all__ = ["check_writable"]


def check_writable(path: Path, *, folders: bool = False) -> None:
    """See that a file can be written, and leave what is there as it is; with `folders`, make those that are missing.

    Raises `InputError`, which names the file.
    """
    try:
        if folders:
            with suppress(FileExistsError):  # and is no folder, as opening the file says better
                path.parent.mkdir(parents=True, exist_ok=True)
        there = path.exists()
        with path.open("a", encoding="utf-8"):
            pass
        if not there:
            path.resolve().unlink()  # where the path is a link, it is the user's, and stays
    except OSError as error:
        raise InputError(error.strerror or str(error), file=str(path)) from None
