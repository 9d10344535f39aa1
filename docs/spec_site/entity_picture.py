"""What there is, as a picture: a box for each kind of thing, within the box of that to which it belongs."""

from collections.abc import Iterator, Mapping
from html import escape
from textwrap import wrap
from typing import Any, get_type_hints

import attrs

from runas_model import State
from runas_model.specification.vocabulary import (
    Account,
    DocumentName,
    Instance,
    Name,
    Principal,
    Region,
    RoleSession,
    Session,
    SessionTag,
    Tag,
)
from runas_model.universes.tables import sorts_of

__all__ = ["Entity", "entities_of", "entity_picture"]

TITLES: Mapping[Any, tuple[str, str]] = {
    Account: ("Account", "Accounts"),
    Region: ("Region", "Regions"),
    Principal: ("Principal: an IAM user or role", "principals"),
    Tag: ("Tag: one for each key, in any case", "tags"),
    RoleSession: ("Role session: only of a role", "role sessions"),
    SessionTag: ("Session tag: one for each key, in any case", "session tags"),
    DocumentName: ("Session document: one for each name", "session documents"),
    Instance: ("Managed instance", "managed instances"),
    Name: ("OS user: one for each name", "OS users"),
    Session: ("Session", "sessions"),
}
"""What is written in the box of a thing, by what `Entity.sort` is, and what several of them are called."""

WIDTH, MARGIN, INSET, LINE, TITLE = 400, 4, 12, 16, 24
CHARACTER = 6.2
"""How wide a character is, about."""


@attrs.frozen
class Entity:
    """A kind of thing, the facts that the state holds of each, and what belongs to it.

    `sort` is that of its names, or its record where things that belong to others have names of that sort too: the keys
    of tags are names of tags and of session tags.
    """

    sort: Any
    facts: tuple[str, ...]
    within: "tuple[Entity, ...]"


def entities_of(state: type = State) -> tuple[Entity, ...]:
    """The kinds of things that belong to no other, with all that belongs to them, from the tables of a state.

    A row belongs to what its key names before the last part; one whose key has a single part, to the places that its
    record names: what there is no table of, such as accounts and Regions. Raises ValueError for a kind of thing that
    would belong to two others.
    """
    tables = [sorts_of(kind) for kind in get_type_hints(state).values()]
    listed = {subject for *_, subject, _ in tables}
    above_of: dict[Any, set[Any]] = {}
    for *above, subject, _ in tables:
        above_of.setdefault(subject, set()).update(above[-1:])
    places = [sort for sort in dict.fromkeys(key for *keys, _ in tables for key in keys) if sort not in listed]
    owners: dict[Any, Any] = dict(zip(places, [None, *places], strict=False))
    facts: dict[Any, list[str]] = {}
    for *above, subject, value in tables:
        one = value if len(above_of[subject]) > 1 and attrs.has(value) else subject
        fields = get_type_hints(value) if attrs.has(value) else {"": value}
        named = [] if above else [sort for sort in fields.values() if sort in (*places, *listed)]
        owner = max([*above, *named], key=lambda sort: places.index(sort) if sort in places else len(places))
        if owners.setdefault(one, owner) is not owner:
            raise ValueError(f"{_title(one)[1]} belong to {_title(owner)[1]}, and also to others")
        told = (_words(name) for name, sort in fields.items() if name and sort not in named)
        facts.setdefault(one, []).extend(told)
    return tuple(_entity(sort, owners, facts) for sort, owner in owners.items() if owner is None)


def _words(field: str) -> str:
    return field.replace("_", " ").replace("os user", "OS user").replace("run as", "Run As")


def _title(sort: Any) -> tuple[str, str]:
    if sort not in TITLES:
        raise LookupError(f"docs/spec_site/entity_picture.py: {sort.__name__} has no title: add one to TITLES")
    return TITLES[sort]


def _entity(sort: Any, owners: Mapping[Any, Any], facts: Mapping[Any, list[str]]) -> Entity:
    within = tuple(_entity(one, owners, facts) for one, owner in owners.items() if owner is sort)
    return Entity(sort, tuple(facts.get(sort, ())), within)


def entity_picture(entities: tuple[Entity, ...] | None = None) -> str:
    """An SVG of the kinds of things. Raises LookupError for one that `TITLES` has no name for."""
    top, drawn = MARGIN, []
    every = entities_of() if entities is None else entities
    for entity in every:
        height, parts = _box(entity, MARGIN, top)
        top += height + INSET
        drawn.append(parts)
    description = " ".join(f"{sentence}." for entity in every for sentence in _sentences(entity))
    return (
        f'<figure class="picture"><svg class="entity-picture" xmlns="http://www.w3.org/2000/svg" role="img" '
        f'viewBox="0 0 {WIDTH} {top - INSET + MARGIN}" aria-labelledby="entities-title entities-description">'
        f'<title id="entities-title">What there is, and what belongs to what</title>'
        f'<desc id="entities-description">{escape(description)}</desc>{"".join(drawn)}</svg></figure>'
    )


def _sentences(entity: Entity) -> Iterator[str]:
    """What belongs to what, from the outside in."""
    name = _title(entity.sort)[1]
    if entity.within:
        within = [_title(one.sort)[1] for one in entity.within]
        yield f"{name[0].upper()}{name[1:]} have {' and '.join(within)}"
    for one in entity.within:
        yield from _sentences(one)


def _box(entity: Entity, left: int, top: int) -> tuple[int, str]:
    """The height of a box with what is in it, and the box drawn."""
    width = WIDTH - 2 * left
    lines = wrap(", ".join(entity.facts), int((width - 2 * INSET) / CHARACTER)) if entity.facts else []
    text = "".join(
        f'<text x="{left + INSET}" y="{top + TITLE + 13 + LINE * line}">{escape(words)}</text>'
        for line, words in enumerate(lines)
    )
    below = top + TITLE + LINE * len(lines) + 8
    within = []
    for one in entity.within:
        height, drawn = _box(one, left + INSET, below)
        below += height + 8
        within.append(drawn)
    height = below - top
    return height, (
        f'<g class="entity" data-entity="{entity.sort.__name__}">'
        f'<rect x="{left}" y="{top}" width="{width}" height="{height}" rx="7"/>'
        f'<text class="strong" x="{left + INSET}" y="{top + 20}">{escape(_title(entity.sort)[0])}</text>'
        f"{text}{''.join(within)}</g>"
    )
