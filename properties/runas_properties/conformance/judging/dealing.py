"""Random cases that are dealt, of which each kind comes as often as it has something to show."""

from collections.abc import Collection, Iterator
from itertools import chain, cycle, islice
from random import Random
from typing import Any

from runas_model.inputs.situations import situation
from runas_model.specification.nouns import Noun, nouns_of
from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import Platform
from runas_properties.conformance.protocol.cases import Level, Step, followed, question
from runas_properties.stateful.calls import instance, principal, run_as, start, tag, user
from runas_properties.stateful.confusables import CONFUSABLES, NAMES
from runas_properties.stateful.scenarios import (
    BOUNDARIES,
    EVENTS,
    OF_DOCUMENTS,
    PAGES,
    QUESTIONS,
    SCENE,
    SEPARATORS,
    SIMILAR_DOCUMENTS,
    SIMILAR_IDS,
    SIMILAR_REGIONS,
    any_call,
    documents_joined,
    documents_told_apart,
    in_another_order,
    in_every_mode,
    joined,
    key_asked,
    keys,
    many,
    regions_told_apart,
    shuffled,
    situations,
    told_apart,
    ways,
)

__all__ = ["Deck"]

IN_A_CASE = 6
"""Ways to write a name, or a key, in a case of a service."""
OPERATIONS = 15
"""Operations drawn at random in a scene."""
SHARES = {"names": 9, "ids": 6, "left": 4, "posix_ids": 1, "joined": 1, "keys": 1, "many": 1, "order": 1}
"""How many in so many cases of a service are of a kind."""
SHARES_OF_NOUNS = {**SHARES, "names": 11, "nouns": 4}
"""The same for whoever offers nouns: names keep their part of all cases."""


class Deck:
    """Cases of a level, in an order that a seed decides; `deal()` gives the steps of the next one.

    They speak of some nouns, and of no others.
    """

    def __init__(self, level: Level, seed: str, nouns: Collection[Noun] = ()) -> None:
        self.random, self.nouns = Random(seed), frozenset(nouns)
        self.speaking = [calls for calls in _of_nouns() if nouns_of(calls) <= self.nouns] if nouns else []
        self.speaking_now = shuffled(self.random, self.speaking)
        self.ways = ways(self.random)
        self.keys = keys(self.random)
        self.ids = shuffled(self.random, [(whose, *pair) for whose, every in SIMILAR_IDS.items() for pair in every])
        self.separators = shuffled(self.random, SEPARATORS)
        self.events = shuffled(self.random, list(EVENTS.values()))
        self.pages = shuffled(self.random, [(of, n) for of, most in PAGES.items() for n in (11, most // 2, most)])
        self.cases = self._questions() if level == "decision" else self._cases()

    def deal(self) -> tuple[Step, ...]:
        return next(self.cases)

    def _questions(self) -> Iterator[tuple[Step, ...]]:
        """Nineteen questions about names, and one about uids and gids."""
        of_names = situations(self.random)
        while True:
            yield from ((question(s),) for s in islice(of_names, 19))
            users = [(name, *self._posix_ids()) for name in ("alice", "ops", "eve")]
            self.random.shuffle(users)
            named, by_tag = self.random.choice(users)[0], self.random.random() < 0.6
            tagged, default = (named, "") if by_tag else (None, named)
            yield (question(situation(run_as_enabled=True, tag=tagged, default_user=default, users=users)),)

    def _cases(self) -> Iterator[tuple[Step, ...]]:
        shares = SHARES_OF_NOUNS if self.speaking else SHARES
        kinds = [kind for kind, share in shares.items() for _ in range(share)]
        self.random.shuffle(kinds)
        for kind in cycle(kinds):
            yield followed(getattr(self, f"_of_{kind}")())

    def _of_names(self) -> tuple[Call, ...]:
        there: set[str] = set()
        asked = (in_every_mode(next(self.ways), number, there) for number in range(IN_A_CASE))
        return (principal(), instance(), tag("nobody1"), user("zed", 2009, 2009), *chain.from_iterable(asked))

    def _of_keys(self) -> tuple[Call, ...]:
        asked = (key_asked(next(self.keys), number) for number in range(IN_A_CASE))
        users = map(user, ("alice", "carol", "ops"))
        return (principal(), instance(), *users, run_as(True, "ops"), *chain.from_iterable(asked))

    def _of_posix_ids(self) -> tuple[Call, ...]:
        names = self.random.sample(NAMES, IN_A_CASE)
        asked = (call for number, name in enumerate(names) for call in (tag(name), start(number)))
        users = (user(name, *self._posix_ids()) for name in names)
        return (principal(), instance(), run_as(True), *users, *asked)

    def _posix_ids(self) -> tuple[int, int]:
        one = self.random.choice((*BOUNDARIES, self.random.randrange(2**32), 2001))
        return one, self.random.choice((one, 2001, *BOUNDARIES))

    def _of_ids(self) -> tuple[Call, ...]:
        """Two listed ids, or two that are written like names are."""
        whose, *pair = next(self.ids)
        if self.random.random() < 0.15:
            kind = self.random.choice(list(CONFUSABLES.values()))
            pair = list(kind.pair(self.random.randrange(kind.ways), self.random.randrange(kind.bases)) or pair)
        return told_apart(whose, *(pair if self.random.random() < 0.6 else pair[::-1]))

    def _of_nouns(self) -> tuple[Call, ...]:
        return next(self.speaking_now)

    def _of_joined(self) -> tuple[Call, ...]:
        return joined(next(self.separators))

    def _of_many(self) -> tuple[Call, ...]:
        return many(*next(self.pages))

    def _of_order(self) -> tuple[Call, ...]:
        return in_another_order(self.random)

    def _of_left(self) -> tuple[Call, ...]:
        """A scene on any platforms, an event, operations of any kind, and what is left of it all."""
        happens = list(next(self.events))
        about: dict[str, Any] = {}
        for _ in range(OPERATIONS):
            operation, arguments = any_call(self.random, about, self.nouns)
            about.update(arguments)
            about["name"] = arguments.get("value", about.get("name", "alice"))
            happens.append((operation, arguments))
        return (*map(self._on_any_platform, SCENE), *happens, *QUESTIONS)

    def _on_any_platform(self, call: Call) -> Call:
        operation, arguments = call
        if "platform" not in arguments or self.random.random() < 0.6:
            return call
        return operation, {**arguments, "platform": self.random.choice(tuple(Platform))}


def _of_nouns() -> Iterator[tuple[Call, ...]]:
    """Every scenario that speaks of session documents or of Regions."""
    yield from OF_DOCUMENTS.values()
    yield from (documents_told_apart(*pair) for pair in SIMILAR_DOCUMENTS)
    yield from (regions_told_apart(*pair) for pair in SIMILAR_REGIONS)
    yield from map(documents_joined, SEPARATORS)
