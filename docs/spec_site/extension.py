"""The Sphinx extension: a directive for each part that is made, one that runs a command, and a role for figures."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole

from spec_site import (  # noqa: F401
    agent_page,
    architecture_page,
    command_page,
    comparison_page,
    contradictions_page,
    decision_page,
    faults_page,
    inputs_page,
    laws_page,
    machine_page,
    protocol_page,
    readings_page,
    reference_page,
    start_page,
    traceability_page,
    trusted_base_page,
    vectors_page,
    whose_tag,
)
from spec_site.accessible import make_accessible
from spec_site.console import console, program, told_command
from spec_site.figures import FIGURES
from spec_site.parts import PARTS
from spec_site.playground import SITE, write_playground

__all__ = ["setup"]


class Made(SphinxDirective):
    """A part of a page that is made from the packages."""

    make: ClassVar[Callable[[], str]]

    def run(self) -> list[nodes.Node]:
        """Its nodes. MyST puts sections in their place at once: what comes before the first one goes there with it."""
        document = self.state.document
        known = set(map(id, document.findall(nodes.section)))
        made = self.parse_text_to_nodes(type(self).make(), allow_section_headings=True)
        first = next((section for section in document.findall(nodes.section) if id(section) not in known), None)
        if first is None:
            return made
        place = first.parent.index(first)
        first.parent[place:place] = made
        return []


SHOWN = "what the last command of the page printed"


class Console(SphinxDirective):
    """Commands, each after `$ `, with what they print; `:exit:` is the exit code of the last, 0 if not given.

    With `:as-told: SUBCOMMAND` and no content it is the command of that kind which the output before tells.
    """

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {"exit": int, "lines": int, "last": int, "in": str, "as-told": str}

    def run(self) -> list[nodes.Node]:
        given, lines, kept = self.options, list(self.content), self.env.temp_data
        if "as-told" in given:
            lines.append(f"$ {told_command(kept.get(SHOWN) or '', given['as-told'])}")
        shown = console(lines, given.get("exit", 0), given.get("lines"), given.get("last"), given.get("in", ""))
        kept[SHOWN] = shown
        return self.parse_text_to_nodes(shown)


class Example(SphinxDirective):
    """A Python program of `docs/examples`, with what it prints unless it is `:quiet:`."""

    required_arguments = 1
    option_spec: ClassVar[dict[str, Any]] = {"quiet": directives.flag}

    def run(self) -> list[nodes.Node]:
        return self.parse_text_to_nodes(program(self.arguments[0], quiet="quiet" in self.options))


class Figure(SphinxRole):
    """A number that is counted, by its name."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        if self.text not in FIGURES:
            raise ValueError(f"there is no figure {self.text!r}; there are {', '.join(FIGURES)}")
        return [nodes.Text(f"{FIGURES[self.text]():,}")], []


LAST = 900
"""The priority of what is to see what the theme has made of a page."""


def finish(app: Sphinx, failed: Exception | None) -> None:
    """Put the playground beside the pages."""
    if failed is None and app.builder.format == "html":
        write_playground(Path(app.outdir), **SITE)


def setup(app: Sphinx) -> dict[str, bool]:
    for name, make in PARTS.items():
        app.add_directive(name, type(name, (Made,), {"make": staticmethod(make)}))
    app.add_directive("console", Console)
    app.add_directive("example", Example)
    app.add_role("figure", Figure())
    app.connect("html-page-context", lambda app, page, template, context, doctree: make_accessible(context), LAST)
    app.connect("build-finished", finish)
    return {"parallel_read_safe": False, "parallel_write_safe": True}
