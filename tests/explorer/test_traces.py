"""Shortest traces to every pair of an operation and the rule that decides the next start of the same principal."""

import pytest

from runas_model import OPERATIONS, RULEBOOK, SPECIFICATION
from runas_model.specification.nouns import Noun, nouns_needed, nouns_of
from runas_properties.explorer.reach import GOALS, events
from runas_properties.explorer.traces import shortest_traces
from runas_properties.stateful.coverage import IMPOSSIBLE, IS_IMPOSSIBLE, pair

PAIRS = {f"{operation}, then rule {rule.id}" for operation in SPECIFICATION.operations for rule in RULEBOOK
         if pair(operation, rule.id) not in IMPOSSIBLE}  # fmt: skip


def test_there_is_a_trace_to_every_goal_and_every_pair_that_can_be() -> None:
    unreached = sorted({*GOALS, *PAIRS} - set(shortest_traces()))
    call = "add a call to properties/runas_properties/explorer/world.py that leads there, then make renew"

    assert unreached == [], f"{call}, or {IS_IMPOSSIBLE}"
    assert set(shortest_traces()) <= {*GOALS, *PAIRS}, "make renew, or no longer say that it is impossible"


@pytest.mark.parametrize("goal", sorted(PAIRS & set(shortest_traces())))
def test_a_trace_to_a_pair_ends_with_the_operation_and_the_start_that_the_rule_decides(goal: str) -> None:
    operation, rule = goal.split(", then rule ")

    *_, before, last = shortest_traces()[goal].transitions()

    assert (before.operation, before.accepted) == (operation, True)
    caller = ("principal", "role_session") if "principal" in before.arguments else ()
    assert all(last.arguments[part] == before.arguments[part] for part in caller if part in before.arguments)
    if operation == "end_role_session":
        assert last.arguments["principal"] == before.before.assumed[before.arguments["role_session"]]
    assert f"rule {rule}" in set(events(last))


LAWS_OF_ROLES = (
    "a-session-tag-wins",
    "role-sessions-differ-only-by-their-tags",
    "role-sessions-keep-their-tags",
    "transitive-tags-go-on",
    "other-tags-end-with-their-session",
    "ended-role-sessions-start-nothing",
    "role-sessions-are-of-roles",
    "session-tags-are-of-role-sessions",
    "role-sessions-have-an-id",
)
ONLY_WITH = {
    goal: nouns
    for nouns, goals in (
        ({Noun.DOCUMENTS}, ("start_session raises InvalidDocument", "law a-missing-document-starts-nobody")),
        ({Noun.ROLES}, ("start_session raises UnknownRoleSession", "start_session raises ExpiredToken")),
        ({Noun.ROLES}, [f"law {law}" for law in LAWS_OF_ROLES]),
        ({Noun.PARAMETERS}, ("start_session raises InvalidParameters", "law an-undeclared-parameter-starts-nobody")),
        ({Noun.DOCUMENTS, Noun.PARAMETERS}, ("law a-parameter-names-the-default",)),
    )
    for goal in goals
}
"""Goals of no operation that needs a noun, to which nothing leads without one or two."""


def test_a_trace_speaks_of_nouns_only_where_nothing_leads_there_without() -> None:
    for goal, trace in shortest_traces().items():
        needed = ONLY_WITH[goal] if goal in ONLY_WITH else nouns_needed(operation_of(goal))
        assert nouns_of(trace.calls) == needed, goal


def operation_of(goal: str) -> str:
    """The operation that a goal names; of the others, one that can be called without any noun."""
    return next((name for name in OPERATIONS if goal.startswith((f"{name} ", f"{name},"))), "terminate_session")
