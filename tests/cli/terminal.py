"""Commands as a terminal of some width shows them, without colour unless that is asked for."""

import re
import sys

import pytest

from runas_cli.main import main

__all__ = ["TIMES", "in_terminal"]

TIMES = re.compile(r"\d+\.\d s\b|(?<=Python 3\.)\d+")
"""What is another from run to run, or from interpreter to interpreter."""


def in_terminal(capsys: pytest.CaptureFixture[str], width: int, *arguments: str) -> str:
    """What a command prints in a terminal of so many columns; times are 0.0 s."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.stdout, "isatty", lambda: True)
        patch.setenv("COLUMNS", str(width))
        if "--color" not in arguments:
            patch.setenv("NO_COLOR", "1")
        main(arguments)
    out, err = capsys.readouterr()
    assert err == ""
    return TIMES.sub(lambda found: "0.0 s" if found[0].endswith("s") else "0", out)
