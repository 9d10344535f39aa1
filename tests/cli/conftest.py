"""What tests of commands share."""

from functools import partial

import pytest

from cli.few_laws import FEW, besides_of_few
from runas_cli import progress, verify
from runas_properties.conformance.targets.target import load
from runas_properties.laws import LAWS
from runas_solver.proofs import prove_all


@pytest.fixture(autouse=True)
def no_line_of_progress(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no terminal nothing is told of progress, however long the machine takes.

    Tests of progress bring a clock of their own.
    """
    if not {"clock", "stopped_clock"}.intersection(request.fixturenames):
        monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", float("inf"))


@pytest.fixture
def asked_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a command ask a target in Python in this process: to start another takes longer than to ask it."""
    monkeypatch.setattr("runas_cli.targets.PythonApart", load)


@pytest.fixture
def few_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `verify` prove a few laws, and show a few things besides."""
    monkeypatch.setattr(verify, "prove_all", partial(prove_all, laws=FEW))
    monkeypatch.setattr(verify, "besides", besides_of_few)
    monkeypatch.setattr(verify, "rests_on_all", lambda: {law: [] for law in LAWS})
    monkeypatch.setattr(verify, "implied_laws", dict)
