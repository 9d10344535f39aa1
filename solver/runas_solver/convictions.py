"""Which faulty implementations a vector catches: each is asked its steps, under a reading for each accepted answer."""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import Reading
from runas_properties.conformance.protocol.cases import LIST_OS_USERS, LIST_SESSIONS, as_operations
from runas_properties.conformance.protocol.results import Accepted, Result, accepts, result_of
from runas_properties.conformance.vectors.vector import Vector, readings_when
from runas_properties.gallery.implementations import FAULTS, Fault
from runas_properties.implementations import Done, Failed, Implementation, Outcome, Refused, Started
from runas_properties.implementations.interface import asked

__all__ = ["as_asked", "convicted"]

Call = tuple[str, Mapping[str, Any]]


def convicted(vector: Vector) -> tuple[str, ...]:
    """The faults that a vector catches under some reading, in the gallery's order."""
    steps = list(as_operations(vector.steps[0])) if vector.level == "decision" else vector.steps
    calls = [as_asked(**step) for step in steps]
    judged_from = len(steps) - len(vector.steps)
    accepted = [(tuple(under.when.items()), under.results) for under in vector.accepted]
    return tuple(
        fault.id
        for fault in FAULTS.values()
        if any(_errs(fault, when, calls[:judged_from], calls[judged_from:], wanted) for when, wanted in accepted)
    )


def as_asked(operation: str, **arguments: Any) -> Call:
    """A step as an operation, or a look, whose arguments no implementation checks once more."""
    return operation, asked(operation, arguments) if operation in OPERATIONS else arguments


def _errs(
    fault: Fault,
    when: tuple[tuple[str, str], ...],
    setup: list[Call],
    judged: list[Call],
    wanted: tuple[Accepted, ...],
) -> bool:
    """Whether an answer to a judged step is not accepted, under a reading for which the fault is there, if any."""
    reading = _reading(fault.id, when)
    if reading is None:
        return False
    service = fault.make(reading)
    for call in setup:
        service.apply(*call)
    return not all(accepts(one, _result(service, *call)) for one, call in zip(wanted, judged, strict=True))


@cache
def _reading(fault: str, when: tuple[tuple[str, str], ...]) -> Reading | None:
    """The first of the readings that make some choices under which a fault is there."""
    return next((reading for reading in readings_when(when) if reading in FAULTS[fault].readings), None)


def _result(service: Implementation, operation: str, arguments: Mapping[str, Any]) -> Result:
    """What an implementation answers, as the kit has it."""
    if operation == LIST_SESSIONS:
        return Result(sessions=dict(service.sessions()))
    if operation == LIST_OS_USERS:
        return Result(os_users=sorted(service.os_users().get(arguments["instance"], ())))
    outcome = service.apply(operation, arguments)
    if type(outcome) in (Started, Refused, Done, Failed):
        return _result_of(outcome)
    return result_of(outcome, operation == "start_session")


@lru_cache(maxsize=4096)
def _result_of(outcome: Outcome) -> Result:
    return result_of(outcome, False)
