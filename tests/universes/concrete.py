"""Other ways to be concrete, held to the plain one: tables that note or never change, and what is compiled or flat."""

from collections import Counter
from random import Random
from typing import Any, get_origin, get_type_hints

import attrs
from attrs import evolve

from every_path.paths import FACTS, FlatReading, FlatSituation, decide_watched, holds, unbranched
from runas_model import INITIAL, OPERATIONS, SPECIFICATION, Reading, Situation, State, decide
from runas_model.specification.readings import CHOICES, BlankTag, LookUp, MacOs, Superuser
from runas_model.specification.vocabulary import ROOT, SSM_USER, Name, OsUser, Platform, Switch
from runas_model.universes.tables import FixedTable, PairTable, Table, sorts_of
from runas_properties.laws import Kind, laws_of
from runas_properties.oracle.oracle import ORACLE
from runas_properties.oracle.relevance import Reads, keys_read
from solver.homomorphism.generated import TABLES, arguments, keys_of, reached, transition, value
from universes.programs import table_changed

__all__ = ["REACHED", "compiled", "fixed", "flat", "noted", "plain"]

KINDS = get_type_hints(State)

REACHED: Counter[str] = Counter()
"""What was compared, and how often."""


def compiled(chance: Random) -> None:
    """The specification with its decision compiled makes the same steps."""
    name = chance.choice((*OPERATIONS, *["start_session"] * 6))
    t = transition(name, reached(chance), value(Reading, chance), chance)
    for reading in (t.reading, *(value(Reading, chance) for _ in range(5 if t.decision else 0))):
        one, other = (by.transition(name, t.before, reading, **t.arguments) for by in (SPECIFICATION, ORACLE))
        assert (one.accepted, one.after, one.decision) == (other.accepted, other.after, other.decision), (
            f"{name}, {reading}"
        )
        REACHED[f"compiled {one.decision.rule if one.decision else name}"] += 1


def noted(chance: Random) -> None:
    """Tables that note what is read answer as they are, and what was not noted makes no difference."""
    name, before, reading = (
        chance.choice((*OPERATIONS, *["start_session"] * 6)),
        reached(chance),
        value(Reading, chance),
    )
    asked = arguments(name, chance, before)
    seen: set[Any] = set()
    noting: dict[str, Any] = {table: Reads(table, getattr(before, table), seen) for table in KINDS}
    step, other = ORACLE.step(name, before, reading, **asked), ORACLE.step(name, State(**noting), reading, **asked)
    assert [one for one, _ in step.requires] == [one for one, _ in other.requires], f"{name}: requires"
    assert step.decision == other.decision, f"{name}: the decision"
    for table, kind in KINDS.items():
        for key in chance.sample(keys_of(kind), 3):
            for ask in (Reads.has, Reads.__getitem__):
                asked_for: set[Any] = set()
                ask(Reads(table, getattr(before, table), asked_for), key)
                assert asked_for == {(table, _parts(key))}, f"{table} at {key}: not noted, or as another"
            after, noting_too = getattr(step.state, table), getattr(other.state, table)
            assert (after.has(key), after[key]) == (noting_too.has(key), noting_too[key]), f"{name}: {table} at {key}"
    read = keys_read(before, (name, asked), reading)
    assert read <= seen, f"{name}: read and not noted"
    elsewhere = _changed_elsewhere(before, read, chance)
    again = ORACLE.step(name, elsewhere, reading, **asked)
    assert [one for one, _ in step.requires] == [one for one, _ in again.requires], (
        f"{name}: requires, with another state"
    )
    assert step.decision == again.decision, f"{name}: the decision, with another state"
    for table, kind in KINDS.items():
        was, *now = (getattr(one, table) for one in (before, step.state, other.state, again.state))
        for key in keys_of(kind):
            held = [(one.has(key), one[key]) for one in now]
            if held[0] != (was.has(key), was[key]):
                assert held == held[:1] * 3, f"{name}: {table} at {key} as it comes to be, with another state"
    REACHED[f"noted {len(read)}"] += 3


def _changed_elsewhere(state: State, read: set[Any], chance: Random) -> State:
    """A state that differs where nothing was read, as far as it can."""
    for name, kind in KINDS.items():
        for key in keys_of(kind):
            if (name, _parts(key)) not in read:
                table = getattr(state, name)
                changed = (
                    table.put(key, value(sorts_of(kind)[-1], chance)) if chance.random() < 0.5 else table.drop(key)
                )
                state = evolve(state, **{name: changed})
    return state


def _parts(key: Any) -> tuple[Any, ...]:
    return key if isinstance(key, tuple) else (key,)


@attrs.frozen
class Plain:
    """A table in the plainest way: a dict, and nothing shared with the table that it came of."""

    default: Any
    held: dict[Any, Any]

    def has(self, key: Any) -> bool:
        return key in self.held

    def __getitem__(self, key: Any) -> Any:
        return self.held.get(key, self.default)

    def put(self, key: Any, value: Any) -> "Plain":
        return evolve(self, held={**self.held, key: value})

    def drop(self, key: Any) -> "Plain":
        return evolve(self, held={at: one for at, one in self.held.items() if at != key})

    def drop_under(self, first: Any) -> "Plain":
        return evolve(self, held={at: one for at, one in self.held.items() if at[0] != first})

    def copy_under(self, source: Any, to: Any, where: str) -> "Plain":
        copied = {(to, second): one for (at, second), one in self.held.items() if at == source and getattr(one, where)}
        return evolve(self, held={**self.held, **copied})

    def under(self, first: Any) -> "Plain":
        return evolve(self, held={second: one for (at, second), one in self.held.items() if at == first})


def plain(chance: Random) -> None:
    """Tables put, drop and show as a dict would, and are known by what they hold."""
    name = chance.choice(TABLES)
    kind, table = KINDS[name], getattr(INITIAL, name)
    *_, of = sorts_of(kind)
    keys, values, seed = chance.sample(keys_of(kind), 3), [value(of, chance) for _ in range(2)], chance.random()
    made = table_changed(Random(seed), kind, [table], keys, values, [True, False])
    expected = table_changed(Random(seed), kind, [Plain(table.default, {})], keys, values, [True, False])
    for one, other in zip(made, expected, strict=True):
        assert {key: one[key] for key in one} == other.held, name
        assert len(one) == len(other.held), name
        assert [(one.has(key), one[key]) for key in keys_of(kind)] == [
            (other.has(key), other[key]) for key in keys_of(kind)
        ]
        for first, second in keys if get_origin(kind) is PairTable else ():
            assert (one.under(first).has(second), one.under(first)[second]) == (
                other.has((first, second)),
                other[first, second],
            )
            assert {at: one.under(first)[at] for at in one.under(first)} == other.under(first).held
        assert [one == another for another in made] == [other.held == another.held for another in expected], name
        REACHED["plain"] += 1


def fixed(chance: Random) -> None:
    """A table that is made once answers as a persistent one of the same entries, and makes the same others."""
    kind = Table[Name, OsUser]
    keys, values = keys_of(kind), [value(OsUser, chance) for _ in range(4)]
    default, entries = values[0], [(chance.choice(keys), chance.choice(values)) for _ in range(chance.randrange(4))]
    seed, flags = chance.random(), [True, False]
    made, expected = (
        table_changed(Random(seed), kind, [of.of(default, entries)], keys, values, flags) for of in (FixedTable, Table)
    )
    for one, other in zip(made, expected, strict=True):
        assert [(one.has(key), one[key]) for key in keys] == [(other.has(key), other[key]) for key in keys]
        assert one == other
        assert other == one
        assert (set(one), len(one)) == (set(other), len(other))
        REACHED["fixed"] += 1
    rows = PairTable[str, Any, Any](default)
    for key, one in entries:
        rows = rows.put(("i-1", key), one)
    assert rows.under("i-1") == Table.of(default, entries)


def flat(chance: Random) -> None:
    """Facts as CrossHair draws them: the decision's own code takes the same path, and laws say the same of it."""
    s, r = value(Situation, chance), value(Reading, chance)
    facts = _facts(s, r)
    assert facts.keys() == set(FACTS), "tests/universes/concrete.py: say in _facts what FACTS of paths.py has"
    known = unbranched(FlatSituation(facts), FlatReading(facts), facts)[1]
    missing = [point for point in CHOICES if not (hasattr(FlatReading, point) and hasattr(known, point))]
    assert missing == [], f"tests/every_path/paths.py: add {missing} to FlatReading and to unbranched"
    decision = decide_watched(FlatSituation(facts), FlatReading(facts))
    expected = decide(s, r)
    told = f"a choice of {r} is not said here in _facts, or in tests/every_path/paths.py"
    assert (decision.rule, decision.starts, decision.reason) == (expected.rule, expected.starts, expected.reason), told
    for law in chance.sample(laws_of(Kind.DECISION), 4):
        assert holds(law.id, facts) is law.claim(SPECIFICATION, s, r).holds, law.id
        REACHED["flat"] += 1


def _facts(s: Situation, r: Reading) -> dict[str, bool]:
    named = {
        f"{which}_{fact}": holds
        for which, name in (("tag", s.tag), ("default", s.default_user))
        for fact, holds in (
            ("is_ssm_user", name == SSM_USER),
            ("is_root", name == ROOT),
            ("exists", s.os_users.has(name)),
            ("uid_0", s.os_users[name].uid == 0),
            ("gid_0", s.os_users[name].gid == 0),
        )
    }
    return named | {
        "unreadable": s.run_as_enabled is Switch.UNREADABLE,
        "on": s.run_as_enabled is Switch.ON,
        "linux": s.platform is Platform.LINUX,
        "on_macos": s.platform is Platform.MACOS,
        "tagged": s.tagged,
        "tag_key_exact": s.tag_key_exact,
        "tag_blank": s.tag_blank,
        "default_named": s.default_named,
        "names_equal": s.tag == s.default_user,
        "ssm_user_exists": s.os_users.has(SSM_USER),
        "as_untagged": r.blank_tag is BlankTag.AS_UNTAGGED,
        "root_refused": r.superuser is Superuser.ROOT_REFUSED,
        "refused": r.superuser is Superuser.REFUSED,
        "covered": r.macos is MacOs.COVERED,
        "any_case": r.tag_key is LookUp.ANY_CASE,
    }
