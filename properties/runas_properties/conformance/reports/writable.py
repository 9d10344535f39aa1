"""Files that are written as a whole or not at all; and whether one can be, found out before the work."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TextIO

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
        if _is_replaced(path):
            os.unlink(_beside(path))
        elif not path.is_fifo():  # whoever reads that would take a try for all that comes
            with path.open("a", encoding="utf-8"):
                pass
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from None


def write_text(path: Path, *texts: str | TextIO) -> None:
    """Write a file of texts, one after the other: all of it, or what was there before stays.

    A text may be an open file, which is copied. Raises `InputError`, which names the file.
    """
    try:
        if not _is_replaced(path):
            with path.open("w", encoding="utf-8") as file:
                _write(file, texts)
            return
        beside = _beside(path)
        try:
            with open(beside, "w", encoding="utf-8") as file:
                _write(file, texts)
            if path.exists():
                shutil.copymode(path, beside)
            os.replace(beside, path.resolve())
        except BaseException:
            with suppress(OSError):
                os.unlink(beside)
            raise
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from None


def _write(file: TextIO, texts: Iterable[str | TextIO]) -> None:
    for text in texts:
        if isinstance(text, str):
            file.write(text)
        else:
            shutil.copyfileobj(text, file)


def _is_replaced(path: Path) -> bool:
    """Whether a new file takes the place of the old one: not of a device or pipe, or in a folder that bears no new one.

    Raises OSError for a folder, and for a file that may not be written.
    """
    if path.is_dir() or path.name in ("", ".."):
        raise IsADirectoryError(21, "Is a directory")
    if path.exists():
        if not stat.S_ISREG(path.stat().st_mode) or not os.access(path.resolve().parent, os.W_OK):
            return False
        if not os.access(path, os.W_OK):
            raise PermissionError(13, "Permission denied")
    return True


def _beside(path: Path) -> str:
    """A new and empty file in the same folder, with the permissions that a new file has."""
    place = path.resolve()
    number, name = tempfile.mkstemp(prefix=".runas-spec-", dir=place.parent)
    os.close(number)
    mask = os.umask(0)
    os.umask(mask)
    os.chmod(name, 0o666 & ~mask)
    return name


def _unwritable(path: Path, error: Exception) -> InputError:
    return InputError((error.strerror if isinstance(error, OSError) else None) or str(error), file=str(path))
