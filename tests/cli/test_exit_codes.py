"""Exit codes: named in one place, and told alike wherever they are told."""

import ast
import re
import signal
from pathlib import Path

import pytest

import runas_cli
from runas_cli.arguments import parser
from runas_cli.exit_codes import ExitCode

PACKAGE = Path(runas_cli.__file__).parent
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "command.md"


def test_the_help_lists_every_code_with_its_meaning() -> None:
    told = " ".join(parser().format_help().split())

    assert told.endswith(
        "Exit codes: 0 holds, 1 does not hold, 2 usage error or unreadable input, 129 hung up, 130 interrupted, "
        "143 terminated."
    )


def test_a_signal_has_the_code_that_a_shell_gives_to_what_it_ends() -> None:
    assert ExitCode.HUNG_UP == 128 + signal.SIGHUP
    assert ExitCode.INTERRUPTED == 128 + signal.SIGINT
    assert ExitCode.TERMINATED == 128 + signal.SIGTERM


def test_the_page_of_the_command_lists_every_code() -> None:
    listed = re.findall(r"^`(\d+)`$", PAGE.read_text("utf-8"), re.M)

    assert listed == [str(int(code)) for code in ExitCode]


@pytest.mark.parametrize("module", sorted(PACKAGE.glob("*.py")), ids=lambda path: path.stem)
def test_no_command_returns_a_bare_number(module: Path) -> None:
    returned = [node for node in ast.walk(ast.parse(module.read_text("utf-8"))) if isinstance(node, ast.Return)]
    bare = [
        part.value
        for node in returned
        for part in ([node.value.body, node.value.orelse] if isinstance(node.value, ast.IfExp) else [node.value])
        if isinstance(part, ast.Constant) and type(part.value) is int
    ]

    assert bare == []
