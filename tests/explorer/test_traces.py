"""Shortest traces to every pair of an operation and the rule that decides the next start of the same principal."""

import pytest

from runas_model import OPERATIONS, RULEBOOK, SPECIFICATION
from runas_model.specification.nouns import nouns_needed, nouns_of
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
    assert last.arguments["principal"] == before.arguments.get("principal", last.arguments["principal"])
    assert f"rule {rule}" in set(events(last))


ONLY_WITH_A_DOCUMENT = {"start_session raises InvalidDocument", "law a-missing-document-starts-nobody"}
"""Goals of no operation that needs a noun, to which nothing leads without one."""


def test_a_trace_speaks_of_regions_and_documents_only_where_nothing_leads_there_without() -> None:
    traces = shortest_traces()
    without = {goal for goal in traces if not nouns_needed(operation_of(goal)) and goal not in ONLY_WITH_A_DOCUMENT}

    assert {goal for goal, trace in traces.items() if nouns_of(trace.calls)} == set(traces) - without


def operation_of(goal: str) -> str:
    """The operation that a goal names; of the others, one that can be called without any noun."""
    return next((name for name in OPERATIONS if goal.startswith((f"{name} ", f"{name},"))), "terminate_session")
