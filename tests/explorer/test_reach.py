"""The shortest traces: one for each rule, operation, error and premise, and no shorter one."""

import pytest

from runas_model import OPERATIONS, RULEBOOK, Specification
from runas_model.specification import errors as e
from runas_properties.explorer.reach import GOALS, events, instance_of, search
from runas_properties.explorer.traces import KEPT, as_text, shortest_traces
from runas_properties.laws import LAWS, Kind
from thinned import slow


def test_the_goals_are_every_rule_operation_error_and_law() -> None:
    assert set(GOALS) >= {f"rule {rule.id}" for rule in RULEBOOK}
    assert set(GOALS) >= {f"{name} succeeds" for name in OPERATIONS}
    assert {goal for goal in GOALS if goal.startswith("law ")} == {
        f"law {law.id}" for law in LAWS.values() if law.kind is not Kind.INITIAL
    }
    assert {goal.partition(" raises ")[2] for goal in GOALS} == {"", *(error.__name__ for error in e.ERRORS)}


@pytest.mark.parametrize("goal", GOALS)
def test_the_trace_that_is_kept_reaches_its_goal_in_its_last_step(goal: str) -> None:
    *before, last = shortest_traces()[goal].transitions()
    law = LAWS.get(goal.removeprefix("law "))

    def reaches(t) -> bool:  # type: ignore[no-untyped-def]
        return goal in events(t) or (law is not None and instance_of(law, t) is not None)

    assert reaches(last)
    assert not any(reaches(t) for t in before)


@slow
def test_the_search_finds_the_traces_that_are_kept() -> None:
    found = search()

    assert not found.missing
    assert KEPT.read_text("utf-8") == as_text(found.traces), "make renew"


@slow
def test_what_a_specification_never_does_stays_missing() -> None:
    without = Specification([rule for rule in RULEBOOK if rule.id != "run-as-off"])
    found = search(without, ["rule run-as-off", "rule nobody-named"], depth=4)

    assert list(found.missing) == ["rule run-as-off"]
