"""A story performed call by call: how each ended, what it changed, and that nothing of what was before is kept."""

import gc
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from runas_model import AGENT, DEFAULT, INITIAL, SPECIFICATION, State, Transition, apply, situation_of
from runas_model.specification.errors import SessionIdUsed, UnknownPrincipal
from runas_model.specification.transitions import Call
from runas_model.stories import Story, changes
from runas_model.stories.noting import may_differ, noted
from runas_model.universes.tables import Table
from runas_properties.conformance.protocol.cases import call_of
from runas_properties.conformance.vectors.vector import vectors
from runas_properties.explorer import shortest_traces

AMY = ("create_principal", {"principal": "amy", "account": "1111", "kind": "role"})
MACHINE = ("register_instance", {"instance": "i-1", "account": "1111", "platform": "linux"})
START = ("start_session", {"session": "s-1", "principal": "amy", "instance": "i-1"})


def told(*calls: Any, **more: Any) -> Story:
    story = Story(**more)
    for operation, arguments in calls:
        story.perform(operation, arguments)
    return story


def traces() -> Iterator[Sequence[Call]]:
    """The shortest traces to everything that can happen, and longer ones of the core vectors."""
    yield from (trace.calls for trace in shortest_traces().values())
    for vector in vectors("service"):
        if vector.core:
            yield [call_of(step) for step in vector.steps if not step["operation"].startswith("list_")]


def test_a_story_begins_in_the_initial_state_and_goes_on_where_a_call_left_it() -> None:
    assert Story().state is INITIAL
    assert told(AMY).state == apply(AMY[0], INITIAL, **AMY[1])[0]


def test_a_start_has_the_situation_in_which_it_was_decided_and_other_calls_have_none() -> None:
    story = told(AMY, MACHINE)
    start = story.perform(*START)

    assert start.situation == situation_of(told(AMY, MACHINE).state, "amy", "i-1")
    assert start.transition.decision is not None
    assert start.transition.decision.os_user == "ssm-user"
    assert story.perform("terminate_session", {"session": "s-1"}).situation is None


def test_a_call_that_meets_an_error_changes_nothing_and_is_no_decision() -> None:
    story = told(AMY, MACHINE, START)
    before = story.state
    again = story.perform(*START)
    unknown = story.perform("delete_principal", {"principal": "bob"})

    assert (type(again.error), again.changes, again.situation) == (SessionIdUsed, (), None)
    assert (type(unknown.error), unknown.changes) == (UnknownPrincipal, ())
    assert story.state == before
    assert story.perform("delete_principal", {"principal": "amy"}).error is None


def test_the_reading_decides() -> None:
    blank = ("tag_principal", {"principal": "amy", "key": "SSMSessionRunAs", "value": " "})
    on = ("update_preferences", {"account": "1111", "run_as_enabled": True, "default_user": "ops"})
    rules = []
    for reading in (DEFAULT, AGENT):
        decision = told(AMY, MACHINE, blank, on, reading=reading).perform(*START).transition.decision
        assert decision is not None
        rules.append(decision.rule)

    assert rules == ["tag-user-missing", "default-user-missing"]


def test_each_step_of_every_trace_is_what_the_specification_does_and_tells_all_that_differs() -> None:
    count = 0
    for calls in traces():
        story, state = Story(), INITIAL
        for operation, arguments in calls:
            expected = SPECIFICATION.transition(operation, state, DEFAULT, **arguments)
            done = story.perform(operation, arguments)
            state, count = expected.after, count + 1
            t = done.transition
            assert (t.before, t.after, t.decision) == (expected.before, expected.after, expected.decision)
            assert (t.accepted, t.specification) == (done.error is None, SPECIFICATION)
            assert story.state == state
            assert done.changes == tuple(changes(expected.before, expected.after))

    assert count > 500


def test_a_table_that_changed_in_a_way_that_is_not_noted_is_compared_as_a_whole() -> None:
    state = told(AMY, MACHINE, START).state
    table = noted(state).os_users
    other = table.under("i-1")

    assert list(may_differ(table, table)) == []
    assert list(may_differ(table, table.put(("i-2", "bob"), None))) == [("i-2", "bob")]
    assert list(may_differ(table, table.drop_under("i-1"))) == [("i-1", name) for name in other]
    assert {*may_differ(table, state.os_users)} == {*state.os_users}
    assert {*may_differ(noted(state).os_users.put(("i-2", "bob"), None), table)} == {*state.os_users, ("i-2", "bob")}


def test_no_state_is_kept_but_the_last() -> None:
    story = told(AMY, MACHINE)
    for number in range(50):
        story.perform("start_session", {**START[1], "session": f"kept-{number}"})
    gc.collect()
    found = gc.get_objects()
    concrete = [one for one in found if isinstance(one, State) and isinstance(one.started, Table)]
    states = [one for one in concrete if one.started.has("kept-0")]

    assert [one is story.state for one in states] == [True]
    assert [one for one in found if isinstance(one, Transition) and "kept-" in str(one.arguments)] == []


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (("tag_principl", {}), ValueError, "did you mean 'tag_principal'"),
        (("delete_principal", {}), TypeError, "delete_principal needs 'principal' as well"),
        (("register_instance", {**MACHINE[1], "platform": "linus"}), ValueError, "platform cannot be 'linus'"),
    ],
)
def test_a_call_that_there_is_not_is_refused(call: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        Story().perform(*call)
