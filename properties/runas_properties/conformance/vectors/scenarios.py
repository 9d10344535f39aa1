"""Every scenario that the conformance vectors hold, with its id, its kinds and its title."""

from collections.abc import Iterable, Iterator
from random import Random

import attrs

from runas_model.inputs.situations import situation
from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import ROOT, RUN_AS_TAG, SSM_USER, Situation
from runas_model.universes.connectives import folded, is_blank
from runas_properties.conformance.protocol.cases import Step, followed, question
from runas_properties.conformance.vectors.parameters import blank_ones, written
from runas_properties.stateful.calls import gone, instance, principal, run_as, user
from runas_properties.stateful.confusables import BLANKS, CONFUSABLES, Confusable
from runas_properties.stateful.scenarios import (
    EVENTS,
    OF_DOCUMENTS,
    OF_PARAMETERS,
    OF_ROLES,
    PAGES,
    POSIX_IDS,
    SEPARATORS,
    SIMILAR_DOCUMENTS,
    SIMILAR_IDS,
    SIMILAR_REGIONS,
    SIMILAR_ROLE_SESSIONS,
    NameAsked,
    after,
    documents_joined,
    documents_told_apart,
    in_another_order,
    joined,
    key_asked,
    many,
    regions_told_apart,
    role_sessions_joined,
    role_sessions_told_apart,
    told_apart,
)

__all__ = ["Scenario", "scenarios"]

BESIDE = 6
"""Ways to write a name, of each kind, of which the vectors also have the case in which both OS users exist."""

THOROUGH = ("part-of-a-name", "value")
"""Kinds of which the vectors have all ways by the default OS user too."""

SPECIAL = 3
"""Ways, of each kind, in which the vectors have ssm-user and root written."""

DELETED = 12
"""Ways, of each kind, in which the vectors have the name of an OS user to delete."""

ORDERS = 12
"""Orders in which the vectors have the settings made."""


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
    blank = (instance(), *map(user, BLANKS))
    yield _of_calls("os-users-with-blank-names", blank, "blank", "OS users whose names look blank.")
    for event, calls in EVENTS.items():
        yield _of_calls(f"after-{event}", after(calls), "aftermath", f"What is left after: {_words(event)}.")
    for whose, number in PAGES.items():
        yield _of_calls(f"many-{whose}", many(whose, number), "many", f"{number} {_words(whose)}.")
    for number in range(1, ORDERS + 1):
        calls = in_another_order(Random(number))
        yield _of_calls(f"order-{number}", calls, "order", f"Settings in order {number}.")
    yield from _documents()
    yield from _roles()
    yield from _parameters()


def _asked(id: str, s: Situation, flag: str) -> Scenario:
    return Scenario(id, (question(s),), (flag,))


def _of_calls(id: str, calls: Iterable[Call], flag: str, title: str) -> Scenario:
    return Scenario(id, followed(calls), (flag,), title)


def _words(id: str) -> str:
    return id.replace("-", " ")


def _names() -> Iterator[Scenario]:
    for kind in CONFUSABLES.values():
        for number, (named, near) in enumerate(_written(kind, kind.examples), start=1):
            for how, asked in _modes(NameAsked(named, near), number, kind.flag in THOROUGH):
                yield _asked(f"written-{kind.id}-{number}-by-{how}", asked.situation(), kind.flag)
        for special in (SSM_USER, ROOT):
            for number, named in enumerate(_specially(kind, special), start=1):
                asked = NameAsked(named, special, both=True, ids=(0, 0) if special == ROOT else (2001, 2001))
                yield _asked(f"written-{kind.id}-{special}-{number}-by-tag-beside-it", asked.situation(), kind.flag)


def _specially(kind: Confusable, special: str) -> list[str]:
    """How a kind writes a name that is treated specially, in its first ways."""
    spell = kind.spell
    written = [] if spell is None else [spell(way, special) for way in range(min(kind.examples, SPECIAL))]
    return [named for named in dict.fromkeys(written) if named not in ("", special)]


def _written(kind: Confusable, most: int) -> list[tuple[str, str]]:
    return [pair for way in range(min(kind.examples, most)) if (pair := kind.pair(way)) is not None]


def _modes(asked: NameAsked, number: int, thorough: bool) -> Iterator[tuple[str, NameAsked]]:
    """How a name is asked about: the first of a kind in every mode, and those of a thorough kind in most."""
    yield "tag-instead", asked
    if thorough or number <= BESIDE:
        yield "tag-beside-it", attrs.evolve(asked, both=True)
    if thorough or number == 1:
        yield "default-instead", attrs.evolve(asked, by="default")
        yield "default-beside-it", attrs.evolve(asked, by="default", both=True)
    if number == 1:
        yield "tag-the-other-way", attrs.evolve(asked, named=asked.near, near=asked.named)
        yield "tag-beside-the-other", attrs.evolve(asked, both=True, near_first=False)


def _blanks() -> Iterator[Scenario]:
    for number, blank in enumerate(BLANKS, start=1):
        asked = NameAsked(blank, "alice")
        yield _asked(f"blank-{number}-by-tag-instead", asked.situation(), "blank")
        yield _asked(f"blank-{number}-by-default-instead", attrs.evolve(asked, by="default").situation(), "blank")
        if not is_blank(blank):
            yield _asked(f"blank-{number}-by-tag-beside-it", attrs.evolve(asked, both=True).situation(), "blank")


def _posix_ids() -> Iterator[Scenario]:
    for uid, gid in POSIX_IDS:
        users = [("alice", uid, gid), ("eve", uid, gid), ("ops", 2002, 2002)]
        for by, tag, default in (("tag", "alice", ""), ("default", None, "alice")):
            s = situation(run_as_enabled=True, tag=tag, default_user=default, users=users)
            yield _asked(f"ids-{uid}-{gid}-by-{by}", s, "posix-id")


def _keys() -> Iterator[Scenario]:
    """Keys of tags that are written like the Run As key, one of each kind; beside them the default OS user."""
    begin = (principal(), instance(), *map(user, ("alice", "carol", "ops")), run_as(True, "ops"))
    for kind in CONFUSABLES.values():
        if kind.spell is not None and (key := kind.spell(0, RUN_AS_TAG)) != RUN_AS_TAG:
            flag = "key-in-another-case" if folded(key) == folded(RUN_AS_TAG) else "near-key"
            yield _of_calls(f"key-written-{kind.id}", (*begin, *key_asked(key)), flag, f"A tag with the key {key!r}.")


def _deletions() -> Iterator[Scenario]:
    """OS users that are not there, with names that are written like those of some that are, cannot be deleted."""
    for kind in CONFUSABLES.values():
        written = _written(kind, DELETED)
        there = dict.fromkeys(near for _, near in written if not is_blank(near))
        asked = (gone("delete_os_user", instance="i-1", name=named) for named, _ in written if named not in there)
        title = f"Attempts to delete OS users whose names are written like others ({_words(kind.id)})."
        yield _of_calls(f"delete-written-{kind.id}", (instance(), *map(user, there), *asked), kind.flag, title)


def _ids() -> Iterator[Scenario]:
    for whose, every in SIMILAR_IDS.items():
        for number, (one, other) in enumerate(every, start=1):
            title = f"The {whose}s {one!r} and {other!r}."
            yield _of_calls(f"id-of-{whose}-{number}", told_apart(whose, one, other), "id", title)
    for number, separator in enumerate(SEPARATORS, start=1):
        title = f"Ids and names that are the same if joined with {separator!r}."
        yield _of_calls(f"joined-{number}", joined(separator), "id", title)


def _documents() -> Iterator[Scenario]:
    """Which session document holds, in which account and Region; their flags are those of the nouns that they need."""
    for id, calls in OF_DOCUMENTS.items():
        yield Scenario(f"documents-{id}", followed(calls), (), f"Which session document holds: {_words(id)}.")
    for number, (one, other) in enumerate(SIMILAR_DOCUMENTS, start=1):
        title = f"The session documents {one!r} and {other!r}."
        yield _of_calls(f"id-of-document-{number}", documents_told_apart(one, other), "id", title)
    for number, (one, other) in enumerate(SIMILAR_REGIONS, start=1):
        title = f"The Regions {one!r} and {other!r}."
        yield _of_calls(f"id-of-region-{number}", regions_told_apart(one, other), "id", title)
    for number, separator in enumerate(SEPARATORS, start=1):
        title = f"Session documents that are the same if account, Region and name are joined with {separator!r}."
        yield _of_calls(f"documents-joined-{number}", documents_joined(separator), "id", title)


def _roles() -> Iterator[Scenario]:
    """Whose tag counts in a role session, what goes on into a chained one, and what ends; flags as of documents."""
    for id, calls in OF_ROLES.items():
        yield Scenario(f"roles-{id}", followed(calls), (), f"Role sessions: {_words(id)}.")
    for number, (one, other) in enumerate(SIMILAR_ROLE_SESSIONS, start=1):
        title = f"The role sessions {one!r} and {other!r}."
        yield _of_calls(f"id-of-role-session-{number}", role_sessions_told_apart(one, other), "id", title)
    for number, separator in enumerate(SEPARATORS, start=1):
        title = f"Roles, role sessions and keys that are the same if joined with {separator!r}."
        yield _of_calls(f"roles-joined-{number}", role_sessions_joined(separator), "id", title)


def _parameters() -> Iterator[Scenario]:
    """Who fills the default OS user of a document, and with what; flags as of documents."""
    for id, calls in OF_PARAMETERS.items():
        yield Scenario(f"parameters-{id}", followed(calls), (), f"A parameter of a session document: {_words(id)}.")
    for flag, calls in written():
        title = f"Parameters that are written like the names of OS users ({_words(flag)})."
        yield _of_calls(f"parameter-written-{flag}", calls, flag, title)
    yield _of_calls("parameter-blank", blank_ones(), "blank", "Parameters that look blank.")
