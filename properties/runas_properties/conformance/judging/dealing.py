"""Random cases that are dealt, of which each kind comes as often as it has something to show."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
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
SHARES = {"names": 9, "ids": 6, "left": 4, "posix_ids": 1, "joined": 1, "keys": 1, "many": 1, "order": 1}
"""How many in so many cases of a service are of a kind."""
SHARES_OF_NOUNS = {"names": 2, "nouns": 4}
"""How many more for whoever offers Regions or documents: names keep their part of all cases."""
SHARES_OF_ROLES = {"names": 2, "roles": 3, "role_sessions": 2}
"""How many more for whoever offers role sessions."""
SHARES_OF_PARAMETERS = {"ids": 1, "left": 1, "names": 1, "parameters": 2}
"""How many more for whoever offers parameters of documents: the other kinds keep their part of all cases."""


class Deck:
    """Cases of a level, in an order that a seed decides; `deal()` gives the steps of the next one.

    They speak of some nouns, and of no others.
    """

    def __init__(self, level: Level, seed: str, nouns: Collection[Noun] = ()) -> None:
        self.random, self.nouns = Random(seed), frozenset(nouns)
        speaking = self._spoken(_of_nouns())
        self.shares = Counter(SHARES)
        self.shares.update(SHARES_OF_NOUNS if speaking else {})
        self.shares.update(SHARES_OF_ROLES if Noun.ROLES in self.nouns else {})
        self.parameters = shuffled(self.random, self._spoken(OF_PARAMETERS.values()))
        self.shares.update(SHARES_OF_PARAMETERS if {Noun.DOCUMENTS, Noun.PARAMETERS} <= self.nouns else {})
        self.speaking = shuffled(self.random, speaking)
        self.roles = shuffled(self.random, self._spoken(OF_ROLES.values()))
        self.role_sessions = shuffled(self.random, self._spoken(_of_role_sessions()))
        self.ways = ways(self.random)
        self.keys = keys(self.random)
        self.ids = shuffled(self.random, [(whose, *pair) for whose, every in SIMILAR_IDS.items() for pair in every])
        self.separators = shuffled(self.random, SEPARATORS)
        self.events = shuffled(self.random, list(EVENTS.values()))
        self.pages = shuffled(self.random, [(of, n) for of, most in PAGES.items() for n in (11, most // 2, most)])
        self.cases = self._questions() if level == "decision" else self._cases()

    def _spoken(self, scenarios: Iterable[tuple[Call, ...]]) -> list[tuple[Call, ...]]:
        """Those scenarios that speak of no nouns but these."""
        return [calls for calls in scenarios if nouns_of(calls) <= self.nouns] if self.nouns else []

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
        kinds = list(self.shares.elements())
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
        return next(self.speaking)

    def _of_roles(self) -> tuple[Call, ...]:
        return next(self.roles)

    def _of_parameters(self) -> tuple[Call, ...]:
        return next(self.parameters)

    def _of_role_sessions(self) -> tuple[Call, ...]:
        return next(self.role_sessions)

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


def _of_role_sessions() -> Iterator[tuple[Call, ...]]:
    """Every scenario of role sessions whose ids are taken for others."""
    yield from (role_sessions_told_apart(*pair) for pair in SIMILAR_ROLE_SESSIONS)
    yield from map(role_sessions_joined, SEPARATORS)
