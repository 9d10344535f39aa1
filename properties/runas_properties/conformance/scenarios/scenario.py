"""Every scenario that the conformance vectors hold, with its id, its kinds and its title."""

from collections.abc import Iterator
from random import Random

import attrs

from runas_model.inputs.situations import situation
from runas_model.specification.vocabulary import RUN_AS_TAG
from runas_model.universes.connectives import folded, is_blank
from runas_properties.conformance.protocol.cases import Step, question, watched
from runas_properties.conformance.scenarios.identifying import IDS, SEPARATORS, joined, steps_of, told_apart
from runas_properties.conformance.scenarios.many import PAGES, many
from runas_properties.conformance.scenarios.naming import NameAsked, key_asked
from runas_properties.conformance.scenarios.posix_ids import IDS as POSIX_IDS
from runas_properties.conformance.scenarios.remaining import EVENTS, after, in_another_order
from runas_properties.stateful.calls import gone, instance, principal, run_as, user
from runas_properties.stateful.confusables import BLANKS, CONFUSABLES

__all__ = ["Scenario", "scenarios"]

KEY_SCENE = (principal(), instance(), user("alice"), user("carol"), user("ops"), run_as(True, "ops"))

BESIDE = 6
"""Ways to write a name, of each kind, of which the vectors also have the case in which both OS users exist."""

THOROUGH = ("part-of-a-name", "value")
"""Kinds of which the vectors have all ways by the default OS user too."""

DELETED = 12

ORDERS = 12


@attrs.frozen
class Scenario:
    """A case with its id and its flags; without a title, it is told by the situation of its last decision."""

    id: str
    steps: tuple[Step, ...]
    flags: tuple[str, ...]
    title: str = ""


def scenarios() -> Iterator[Scenario]:
    """Every scenario, questions first."""
    yield from _names()
    yield from _blanks()
    yield from _posix_ids()
    yield from _keys()
    yield from _deletions()
    yield from _ids()
    yield Scenario(
        "os-users-with-blank-names", _os_users_with_blank_names(), ("blank",), "OS users whose names look blank."
    )
    for event, calls in EVENTS.items():
        yield Scenario(
            f"after-{event}", after(calls), ("aftermath",), f"What is left after: {event.replace('-', ' ')}."
        )
    for whose, number in PAGES.items():
        yield Scenario(f"many-{whose}", watched(many(whose, number)), ("many",), f"{number} {whose.replace('-', ' ')}.")
    for number in range(1, ORDERS + 1):
        yield Scenario(f"order-{number}", in_another_order(Random(number)), ("order",), f"Settings in order {number}.")


def _names() -> Iterator[Scenario]:
    for kind in CONFUSABLES.values():
        written = [pair for way in range(kind.examples) if (pair := kind.pair(way)) is not None]
        for number, (named, near) in enumerate(written, start=1):
            for how, asked in _modes(NameAsked(named, near), number, kind.flag in THOROUGH):
                yield Scenario(f"written-{kind.id}-{number}-by-{how}", (asked.question(),), (kind.flag,))
        for special, base in (("ssm-user", 1), ("root", 2)):
            pair = kind.pair(0, base) if kind.bases > base else None
            if pair is not None and pair[1] == special:
                asked = NameAsked(*pair, both=True, ids=(0, 0) if special == "root" else (2001, 2001))
                yield Scenario(f"written-{kind.id}-{special}-by-tag-beside-it", (asked.question(),), (kind.flag,))


def _modes(asked: NameAsked, number: int, thorough: bool) -> Iterator[tuple[str, NameAsked]]:
    """How a name is asked about; all ways are tried on the first of a kind, and most on those of a thorough one."""
    yield "tag-instead", asked
    if thorough or number <= BESIDE:
        yield "tag-beside-it", attrs.evolve(asked, both=True)
    if thorough or number == 1:
        yield "default-instead", attrs.evolve(asked, by="default")
        yield "default-beside-it", attrs.evolve(asked, by="default", both=True)
    if number == 1:
        yield "tag-the-other-way", attrs.evolve(asked, named=asked.near, near=asked.named)
        yield "tag-beside-the-other", attrs.evolve(asked, both=True, near_first=False)


def _deletions() -> Iterator[Scenario]:
    """OS users that are not there, with names that are written like those of some that are, cannot be deleted."""
    for kind in CONFUSABLES.values():
        written = [pair for way in range(min(kind.examples, DELETED)) if (pair := kind.pair(way)) is not None]
        there = dict.fromkeys(near for _, near in written if not is_blank(near))
        asked = dict.fromkeys(named for named, _ in written if named not in there)
        steps = steps_of(
            (instance(), *map(user, there), *(gone("delete_os_user", instance="i-1", name=one) for one in asked))
        )
        title = f"Attempts to delete OS users whose names are written like others ({kind.id.replace('-', ' ')})."
        yield Scenario(f"delete-written-{kind.id}", watched(steps), (kind.flag,), title)


def _keys() -> Iterator[Scenario]:
    """Keys of tags that are written like the Run As key, one of each kind; beside them the default OS user."""
    for kind in CONFUSABLES.values():
        if kind.spell is not None and (key := kind.spell(0, RUN_AS_TAG)) != RUN_AS_TAG:
            steps = (*steps_of(KEY_SCENE), *key_asked(key))
            flag = "key-in-another-case" if folded(key) == folded(RUN_AS_TAG) else "near-key"
            yield Scenario(f"key-written-{kind.id}", watched(steps), (flag,), f"A tag with the key {key!r}.")


def _blanks() -> Iterator[Scenario]:
    for number, blank in enumerate(BLANKS, start=1):
        for by in ("tag", "default"):
            asked = NameAsked(blank, "alice", "tag" if by == "tag" else "default")
            yield Scenario(f"blank-{number}-by-{by}-instead", (asked.question(),), ("blank",))
        if not is_blank(blank):
            asked = NameAsked(blank, "alice", both=True)
            yield Scenario(f"blank-{number}-by-tag-beside-it", (asked.question(),), ("blank",))


def _os_users_with_blank_names() -> tuple[Step, ...]:
    steps = steps_of((instance(), *(user(blank) for blank in BLANKS)))
    return watched(steps)


def _posix_ids() -> Iterator[Scenario]:
    for uid, gid in POSIX_IDS:
        for by in ("tag", "default"):
            s = situation(
                run_as_enabled=True,
                tag="alice" if by == "tag" else None,
                default_user="alice" if by == "default" else "",
                users=[("alice", uid, gid), ("eve", uid, gid), ("ops", 2002, 2002)],
            )
            yield Scenario(f"ids-{uid}-{gid}-by-{by}", (question(s),), ("posix-id",))


def _ids() -> Iterator[Scenario]:
    for whose, every in IDS.items():
        for number, (one, other) in enumerate(every, start=1):
            title = f"The {whose}s {one!r} and {other!r}."
            yield Scenario(f"id-of-{whose}-{number}", told_apart(whose, one, other), ("id",), title)
    for number, separator in enumerate(SEPARATORS, start=1):
        title = f"Ids and names that are the same if joined with {separator!r}."
        yield Scenario(f"joined-{number}", joined(separator), ("id",), title)
