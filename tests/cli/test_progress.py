"""Progress, shown while a command works."""

import sys

import pytest

from runas_cli.main import main
from runas_properties.laws import LAWS
from runas_properties.oracle.recorded import AGENT_DECISIONS
from thinned import slow


@slow
def test_progress_is_shown_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("runas_cli.progress.SECONDS", 0)
    monkeypatch.setattr("runas_cli.progress.UNCOUNTED", 100)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    main(["check", str(AGENT_DECISIONS), "--reading", "agent"])
    main(["verify"])
    shown = capsys.readouterr().err
    monkeypatch.undo()
    main(["check", str(AGENT_DECISIONS), "--reading", "agent"])

    assert "500 rows" in shown
    assert f"{len(LAWS)} of {len(LAWS)} laws" in shown
    assert capsys.readouterr().err == ""
