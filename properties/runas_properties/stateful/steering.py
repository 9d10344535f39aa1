"""Steering: arguments that an operation accepts, or rejects with a given error, in a state.

What is drawn at random is moved to the nearest that does, as the specification itself says: nothing here knows what an
operation requires, but that a role session is used as its role.
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
    NO_NAME,
    NO_ROLE_SESSION,
    PREFERENCES,
    RUN_AS_TAG,
    Account,
    DocumentName,
    Instance,
    Name,
    Principal,
    Region,
    Request,
    RoleSession,
    Session,
    Switch,
    TagKey,
)
from runas_properties.explorer.reach import errors_of
from runas_properties.implementations import Arguments
from runas_properties.laws.law import NOT_GIVEN
from runas_properties.oracle.oracle import ORACLE
from runas_properties.stateful.requirements import Trials

__all__ = [
    "ERRORS_OF",
    "Play",
    "arguments_asking",
    "as_accepted",
    "as_deciding",
    "as_rejected",
    "goes_on",
    "next_role_session",
    "next_session",
    "newest_role_sessions",
]

ACCOUNTS = (Account("111111111111"), Account("222222222222"))
PRINCIPALS = (Principal("amy"), Principal("amy2"), Principal("ben"))
INSTANCES = (Instance("i-1"), Instance("i-2"))
REGIONS = (DEFAULT_REGION, Region("eu-west-1"))
DOCUMENTS = (PREFERENCES, DocumentName("Ops"))
NEAR_DOCUMENTS = tuple(map(DocumentName, ("ops", "Ops ", f"{PREFERENCES} ", PREFERENCES.lower())))
RUN_AS_KEYS = (*[RUN_AS_TAG] * 8, TagKey("ssmsessionrunas"), TagKey("SSMSESSIONRUNAS"))
SWITCHES = (*[Switch.ON] * 6, Switch.OFF, Switch.OFF, Switch.UNREADABLE)
SOME = 4
"""How many of the newest sessions, or role sessions, a start is moved between."""
GIVEN = ("account", "region", "principal", "instance", "role_session", "source", "filled")
"""What does not move where a rule is to decide: who starts, and where, and whether with a parameter."""
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
    roles: bool = True
    """Whether roles are used through role sessions."""
    parameters: bool = True
    """Whether documents declare parameters, which sessions fill."""

    def having(self, nouns: Collection[Noun]) -> "Play":
        """The same with only these nouns: without one, there is only what a call means that leaves it out."""
        return attrs.evolve(
            self,
            regions=self.regions if Noun.REGIONS in nouns else (DEFAULT_REGION,),
            documents=self.documents if Noun.DOCUMENTS in nouns else (PREFERENCES,),
            roles=self.roles and Noun.ROLES in nouns,
            parameters=self.parameters and {Noun.DOCUMENTS, Noun.PARAMETERS}.issubset(nouns),
        )

    @property
    def preferences_last(self) -> tuple[DocumentName, ...]:
        """The documents, those of their own first."""
        return (*self.documents[1:], *self.documents[:1])

    @property
    def given(self) -> tuple[tuple[bool, Name], ...]:
        """What a session may give: no parameter in half, else a name in play or an empty one."""
        some = [(True, name) for name in dict.fromkeys((*self.names, NO_NAME))] if self.parameters else []
        return (*[NOT_GIVEN] * max(len(some), 1), *some)

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
            case "filled":
                return (True, False)
            case "session":
                newest = sorted(state.started, reverse=True)
                return (*(newest[:SOME] if operation == "start_session" else newest), next_session(state))
            case "role_session" | "source" if self.roles:
                return (NO_ROLE_SESSION, *newest_role_sessions(state)[:SOME], next_role_session(state))
        return ()


def next_session(state: State) -> Session:
    """An id that no session had."""
    return Session(f"s-{len(state.started) + 1}")


def next_role_session(state: State) -> RoleSession:
    """An id that no role session had."""
    return RoleSession(f"r-{len(state.assumed) + 1}")


def newest_role_sessions(state: State) -> list[RoleSession]:
    """Every role session that was assumed, the newest first."""
    return sorted(state.assumed, key=lambda id: (len(id), id), reverse=True)


def goes_on(state: State, role_session: RoleSession) -> bool:
    """Whether a role session was assumed and has not ended."""
    return state.role_sessions.has((state.assumed[role_session], role_session))


def arguments_asking(state: State, asked: Request) -> dict[str, Any]:
    """The arguments of a start that asks so, with an id that no session had."""
    return {"session": next_session(state), **{name: getattr(asked, name) for name in ASKED}}


def as_accepted(operation: str, arguments: Arguments, state: State, reading: Reading, play: Play) -> Arguments:
    """The nearest arguments that are accepted; those given where there are none.

    Who starts in a role session that was assumed is its role. A parameter that is not declared is left out.
    """
    still: tuple[str, ...] = ()
    if operation == "start_session":
        arguments = {**arguments, "session": next_session(state)}
        still = ("session",) if arguments["filled"] else ("session", "filled")
        if state.assumed.has(arguments["role_session"]):
            arguments = {**arguments, "principal": state.assumed[arguments["role_session"]]}
    elif "role_session" in arguments and "source" in arguments:
        still = ("role_session",)
    trials = Trials(operation, state, reading)
    candidates = _near(operation, arguments, state, play, still=still)
    return next(filter(trials.accepts, candidates), arguments)


def as_rejected(
    operation: str, error: str, arguments: Arguments, state: State, reading: Reading, play: Play
) -> Arguments | None:
    """The nearest arguments at which the operation fails with this error first; None where there are none.

    They give a parameter or none as those given do.
    """
    trials, candidates = Trials(operation, state, reading), _near(operation, arguments, state, play, still=("filled",))
    return next((one for one in candidates if trials.error(one) == error), None)


def as_deciding(operation: str, rule: str, arguments: Arguments, state: State, reading: Reading, play: Play,
                asked: Request) -> Arguments | None:  # fmt: skip
    """The nearest arguments that are accepted and after which the rule decides the start; None where there are none.

    What they name of principals, instances and role sessions, of accounts and Regions, is what was given.
    """
    for candidate in _near(operation, arguments, state, play, settings=True, still=GIVEN):
        t = ORACLE.transition(operation, state, reading, **candidate)
        if not t.accepted or ORACLE.decide(situation_of(t.after, asked), reading).rule != rule:
            continue
        if Trials("start_session", t.after, reading).accepts(arguments_asking(t.after, asked)):
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
        some.update({"declares_parameter": (False, True)} if play.parameters else {})
        ranges.update({name: _rotated(some[name], arguments[name]) for name in some if name in arguments})
    movable = [name for name, values in ranges.items() if values not in ((), (arguments[name],)) and name not in still]
    for values in product(*(ranges[name] for name in movable)):
        yield {**arguments, **dict(zip(movable, values, strict=True))}


def _rotated(values: tuple[Any, ...], first: Any) -> tuple[Any, ...]:
    at = values.index(first) if first in values else 0
    return (*values[at:], *values[:at])


ERRORS_OF = tuple((operation, error) for operation in OPERATIONS for error in errors_of(operation))
"""Every operation with each error that it may raise."""
