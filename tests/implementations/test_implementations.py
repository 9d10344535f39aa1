"""The implementations that are kept: two that are correct, built differently."""

import pytest
from attrs import evolve

from implementations.outcomes import outcome_of
from runas_model import decide
from runas_model.facts.classes import situation_classes
from runas_model.specification.readings import CHOICES, DEFAULT
from runas_properties.conformance.protocol.cases import as_operations, call_of, question
from runas_properties.explorer.traces import Trace, shortest_traces
from runas_properties.implementations import DictService, EventSourcedService, Factory, plain
from runas_properties.oracle.failures import departure_of, story
from runas_properties.stateful.scenarios import EVENTS, after
from thinned import thinned

CORRECT = (DictService, EventSourcedService)


@pytest.mark.parametrize("make", CORRECT)
@pytest.mark.parametrize("trace", shortest_traces().values(), ids=lambda trace: trace.goal)
def test_a_correct_implementation_answers_each_shortest_trace_as_the_specification(trace: Trace, make: Factory) -> None:
    implementation = make(trace.reading)
    for t in trace.transitions():
        assert implementation.apply(t.operation, plain(t.operation, t.arguments)) == outcome_of(t)
        users = {instance: set(names) for instance, names in implementation.os_users().items() if names}
        expected = {instance: set(t.after.os_users.under(instance)) for instance in t.after.instances}
        assert {instance: names for instance, names in expected.items() if names} == users
        assert {at[1]: t.after.sessions[at].os_user for at in t.after.sessions} == implementation.sessions()


@pytest.mark.parametrize("make", CORRECT)
@pytest.mark.parametrize(
    ("point", "choice"),
    thinned([(point, choice) for point, kind in CHOICES.items() for choice in kind], 3, spread=True),
)
def test_a_correct_implementation_follows_each_choice(point: str, choice: object, make: Factory) -> None:
    reading = evolve(DEFAULT, **{point: choice})

    for one in situation_classes():
        if reading == DEFAULT or decide(one.example, reading) != decide(one.example, DEFAULT):
            calls = [call_of(step) for step in as_operations(question(one.example))]
            departure = departure_of(make, calls, reading)
            assert departure is None, story(departure)


@pytest.mark.parametrize("make", CORRECT)
@pytest.mark.parametrize("event", EVENTS)
def test_a_correct_implementation_knows_what_follows_from_each_event(event: str, make: Factory) -> None:
    departure = departure_of(make, after(EVENTS[event]), DEFAULT)

    assert departure is None, story(departure)


@pytest.mark.parametrize("make", CORRECT)
def test_an_implementation_starts_empty_and_with_the_default_reading(make: Factory) -> None:
    implementation = make(DEFAULT)

    assert implementation.sessions() == {}
    assert implementation.os_users() == {}
