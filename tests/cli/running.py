"""Commands run in this process: their exit code, and what they printed and complained of."""

import pytest

from runas_cli.main import main

DECIDE = ["decide", "--run-as", "on", "--tag", "alice", "--default-user", "ops"]
DECIDE += ["--os-user", "alice", "--os-user", "root:0:0", "--platform", "linux"]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def conform(capsys: pytest.CaptureFixture[str], target: str, *more: str) -> tuple[int, str, str]:
    """A run of the kit, with few random cases if none are asked for."""
    if not {"--examples", "--seconds"} & {*more}:
        more = (*more, "--examples", "30")
    return run(capsys, "conform", "--target", f"targets_in_python:{target}", *more)
