"""The decision as a picture: an SVG made from the rulebook, readable on a phone, in light and in dark.

Standing alone it follows the system's colour scheme; inlined in a page it follows the CSS property `color-scheme` of
the element around it, and takes its colours from `--picture-ink`, `-muted`, `-surface`, `-accent` if set.
"""

import textwrap
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import zip_longest
from pathlib import Path
from typing import Any

import attrs

from runas_model import RULEBOOK, SSM_USER, Reason, Rule
from runas_model.facts.formulas import READING, SITUATION, Term, atoms

__all__ = ["decision_picture", "outcome_in_words", "question"]

WIDTH = 400
LEFT, QUESTION_WIDTH, ARROW, OUTCOME_WIDTH = 6, 216, 34, 138
OUTCOME = LEFT + QUESTION_WIDTH + ARROW
STEM = LEFT + 22
LINE, GAP, HEADING, BEGIN = 16, 26, 20, 30
CHARACTERS = 30

STAGES = {
    "s.default_named": "Step 2: the preferences",
    "s.tagged": "Step 1: the tag",
    "s.platform is Platform_LINUX": "Does Run As apply?",
    "s.run_as_enabled is Switch_UNREADABLE": "The preferences",
}
"""The heading over the first rule that asks a question, by the question."""

STARTS = {
    "s.tag": ("starts as the", "user in the tag"),
    "s.default_user": ("starts as the", "default user"),
    repr(SSM_USER): ("starts as", SSM_USER),
}
REFUSED = {
    Reason.PREFERENCES_UNREADABLE: "unreadable",
    Reason.SSM_USER_NAMED: "is ssm-user",
    Reason.SUPERUSER_NAMED: "is a superuser",
    Reason.OS_USER_MISSING: "no such user",
    Reason.NOBODY_NAMED: "nobody named",
}

STYLE = Path(__file__).with_name("picture.css").read_text("utf-8")


def decision_picture(
    lit: Sequence[str] = (), *, rules: Sequence[Rule] = RULEBOOK, link: Callable[[Rule], str] | None = None
) -> str:
    """The rules from top to bottom as SVG text: each a question, with the outcome where the answer is yes.

    `lit` is a path to light up: the ids of the rules passed over, in order, and last the one that decided. Each rule is
    a group with the id `rule-<id>` and the classes `rule`, `starts` or `refused`, and, where lit, `passed` or
    `decided`; the picture has the class `lit` while it shows a path. `link` gives each rule an address, and makes it a
    link. Raises ValueError for a path with a rule that is not among `rules`.
    """
    unknown = [name for name in lit if name not in {rule.id for rule in rules}]
    if unknown:
        raise ValueError(f"there is no rule {unknown[0]!r} to light up; the rules are {[rule.id for rule in rules]}")
    rows = list(_rows(rules))
    height = rows[-1].bottom + LEFT
    drawn = [_drawn(row, following, lit, link) for row, following in zip_longest(rows, rows[1:])]
    role = "img" if link is None else "group"
    classes = "decision-picture lit" if lit else "decision-picture"
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="{classes}" viewBox="0 0 {WIDTH} {height}" role="{role}" '
            'aria-labelledby="decision-picture-title decision-picture-description">',
            '<title id="decision-picture-title">How the OS user of a session is decided</title>',
            f'<desc id="decision-picture-description">{escape(_description(rules, lit))}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect class="box" x="{LEFT}" y="6" width="{QUESTION_WIDTH}" height="24" rx="12"/>',
            f'<text class="strong" x="{LEFT + 14}" y="22">Session requested</text>',
            f'<path class="begin" d="{_arrow_down(BEGIN, rows[0].top)}"/>',
            *drawn,
            "</svg>",
            "",
        )
    )


def question(rule: Rule) -> str:
    """What the rule asks, as its title puts it."""
    asked, separated, _ = rule.title.rpartition(": ")
    if not separated:
        raise ValueError(f"the title of the rule {rule.id!r} must read 'condition: outcome'; it is {rule.title!r}")
    return asked


def outcome_in_words(rule: Rule) -> tuple[str, str]:
    """`starts as` or `starts as the` and who, or `refused` and why."""
    decision = rule.outcome(rule.id, SITUATION)
    if decision.reason is not None:
        return "refused", REFUSED[decision.reason]
    named: Any = decision.os_user
    return STARTS[named.source if isinstance(named, Term) else repr(named)]


@attrs.frozen
class _Row:
    """A rule in its place: the top of its box, the lines of its question, the heading above."""

    rule: Rule
    number: int
    top: int
    lines: tuple[str, ...]
    heading: str
    asks: bool

    @property
    def height(self) -> int:
        return max(27 + LINE * len(self.lines), 46)

    @property
    def bottom(self) -> int:
        return self.top + self.height


def _rows(rules: Sequence[Rule]) -> Iterator[_Row]:
    bottom, headings = BEGIN, {""}
    for number, rule in enumerate(rules, 1):
        asked = set(atoms(rule.when(SITUATION, READING)))
        heading = next((text for source, text in STAGES.items() if source in asked), "")
        heading = "" if heading in headings else heading
        headings.add(heading)
        top = bottom + GAP + (HEADING if heading else 0)
        lines = tuple(textwrap.wrap(question(rule) + ("?" if asked else ""), CHARACTERS))
        row = _Row(rule, number, top, lines, heading, bool(asked))
        yield row
        bottom = row.bottom


def _drawn(row: _Row, following: _Row | None, lit: Sequence[str], link: Callable[[Rule], str] | None) -> str:
    rule = row.rule
    first, second = outcome_in_words(rule)
    starts = first != "refused"
    state = "" if rule.id not in lit else " decided" if rule.id == lit[-1] else " passed"
    middle = row.top + row.height // 2
    box = (
        f'<rect class="box" x="{LEFT}" y="{row.top}" width="{QUESTION_WIDTH}" height="{row.height}" rx="7"/>'
        f'<text class="name" x="{LEFT + 11}" y="{row.top + 17}">{row.number}  {escape(rule.id)}</text>'
    )
    box += "".join(
        f'<text x="{LEFT + 11}" y="{row.top + 34 + LINE * line}">{escape(text)}</text>'
        for line, text in enumerate(row.lines)
    )
    if link is not None:
        box = f'<a href="{escape(link(rule))}">{box}</a>'
    parts = [
        f'<g id="rule-{rule.id}" class="rule {"starts" if starts else "refused"}{state}">',
        f'<text class="heading" x="{STEM + 34}" y="{row.top - 10}">{escape(row.heading)}</text>' if row.heading else "",
        box,
        f'<path class="yes" d="M{LEFT + QUESTION_WIDTH} {middle}H{OUTCOME - 1}m-5 -4l5 4l-5 4"/>',
        f'<text class="answer yes-label" x="{LEFT + QUESTION_WIDTH + 6}" y="{middle - 6}">yes</text>'
        if row.asks
        else "",
        _outcome(starts, first, second, middle),
    ]
    if following is not None:
        parts += [
            f'<path class="no" d="{_arrow_down(row.bottom, following.top)}"/>',
            f'<text class="answer no-label" x="{STEM + 9}" y="{row.bottom + 16}">no</text>',
        ]
    return "\n".join([*filter(None, parts), "</g>"])


def _outcome(starts: bool, first: str, second: str, middle: int) -> str:
    """A round end with a tick for a start, one with cut corners and a cross for a refusal."""
    top, right = middle - 20, OUTCOME + OUTCOME_WIDTH
    shape = (
        f'<rect class="end" x="{OUTCOME}" y="{top}" width="{OUTCOME_WIDTH}" height="40" rx="20"/>'
        if starts
        else f'<path class="end" d="M{OUTCOME + 10} {top}H{right - 10}l10 10v20l-10 10H{OUTCOME + 10}l-10 -10v-20z"/>'
    )
    x = OUTCOME + 12
    mark = f"M{x} {middle}l4 5l7 -10" if starts else f"M{x} {middle - 4.5}l9 9m0 -9l-9 9"
    return (
        f'<g class="outcome">{shape}<path class="mark" d="{mark}"/>'
        f'<text x="{OUTCOME + 28}" y="{middle - 3}">{first}</text>'
        f'<text class="strong" x="{OUTCOME + 28}" y="{middle + 12}">{escape(second)}</text></g>'
    )


def _arrow_down(top: int, bottom: int) -> str:
    return f"M{STEM} {top}V{bottom - 1}m-4 -5l4 5l4 -5"


def _description(rules: Sequence[Rule], lit: Sequence[str]) -> str:
    asked = " ".join(f"{number}. {rule.title}" for number, rule in enumerate(rules, 1))
    *passed, last = lit or [""]
    path = f" Highlighted: {len(passed)} rules are skipped, and {last} matches." if last else ""
    return f"The rules from top to bottom; the first that applies decides. {asked}{path}"
