"""Scenarios at random: every way to write a name comes once before any comes again, like cards from a shuffled deck."""

from collections.abc import Iterator
from itertools import chain
from random import Random

from runas_model.inputs.situations import situation
from runas_model.specification.vocabulary import RUN_AS_TAG
from runas_model.universes.connectives import is_blank
from runas_properties.conformance.protocol.cases import LIST_SESSIONS, Level, Step, looks, question, step_of
from runas_properties.conformance.scenarios.identifying import IDS, SEPARATORS, joined, told_apart
from runas_properties.conformance.scenarios.many import MANY, many
from runas_properties.conformance.scenarios.naming import NameAsked, key_asked
from runas_properties.conformance.scenarios.posix_ids import BOUNDARIES
from runas_properties.conformance.scenarios.remaining import SCENE, any_call, in_another_order, questions
from runas_properties.stateful.calls import instance, principal, run_as, start, tag, user
from runas_properties.stateful.confusables import BLANKS, CONFUSABLES, NAMES

__all__ = ["Deck"]

NAMES_IN_A_CASE = 12
OPERATIONS_IN_A_CASE = 25


class Deck:
    """Cases of a level, in an order that a seed decides; `deal()` gives the next one."""

    def __init__(self, level: Level, seed: str) -> None:
        self.random = Random(seed)
        self.names = self._names()
        self.ids = self._shuffled([(whose, *pair) for whose, every in IDS.items() for pair in every])
        self.separators = self._shuffled(list(SEPARATORS))
        self.keys = self._shuffled(
            [kind.spell(way, RUN_AS_TAG) for kind in CONFUSABLES.values() if kind.spell and kind.flag != "number"
             for way in range(kind.ways)]
        )
        self.whose = self._shuffled(list(MANY))
        made = self._questions() if level == "decision" else self._cases()
        self.made = made

    def deal(self) -> tuple[Step, ...]:
        """The steps of the next case."""
        return next(self.made)

    def _shuffled(self, cards: list) -> Iterator:
        while True:
            self.random.shuffle(cards)
            yield from cards

    def _names(self) -> Iterator[NameAsked]:
        """Every way to write a name, of any plain name, named by tag or default, with or without it on the instance."""
        ways = [(kind, way) for kind in CONFUSABLES.values() for way in range(kind.ways)]
        cards = [(*card, both) for card in [*ways, *((None, blank) for blank in BLANKS)] for both in (False, True)]
        for kind, way, both in self._shuffled(cards):
            pair = (way, self.random.choice(NAMES)) if kind is None else kind.pair(way, self.random.randrange(kind.bases))
            if pair is None:
                continue
            named, near = pair if self.random.random() < 0.8 else reversed(pair)
            by = self.random.choice(("tag", "tag", "default"))
            both = both and not is_blank(named)
            ids = (0, 0) if near == "root" else self._ids_for(near)
            yield NameAsked(named, near, by, both, self.random.random() < 0.5, ids)

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
        kinds = [self._of_names] * 5 + [self._of_posix_ids, self._of_ids, self._of_joined, self._of_keys] + [self._remaining] * 6
        for number in range(10**9):
            if number % 40 == 20:
                yield many(next(self.whose), self.random.choice((3, 6, 11, 21, 26, 51, 101)))
            elif number % 20 == 10:
                yield in_another_order(self.random)
            else:
                yield kinds[number % len(kinds)]()

    def _of_names(self) -> tuple[Step, ...]:
        there: set[str] = set()
        begin = map(step_of, (principal(), instance(), tag("nobody1"), ))
        asked = chain.from_iterable(next(self.names).steps(session, there) for session in range(NAMES_IN_A_CASE))
        steps = (*begin, *asked)
        return (*steps, *looks(steps))

    def _of_posix_ids(self) -> tuple[Step, ...]:
        users = [user(name, *self._posix_ids()) for name in self.random.sample(NAMES, 6)]
        asked = [call for number, (_, made) in enumerate(users) for call in (tag(made["name"]), start(number))]
        steps = tuple(map(step_of, (principal(), instance(), run_as(True), *users, *asked)))
        return (*steps, *looks(steps))

    def _of_ids(self) -> tuple[Step, ...]:
        whose, one, other = next(self.ids)
        if whose != "account" and self.random.random() < 0.5:
            kind = self.random.choice(list(CONFUSABLES.values()))
            pair = kind.pair(self.random.randrange(kind.ways), self.random.randrange(kind.bases))
            one, other = pair or (one, other)
        return told_apart(whose, *((one, other) if self.random.random() < 0.5 else (other, one)))

    def _of_keys(self) -> tuple[Step, ...]:
        """Keys of tags that are written like the Run As key."""
        begin = map(step_of, (principal(), instance(), user("alice"), user("carol"), user("ops"), run_as(True, "ops")))
        asked = chain.from_iterable(key_asked(next(self.keys), session) for session in range(NAMES_IN_A_CASE // 2))
        steps = (*begin, *asked)
        return (*steps, *looks(steps))

    def _of_joined(self) -> tuple[Step, ...]:
        return joined(next(self.separators))

    def _remaining(self) -> tuple[Step, ...]:
        """The scene, operations of any kind with looks between, and some of them again; then the questions."""
        happens: list[Step] = []
        for _ in range(OPERATIONS_IN_A_CASE):
            happens.append(step_of(any_call(self.random)))
            if self.random.random() < 0.15:
                happens.append({"operation": LIST_SESSIONS})
        return (*map(step_of, SCENE), *happens, *questions())
