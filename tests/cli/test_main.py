"""The command itself: how it ends when it is interrupted, or nobody reads on."""

import os
import subprocess
import sys

import pytest

from runas_cli import verify as verify_module
from runas_cli.main import main


def test_an_interrupted_run_exits_with_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(verify_module, "prove_all", interrupted)

    assert main(["verify"]) == 130
    assert "interrupted" in capsys.readouterr().err


def test_a_reader_that_stops_early_causes_no_traceback() -> None:
    command = f"{sys.executable} -c 'from runas_cli.main import run; run()' decide --run-as off | true"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=dict(os.environ), check=False)

    assert "Traceback" not in done.stderr
