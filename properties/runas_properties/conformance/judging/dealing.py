"""Random cases that are dealt, of which each kind comes as often as it has something to show."""

from collections.abc import Callable, Collection, Iterator
from functools import partial
from itertools import chain, count, islice
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
    OF_PARAMETERS,
    OF_ROLES,
    PAGES,
    QUESTIONS,
    SCENE,
    SEPARATORS,
    SIMILAR_DOCUMENTS,
    SIMILAR_IDS,
    SIMILAR_REGIONS,
    SIMILAR_ROLE_SESSIONS,
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
    role_sessions_joined,
    role_sessions_told_apart,
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


class Deck:
    """Cases of a level, in an order that a seed decides; `deal()` gives the steps of the next one.

    They speak of some nouns, and of no others.
    """

    def __init__(self, level: Level, seed: str, nouns: Collection[Noun] = ()) -> None:
        self.random, self.nouns = Random(seed), frozenset(nouns)
        self.ways, self.keys = ways(self.random), keys(self.random)
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
        """Every scenario that is listed and many that are drawn, in random order; then all again in another.

        They are fewer than the cases that are dealt where no number is asked for, whatever nouns are offered.
        """
        cards: list[Callable[[], tuple[Call, ...]]] = [
            *(partial(self._of_ids, whose, *pair) for whose, every in SIMILAR_IDS.items() for pair in every),
            *(partial(self._of_left, event) for event in EVENTS.values()),
            *(partial(joined, separator) for separator in SEPARATORS),
            *(partial(many, of, number) for of, most in PAGES.items() for number in (11, most // 2, most)),
            *(partial(tuple, calls) for calls in _of_nouns() if self.nouns and nouns_of(calls) <= self.nouns),
            *[self._of_names] * 250,  # so that each way to write a name comes at least once
            *[self._of_written_ids] * 25,
            *[self._of_posix_ids] * 22,
            *[self._of_keys] * 20,
            *[partial(in_another_order, self.random)] * 20,
        ]
        for card in shuffled(self.random, cards):
            yield followed(card())

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
        return (principal(), instance(), run_as(True), *users, *asked, run_as(False), start("off"))

    def _posix_ids(self) -> tuple[int, int]:
        one = self.random.choice((*BOUNDARIES, self.random.randrange(2**32), 2001))
        return one, self.random.choice((one, 2001, *BOUNDARIES))

    def _of_ids(self, whose: str, *pair: str) -> tuple[Call, ...]:
        return told_apart(whose, *(pair if self.random.random() < 0.6 else pair[::-1]))

    def _of_written_ids(self) -> tuple[Call, ...]:
        """Two ids that are written like names are."""
        whose, kind = self.random.choice(list(SIMILAR_IDS)), self.random.choice(list(CONFUSABLES.values()))
        pairs = (kind.pair(self.random.randrange(kind.ways), self.random.randrange(kind.bases)) for _ in count())
        return self._of_ids(whose, *next(filter(None, pairs)))

    def _of_left(self, event: tuple[Call, ...]) -> tuple[Call, ...]:
        """A scene on any platforms, an event, operations of any kind, and what is left of it all."""
        happens = list(event)
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
    """Every scenario that speaks of nouns which not everybody has."""
    yield from OF_PARAMETERS.values()
    yield from OF_ROLES.values()
    yield from OF_DOCUMENTS.values()
    yield from (documents_told_apart(*pair) for pair in SIMILAR_DOCUMENTS)
    yield from (regions_told_apart(*pair) for pair in SIMILAR_REGIONS)
    yield from map(documents_joined, SEPARATORS)
    yield from (role_sessions_told_apart(*pair) for pair in SIMILAR_ROLE_SESSIONS)
    yield from map(role_sessions_joined, SEPARATORS)
