"""The glossary: each named part once, told from its own function."""

from collections.abc import Iterator
from functools import cache
from typing import get_type_hints

import attrs

from runas_model.universes.naming import NAMED, Part
from runas_model.words.subjects import arguments_for
from runas_model.words.telling import clause, noun
from runas_model.words.terms import Term, whole

__all__ = ["Entry", "glossary"]


@attrs.frozen
class Entry:
    """A named part: its id, its phrase and what that means, and of which operations where it means that of some."""

    id: str
    phrase: str
    meaning: str
    operations: tuple[str, ...] = ()


@cache
def glossary() -> tuple[Entry, ...]:
    """Every named part of the modules that were imported.

    A part of a step is told once for each group of operations of which it means the same, one of a rule for each rule.
    Raises `MissingPhrase` for something that no phrase is there for.
    """
    return tuple(entry for part in NAMED.values() for entry in _entries(part))


def _entries(part: Part) -> Iterator[Entry]:
    hints = get_type_hints(part.function)
    hints.pop("return", None)
    told: dict[tuple[str, str], list[str]] = {}
    for of, arguments in arguments_for(hints):
        meaning = part.function(*arguments)
        kind = bool if isinstance(meaning, bool) else whole(meaning).kind
        phrase = _told(Term("named", (part, tuple(map(whole, arguments)), meaning), kind))
        told.setdefault((phrase, _told(meaning)), []).append(of)
    for (phrase, meaning), operations in told.items():
        some = () if len(told) == 1 or "rule" in hints else tuple(operations)
        yield Entry(part.id, phrase, meaning, some)


def _told(meaning: object) -> str:
    if isinstance(meaning, bool) or whole(meaning).kind is bool:
        return clause(meaning)
    return noun(whole(meaning))
