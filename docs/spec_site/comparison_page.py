"""The comparison with other tools: figures of theirs and of ours, all read from files that say where they come from."""

import tomllib
from collections.abc import Iterator
from typing import Any

from spec_site.benchmarks import Figure, filled, names_in, read_kept
from spec_site.console import ROOT
from spec_site.markdown import code, table
from spec_site.parts import part

__all__ = ["PEERS", "names_of_ours"]

PEERS = ROOT / "docs" / "data" / "peers.toml"


@part("peers")
def peers() -> str:
    """A table for each thing that was measured, ours among the rows."""
    figures = read_kept().figures
    return "\n\n".join("\n\n".join(_section(one, figures)) for one in _data()["measured"])


@part("published")
def published() -> str:
    """What others have published, with where."""
    return table(
        ("Project", "Figure", "Source"), ([p["project"], p["figure"], p["source"]] for p in _data()["published"])
    )


@part("how-measured")
def how_measured() -> str:
    """When and on what their figures and ours were measured."""
    kept = read_kept()
    used = ", ".join(f"{name} {version}" for name, version in kept.versions.items())
    return (
        f"{_data()['about']}\n\nThe rows in bold are this project's. `{kept.command}` measured them on {kept.date}, on "
        f"{kept.machine}, with {used} ({kept.noise}). "
        "A row shows the median of several rounds, and the table under it what each figure covers and its range."
    )


def names_of_ours() -> list[str]:
    """The names of the figures that our rows show."""
    return names_in(cell for one in _data()["measured"] for row in one.get("ours", []) for cell in row)


def _section(one: dict[str, Any], figures: dict[str, Figure]) -> Iterator[str]:
    ours = one.get("ours", [])
    shown = [figures[name] for name in dict.fromkeys(names_in(cell for row in ours for cell in row)) if name in figures]
    yield f"### {one['what']}\n\n{one['about']}"
    yield table(one["columns"], [*one["rows"], *([filled(cell, figures) for cell in row] for row in ours)])
    if measured := [figure for figure in shown if not figure.counts]:
        yield table(
            ("Of the rows in bold", "What it covers", "Rounds", "Least to most"),
            ([figure.label, figure.covers, figure.rounds, figure.spread] for figure in measured),
            numeric=(2,),
        )
    if commands := [*one.get("commands", []), *dict.fromkeys(figure.command for figure in shown)]:
        yield f"To reproduce:\n\n{code(chr(10).join(commands), 'sh')}"


def _data() -> dict[str, Any]:
    return tomllib.loads(PEERS.read_text("utf-8"))
