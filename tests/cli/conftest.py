"""What tests of commands share."""

import pytest

from runas_properties.conformance.targets.target import load


@pytest.fixture
def asked_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a command ask a target in Python in this process: to start another takes longer than to ask it."""
    monkeypatch.setattr("runas_cli.targets.PythonApart", load)
