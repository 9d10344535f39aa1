"""Ways to write names, one after the other in random order: each comes once before any comes again."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import TypeVar

import attrs

from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import ROOT, RUN_AS_TAG, SSM_USER, Situation
from runas_model.universes.connectives import is_blank
from runas_properties.stateful.calls import gone, start, tag, user
from runas_properties.stateful.confusables import BLANKS, CONFUSABLES, NAMES, Confusable
from runas_properties.stateful.scenarios.naming import NameAsked

__all__ = ["Way", "in_every_mode", "keys", "shuffled", "situations", "ways", "ways_of"]

T = TypeVar("T")


@attrs.frozen
class Way:
    """A name to ask about, and how `ssm-user` and `root` are written in the same way, if that can be."""

    asked: NameAsked
    special: tuple[str, ...] = ()


def shuffled(random: Random, cards: Sequence[T]) -> Iterator[T]:
    """The cards in random order, and then again in another, without end."""
    left = list(cards)
    while True:
        random.shuffle(left)
        yield from left


def ways_of(kind: Confusable) -> Iterator[Way]:
    """Every way of a kind to write the first of its plain names."""
    for way in range(kind.ways):
        pair = kind.pair(way)
        if pair is not None:
            yield _way(kind, way, pair)


def _way(kind: Confusable, way: int, pair: tuple[str, str]) -> Way:
    special = () if kind.spell is None else (kind.spell(way, SSM_USER), kind.spell(way, ROOT))
    return Way(NameAsked(pair[0], pair[1], ids=_ids_for(pair[1])), special)


def ways(random: Random) -> Iterator[Way]:
    """Every way to write a name, of any plain name, and every name that looks blank."""
    every = [(kind, way) for kind in CONFUSABLES.values() for way in range(kind.ways)]
    for card in shuffled(random, [*every, *BLANKS]):
        if isinstance(card, str):
            yield Way(NameAsked(card, random.choice(NAMES)))
            continue
        kind, way = card
        pair = kind.pair(way, random.randrange(kind.bases))
        if pair is not None:
            yield _way(kind, way, pair)


def _ids_for(name: str) -> tuple[int, int]:
    """The uid that a name says, if it is a number; else an ordinary one."""
    if name == ROOT:
        return 0, 0
    uid = int(name) if name.isascii() and name.isdecimal() and 0 < int(name) < 2**32 else 2001
    return uid, uid


def keys(random: Random) -> Iterator[str]:
    """Every way to write the key of the Run As tag."""
    every = [(kind, way) for kind in CONFUSABLES.values() if kind.spell is not None for way in range(kind.ways)]
    for kind, way in shuffled(random, every):
        assert kind.spell is not None
        yield kind.spell(way, RUN_AS_TAG)


def situations(random: Random) -> Iterator[Situation]:
    """Each way to write a name in four situations: two by tag, one by default, and one of another name so written."""
    for way in ways(random):
        asked, near_first = way.asked, random.random() < 0.5
        blank = is_blank(asked.named)
        yield asked.situation()
        yield attrs.evolve(asked, both=not blank, near_first=near_first).situation()
        yield attrs.evolve(asked, by="default", both=not blank and random.random() < 0.5).situation()
        others = [attrs.evolve(asked, named=asked.near, near=asked.named)] if not blank else []
        for special, name in zip(way.special, (SSM_USER, ROOT), strict=False):
            ids = (0, 0) if name == ROOT else asked.ids
            others.append(attrs.evolve(asked, named=special, near=name, both=special != name, ids=ids))
        if others:
            yield random.choice(others).situation()


def in_every_mode(way: Way, number: int, there: set[str]) -> Iterator[Call]:
    """A name that is not there, by tag and by default, which cannot be deleted either; then the same name, made.

    In the end the other one is gone. `there` are the OS users of the instance, updated.
    """
    asked = way.asked
    yield from asked.calls(f"{number}-1", there)
    if asked.named not in there:
        yield _deleted(asked.named)
    yield from attrs.evolve(asked, by="default").calls(f"{number}-2", there)
    if not is_blank(asked.named):
        yield from attrs.evolve(asked, by="default", both=True).calls(f"{number}-3", there)
        yield from attrs.evolve(asked, both=True).calls(f"{number}-4", there)
        yield _deleted(asked.near)
        yield from (tag(asked.near), start(f"{number}-5"), tag(asked.named))
        yield _deleted(asked.named)
        there -= {asked.named, asked.near}
    for session, special in enumerate(way.special, 6):
        if special not in (*there, SSM_USER, ROOT):
            there.add(special)
            yield from (user(special, 2003, 2003), tag(special), start(f"{number}-{session}"))


def _deleted(name: str) -> Call:
    return gone("delete_os_user", instance="i-1", name=name)
