"""The implementations that are kept: two that are correct, built differently."""

import pytest

from implementations.outcomes import outcome_of
from runas_model.specification.readings import DEFAULT
from runas_properties.explorer.traces import Trace, shortest_traces
from runas_properties.implementations import DictService, EventSourcedService, Factory, plain

CORRECT = (DictService, EventSourcedService)


@pytest.mark.parametrize("make", CORRECT)
@pytest.mark.parametrize("trace", shortest_traces().values(), ids=lambda trace: trace.goal)
def test_a_correct_implementation_answers_each_shortest_trace_as_the_specification(trace: Trace, make: Factory) -> None:
    implementation = make(trace.reading)
    for t in trace.transitions():
        assert implementation.apply(t.operation, plain(t.arguments)) == outcome_of(t)
        users = {instance: set(names) for instance, names in implementation.os_users().items() if names}
        expected = {instance: set(t.after.os_users.under(instance)) for instance in t.after.instances}
        assert {instance: names for instance, names in expected.items() if names} == users
        assert {at[1]: t.after.sessions[at].os_user for at in t.after.sessions} == implementation.sessions()


@pytest.mark.parametrize("make", CORRECT)
def test_an_implementation_starts_empty_and_with_the_default_reading(make: Factory) -> None:
    implementation = make(DEFAULT)

    assert implementation.sessions() == {}
    assert implementation.os_users() == {}
