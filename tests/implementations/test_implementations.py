"""The implementations that are kept: two that are correct, and a gallery of faulty ones."""

import pytest

from runas_model.specification.readings import DEFAULT, all_readings
from runas_model.specification.transitions import SPECIFICATION
from runas_properties.explorer.reach import events
from runas_properties.explorer.traces import Trace, shortest_traces
from runas_properties.gallery.implementations import FAULTS, fault
from runas_properties.implementations import (
    DictService,
    Done,
    EventSourcedService,
    Factory,
    Failed,
    Outcome,
    Refused,
    Started,
    plain,
)
from runas_properties.laws import LAWS

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


def outcome_of(t: object) -> Outcome:
    assert hasattr(t, "accepted")
    if not t.accepted:
        return Failed(next(iter(events(t))).rpartition(" ")[2])
    if t.decision is None:  # type: ignore[attr-defined]
        return Done()
    decision = t.decision  # type: ignore[attr-defined]
    return Started(decision.os_user) if decision.starts else Refused(decision.reason.value)


@pytest.mark.parametrize("make", CORRECT)
def test_an_implementation_starts_empty_and_with_the_default_reading(make: Factory) -> None:
    implementation = make(DEFAULT)

    assert implementation.sessions() == {}
    assert implementation.os_users() == {}


def test_there_are_forty_faults_or_more_and_each_names_laws_that_there_are() -> None:
    assert len(FAULTS) >= 40
    assert {law for fault in FAULTS.values() for law in fault.laws} <= set(LAWS)
    assert all(fault.laws and fault.readings and fault.title.endswith(".") for fault in FAULTS.values())


def test_a_fault_under_some_readings_is_correct_under_the_others() -> None:
    limited = [fault for fault in FAULTS.values() if len(fault.readings) < len(all_readings())]

    assert limited
    for fault_ in limited:
        for trace in shortest_traces().values():
            if trace.reading not in fault_.readings:
                made = fault_.make(trace.reading)
                assert [made.apply(t.operation, plain(t.arguments)) for t in trace.transitions()] == [
                    outcome_of(t) for t in trace.transitions(SPECIFICATION)
                ]


def test_two_faults_of_one_id_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="folds-case already"):
        fault.fault("folds-case", "Again.", "no-fall-through")(DictService)
