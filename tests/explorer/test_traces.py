"""Shortest traces to every pair of an operation and the rule that decides the next start of the same principal."""

import pytest

from runas_model import RULEBOOK, SPECIFICATION
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
