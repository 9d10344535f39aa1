"""What is known on one path of texts and whole numbers that are not known themselves, and values of which it is true.

A path asks whether two of them are the same, whether a text has characters of a set only, and whether a number is below
a constant. What is known is then a conjunction of literals, which needs no solver: texts that are the same are joined,
and as there are infinitely many texts and numbers, those that may differ can be made to.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, count
from typing import Any, TypeAlias

import attrs

from runas_model.specification.vocabulary import RUN_AS_TAG
from runas_model.universes.connectives import folded

__all__ = ["Below", "Literal", "Number", "Same", "Text", "Within", "is_possible", "values_for"]


@attrs.frozen(eq=False)
class Text:
    """A text that is not known; a `spelling` is the key of the Run As tag with any letters of it in another case."""

    label: str
    spelling: bool = False


@attrs.frozen(eq=False)
class Number:
    """A whole number that is not known."""

    label: str


@attrs.frozen
class Same:
    """Whether two texts, or two numbers, are the same; each may be a constant."""

    one: Any
    other: Any
    holds: bool = True


@attrs.frozen
class Within:
    """Whether a text has no characters but those of a set: an empty one has none at all."""

    text: Any
    characters: frozenset[str]
    holds: bool = True


@attrs.frozen
class Below:
    """Whether a number is less than a constant."""

    number: Any
    bound: int
    holds: bool = True


Literal: TypeAlias = Same | Within | Below


def is_possible(literals: Sequence[Literal]) -> bool:
    """Whether there may be values of which all the literals are true; where this is false there are none."""
    return _joined(literals) is not None


def values_for(
    literals: Sequence[Literal], terms: Sequence[Text | Number], style: int = 0, names: Sequence[str] = ()
) -> list[Any] | None:
    """Values for the terms of which all the literals are true, or None where none are found.

    Each `style` chooses other values where there is a choice: plain names, then names that are often mistaken. From
    `names` is chosen first.
    """
    joined = _joined(literals)
    if joined is None:
        return None
    for term in terms:
        joined.add(term)
    chosen = _chosen(joined, style, names)
    return None if chosen is None else [chosen[joined.root(term)] for term in terms]


@attrs.define
class Group:
    """What is known of terms that are all the same."""

    spelling: bool = False
    constant: Any = None
    within: list[frozenset[str]] = attrs.field(factory=list)
    beyond: list[frozenset[str]] = attrs.field(factory=list)
    least: int | None = None
    most: int | None = None
    differs: list[Any] = attrs.field(factory=list)
    """The roots of the groups from which this one differs."""

    @property
    def allowed(self) -> frozenset[str] | None:
        """The characters that a text of the group may have; None for all."""
        return frozenset.intersection(*self.within) if self.within else None

    @property
    def room(self) -> float:
        """How many values the group may have, about."""
        if self.least is not None and self.most is not None:
            return self.most - self.least
        return 0 if self.allowed == frozenset() else float("inf")

    def admits(self, value: Any) -> bool:
        """Whether a value is what the group's own literals say."""
        if isinstance(value, str):
            return (
                all(characters.issuperset(value) for characters in self.within)
                and not any(characters.issuperset(value) for characters in self.beyond)
                and (not self.spelling or folded(value) == folded(RUN_AS_TAG))
            )
        return (self.least is None or self.least <= value) and (self.most is None or value <= self.most)

    def is_possible(self) -> bool:
        if self.constant is not None:
            return self.admits(self.constant)
        if self.spelling and any(not characters & KEY_LETTERS for characters in self.within):
            return False
        if self.least is not None and self.most is not None and self.least > self.most:
            return False
        allowed = self.allowed
        return allowed is None or all(allowed - characters for characters in self.beyond)


KEY_LETTERS = frozenset(RUN_AS_TAG.lower() + RUN_AS_TAG.upper())


class Joined:
    """Terms and constants in groups of those that are the same."""

    def __init__(self) -> None:
        self.above: dict[Any, Any] = {}
        self.groups: dict[Any, Group] = {}

    def add(self, term: Any) -> None:
        if term not in self.above:
            self.above[term] = term
            is_term = isinstance(term, Text | Number)
            self.groups[term] = Group(isinstance(term, Text) and term.spelling, None if is_term else term)

    def root(self, term: Any) -> Any:
        self.add(term)
        while self.above[term] is not term:
            term = self.above[term]
        return term

    def join(self, one: Any, other: Any) -> bool:
        """Join two groups; false where they hold two constants."""
        one, other = self.root(one), self.root(other)
        if one is other:
            return True
        kept, gone = self.groups[one], self.groups.pop(other)
        if kept.constant is not None and gone.constant is not None:
            return False
        kept.constant = gone.constant if kept.constant is None else kept.constant
        kept.spelling = kept.spelling or gone.spelling
        self.above[other] = one
        return True

    def is_possible(self, group: Group) -> bool:
        """Whether there is a value for a group: also one that differs from the constants from which it must differ."""
        if not group.is_possible():
            return False
        if group.allowed == frozenset() and (
            group.spelling or any(self.groups[of].constant == "" for of in group.differs)
        ):
            return False
        if group.least is None or group.most is None or group.most - group.least > len(group.differs):
            return True
        taken = {self.groups[other].constant for other in group.differs}
        return any(number not in taken for number in range(group.least, group.most + 1))


def _joined(literals: Sequence[Literal]) -> Joined | None:
    """The groups that the literals make, or None where they contradict each other."""
    joined = Joined()
    for literal in literals:
        if isinstance(literal, Same) and literal.holds and not joined.join(literal.one, literal.other):
            return None
    for literal in literals:
        if not isinstance(literal, Same):
            _note(joined.groups[joined.root(literal.text if isinstance(literal, Within) else literal.number)], literal)
    for literal in literals:
        if isinstance(literal, Same) and not literal.holds:
            one, other = joined.root(literal.one), joined.root(literal.other)
            if one is other:
                return None
            joined.groups[one].differs.append(other)
            joined.groups[other].differs.append(one)
    return joined if all(map(joined.is_possible, joined.groups.values())) else None


def _note(group: Group, literal: Within | Below) -> None:
    if isinstance(literal, Within):
        (group.within if literal.holds else group.beyond).append(literal.characters)
    elif literal.holds:
        group.most = literal.bound - 1 if group.most is None else min(group.most, literal.bound - 1)
    else:
        group.least = literal.bound if group.least is None else max(group.least, literal.bound)


STYLES = (
    ("alice", "ops", "bob", "carol", "dave", "erin"),
    ("SSM-User", "Root", "ssm_user", "-u", "0", "ssm-user "),
    ("Alice", "alice", "alice ", "ali", "\uff41lice", "al\x00ice"),
    ("2001", "+2001", "1001", "alice@corp", "CORP\\alice", "zoe\u0308"),
)
"""Names to choose from: plain ones first, then such as are taken for others, for numbers or for options."""
NUMBERS = ((1001, 1), (1, 1), (2**31 - 1, 1), (500, 500))
"""Where numbers begin and how far they are apart, for each style."""
PRINTED = frozenset(map(chr, range(0x21, 0x7F)))
SPELLINGS = ("ssmsessionrunas", "SSMSESSIONRUNAS", "ssmSessionRunAs", "SsmSessionRunAs")


def _chosen(joined: Joined, style: int, names: Sequence[str]) -> dict[Any, Any] | None:
    chosen = {root: group.constant for root, group in joined.groups.items() if group.constant is not None}
    for root, group in sorted(joined.groups.items(), key=lambda one: one[1].room):  # the narrowest first
        if root in chosen:
            continue
        taken = {chosen[other] for other in group.differs if other in chosen}
        fresh = taken | {value for value in chosen.values() if type(value) is type("" if isinstance(root, Text) else 0)}
        value = _free(root, group, style, fresh, names)
        if value is None:  # it differs from what it must, if not from all
            value = _free(root, group, style, taken, names)
        if value is None:
            return None
        chosen[root] = value
    return chosen


def _free(root: Any, group: Group, style: int, taken: set[Any], names: Sequence[str]) -> Any:
    pool = chain(names, _texts(group, style)) if isinstance(root, Text) else _numbers(group, style)
    return next((value for value in pool if value not in taken and group.admits(value)), None)


def _texts(group: Group, style: int) -> Iterator[str]:
    if group.spelling:
        yield from (*(() if style else (RUN_AS_TAG,)), *SPELLINGS[style % 4 :], *SPELLINGS, RUN_AS_TAG)
        return
    yield from STYLES[style % len(STYLES)]
    yield from (f"user-{number}" for number in range(1, 40))
    allowed = group.allowed
    needed = "".join(min((allowed or PRINTED) - characters, default="") for characters in group.beyond)
    yield needed
    for filler in sorted(allowed)[:3] if allowed is not None else ():
        yield from (needed + filler * length for length in range(1, 20))
    if allowed is None:
        yield from (needed + "x" * length for length in range(1, 20))


def _numbers(group: Group, style: int) -> Iterator[int]:
    start, apart = NUMBERS[style % len(NUMBERS)]
    if group.least is not None:
        start = max(start, group.least)
    if group.most is not None:
        start, apart = min(start, group.most), -1
    numbers = count(start, apart)
    yield from (next(numbers) for _ in range(60))
    if group.least is not None:
        yield from range(group.least, group.least + 60)
