"""The explorer: every state of a scope, the same as the concrete model finds, and laws that are broken convicted."""

from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

import numpy as np
import pytest
from attrs import evolve

from runas_model import AGENT, DEFAULT, OPERATIONS, RULEBOOK, SPECIFICATION, Reading, Specification, State
from runas_model.specification.transitions import Transition
from runas_model.specification.vocabulary import Principal
from runas_properties.explorer import Exploration, Scope, ScopeError, explore
from runas_properties.explorer import scope as scope_module
from runas_properties.explorer.checks import broken_at, world_of
from runas_properties.explorer.packing import packing_of
from runas_properties.explorer.reach import instance_of
from runas_properties.explorer.search import Search
from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_properties.laws import LAWS, Kind, laws_of
from runas_properties.oracle.oracle import ORACLE

SMALL = Scope(accounts=1, principals=1, instances=1, names=2, sessions=1)


def search_of(scope: Scope, reading: Reading = DEFAULT) -> Search:
    packing, columns, _, transitions = packing_of(SPECIFICATION, reading, scope.start, scope.calls())
    return Search(packing, columns, transitions, [])


def concrete_levels(
    scope: Scope, reading: Reading, specification: Specification = ORACLE
) -> Iterator[tuple[list[State], list[Transition]]]:
    """Breadth first in the concrete universe, one state at a time: the states of each depth, and what leads on."""
    calls = list(scope.calls())
    level = [scope.start]
    met = set(level)
    while level:
        transitions = [
            specification.transition(name, state, reading, **arguments) for state in level for name, arguments in calls
        ]
        yield level, transitions
        level = list(dict.fromkeys(t.after for t in transitions if t.accepted and t.after not in met))
        met.update(level)


@pytest.mark.parametrize(
    ("scope", "states", "transitions", "fingerprint"),
    [
        (SMALL, 528, 6_600, "c0b0d70941b647b62b590e8ce7dfd298c0fa73aa1392788e2505ec5d94aa3f65"),
        (Scope(1, 2, 1, 3, 1), 19_600, 409_360, "a18580ac819b155d807a699f37e0f4c57578744ec3f8978c0afe6435cbaf056f"),
        (
            Scope(2, 2, 1, 3, 1),
            1_005_696,
            29_935_872,
            "8bc6ea2051e1cb405524680ddec4a5915b6ce8839701bda73d881dfa1ac1ffd1",
        ),
    ],
)
def test_the_fingerprint_of_a_scope_is_kept(scope: Scope, states: int, transitions: int, fingerprint: str) -> None:
    done = explore(scope, laws=())

    assert (states, transitions, fingerprint) == (done.states, done.transitions, done.fingerprint)


@pytest.mark.parametrize(
    ("scope", "reading"),
    [
        (SMALL, DEFAULT),
        (Scope(1, 1, 1, 1, 2, 3), AGENT),
        (Scope(2, 1, 1, 1, 1), AGENT),
        (Scope(1, 1, 2, 1, 1), DEFAULT),
    ],
)
def test_the_concrete_model_reaches_the_same_states_at_the_same_depth_by_as_many_transitions(
    scope: Scope, reading: Reading
) -> None:
    search = search_of(scope, reading)
    search.run(lambda search: False)

    accepted = 0
    for (level, transitions), packed in zip(concrete_levels(scope, reading), search.levels, strict=True):
        assert {search.packing.unpack(int(one)) for one in packed} == set(level)
        assert {search.packing.pack(state) for state in level} == set(map(int, packed))
        accepted += sum(t.accepted for t in transitions)
    assert accepted == sum(search.accepted)


@pytest.mark.parametrize("reading", [DEFAULT, AGENT], ids=["default", "agent"])
def test_in_states_of_a_larger_scope_every_operation_does_what_it_does_in_the_concrete_model(reading: Reading) -> None:
    scope = Scope(accounts=2, principals=2, instances=2, names=4, sessions=1, platforms=3)
    search = search_of(scope, reading)
    search.run(lambda search: sum(map(len, search.levels)) > 50_000)
    sample = np.random.default_rng(2020).choice(search.visited, 100, replace=False)

    columnar = {place: dict(zip(map(int, b), map(int, a), strict=True)) for place, b, a in search.successors(sample)}

    for packed in map(int, sample):
        state = search.packing.unpack(packed)
        for place, (name, arguments) in enumerate(scope.calls()):
            t = ORACLE.transition(name, state, reading, **arguments)
            expected = search.packing.pack(t.after) if t.accepted else None
            assert columnar.get(place, {}).get(packed) == expected, (name, arguments, state)


@pytest.mark.parametrize(
    "specification",
    [SPECIFICATION, *(Specification([*RULEBOOK[:n], *RULEBOOK[n + 1 :]]) for n in (1, 4, 5, 8))],
    ids=["whole", *(f"without-{RULEBOOK[n].id}" for n in (1, 4, 5, 8))],
)
def test_premises_are_met_and_laws_broken_where_the_concrete_model_says_so(specification: Specification) -> None:
    scope = Scope(accounts=1, principals=1, instances=1, names=1, sessions=1)
    done = explore(scope, specification=specification)
    world = {sort: list(values) for sort, values in world_of(list(scope.calls()), scope.names_in_play).items()}
    world[Reading] = []
    broken, met = set(), set()
    for level, _ in islice(concrete_levels(scope, DEFAULT, specification), done.depth + done.complete):
        for state, (name, arguments) in product(level, scope.calls()):
            t = specification.transition(name, state, DEFAULT, **arguments)
            for law in LAWS.values():
                if law.kind is Kind.STEP or law.kind is Kind.INVARIANT or (name == "start_session" and t.accepted):
                    asked = None if law.kind is Kind.INVARIANT else t
                    broken |= {law.id} if broken_at(law, state, asked, world, DEFAULT) else set()
                    met |= {law.id} if law.id not in met and instance_of(law, t, world) else set()

    assert {one.law.id for one in done.broken} == broken
    assert {found.name.removeprefix("law ") for found in done.found if found.met and found.name in goals} == met


goals = {f"law {law}" for law in LAWS}


def test_checking_laws_changes_no_state_and_no_count() -> None:
    with_laws, without = explore(SMALL, AGENT), explore(SMALL, AGENT, laws=())

    assert with_laws.holds
    assert with_laws.laws == tuple(LAWS.values())
    assert without.laws == ()
    assert without.fingerprint == with_laws.fingerprint
    assert (without.accepted, without.levels) == (with_laws.accepted, with_laws.levels)


def test_every_rule_operation_error_and_premise_is_met_in_a_scope_that_has_all_of_them() -> None:
    done = explore(Scope(accounts=2, principals=1, instances=1, names=4, sessions=1, platforms=2), AGENT)

    missing = [found.name for found in done.found if not found.met and ", then " not in found.name]
    assert missing == []
    assert done.holds


def test_pairs_that_cannot_be_are_not_met_and_the_others_are() -> None:
    done = explore(Scope(accounts=1, principals=1, instances=1, names=4, sessions=1, platforms=2), AGENT)

    met = {found.name for found in done.found if found.met}
    assert "tag_principal, then rule tag-names-superuser" in met
    assert "tag_principal, then rule nobody-named" in met, "a blank tag is none under this reading"
    assert "delete_principal, then rule nobody-named" not in met, "who is deleted starts no session"
    assert "untag_principal, then rule tag-user-exists" not in met


def confirmed(done: Exploration, specification: Specification) -> dict[str, int]:
    """The broken laws with the lengths of their traces, after each trace is replayed in the concrete universe."""
    world = world_of(list(done.scope.calls()), done.scope.names_in_play)
    for broken in done.broken:
        last = broken.trace.transitions(specification)[-1]
        asked = None if broken.law.kind is Kind.INVARIANT else last
        assert broken.values == broken_at(
            broken.law, last.after if asked is None else last.before, asked, world, DEFAULT
        )
    return {broken.law.id: len(broken.trace.calls) for broken in done.broken}


def test_a_rulebook_without_a_rule_is_convicted_by_a_shortest_trace() -> None:
    without = Specification([rule for rule in RULEBOOK if rule.id != "tag-user-missing"])

    done = explore(SMALL, specification=without, laws=[LAWS["never-ssm-user"], LAWS["exactly-one-rule"]])

    assert not done.holds
    assert confirmed(done, without) == {"exactly-one-rule": 5}
    assert [name for name, _ in done.broken[0].trace.calls][-1] == "start_session"


def test_an_operation_that_forgets_is_convicted_by_a_shortest_trace() -> None:
    def keeps_tags(state: State, principal: str):  # type: ignore[no-untyped-def]
        step = OPERATIONS["delete_principal"].function(state, principal)
        return evolve(step, state=evolve(step.state, tags=state.tags))

    operations = {**OPERATIONS, "delete_principal": evolve(OPERATIONS["delete_principal"], function=keeps_tags)}
    faulty = Specification(operations=operations)

    done = explore(SMALL, specification=faulty, laws=laws_of(Kind.STEP))

    assert confirmed(done, faulty) == {"tags-change-only-as-asked": 3}
    only_invariants = explore(SMALL, specification=faulty, laws=laws_of(Kind.INVARIANT))
    assert confirmed(only_invariants, faulty) == {"tags-belong-to-principals": 3}
    assert [name for name, _ in only_invariants.broken[0].trace.calls] == [
        "create_principal",
        "tag_principal",
        "delete_principal",
    ]


@pytest.mark.parametrize(
    "fault",
    [
        "retagging-loses-the-tag", "defaults-switch-on", "preferences-reach-sessions", "sessions-outlive-instances",
        "refusals-create-the-named-user", "ssm-user-is-not-created", "another-accounts-default", "one-tag-serves-all",
    ],
)  # fmt: skip
def test_faulty_specifications_are_convicted(fault: str) -> None:
    faulty = FAULTY_SPECIFICATIONS[fault].specification

    done = explore(Scope(accounts=2, principals=2, instances=1, names=2, sessions=1), specification=faulty)

    assert confirmed(done, faulty)


def test_an_operation_that_branches_on_a_column_says_what_to_use_instead() -> None:
    def branches(state: State, principal: str):  # type: ignore[no-untyped-def]
        return None if state.principals.has(Principal(principal)) else delete(state, principal)

    delete = OPERATIONS["delete_principal"].function
    operations = {**OPERATIONS, "delete_principal": evolve(OPERATIONS["delete_principal"], function=branches)}

    with pytest.raises(TypeError, match="use the connectives"):
        explore(SMALL, specification=Specification(operations=operations))


def test_an_interrupted_exploration_says_what_it_covered() -> None:
    def interrupt(explored: int, found: int) -> None:
        if explored >= 100:
            raise KeyboardInterrupt

    done = explore(SMALL, progress=interrupt)

    assert done.interrupted
    assert not done.complete
    assert not done.holds
    assert 100 <= done.states < 528
    assert sum(done.levels) == done.states


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({"accounts": 0}, "accounts must be from 1 to 64, not 0"),
        ({"names": -1}, "names must be from 1 to 64, not -1"),
        ({"sessions": True}, "sessions must be from 1 to 64, not True"),
        ({"instances": 10**9}, "instances must be from 1 to 64"),
        ({"platforms": 4}, "there are 3 platforms, not 4"),
        ({"principals": 40}, r"up to \d\.\de\d+ states would need about .* GiB are free; take a smaller scope"),
    ],
)
def test_a_scope_that_cannot_be_is_refused_before_any_work(counts: dict[str, int], words: str) -> None:
    with pytest.raises(ScopeError, match=words):
        explore(Scope(**{**dict.fromkeys(("accounts", "principals", "instances", "names", "sessions"), 1), **counts}))


def test_where_free_memory_is_not_known_the_64_bits_of_a_state_are_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(*_: object) -> str:
        raise OSError

    monkeypatch.setattr(Path, "read_text", unreadable)

    assert scope_module.free_memory() is None
    with pytest.raises(ScopeError, match=r"a state of this scope needs .* bits, and 64 is the most"):
        explore(Scope(accounts=1, principals=1, instances=1, names=40, sessions=1))


@pytest.mark.parametrize(
    "scope", [SMALL, Scope(1, 2, 1, 3, 1), Scope(1, 1, 2, 2, 1), Scope(1, 1, 1, 2, 2, 2), Scope(2, 1, 1, 4, 1, 3)]
)
@pytest.mark.parametrize("reading", [DEFAULT, AGENT], ids=["default", "agent"])
def test_no_scope_has_more_states_than_its_estimate(scope: Scope, reading: Reading) -> None:
    assert explore(scope, reading, laws=()).states <= scope.most_states
