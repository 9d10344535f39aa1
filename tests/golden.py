"""Golden files: a text that was read and kept, and must not change unnoticed. `make renew` writes them again."""

import os
from pathlib import Path

from renew.files import replace

__all__ = ["RENEWING", "assert_golden"]

RENEWING = "RUNAS_SPEC_RENEW_GOLDEN"
"""Set in the environment, each golden file is written instead of compared."""


def assert_golden(file: Path, text: str) -> None:
    """Hold a text to the file in which it is kept."""
    if os.environ.get(RENEWING):
        replace(file, text)
        return
    kept = file.read_text("utf-8") if file.is_file() else ""
    assert text == kept, f"{file.name} has another text: read the differences and, if they are meant, make renew"
