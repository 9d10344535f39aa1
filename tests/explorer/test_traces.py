"""Shortest traces: kept in a file, made again here, and each replayed to what it is for."""

import pytest

from runas_model import RULEBOOK, SPECIFICATION, Specification
from runas_properties.laws import LAWS
from runas_properties.reach import GOALS, KEPT, as_text, events, instance_of, search, shortest_traces

RULES = [rule.id for rule in RULEBOOK]
PAIRS = {f"{operation}, then rule {rule}" for operation in SPECIFICATION.operations for rule in RULES}
IMPOSSIBLE = {
    *(f"delete_principal, then rule {rule}" for rule in RULES),  # who is deleted starts nothing
    *(f"deregister_instance, then rule {rule}" for rule in RULES),  # there is one instance
    *(f"create_principal, then rule {rule}" for rule in RULES if rule.startswith("tag-")),
    *(f"untag_principal, then rule {rule}" for rule in RULES if rule.startswith("tag-")),
    *(f"register_instance, then rule {rule}" for rule in RULES if rule.endswith(("-superuser", "-exists"))),
}


def test_the_traces_that_are_kept_are_those_that_are_found() -> None:
    assert KEPT.read_text("utf-8") == as_text(search()), "make them again: python -m runas_properties.reach"


def test_there_is_a_trace_to_every_goal_and_every_pair_that_can_be() -> None:
    assert set(shortest_traces()) == {*GOALS, *(PAIRS - IMPOSSIBLE)}


@pytest.mark.parametrize("goal", shortest_traces())
def test_a_trace_reaches_its_goal(goal: str) -> None:
    *_, last = shortest_traces()[goal].transitions()

    if goal.startswith("law "):
        assert instance_of(LAWS[goal.removeprefix("law ")], last) is not None
    elif goal in PAIRS:
        operation, rule = goal.split(", then rule ")
        before = shortest_traces()[goal].transitions()[-2]
        assert (before.operation, before.accepted) == (operation, True)
        assert last.arguments["principal"] == before.arguments.get("principal", last.arguments["principal"])
        assert f"rule {rule}" in set(events(last))
    else:
        assert goal in set(events(last))


def test_a_goal_that_a_faulty_specification_cannot_reach_has_no_trace() -> None:
    without = Specification([rule for rule in RULEBOOK if rule.id != "tag-user-missing"])

    found = search(without)

    assert "rule tag-user-missing" not in found
    assert "rule tag-user-exists" in found
