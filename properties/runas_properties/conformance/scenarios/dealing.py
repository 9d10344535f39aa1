"""Scenarios at random: every way to write a name comes once before any comes again, like cards from a shuffled deck."""

from collections.abc import Iterator
from itertools import chain
from random import Random
from typing import Any

import attrs

from runas_model.inputs.situations import situation
from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import ROOT, RUN_AS_TAG, SSM_USER, Platform
from runas_model.universes.connectives import is_blank
from runas_properties.conformance.protocol.cases import LIST_SESSIONS, Level, Step, looks, question, step_of
from runas_properties.conformance.scenarios.identifying import IDS, SEPARATORS, joined, told_apart
from runas_properties.conformance.scenarios.many import PAGES, many
from runas_properties.conformance.scenarios.naming import By, NameAsked, key_asked
from runas_properties.conformance.scenarios.posix_ids import BOUNDARIES
from runas_properties.conformance.scenarios.remaining import EVENTS, SCENE, any_call, in_another_order, questions
from runas_properties.stateful.calls import gone, instance, principal, run_as, start, tag, user
from runas_properties.stateful.confusables import BLANKS, CONFUSABLES, NAMES, Confusable

__all__ = ["Deck"]

MODES: tuple[tuple[By, bool], ...] = (("tag", False), ("tag", True), ("default", False), ("default", True))
WAYS_IN_A_CASE = 6
OPERATIONS_IN_A_CASE = 15


class Deck:
    """Cases of a level, in an order that a seed decides; `deal()` gives the next one."""

    def __init__(self, level: Level, seed: str) -> None:
        self.random = Random(seed)
        self.ways = self._ways()
        self.names = self._names()
        self.ids = self._shuffled([(whose, *pair) for whose, every in IDS.items() for pair in every])
        self.events = self._shuffled(list(EVENTS.values()))
        self.separators = self._shuffled(list(SEPARATORS))
        self.keys = self._shuffled(
            [kind.spell(way, RUN_AS_TAG) for kind in CONFUSABLES.values() if kind.spell and kind.flag != "number"
             for way in range(kind.ways)]
        )
        self.pages = self._shuffled([(whose, number) for whose, most in PAGES.items() for number in (11, most // 2, most)])
        made = self._questions() if level == "decision" else self._cases()
        self.made = made

    def deal(self) -> tuple[Step, ...]:
        """The steps of the next case."""
        return next(self.made)

    def _shuffled(self, cards: list) -> Iterator:
        while True:
            self.random.shuffle(cards)
            yield from cards

    def _ways(self) -> Iterator[NameAsked]:
        """Every way to write a name, of any plain name, on an instance that has the one or the other or both."""
        cards: list[tuple[Confusable | None, Any]] = [(kind, way) for kind in CONFUSABLES.values() for way in range(kind.ways)]
        for kind, way in self._shuffled([*cards, *((None, blank) for blank in BLANKS)]):
            if kind is None:
                pair = way, self.random.choice(NAMES)
            else:
                pair = kind.pair(way, self.random.randrange(kind.bases))
            self.way = kind, way
            if pair is not None:
                named, near = pair
                yield NameAsked(named, near, ids=(0, 0) if near == "root" else self._ids_for(near))

    def _names(self) -> Iterator[NameAsked]:
        """The same, named by tag and by default, without and with the named one on the instance."""
        for asked in self.ways:
            for by, both in self.random.sample(MODES, 2):
                both = both and not is_blank(asked.named)
                yield attrs.evolve(asked, by=by, both=both, near_first=self.random.random() < 0.5)

    def _ids_for(self, name: str) -> tuple[int, int]:
        """The uid that a name says, if it is a number; else an ordinary one."""
        uid = int(name) if name.isascii() and name.isdecimal() and int(name) < 2**32 else 2001
        return uid or 2001, uid or 2001

    def _posix_ids(self) -> tuple[int, int]:
        one = self.random.choice((*BOUNDARIES, self.random.randrange(2**32), 2001))
        other = self.random.choice((one, 2001, *BOUNDARIES))
        return one, other

    def _questions(self) -> Iterator[tuple[Step, ...]]:
        while True:
            for _ in range(9):
                yield (next(self.names).question(),)
            by_tag = self.random.random() < 0.6
            users = [("alice", *self._posix_ids()), ("ops", *self._posix_ids()), ("eve", *self._posix_ids())]
            self.random.shuffle(users)
            named = self.random.choice(users)[0]
            s = situation(run_as_enabled=True, tag=named if by_tag else None, default_user="" if by_tag else named, users=users)
            yield (question(s),)

    def _cases(self) -> Iterator[tuple[Step, ...]]:
        kinds = [self._of_names] * 9 + [self._of_ids] * 6 + [self._of_posix_ids, self._of_joined, self._of_keys] + [self._remaining] * 4
        for number in range(10**9):
            if number % 40 == 20:
                yield many(*next(self.pages))
            elif number % 20 == 10:
                yield in_another_order(self.random)
            else:
                yield kinds[number % len(kinds)]()

    def _of_names(self) -> tuple[Step, ...]:
        there: set[str] = set()
        begin = map(step_of, (principal(), instance(), tag("nobody1"), user("zed", 2009, 2009)))
        asked = chain.from_iterable(self._in_every_mode(session, there) for session in range(WAYS_IN_A_CASE))
        steps = (*begin, *asked)
        return (*steps, *looks(steps))

    def _in_every_mode(self, number: int, there: set[str]) -> Iterator[Step]:
        """A name that is not there, by tag and by default, and then made; what is not there cannot be deleted."""
        asked = next(self.ways)
        yield from asked.steps(f"{number}-1", there)
        if asked.named not in there:
            yield step_of(gone("delete_os_user", instance="i-1", name=asked.named))
        yield from attrs.evolve(asked, by="default").steps(f"{number}-2", there)
        if not is_blank(asked.named):
            yield from attrs.evolve(asked, by="default", both=True).steps(f"{number}-3", there)
            yield from attrs.evolve(asked, both=True).steps(f"{number}-4", there)
            yield step_of(gone("delete_os_user", instance="i-1", name=asked.near))
            yield from map(step_of, (tag(asked.near), start(f"{number}-5"), tag(asked.named)))
            yield step_of(gone("delete_os_user", instance="i-1", name=asked.named))
            there -= {asked.named, asked.near}
        for special in (SSM_USER, ROOT):
            kind, way = self.way
            if kind is not None and kind.spell is not None and kind.flag != "number":
                named = kind.spell(way, special)
                if named not in (*there, SSM_USER, ROOT):
                    there.add(named)
                    yield from map(step_of, (user(named, 2003, 2003), tag(named), start(f"{number}-{special}")))

    def _of_posix_ids(self) -> tuple[Step, ...]:
        users = [user(name, *self._posix_ids()) for name in self.random.sample(NAMES, 6)]
        asked = [call for number, (_, made) in enumerate(users) for call in (tag(made["name"]), start(number))]
        steps = tuple(map(step_of, (principal(), instance(), run_as(True), *users, *asked)))
        return (*steps, *looks(steps))

    def _of_ids(self) -> tuple[Step, ...]:
        whose, one, other = next(self.ids)
        if whose != "account" and self.random.random() < 0.15:
            kind = self.random.choice(list(CONFUSABLES.values()))
            pair = kind.pair(self.random.randrange(kind.ways), self.random.randrange(kind.bases))
            one, other = pair or (one, other)
        return told_apart(whose, *((one, other) if self.random.random() < 0.6 else (other, one)))

    def _of_keys(self) -> tuple[Step, ...]:
        """Keys of tags that are written like the Run As key."""
        begin = map(step_of, (principal(), instance(), user("alice"), user("carol"), user("ops"), run_as(True, "ops")))
        asked = chain.from_iterable(key_asked(next(self.keys), session) for session in range(WAYS_IN_A_CASE))
        steps = (*begin, *asked)
        return (*steps, *looks(steps))

    def _of_joined(self) -> tuple[Step, ...]:
        return joined(next(self.separators))

    def _remaining(self) -> tuple[Step, ...]:
        """The scene, operations of any kind with looks between, and some of them again; then the questions."""
        happens = list(map(step_of, next(self.events)))
        about: dict[str, Any] = {}
        for _ in range(OPERATIONS_IN_A_CASE):
            operation, arguments = any_call(self.random, about)
            about |= arguments | {"name": arguments["value"]} if "value" in arguments else arguments
            happens.append(step_of((operation, arguments)))
            if self.random.random() < 0.15:
                happens.append({"operation": LIST_SESSIONS})
        return (*map(step_of, map(self._on_any_platform, SCENE)), *happens, *questions())

    def _on_any_platform(self, call: Call) -> Call:
        operation, arguments = call
        if "platform" not in arguments or self.random.random() < 0.6:
            return call
        return operation, {**arguments, "platform": self.random.choice(tuple(Platform))}
