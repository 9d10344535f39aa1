"""Steering: arguments that an operation accepts, or rejects with a given error, in a state.

What is drawn at random is moved to the nearest that does, as the specification itself says: nothing here knows what an
operation requires.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

import attrs

from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import Reading
from runas_model.specification.state import State, situation_of
from runas_model.specification.vocabulary import RUN_AS_TAG, Account, Instance, Name, Principal, Session, Switch, TagKey
from runas_properties.explorer.reach import errors_of
from runas_properties.implementations import Arguments
from runas_properties.oracle.oracle import ORACLE

__all__ = ["ERRORS_OF", "Play", "as_accepted", "as_deciding", "as_rejected", "next_session"]

ACCOUNTS = (Account("111111111111"), Account("222222222222"))
PRINCIPALS = (Principal("amy"), Principal("amy2"), Principal("ben"))
INSTANCES = (Instance("i-1"), Instance("i-2"))
RUN_AS_KEYS = (*[RUN_AS_TAG] * 8, TagKey("ssmsessionrunas"), TagKey("SSMSESSIONRUNAS"))
SWITCHES = (*[Switch.ON] * 6, Switch.OFF, Switch.OFF, Switch.UNREADABLE)
TAG_KEYS = (RUN_AS_TAG, TagKey("Team"), TagKey("ssmsessionrunas"), TagKey("SSMSessionRunAs "))


@attrs.frozen
class Play:
    """Who and what a trace is about: few, so that they meet.

    `confused` are pairs of a name and one that it is easily taken for.
    """

    names: tuple[Name, ...]
    confused: tuple[tuple[Name, Name], ...] = ()
    accounts: tuple[Account, ...] = ACCOUNTS
    principals: tuple[Principal, ...] = PRINCIPALS
    instances: tuple[Instance, ...] = INSTANCES
    keys: tuple[TagKey, ...] = TAG_KEYS

    def pair_of(self, name: Name) -> tuple[Name, Name]:
        """The pair that a name is in, the first if in none."""
        return next((pair for pair in self.confused if name in pair), self.confused[0])

    def range_of(self, parameter: str, state: State) -> tuple[Any, ...]:
        """The values that steering may move an argument to; none for one that no requirement speaks of."""
        match parameter:
            case "principal":
                return self.principals
            case "instance":
                return self.instances
            case "name":
                return self.names
            case "key":
                return self.keys
            case "session":
                return (*sorted(state.started, reverse=True), next_session(state))
        return ()


def next_session(state: State) -> Session:
    """An id that no session had."""
    return Session(f"s-{len(state.started) + 1}")


def as_accepted(operation: str, arguments: Arguments, state: State, reading: Reading, play: Play) -> Arguments:
    """The nearest arguments that are accepted; those given where there are none."""
    still: tuple[str, ...] = ()
    if operation == "start_session":
        arguments, still = {**arguments, "session": next_session(state)}, ("session",)
    for candidate in _near(operation, arguments, state, play, still=still):
        if all(holds for holds, _ in ORACLE.step(operation, state, reading, **candidate).requires):
            return candidate
    return arguments


def as_rejected(
    operation: str, error: str, arguments: Arguments, state: State, reading: Reading, play: Play
) -> Arguments | None:
    """The nearest arguments at which the operation fails with this error first; None where there are none."""
    for candidate in _near(operation, arguments, state, play):
        requires = ORACLE.step(operation, state, reading, **candidate).requires
        if next((type(error).__name__ for holds, error in requires if not holds), None) == error:
            return candidate
    return None


def as_deciding(operation: str, rule: str, arguments: Arguments, state: State, reading: Reading, play: Play,
                start: tuple[Principal, Instance]) -> Arguments | None:  # fmt: skip
    """The nearest arguments that are accepted and after which the rule decides the start; None where there are none.

    What they name of principals and instances is who starts, and where.
    """
    for candidate in _near(operation, arguments, state, play, settings=True):
        if candidate.get("principal", start[0]) != start[0] or candidate.get("instance", start[1]) != start[1]:
            continue
        t = ORACLE.transition(operation, state, reading, **candidate)
        if t.accepted and ORACLE.decide(situation_of(t.after, *start), reading).rule == rule:
            return candidate
    return None


def _near(
    operation: str,
    arguments: Arguments,
    state: State,
    play: Play,
    settings: bool = False,
    still: tuple[str, ...] = (),
) -> Iterator[Arguments]:
    """Arguments one after the other, the last parameter moving first; those that are to stay `still` do not move."""
    yield arguments
    ranges = {name: _rotated(play.range_of(name, state), value) for name, value in arguments.items()}
    if settings:
        some = {"value": play.names, "default_user": play.names, "run_as_enabled": tuple(Switch)}
        ranges.update({name: _rotated(some[name], arguments[name]) for name in some if name in arguments})
    movable = [name for name, values in ranges.items() if len(values) > 1 and name not in still]
    for values in product(*(ranges[name] for name in movable)):
        yield {**arguments, **dict(zip(movable, values, strict=True))}


def _rotated(values: tuple[Any, ...], first: Any) -> tuple[Any, ...]:
    at = values.index(first) if first in values else 0
    return (*values[at:], *values[:at])


ERRORS_OF = tuple((operation, error) for operation in OPERATIONS for error in errors_of(operation))
"""Every operation with each error that it may raise."""
