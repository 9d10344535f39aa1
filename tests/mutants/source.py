"""Python source as text and syntax tree at once, and what becomes of it when one place is changed."""

import ast
from collections.abc import Iterator
from difflib import unified_diff
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

import attrs

__all__ = ["Change", "Mutant", "Source", "Span"]

LONGEST = 60
"""How much of a text is told: what is told alike is numbered."""

Span = tuple[int, int]
"""Where a text begins and ends, in bytes."""


@attrs.frozen
class Change:
    """A place in a source and the text that stands there instead; `kind` is what is changed by it."""

    kind: str
    span: Span
    now: str


@attrs.frozen(slots=False)
class Source:
    """The source of one module."""

    module: str
    file: Path
    text: bytes

    @classmethod
    def of(cls, module: str, file: Path) -> "Source":
        return cls(module, file, file.read_bytes())

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *accumulate(len(line) for line in self.text.splitlines(keepends=True))]

    def span(self, node: ast.AST) -> Span:
        """Where a node that has a position stands."""
        one: Any = node
        return self._lines[one.lineno - 1] + one.col_offset, self._lines[one.end_lineno - 1] + one.end_col_offset

    @property
    def unchanged(self) -> "Mutant":
        """The source itself, to be put on trial like a mutant."""
        return Mutant(self, "module", Change("unchanged", (0, 0), ""))

    def written(self, node: ast.AST) -> str:
        """A node as it is written."""
        return self.between(self.span(node))

    def between(self, span: Span) -> str:
        return self.text[slice(*span)].decode()

    def without(self, nodes: list[ast.expr], number: int) -> Change:
        """The removal of one of several nodes that stand between commas."""
        begin, end = self.span(nodes[number])
        if number + 1 < len(nodes):
            end = self.span(nodes[number + 1])[0]
        elif number:
            begin = self.span(nodes[number - 1])[1]
        return Change("", (begin, end), "")

    def swapped(self, one: ast.AST, other: ast.AST) -> Change:
        """Two nodes in each other's place, the first of which stands first."""
        (begin, until), (after, end) = self.span(one), self.span(other)
        return Change("", (begin, end), self.written(other) + self.between((until, after)) + self.written(one))


@attrs.frozen(slots=False)
class Mutant:
    """A module in which one place is changed, in the function or under the name `where`.

    `number` tells apart those that are changed alike in one function.
    """

    source: Source
    where: str
    change: Change
    number: int = 1

    @property
    def line(self) -> int:
        return self.source.text.count(b"\n", 0, self.change.span[0]) + 1

    @property
    def id(self) -> str:
        """What it is known by wherever its line is, such as `state.INITIAL: enumerated: Switch.OFF -> Switch.ON`."""
        was, now = (_in_one_line(text) for text in (self.source.between(self.change.span), self.change.now))
        again = f" ({self.number})" if self.number > 1 else ""
        return f"{self.source.module.rpartition('.')[2]}.{self.where}: {self.change.kind}: {was} -> {now}{again}"

    @cached_property
    def text(self) -> bytes:
        begin, end = self.change.span
        return self.source.text[:begin] + self.change.now.encode() + self.source.text[end:]

    def diff(self) -> Iterator[str]:
        """The changed lines as they were, after `-`, and as they are, after `+`."""
        old, new = (text.decode().splitlines() for text in (self.source.text, self.text))
        lines = list(unified_diff(old, new, n=0, lineterm=""))[2:]
        return (line for line in lines if not line.startswith("@@"))


def _in_one_line(text: str) -> str:
    line = " ".join(text.split()) or "nothing"
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
