"""What the theme leaves to do for those who read by keyboard or hear the pages."""

from typing import Any

__all__ = ["make_accessible"]

TREE, BODY = "furo_navigation_tree", "body"
AMENDED = {
    TREE: {'role="heading"': 'role="heading" aria-level="2"'},
    BODY: {
        "<pre>": '<pre tabindex="0">',
        '<div class="table-wrapper': '<div tabindex="0" class="table-wrapper',
    },
}
"""By the part of a page: headings have a level, and what may scroll sideways can be reached by keyboard."""


def make_accessible(context: dict[str, Any]) -> None:
    """Amend the parts of a page before it is put into its template."""
    for part, amendments in AMENDED.items():
        for written, amended in amendments.items():
            context[part] = context.get(part, "").replace(written, amended)
