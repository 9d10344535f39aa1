"""Files that are written whole or not at all."""

import os
from pathlib import Path

__all__ = ["replace"]


def replace(file: Path, text: str) -> bool:
    """Write a file by way of another one beside it, if its text is another; whether it was."""
    if file.is_file() and file.read_text("utf-8") == text:
        return False
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.new")
    try:
        beside.write_text(text, "utf-8")
        os.replace(beside, file)
    finally:
        beside.unlink(missing_ok=True)
    return True
