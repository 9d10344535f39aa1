"""Figures that are kept: `--keep FILE` runs the benchmarks that keep some, and writes them (`make bench-keep`)."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import attrs
import pytest

from spec_site.benchmarks import Figure, Kept, figure_of, load, machine, noise, versions

Keep = Callable[[str, str, str, str, Sequence[float]], None]

FIGURES: dict[str, Figure] = {}
AT_FIRST = load()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--keep", metavar="FILE", help="run the benchmarks that keep figures, and write these to FILE")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--keep", default=None):
        items[:] = [item for item in items if "keep" in getattr(item, "fixturenames", ())]


@pytest.fixture
def keep(request: pytest.FixtureRequest) -> Keep:
    """Keeps a figure: its name, its label, what exactly it covers, its unit, and its value in each round."""
    command = f"pytest '{request.node.nodeid}' --benchmark-only -s"

    def keep(name: str, label: str, covers: str, unit: str, values: Sequence[float]) -> None:
        assert name not in FIGURES
        FIGURES[name] = figure_of(label, covers, command, unit, values)
        print(f"\n{label}: {FIGURES[name]} ({FIGURES[name].spread}; {unit}, {len(values)} rounds)")

    return keep


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Write what was measured; nothing where a benchmark failed."""
    file = session.config.getoption("--keep", default=None)
    if file and FIGURES and exitstatus == pytest.ExitCode.OK:
        noisy = noise(AT_FIRST, load())
        kept = Kept(date.today().isoformat(), machine(), noisy, "make bench-keep", versions(), FIGURES)
        Path(file).write_text(json.dumps(attrs.asdict(kept), indent=1) + "\n", "utf-8")
