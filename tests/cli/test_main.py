"""The command itself: how it ends when it is interrupted, or nobody reads on."""

import os
import re
import subprocess
import sys

import pytest

from runas_cli import verify as verify_module
from runas_cli.main import main
from runas_model.specification import rulebook
from thinned import slow


def test_an_interrupted_run_exits_with_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(verify_module, "prove_all", interrupted)

    assert main(["verify"]) == 130
    assert "interrupted" in capsys.readouterr().err


def test_a_rule_that_makes_an_error_is_told_with_its_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(**_: object) -> None:
        rulebook.run_as_applies(None, None)  # type: ignore[arg-type]

    monkeypatch.setattr(verify_module, "prove_all", fails)

    assert main(["verify"]) == 2
    told = capsys.readouterr().err
    assert re.fullmatch(r"runas-spec: .*rulebook.py, line \d+: `\w+`: AttributeError: .*\n", told)


@pytest.mark.parametrize("command", ["decide --run-as off", pytest.param("verify --rlimit 1", marks=slow)])
def test_an_output_that_takes_no_more_is_told_without_a_traceback(command: str) -> None:
    program = f"{sys.executable} -c 'from runas_cli.main import run; run()' {command} > /dev/full"
    done = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert done.stderr == "runas-spec: standard output: No space left on device\n"


def test_an_output_that_is_closed_is_no_error() -> None:
    program = f"{sys.executable} -c 'from runas_cli.main import run; run()' decide --run-as off >&-"
    done = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_an_error_that_no_part_of_the_specification_makes_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verify_module, "prove_all", lambda **_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        main(["verify"])


def test_a_reader_that_stops_early_causes_no_traceback() -> None:
    command = f"{sys.executable} -c 'from runas_cli.main import run; run()' decide --run-as off | true"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=dict(os.environ), check=False)

    assert "Traceback" not in done.stderr
