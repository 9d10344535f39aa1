"""The comparison with other tools: figures measured or published elsewhere, kept as data with their source."""

import tomllib
from typing import Any

from spec_site.console import ROOT
from spec_site.markdown import code, table
from spec_site.own_figures import OURS
from spec_site.parts import part

__all__: list[str] = []

PEERS = ROOT / "docs" / "data" / "peers.toml"


@part("peers")
def peers() -> str:
    """A table for each thing that was measured, ours among the rows."""
    return "\n\n".join(_section(one) for one in _data()["measured"])


@part("published")
def published() -> str:
    """What others have published, with where."""
    return table(
        ("Project", "Figure", "Source"), ([p["project"], p["figure"], p["source"]] for p in _data()["published"])
    )


@part("how-measured")
def how_measured() -> str:
    """When and on what it was measured."""
    return str(_data()["about"])


def _section(one: dict[str, Any]) -> str:
    headings, rows = one["columns"], [*one["rows"], *([OURS[one["ours"]]()] if "ours" in one else [])]
    text = f"### {one['what']}\n\n{one['about']}\n\n{table(headings, rows)}"
    commands = one.get("commands", [])
    return text + (f"\n\nTo repeat it:\n\n{code(chr(10).join(commands), 'sh')}" if commands else "")


def _data() -> dict[str, Any]:
    return tomllib.loads(PEERS.read_text("utf-8"))
