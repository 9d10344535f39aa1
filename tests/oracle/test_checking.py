"""Laws are asked where they can fail, and nowhere is a failure lost by that."""

from functools import cache
from typing import Any

import pytest
from attrs import evolve

from runas_model.specification.state import INITIAL
from runas_model.specification.transitions import Transition
from runas_model.specification.vocabulary import (
    DEFAULT_REGION,
    PREFERENCES,
    Account,
    FoldedKey,
    Instance,
    Name,
    OsUser,
    PosixId,
    Principal,
    Session,
    SessionDocument,
    Spelling,
    Switch,
    Tag,
)
from runas_properties.explorer.traces import Trace, shortest_traces
from runas_properties.gallery.conviction import examples
from runas_properties.laws import Kind, laws_of
from runas_properties.oracle.checking import KEYS, broken, changes, in_play, tables_read
from runas_properties.oracle.oracle import ORACLE
from runas_properties.oracle.unknowns import can_break, unknown_step
from thinned import IS_DEEP, slow, thinned


def transitions() -> list[Transition]:
    return [t for trace in shortest_traces().values() for t in trace.transitions(ORACLE)]


def test_a_law_that_an_operation_cannot_break_holds_of_it_everywhere() -> None:
    for t in transitions():
        changed = frozenset(name for name in KEYS if getattr(t.before, name) is not getattr(t.after, name))
        starts = None if t.decision is None else t.decision.starts
        spared = spared_by(t.operation, t.accepted, starts, changed)
        assert spared
        assert set() == {law.id for law, _ in broken(t, thorough=True)} & spared


@cache
def spared_by(*known: Any) -> set[str]:
    step = unknown_step(*known)
    return {law.id for law in laws_of(Kind.STEP) if not can_break(law.id, step)}


EVERY = 6 if IS_DEEP else 72


@slow
def test_no_reached_transition_breaks_a_law() -> None:
    for reading, calls in examples()[::EVERY]:
        for number, t in enumerate(Trace("", reading, calls).transitions(ORACLE)):
            assert [law.id for law, _ in broken(t, number=number)] == []
            assert [law.id for law, _ in broken(t, thorough=True)] == []


SPOILED = {
    "documents": (
        "documents-change-only-as-asked",
        (Account("222222222222"), DEFAULT_REGION, PREFERENCES),
        SessionDocument(Switch.ON, Name("eve"), False),
    ),
    "tags": ("tags-change-only-as-asked", (Principal("amy"), FoldedKey("team")), Tag(Spelling("Team"), Name("eve"))),
    "os_users": ("os-users-change-only-as-asked", (Instance("i-1"), Name("alice")), OsUser(PosixId(7), PosixId(7))),
    "started": ("session-ids-are-never-reused", Session("s-1"), Instance("i-2")),
}


@pytest.mark.parametrize("table", thinned(SPOILED, 2))
@pytest.mark.parametrize("thorough", [pytest.param(True, marks=slow), False])
def test_a_change_that_was_not_asked_for_is_found(table: str, thorough: bool) -> None:
    law, key, value = SPOILED[table]
    found = set()
    for t in transitions():
        before = t.before
        if table == "started":
            before = evolve(before, started=before.started.put(Session("s-1"), Instance("i-1")))
        spoiled = evolve(t, before=before, after=evolve(t.after, **{table: getattr(t.after, table).put(key, value)}))
        found |= {one.id for one, _ in broken(spoiled, thorough)}

    assert law in found


def test_the_tables_that_an_invariant_reads_are_known() -> None:
    assert tables_read("same-account") == {"sessions", "instances"}
    assert tables_read("tags-belong-to-principals") == {"tags", "principals"}


def test_changes_are_told_by_table_and_key() -> None:
    t = shortest_traces()["create_os_user succeeds"].transitions()[-1]

    assert changes(t.before, t.after) == {"os_users": [(t.arguments["instance"], t.arguments["name"])]}
    assert changes(t.after, t.after) == {}
    assert in_play(INITIAL)[Principal] == ["nobody"]
