"""Hypothesis profiles, and what the state machines have covered: printed at the end, and as JSON where asked for."""

import fcntl
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

from runas_properties.machine import COVERAGE

PHASES = [Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink]

UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=PHASES, print_blob=True)
"""Nothing is judged by the clock: on a busy machine Hypothesis' check of how long draws take fails by itself."""

settings.register_profile("fast", UNTIMED, max_examples=200, derandomize=bool(os.environ.get("CI")))
settings.register_profile("deep", UNTIMED, max_examples=20_000)
if find_spec("hypothesis_crosshair_provider") is not None:
    settings.register_profile("crosshair", UNTIMED, backend="crosshair", max_examples=50)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fast"))

INTERRUPTED = 130

ROOT = Path(__file__).parents[1]

collect_ignore = [] if settings.get_current_profile_name() == "crosshair" else ["laws/test_crosshair.py"]
"""What `make crosshair` runs, under the profile of its backend."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the documentation's site, built anew, once for all workers; every warning is an error."""
    if not (ROOT / "docs" / "conf.py").exists():
        pytest.skip("there is no site to build: docs/conf.py is missing")
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    folder, built = shared / "site", shared / "site-is-built"
    with (shared / "site-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            options = ("-q", "-W", "--keep-going", "-E", "-b", "html", "-d", str(shared / "site-doctrees"))
            command = [sys.executable, "-m", "sphinx", *options, str(ROOT / "docs"), str(folder)]
            untraced = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
            done = subprocess.run(command, capture_output=True, text=True, env=untraced)
            built.write_text("" if done.returncode == 0 else done.stderr or "failed", "utf-8")
    assert built.read_text("utf-8") == ""
    return folder


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
        session.exitstatus = INTERRUPTED
