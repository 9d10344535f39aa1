"""Where tag and preferences come from, as a picture: from a person, down to the OS user that a session runs as."""

import textwrap
from collections.abc import Iterator, Sequence
from html import escape

import attrs

from runas_model import RULEBOOK
from runas_model.specification.errors import InvalidDocument
from runas_model.specification.vocabulary import PREFERENCES, RUN_AS_TAG
from spec_site.picture import outcome_in_words

__all__ = ["start_picture"]

LEFT, TOP, RIGHT, GAP, LINE, INSET = 6, 6, 440, 34, 16, 10
BESIDE = 430
"""Where the line runs that passes the document by."""
DESCRIPTION = (
    "A person requests a session on a managed instance, as an IAM user, as a role in no role session, or in a role "
    "session, which AssumeRole begins. A role session may have session tags; one that assumes another role hands on "
    "its transitive session tags to the chained role session. The Run As tag of the role session counts; if it has "
    "none, or there is no role session, that of the user or role. The instance is of an account, in a Region. There "
    "the session document holds that the session names, or, if it names none, the preferences; without these Run As "
    "is off. The document may declare a parameter for its default OS user, which the session may give. Tag, document, "
    "platform and OS users go into the decision: the session starts as an OS user, or is refused."
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


PERSON = Box(
    LEFT, TOP, RIGHT, ("A person", "requests a session, and may name a session document", "and give its parameter")
)
MIDDLE, FROM = 202, 214
"""Where the left half ends, and where the right half begins."""
CALLERS = (
    ("An IAM user, or a role", "in no role session"),
    ("A role session:", "of a role (AssumeRole),", "may have session tags"),
    ("A chained role session:", "inherits transitive tags", "of the one before it"),
)
TAGS = (
    ("The role session has one:", "that one"),
    ("It has none, or there is", "no role session: that of", "the user or role"),
    ("Neither has one:", "no tag"),
)
DOCUMENTS = (
    ("The session names one:", "that one; it must exist", f"(or {InvalidDocument.__name__})"),
    ("It names none:", "the preferences, in", PREFERENCES),
    ("There are no preferences:", "Run As is off"),
    ("The document has a", "parameter: if one is given,", "that is the default OS user"),
)
INSTANCE = Box(
    FROM, PERSON.bottom + GAP, RIGHT, ("Managed instance", "of an account, in a Region;", "its platform and OS users")
)


def _framed(left: int, top: int, right: int, title: tuple[str, ...], held: Sequence[tuple[str, ...]]) -> list[Box]:
    """A frame with a title, and in it a box for each of what may hold, the last of callers further down."""
    frame = Box(left, top, right, title, kind="frame")
    inner: list[Box] = []
    for lines in held:
        between = GAP - 10 if lines is CALLERS[-1] else 8
        above = inner[-1].bottom + between if inner else frame.bottom
        inner.append(Box(left + INSET, above, right - INSET, lines, titled=False))
    return [attrs.evolve(frame, filled=inner[-1].bottom + INSET - frame.bottom), *inner]


def start_picture() -> str:
    """An SVG with the person at the top, the caller and its tag at the left, the instance and the document that holds
    at the right, and the decision with its outcomes at the bottom.
    """
    caller = _framed(LEFT, INSTANCE.top, MIDDLE, ("The caller",), CALLERS)
    tag = _framed(LEFT, caller[0].bottom + GAP, MIDDLE, ("Its Run As tag", RUN_AS_TAG, "in any case"), TAGS)
    document = _framed(FROM, tag[0].top, BESIDE - 12, ("The document that holds",), DOCUMENTS)
    decision = Box(
        LEFT,
        max(tag[0].bottom, document[0].bottom) + GAP,
        RIGHT,
        ("The decision", "the first rule that matches decides"),
    )
    ends = [
        Box(left, decision.bottom + GAP, right, (title, *textwrap.wrap(who, 30)), kind=kind)
        for left, right, title, who, kind in (
            (LEFT, 230, "Starts as", _starts_as(), "starts"),
            (250, RIGHT, "Refused", "with the reason", "refused"),
        )
    ]
    arrows = (
        (70, PERSON.bottom, caller[0].top, "as"),
        (310, PERSON.bottom, INSTANCE.top, "on a"),
        (40, caller[-2].bottom, caller[-1].top, "assumes another role"),
        (70, caller[0].bottom, tag[0].top, "may have a"),
        (310, INSTANCE.bottom, document[0].top, ""),
        (70, tag[0].bottom, decision.top, ""),
        (310, document[0].bottom, decision.top, ""),
        (BESIDE, INSTANCE.bottom, decision.top, ""),
        (70, decision.bottom, ends[0].top, ""),
        (340, decision.bottom, ends[1].top, ""),
    )
    boxes = (PERSON, *caller, INSTANCE, *tag, *document, decision, *ends)
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
