"""Hypothesis profiles, and what the state machines have covered: printed at the end, and as JSON where asked for."""

import os
from collections.abc import Iterator
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

from runas_cli import verify
from runas_cli.exit_codes import ExitCode
from runas_properties.stateful.machine import COVERAGE

PHASES = [Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink]

UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=PHASES, print_blob=True)
"""Nothing is judged by the clock: on a busy machine Hypothesis' check of how long draws take fails by itself."""

settings.register_profile("fast", UNTIMED, max_examples=200, derandomize=bool(os.environ.get("CI")))
settings.register_profile("deep", UNTIMED, max_examples=20_000)
if find_spec("hypothesis_crosshair_provider") is not None:
    settings.register_profile("crosshair", UNTIMED, backend="crosshair", max_examples=50)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))

collect_ignore = [] if settings.get_current_profile_name() == "crosshair" else ["laws/test_crosshair.py"]
"""What `make crosshair` runs, under the profile of its backend."""


PROVED = {name: getattr(verify, name) for name in ("prove_all", "besides", "rests_on_all", "implied_laws")}
"""What takes `verify` its time."""


@cache
def _kept(name: str, *given: Any, **more: Any) -> Any:
    found = PROVED[name](*given, **more)
    return list(found) if isinstance(found, Iterator) else found


@pytest.fixture
def already_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `verify` prove the same with the same budget once, for whichever test asks first."""
    for name in PROVED:
        monkeypatch.setattr(verify, name, partial(_kept, name))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was covered, also of a run that was interrupted."""
    if COVERAGE.traces:
        terminalreporter.section("coverage of the state machine")
        terminalreporter.write_line(COVERAGE.as_text())
        if path := os.environ.get("RUNAS_COVERAGE"):
            Path(path).write_text(COVERAGE.as_json(), "utf-8")
            terminalreporter.write_line(f"written to {path}")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Count in what the machines of a worker process have covered."""
    if counts := getattr(node, "workeroutput", {}).get("machine_coverage"):
        COVERAGE.add(counts)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["machine_coverage"] = COVERAGE.counts()
    if exitstatus == pytest.ExitCode.INTERRUPTED:
        session.exitstatus = ExitCode.INTERRUPTED
