"""Where tag and preferences come from, as a picture: from a person, down to the OS user that a session runs as."""

import textwrap
from collections.abc import Iterator
from html import escape

import attrs

from runas_model import RULEBOOK
from runas_model.specification.errors import InvalidDocument
from runas_model.specification.vocabulary import PREFERENCES, RUN_AS_TAG
from spec_site.picture import outcome_in_words

__all__ = ["start_picture"]

LEFT, TOP, RIGHT, GAP, LINE, INSET = 6, 6, 394, 34, 16, 10
BESIDE = 384
"""Where the line runs that passes the document by."""
DESCRIPTION = (
    "A person uses a principal, which may have a Run As tag, and requests a session on a managed instance, which is of "
    "an account and a Region. There the session document holds that the session names, or, if it names none, the "
    "preferences; without these Run As is off. Tag, document, platform and OS users go into the decision: the session "
    "starts as an OS user, or is refused."
)


@attrs.frozen
class Box:
    """A box with its lines, of which those that are names are in code font; the first of a titled one is its title."""

    left: int
    top: int
    right: int
    lines: tuple[str, ...]
    kind: str = "box"
    titled: bool = True
    filled: int = 0
    """How much room there is for other boxes below its lines."""

    @property
    def bottom(self) -> int:
        return self.top + 14 + LINE * len(self.lines) + self.filled

    def drawn(self) -> Iterator[str]:
        yield (
            f'<rect class="{self.kind}" x="{self.left}" y="{self.top}" width="{self.right - self.left}" '
            f'height="{self.bottom - self.top}" rx="7"/>'
        )
        for number, line in enumerate(self.lines):
            style = "name" if line in (RUN_AS_TAG, PREFERENCES) else "strong" if self.titled and not number else "plain"
            x, y = self.left + 10, self.top + 20 + LINE * number
            yield f'<text class="{style}" x="{x}" y="{y}">{escape(line)}</text>'


PERSON = Box(LEFT, TOP, RIGHT, ("A person", "requests a session, and may name a session document"))
PRINCIPAL = Box(LEFT, PERSON.bottom + GAP, 140, ("Principal", "an IAM user or role"))
INSTANCE = Box(168, PRINCIPAL.top, RIGHT, ("Managed instance", "its account and Region,", "its platform and OS users"))
TAG = Box(LEFT, INSTANCE.bottom + GAP, PRINCIPAL.right, ("Run As tag", RUN_AS_TAG, "in any case; or none"))


def _documents() -> Iterator[Box]:
    """What may hold, in a frame."""
    frame = Box(INSTANCE.left, TAG.top, BESIDE - 12, ("The document that holds there",), kind="frame")
    held = (
        ("The session names one:", "that one, which has to exist", f"(or {InvalidDocument.__name__})"),
        ("It names none:", "the preferences, in", PREFERENCES),
        ("There are no preferences:", "Run As is off"),
    )
    inner: list[Box] = []
    for lines in held:
        top = inner[-1].bottom + 8 if inner else frame.bottom
        inner.append(Box(frame.left + INSET, top, frame.right - INSET, lines, titled=False))
    yield attrs.evolve(frame, filled=inner[-1].bottom + INSET - frame.bottom)
    yield from inner


def start_picture() -> str:
    """An SVG with the person at the top, what is found by way of the principal at the left, by way of the instance at
    the right, and the decision with its outcomes at the bottom.
    """
    frame, *inner = _documents()
    decision = Box(LEFT, frame.bottom + GAP, RIGHT, ("The decision", "the first rule that matches decides"))
    ends = [
        Box(left, decision.bottom + GAP, right, (title, *textwrap.wrap(who, 30)), kind=kind)
        for left, right, title, who, kind in (
            (LEFT, 230, "Starts as", _starts_as(), "starts"),
            (250, RIGHT, "Refused", "with the reason", "refused"),
        )
    ]
    arrows = (
        (70, PERSON.bottom, PRINCIPAL.top, "uses a"),
        (280, PERSON.bottom, INSTANCE.top, "on a"),
        (70, PRINCIPAL.bottom, TAG.top, "may have a"),
        (280, INSTANCE.bottom, frame.top, ""),
        (70, TAG.bottom, decision.top, ""),
        (280, frame.bottom, decision.top, ""),
        (BESIDE, INSTANCE.bottom, decision.top, ""),
        (70, decision.bottom, ends[0].top, ""),
        (320, decision.bottom, ends[1].top, ""),
    )
    boxes = (PERSON, PRINCIPAL, INSTANCE, TAG, frame, *inner, decision, *ends)
    drawn = [*(part for box in boxes for part in box.drawn()), *(part for arrow in arrows for part in _arrow(*arrow))]
    return (
        f'<figure class="picture"><svg class="start-picture" xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="0 0 {LEFT + RIGHT} {max(end.bottom for end in ends) + TOP}" '
        f'aria-labelledby="start-title start-description"><title id="start-title">From a person to an OS user</title>'
        f'<desc id="start-description">{escape(DESCRIPTION)}</desc>{"".join(drawn)}</svg></figure>'
    )


def _starts_as() -> str:
    """As whom a session may start, as the outcomes of the rules say."""
    outcomes = dict.fromkeys(outcome_in_words(rule) for rule in RULEBOOK)
    *some, last = (f"{how.removeprefix('starts as')} {who}".strip() for how, who in outcomes if how != "refused")
    return f"{', '.join(some)} or {last}"


def _arrow(x: int, top: int, bottom: int, label: str) -> Iterator[str]:
    yield f'<path d="M{x} {top}V{bottom - 1}m-4 -5l4 5l4 -5"/>'
    if label:
        yield f'<text class="label" x="{x + 8}" y="{(top + bottom) // 2 + 4}">{escape(label)}</text>'
