"""Spin counts the states and transitions of a model written independently of the Python, and finds as many."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from runas_model import AGENT, DEFAULT
from runas_properties.explorer import Scope, explore
from thinned import slow

MODEL = Path(__file__).with_name("runas.pml")
MISSING = [tool for tool in ("spin", "gcc") if shutil.which(tool) is None]


@pytest.fixture
def spin() -> str:
    """The command, or a skip that says what is missing; a failure where RUNAS_SPEC_REQUIRE_SPIN is set."""
    if MISSING:
        reason = f"{' and '.join(MISSING)} not installed (Debian: apt-get install spin gcc)"
        if os.environ.get("RUNAS_SPEC_REQUIRE_SPIN"):
            pytest.fail(reason)
        pytest.skip(reason)
    return "spin"


def count(spin: str, folder: Path, *defines: str) -> tuple[int, int]:
    """States and transitions: every variable kept (-o2), no partial-order reduction, no end-state check."""
    for command in (
        [spin, "-o2", *defines, "-a", str(MODEL)],
        ["gcc", "-O1", "-w", "-DNOREDUCE", "-DSAFETY", "-o", "pan", "pan.c"],
    ):
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
    done = subprocess.run(
        ["./pan", "-E", "-m1000000", "-w22"], cwd=folder, check=True, capture_output=True, text=True, timeout=300
    )
    assert "errors: 0" in done.stdout
    assert "search not completed" not in done.stdout
    stored, transitions = (
        int(re.search(rf"(\d+) {what}", done.stdout)[1]) for what in ("states, stored", "transitions")
    )
    return stored, transitions - 1  # Spin counts the first state as a transition, too


@pytest.mark.parametrize(
    ("sizes", "refused", "switches", "nouns"),
    [
        ((1, 1, 2), 0, 2, {}),
        pytest.param((1, 1, 2), 0, 3, {}, marks=slow),
        pytest.param((1, 2, 3), 0, 2, {}, marks=slow),
        ((1, 2, 3), 1, 3, {}),
        pytest.param((2, 1, 3), 1, 2, {}, marks=slow),
        pytest.param((2, 2, 2), 0, 2, {}, marks=slow),
        pytest.param((2, 1, 1), 0, 3, {"regions": 2}, marks=slow),
        pytest.param((2, 1, 1), 0, 2, {"documents": 2}, marks=slow),
        ((1, 1, 1), 0, 2, {"regions": 2, "documents": 2}),
        pytest.param((1, 1, 2), 0, 2, {"role_sessions": 1}, marks=slow),
        pytest.param((1, 2, 1), 0, 2, {"role_sessions": 2}, marks=slow),
        ((1, 1, 1), 1, 3, {"documents": 2, "role_sessions": 1}),
        pytest.param((1, 1, 2), 0, 3, {"documents": 2, "parameters": 1}, marks=slow),
        ((1, 1, 1), 0, 2, {"documents": 2, "role_sessions": 1, "parameters": 1}),
        pytest.param((2, 2, 2), 0, 3, {}, marks=slow),
        pytest.param((2, 2, 3), 0, 2, {}, marks=slow),
        pytest.param((2, 2, 3), 1, 2, {}, marks=slow),
        pytest.param((1, 1, 1), 0, 2, {"regions": 2, "documents": 2, "role_sessions": 1}, marks=slow),
        pytest.param((1, 1, 3), 1, 2, {"role_sessions": 2}, marks=slow),
        pytest.param((1, 1, 2), 1, 2, {"regions": 2, "documents": 2}, marks=slow),
        pytest.param((1, 2, 1), 0, 3, {"regions": 2, "documents": 2}, marks=slow),
        pytest.param((1, 1, 3), 1, 3, {"documents": 2, "parameters": 3}, marks=slow),
        pytest.param((1, 1, 1), 0, 2, {"regions": 2, "documents": 2, "parameters": 1}, marks=slow),
    ],
)
def test_spin_finds_as_many_states_and_transitions(
    spin: str,
    tmp_path: Path,
    sizes: tuple[int, int, int],
    refused: int,
    switches: int,
    nouns: dict[str, int],
) -> None:
    accounts, principals, names = sizes
    counts = {"ACCOUNTS": accounts, "PRINCIPALS": principals, "NAMES": names, "SWITCHES": switches}
    counts |= {"SUPERUSERS_REFUSED": refused, **{noun.upper(): number for noun, number in nouns.items()}}

    done = explore(
        Scope(accounts, principals, 1, names, 1, switches=switches, **nouns), AGENT if refused else DEFAULT, laws=()
    )

    counted = count(spin, tmp_path, *(f"-D{name}={number}" for name, number in counts.items()))
    assert counted == (done.states, done.transitions), f"say in {MODEL} too what can happen, from the prose alone"
