"""What the rules of a state machine are made of: operations performed, steered, compared and counted."""

import sys
from collections.abc import Callable, Collection, Sequence
from typing import Annotated, Any, ClassVar

from hypothesis.stateful import RULE_MARKER, RuleBasedStateMachine

from runas_model.doors import AtLeastOne, kind_of
from runas_model.specification.nouns import Noun, nouns_needed
from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import DEFAULT, Reading, all_readings
from runas_model.specification.transitions import ASKED, Transition
from runas_model.specification.vocabulary import (
    NO_ROLE_SESSION,
    PREFERENCES,
    Name,
    PrincipalKind,
    Request,
    RoleSession,
    Session,
)
from runas_properties.implementations import Arguments, Implementation
from runas_properties.oracle.failures import shortened, told
from runas_properties.oracle.oracle import Departure, Oracle
from runas_properties.stateful.aiming import arguments_of
from runas_properties.stateful.coverage import Coverage
from runas_properties.stateful.steering import (
    INSTANCES,
    PRINCIPALS,
    Play,
    arguments_asking,
    as_accepted,
    as_rejected,
    goes_on,
    newest_role_sessions,
    next_role_session,
)

__all__ = ["COVERAGE", "Performing"]

COVERAGE = Coverage()
"""What all machines in this process have reached."""


MEMBERS = {
    "implementation": kind_of(Callable | None),
    "readings": kind_of(Annotated[Sequence[Reading], AtLeastOne]),
    "nouns": kind_of(Collection[Noun]),
    "thorough": kind_of(bool),
    "asks_laws": kind_of(bool),
    "coverage": kind_of(Coverage),
}
"""What a machine can be told by its class."""


class Performing(RuleBasedStateMachine):
    """A machine that performs operations on the specification, and on an implementation if there is one.

    `implementation` makes what is tested; None tests the specification against its own laws. `readings` are those
    that runs are made under. `nouns` are what the implementation has: no call speaks of others, and no more need be
    covered than can be reached so. `thorough` asks every law of everything in play after each step; `asks_laws` set to
    False asks none, and only compares the implementation. A class that has no rule for an operation cannot be defined,
    nor one of which a member is of a wrong kind: both are a TypeError, and no readings a ValueError.
    """

    implementation: ClassVar[Callable[..., Implementation] | None] = None
    readings: ClassVar[Sequence[Reading]] = tuple(all_readings())
    nouns: ClassVar[Collection[Noun]] = tuple(Noun)
    thorough: ClassVar[bool] = False
    asks_laws: ClassVar[bool] = True
    coverage: ClassVar[Coverage] = COVERAGE
    shortest: ClassVar[Departure | None] = None

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        for name, kind in MEMBERS.items():
            read = kind.read(getattr(cls, name), f"{cls.__name__}.{name}")
            if name == "nouns":
                cls.nouns = tuple(read)
        forgotten = [name for name in OPERATIONS if not hasattr(getattr(cls, name, None), RULE_MARKER)]
        if forgotten and cls.__bases__ == (Performing,):
            file = "properties/runas_properties/stateful/machine.py"
            raise LookupError(f"{file}: no rule for {', '.join(forgotten)} in {cls.__name__}: add one of that name")
        if forgotten:
            raise TypeError(
                f"{cls.__name__} has no rule for {', '.join(forgotten)}: decorate the method of that name "
                "with @rule(...) and the arguments of RunAsMachine's rule, or remove it to inherit that rule"
            )

    def __init__(self) -> None:
        super().__init__()
        self.oracle = Oracle(DEFAULT)
        self.play = Play(())
        self.about = Request(PRINCIPALS[0], INSTANCES[0], PREFERENCES, NO_ROLE_SESSION)
        self.named: tuple[str, ...] = ()

    def begun(self, reading: Reading) -> Oracle:
        """A new trace under a reading, with a fresh implementation."""
        self.coverage.begin(self.nouns)
        make = type(self).implementation
        return Oracle(reading, None if make is None else make(reading), self.thorough, laws=self.asks_laws)

    def perform(self, operation: str, **arguments: Any) -> Transition:
        """Perform an operation and hold what happens to the specification and the laws."""
        try:
            t = self.oracle.perform(operation, arguments)
        except Departure as departure:
            raise self.shown(departure) from None
        self.coverage.note(t)
        self.about = self.turned_to(t)
        self.named = tuple(t.arguments)
        return t

    def turned_to(self, t: Transition) -> Request:
        """What a start asks that is about the same as the last operation."""
        about, said, state = self.about, t.arguments, t.after
        document = PREFERENCES if t.operation == "update_preferences" else said.get("document", about.document)
        role_session = said.get("role_session", about.role_session)
        principal = said.get("principal", about.principal)
        if t.operation == "end_role_session":
            principal = state.assumed[role_session] if t.accepted else principal
        if role_session != NO_ROLE_SESSION and not state.role_sessions.has((principal, role_session)):
            role_session = NO_ROLE_SESSION
        given = said.get("filled", about.filled), said.get("parameter", about.parameter)
        return Request(principal, said.get("instance", about.instance), document, role_session, *given)

    def teardown(self) -> None:
        """Count the trace, unless it failed or Hypothesis gave it up half-way."""
        if sys.exc_info()[0] is None:
            self.coverage.end()

    def shown(self, departure: Departure) -> Departure:
        """The departure, with a note that has the shortest of its kind as a story and as a program."""
        machine, make = type(self), type(self).implementation
        if make is not None:
            if machine.shortest is None or len(departure.calls) < len(machine.shortest.calls):
                machine.shortest = shortened(departure, make)
            departure.add_note(told(machine.shortest, make))
        return departure

    def steer(self, operation: str, **arguments: Any) -> Transition:
        """Perform an operation with the nearest arguments that are accepted."""
        steered = as_accepted(operation, arguments, self.oracle.state, self.oracle.reading, self.play)
        return self.perform(operation, **steered)

    def start(self, about: Request) -> Session:
        """Start a session; what the last operation named is steered elsewhere only if nothing else helps."""
        asked = arguments_asking(self.oracle.state, about)
        last = {name: asked[name] for name in self.named if name in ASKED}
        started: Session = self.steer("start_session", **{**last, **asked}).arguments["session"]
        return started

    def role_session(self, which: int) -> RoleSession:
        """One of the newest role sessions that go on, or none."""
        state = self.oracle.state
        found = [NO_ROLE_SESSION, *(one for one in newest_role_sessions(state) if goes_on(state, one))]
        return found[which % len(found)]

    def role_session_at_hand(self, operation: str) -> dict[str, RoleSession]:
        """A new one for an operation that begins one, the newest for one that ends one; others do without."""
        state = self.oracle.state
        if operation == "end_role_session":
            return {"role_session": next(iter(newest_role_sessions(state)), next_role_session(state))}
        return {"role_session": next_role_session(state)} if Noun.ROLES in nouns_needed(operation) else {}

    def rejected(self, operation: str, error: str, name: Name, **given: Any) -> Arguments | None:
        """Arguments at which an operation fails with an error, if that can be now."""
        arguments = arguments_of(operation, name, **given, **self.role_session_at_hand(operation))
        return as_rejected(operation, error, arguments, self.oracle.state, self.oracle.reading, self.play)

    @property
    def has_roles(self) -> bool:
        """Whether there are roles, and they are used through role sessions."""
        principals = self.oracle.state.principals
        return self.play.roles and any(principals[one].kind is PrincipalKind.ROLE for one in principals)

    def has(self, operation: str) -> bool:
        """Whether the implementation has the nouns without which the operation cannot be called."""
        return nouns_needed(operation).issubset(self.nouns)

    def go_on(self, then_start: bool) -> None:
        """If so drawn, whoever the last operation was about starts a session where it was."""
        if then_start and len(self.oracle.state.instances) and len(self.oracle.state.principals):
            self.start(self.about)
