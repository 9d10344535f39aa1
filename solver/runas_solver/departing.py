"""In which precedents a faulty implementation departs: what each step has to come to is worked out once for all."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Any

import attrs

from runas_model.specification.readings import Reading
from runas_model.specification.transitions import Call, Transition
from runas_properties.gallery.implementations import Fault
from runas_properties.implementations import Failed, Outcome, Refused, plain
from runas_properties.implementations.interface import asked
from runas_properties.oracle.expected import expected_outcome, mistakes
from runas_properties.oracle.oracle import Oracle
from runas_properties.stateful.precedents import PRECEDENTS

__all__ = ["departed"]


@attrs.frozen
class Step:
    """An operation with arguments that no implementation checks once more, and all that may be seen after it."""

    operation: str
    arguments: Mapping[str, Any]
    outcomes: tuple[Outcome, ...]
    sessions: dict[str, str]
    os_users: dict[str, set[str]]


def departed(fault: Fault) -> Iterator[tuple[Sequence[Call], Reading]]:
    """The precedents in which a faulty implementation departs, each with the readings under which it does."""
    for number, reading in product(range(len(PRECEDENTS)), fault.readings):
        if _departs(fault, _steps(number, reading), reading):
            yield PRECEDENTS[number], reading


def _departs(fault: Fault, steps: Sequence[Step], reading: Reading) -> bool:
    service = fault.make(reading)
    for step in steps:
        if service.apply(step.operation, step.arguments) not in step.outcomes or service.sessions() != step.sessions:
            return True
        if {instance: set(names) for instance, names in service.os_users().items() if names} != step.os_users:
            return True
    return False


@cache
def _steps(number: int, reading: Reading) -> tuple[Step, ...]:
    """The steps of a precedent, as the specification takes them."""
    oracle = Oracle(reading, laws=False)
    return tuple(_step(oracle.perform(operation, arguments)) for operation, arguments in PRECEDENTS[number])


def _step(t: Transition) -> Step:
    sessions = {str(at[1]): str(t.after.sessions[at].os_user) for at in t.after.sessions}
    os_users = {str(instance): set(map(str, t.after.os_users.under(instance))) for instance in t.after.os_users.rows}
    return Step(
        t.operation, asked(t.operation, plain(t.operation, t.arguments)), tuple(_outcomes(t)), sessions, os_users
    )


def _outcomes(t: Transition) -> list[Outcome]:
    if not t.accepted:
        return [Failed(error) for error in mistakes(t)]
    expected = expected_outcome(t)
    return [expected, Refused(None)] if isinstance(expected, Refused) else [expected]
