"""Markdown for what the pages show: tables, code, anchors and links that resolve or fail the build."""

from collections.abc import Iterable, Sequence
from html import escape

__all__ = ["anchor", "code", "folded", "here", "link", "links", "named", "table", "words"]


def anchor(kind: str, id: str) -> str:
    """The anchor of a rule, law, clause, operation and so on, the same on every page."""
    return f"{kind}-{id}".lower().replace("_", "-").replace(" ", "-")


def named(kind: str, id: str, title: str, level: int = 2) -> str:
    """A heading that can be linked to by the kind and id of what it is about; that of the page itself is of level 1."""
    return f"({anchor(kind, id)})=\n{'#' * level} {title}"


def here(kind: str, id: str) -> str:
    """The id, in a place that can be linked to, within a line."""
    return f"[`{id}`]{{#{anchor(kind, id)}}}"


def link(kind: str, id: str, text: str = "") -> str:
    """A link to the place of a rule, law, clause, operation and so on."""
    return f"[{text or f'`{id}`'}](#{anchor(kind, id)})"


def links(kind: str, ids: Iterable[str], none: str = "none") -> str:
    """Links with commas between them, or `none`."""
    return ", ".join(link(kind, id) for id in ids) or none


def table(headings: Sequence[str], rows: Iterable[Sequence[object]], numeric: Sequence[int] = ()) -> str:
    """A table with a row for each of `rows`; the columns in `numeric` are aligned to the right.

    Raises ValueError when there are no rows: an empty table would say that there is nothing to show.
    """
    lines = ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
    if not lines:
        raise ValueError(f"nothing to show under {', '.join(headings)}")
    rule = ["---:" if column in numeric else "---" for column in range(len(headings))]
    return "\n".join([f"| {' | '.join(headings)} |", f"| {' | '.join(rule)} |", *lines])


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")


def words(text: str) -> str:
    """Text that is shown as it is, whatever stands in it; what cannot be seen is written out."""
    visible = "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)
    return "".join(f"\\{one}" if one in SPECIAL else one for one in visible)


SPECIAL = frozenset("\\`*_{}[]()<>#+!|~$^&:")
"""What Markdown may take for markup."""


def code(text: str, language: str = "text") -> str:
    """A block of code, or of what a program printed."""
    fence = "`" * max(3, 1 + max((len(run) for run in text.split() if set(run) == {"`"}), default=0))
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def folded(summary: str, text: str) -> str:
    """Text that is shown when its summary is asked for."""
    return f"<details>\n<summary>{escape(summary)}</summary>\n\n{text}\n\n</details>"
