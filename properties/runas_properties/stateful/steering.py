"""Steering: arguments that an operation accepts, or rejects with a given error, in a state.

What is drawn at random is moved to the nearest that does, as the specification itself says: nothing here knows what an
operation requires.
"""

from collections.abc import Collection, Iterator
from itertools import product
from typing import Any

import attrs

from runas_model.specification.nouns import Noun
from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import Reading
from runas_model.specification.state import State, situation_of
from runas_model.specification.transitions import ASKED
from runas_model.specification.vocabulary import (
    DEFAULT_REGION,
    PREFERENCES,
    RUN_AS_TAG,
    Account,
    DocumentName,
    Instance,
    Name,
    Principal,
    Region,
    Request,
    Session,
    Switch,
    TagKey,
)
from runas_properties.explorer.reach import errors_of
from runas_properties.implementations import Arguments
from runas_properties.oracle.oracle import ORACLE

__all__ = ["ERRORS_OF", "Play", "Start", "accepts", "as_accepted", "as_deciding", "as_rejected", "next_session"]

Start = tuple[Principal, Instance, DocumentName]
"""What `ASKED` names of a start: who, where and with which session document."""

ACCOUNTS = (Account("111111111111"), Account("222222222222"))
PRINCIPALS = (Principal("amy"), Principal("amy2"), Principal("ben"))
INSTANCES = (Instance("i-1"), Instance("i-2"))
REGIONS = (DEFAULT_REGION, Region("eu-west-1"))
DOCUMENTS = (PREFERENCES, DocumentName("Ops"))
NEAR_DOCUMENTS = tuple(map(DocumentName, ("ops", "Ops ", f"{PREFERENCES} ", PREFERENCES.lower())))
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
    regions: tuple[Region, ...] = REGIONS
    documents: tuple[DocumentName, ...] = DOCUMENTS

    def having(self, nouns: Collection[Noun]) -> "Play":
        """The same with only these nouns: without one, there is only what a call means that leaves it out."""
        return attrs.evolve(
            self,
            regions=self.regions if Noun.REGIONS in nouns else (DEFAULT_REGION,),
            documents=self.documents if Noun.DOCUMENTS in nouns else (PREFERENCES,),
        )

    @property
    def preferences_last(self) -> tuple[DocumentName, ...]:
        """The documents, those of their own first."""
        return (*self.documents[1:], *self.documents[:1])

    def pair_of(self, name: Name) -> tuple[Name, Name]:
        """The pair that a name is in, the first if in none."""
        return next((pair for pair in self.confused if name in pair), self.confused[0])

    def range_of(self, parameter: str, operation: str, state: State) -> tuple[Any, ...]:
        """The values that steering may move an argument to; none for one that no requirement speaks of."""
        match parameter:
            case "document":
                return self.documents if operation != "put_document" else ()
            case "account" if operation == "delete_document":
                return tuple(dict.fromkeys(account for account, _, _ in state.documents))
            case "region" if operation == "delete_document":
                return tuple(dict.fromkeys(region for _, region, _ in state.documents))
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


def accepts(operation: str, arguments: Arguments, state: State, reading: Reading) -> bool:
    """Whether an operation is accepted."""
    return all(holds for holds, _ in ORACLE.step(operation, state, reading, **arguments).requires)


def as_accepted(operation: str, arguments: Arguments, state: State, reading: Reading, play: Play) -> Arguments:
    """The nearest arguments that are accepted; those given where there are none."""
    still: tuple[str, ...] = ()
    if operation == "start_session":
        arguments, still = {**arguments, "session": next_session(state)}, ("session",)
    for candidate in _near(operation, arguments, state, play, still=still):
        if accepts(operation, candidate, state, reading):
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
                start: Start) -> Arguments | None:  # fmt: skip
    """The nearest arguments that are accepted and after which the rule decides the start; None where there are none.

    What they name of principals and instances is who starts, and where; of accounts and Regions, what was given.
    """
    asked = dict(zip(ASKED, start, strict=True))
    for candidate in _near(operation, arguments, state, play, settings=True, still=("account", "region")):
        if candidate.get("principal", start[0]) != start[0] or candidate.get("instance", start[1]) != start[1]:
            continue
        t = ORACLE.transition(operation, state, reading, **candidate)
        if not t.accepted or ORACLE.decide(situation_of(t.after, Request(*start)), reading).rule != rule:
            continue
        if accepts("start_session", {"session": next_session(t.after), **asked}, t.after, reading):
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
    ranges = {name: _rotated(play.range_of(name, operation, state), value) for name, value in arguments.items()}
    if settings:
        some = {"value": play.names, "default_user": play.names, "run_as_enabled": tuple(Switch)}
        ranges.update({name: _rotated(some[name], arguments[name]) for name in some if name in arguments})
    movable = [name for name, values in ranges.items() if values not in ((), (arguments[name],)) and name not in still]
    for values in product(*(ranges[name] for name in movable)):
        yield {**arguments, **dict(zip(movable, values, strict=True))}


def _rotated(values: tuple[Any, ...], first: Any) -> tuple[Any, ...]:
    at = values.index(first) if first in values else 0
    return (*values[at:], *values[:at])


ERRORS_OF = tuple((operation, error) for operation in OPERATIONS for error in errors_of(operation))
"""Every operation with each error that it may raise."""
