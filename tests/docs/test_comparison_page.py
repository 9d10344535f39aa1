"""The comparison page: its own figures are those of the kept file, which says how each was measured."""

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import attrs
import pytest

from docs import stale_figures
from docs.stale_figures import stale
from spec_site import comparison_page
from spec_site.benchmarks import KEPT, Figure, Kept, figure_of, filled, noise, read_kept
from spec_site.comparison_page import PEERS, how_measured, names_of_ours, peers
from thinned import slow

ROOT = Path(__file__).parents[2]
MEASURED: list[dict[str, Any]] = tomllib.loads(PEERS.read_text("utf-8"))["measured"]
OURS = [cell for one in MEASURED for row in one.get("ours", []) for cell in row]


def test_the_file_keeps_the_figures_that_the_page_shows_and_no_others() -> None:
    assert sorted(read_kept().figures) == sorted(set(names_of_ours())), "make it again: make bench-keep"


def test_no_figure_in_a_row_of_ours_is_written_by_hand() -> None:
    assert len(OURS) > 10
    by_hand = [re.sub(r"\{[a-z0-9-]+\}|Z3|cvc5", "", cell) for cell in OURS]

    assert [cell for cell in by_hand if re.search(r"\d", cell)] == []


def test_the_page_shows_what_the_file_has_and_nothing_that_was_measured_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = read_kept()
    figures = {
        name: attrs.evolve(figure, median=float(1000 + 7 * number), least=float(number), most=2000.0)
        for number, (name, figure) in enumerate(kept.figures.items())
    }
    monkeypatch.setattr(comparison_page, "read_kept", lambda: attrs.evolve(kept, figures=figures))
    rows = [line for line in peers().splitlines() if line.startswith("| **runas-spec**")]

    shown = [cell.strip() for row in rows for cell in row.strip("|").split("|")]
    assert shown == [filled(cell, figures) for cell in OURS]
    assert re.findall(r"\d[\d,.]*", " ".join(re.sub(r"Z3|cvc5", "", cell) for cell in shown)) == [
        re.findall(r"\d[\d,.]*", str(figures[name]))[0] for name in names_of_ours()
    ]


def test_a_figure_that_is_not_kept_fails_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = read_kept()
    fewer = {name: figure for name, figure in kept.figures.items() if name != "z3-check"}
    monkeypatch.setattr(comparison_page, "read_kept", lambda: attrs.evolve(kept, figures=fewer))

    with pytest.raises(ValueError, match=r"no figure 'z3-check' is kept in benchmarks\.json; .* make bench-keep"):
        peers()


def test_a_file_of_another_shape_fails_the_build(tmp_path: Path) -> None:
    (tmp_path / "benchmarks.json").write_text('{"date": "2026-01-01"}')

    with pytest.raises(ValueError, match=r"benchmarks\.json: .*`machine`.* make bench-keep"):
        read_kept(tmp_path / "benchmarks.json")


def test_a_figure_of_no_rounds_is_none() -> None:
    with pytest.raises(ValueError, match="Exploring: nothing was measured"):
        figure_of("Exploring", "every state", "pytest", "s", [])


@slow
def test_the_command_of_a_figure_names_a_benchmark_that_keeps_figures() -> None:
    listing = [sys.executable, "-m", "pytest", "tests/benchmarks", "--collect-only", "-q", "--keep", "none"]
    alone = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_XDIST")}
    done = subprocess.run(listing, cwd=ROOT, env=alone, capture_output=True, text=True, check=True)
    keeping = [line for line in done.stdout.splitlines() if "::" in line]

    commands = {name: shlex.split(figure.command) for name, figure in read_kept().figures.items()}
    assert {name: words for name, words in commands.items() if words[0] != "pytest" or words[1] not in keeping} == {}


@pytest.mark.parametrize("one", [one for one in MEASURED if "ours" in one], ids=lambda one: one["what"])
def test_beside_a_table_stand_what_each_figure_of_ours_covers_and_how_to_repeat_it(one: dict[str, Any]) -> None:
    _, _, section = peers().partition(f"### {one['what']}\n")
    section, _, _ = section.partition("\n### ")
    figures = read_kept().figures

    for name in {name for row in one["ours"] for cell in row for name in re.findall(r"\{([a-z0-9-]+)\}", cell)}:
        assert figures[name].covers in section or figures[name].counts
        assert f"\n{figures[name].command}\n" in section


def test_the_page_says_when_on_what_with_what_and_by_which_command() -> None:
    kept = read_kept()
    target, _, recipe = (ROOT / "Makefile").read_text("utf-8").partition("\nbench-keep:")[2].partition("\n\t")

    assert kept.command == "make bench-keep"
    assert f"--keep {KEPT.relative_to(ROOT)}" in recipe.partition("\n")[0], target
    for said in (kept.date, kept.machine, kept.noise, kept.command, *kept.versions.values()):
        assert said in how_measured()


def test_building_solving_and_the_whole_proof_are_figures_of_their_own() -> None:
    (proving,) = (one for one in MEASURED if one["what"] == "Proving without bounds")

    assert proving["columns"][2:] == ["Building the formulas", "Solver alone", "Whole proof"]
    for row, solver in zip(proving["ours"], ("z3", "cvc5"), strict=True):
        assert row[1:] == ["{obligations}", *(f"{{{solver}-{part}}}" for part in ("build", "check", "whole"))]


@slow
def test_what_is_counted_in_the_file_is_what_there_is() -> None:
    """Figures of another specification than this one would be no figures of it."""
    assert list(stale(read_kept().figures)) == [], "make it again: make bench-keep"


@pytest.mark.parametrize(
    ("unit", "value", "shown"),
    [
        ("s", 0.815, "0.81 s"),
        ("ms", 57.04, "57 ms"),
        ("states/s", 508_119.3, "508,000"),
        ("states", 1005696, "1,005,696"),
    ],
)
def test_a_figure_is_shown_in_its_unit_and_a_rate_as_exact_as_it_is(unit: str, value: float, shown: str) -> None:
    assert str(figure_of("", "", "", unit, [value])) == shown


def test_a_figure_of_another_specification_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stale_figures, "counted", lambda: {"obligations": 1, "explore-states": 2, "none-such": 3})
    figures = {
        name: attrs.evolve(next(iter(read_kept().figures.values())), median=1)
        for name in ("obligations", "explore-states")
    }

    assert list(stale(figures)) == ["explore-states is 2 now", "none-such is 3 now"]


def test_the_median_and_the_range_are_of_all_rounds() -> None:
    figure: Figure = figure_of("", "", "", "ms", [5, 1, 3])

    assert (str(figure), figure.spread, figure.rounds) == ("3 ms", "1 ms to 5 ms", 3)


def test_the_file_names_no_host_and_no_folder() -> None:
    kept: Kept = read_kept()

    assert re.search(r"/(home|root|tmp|usr|work)\b", KEPT.read_text("utf-8")) is None
    assert re.fullmatch(r"a (virtual )?machine with \d+ cores(, [^,]+)?, \d+ GiB of memory", kept.machine)


@pytest.mark.parametrize(
    ("loads", "said"), [((0.2, 1.3), "nothing else kept it busy"), ((3.8, 1.0), "other programs ran at the same time")]
)
def test_the_file_says_whether_the_machine_had_other_work(loads: tuple[float, float], said: str) -> None:
    assert said in noise(*loads)
