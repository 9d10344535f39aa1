"""`python -m docs.renumbered` prints, as JSON, the pages with the numbers in their sentences counted again."""

import json
import re
from collections.abc import Callable, Mapping

from docs.test_numbers import COUNTED, NUMBER, PAGES, WORDS, hidden, value
from docs.test_readme import README, SAID
from spec_site.evidence import agent_report
from spec_site.figures import FIGURES

__all__ = ["page_renumbered", "readme_renumbered"]

ALSO_SAID = (
    "checks {recorded} recorded decisions",
    "the {faulty-implementations} faulty implementations, caught by the state machine",
    "the {vectors} vectors over standard input and output",
    "| all {obligations} obligations with their witnesses",
)
"""What the README says in code and tables."""


def page_renumbered(text: str, counted: Mapping[str, Callable[[], int]]) -> str:
    """A page, with each number that stands before something that is counted set to how many there are."""
    parts, end = [], 0
    for found in NUMBER.finditer(hidden(text)):
        number, noun = found.groups()
        if noun in counted and (now := counted[noun]()) != value(number):
            parts += [text[end : found.start(1)], _said(now, number)]
            end = found.end(1)
    return "".join([*parts, text[end:]])


def _said(now: int, before: str) -> str:
    """A number in words where it was in words before, as far as there are any."""
    if before[0].isdigit() or now >= len(WORDS):
        return f"{now:,}"
    return WORDS[now].capitalize() if before[0].isupper() else WORDS[now]


def readme_renumbered(text: str) -> str:
    """The README, with its figures counted."""
    for said in (*SAID, *ALSO_SAID):
        parts = re.split(r"\{([a-z-]+)\}", said)
        numbers = [f"{FIGURES[name]():,}" for name in parts[1::2]]
        pattern = r"\b\d[\d,]*".join(map(re.escape, parts[::2]))
        now = "".join(part for pair in zip(parts[::2], [*numbers, ""], strict=True) for part in pair)
        text = re.sub(pattern, lambda _, now=now: now, text)  # type: ignore[misc]
    for kind, group in agent_report().groups.items():
        text = re.sub(rf"(`{kind}`\s+)\(\d+\)", rf"\g<1>({group.count})", text)
    return text


if __name__ == "__main__":
    pages = {page: page_renumbered(PAGES[page], counted) for page, counted in COUNTED.items()}
    print(json.dumps(pages | {"README.md": readme_renumbered(README)}))
