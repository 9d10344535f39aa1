"""An implementation held to the specification, one operation at a time.

`Oracle` performs each operation on the specification and on an implementation, and compares what can be seen: the
outcome, the OS users of running sessions and the OS users on instances. The first difference is a `Departure`, which
says the laws that it breaks.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs
from attrs import evolve

from runas_model.doors import checked_fields, one_of
from runas_model.facts.compiled import decide
from runas_model.specification.decision import Decide
from runas_model.specification.errors import OperationError
from runas_model.specification.readings import DEFAULT, Reading
from runas_model.specification.rulebook import run_as_applies
from runas_model.specification.state import INITIAL, State, situation_of
from runas_model.specification.transitions import Call, Specification, Transition
from runas_model.specification.vocabulary import (
    NO_NAME,
    NO_ROLE_SESSION,
    PREFERENCES,
    Decision,
    Instance,
    Name,
    OsUser,
    PosixId,
    Request,
    RunningSession,
    Session,
    Situation,
)
from runas_model.universes.syntax import for_every_universe
from runas_model.universes.tables import PairTable
from runas_properties.implementations import Arguments, Done, Failed, Implementation, Outcome, Refused, Started
from runas_properties.implementations.interface import of_members
from runas_properties.oracle.checking import broken, decision_seen
from runas_properties.oracle.expected import Expected, Expecting, allowed, expected_outcome

__all__ = ["ORACLE", "Departure", "Oracle", "observed"]


KNOWN: dict[tuple[int, Request], tuple[State, Situation]] = {}
"""Situations in the last states: each with its state, so that no other one has the identity by which it is known."""
MOST_KNOWN = 100


@for_every_universe
def situation_known(state: State, asked: Request) -> Situation:
    """The situation that `situation_of` finds: once, where several laws of a step ask for the same."""
    at = id(state), asked
    known = KNOWN.get(at)
    if known is None:
        if len(KNOWN) >= MOST_KNOWN:
            KNOWN.clear()
        known = KNOWN[at] = state, situation_of(state, asked)
    return known[1]


class CompiledSpecification(Specification):
    """The specification with the compiled decision: the same answers, sooner."""

    @property
    def decide(self) -> Decide:
        return decide


ORACLE = CompiledSpecification(situation_of=situation_known)
"""The specification that implementations are held to."""


class Departure(AssertionError):
    """An implementation did not do what the specification says.

    `calls` is the trace up to the departure, `transition` its last step as the specification has it, `got` what the
    implementation answered, `differences` what differs in words, `seen` the last step as it was seen.
    """

    def __init__(
        self,
        calls: Sequence[Call],
        transition: Transition,
        got: Outcome,
        differences: Sequence[str],
        seen: Transition,
    ) -> None:
        super().__init__(calls, transition, got, differences, seen)
        self.calls = tuple(calls)
        self.transition = transition
        self.got = got
        self.differences = tuple(differences)
        self.seen = seen

    @cached_property
    def laws(self) -> tuple[str, ...]:
        """The ids of the laws that were seen to be broken."""
        return tuple(dict.fromkeys(law.id for law, _ in broken(self.seen, thorough=True)))

    @property
    def is_in_the_answer_alone(self) -> bool:
        """Whether sessions and OS users are as they should be, so that the trace could go on."""
        return len(self.differences) == 1 and self.got not in allowed(self.transition)

    def __str__(self) -> str:
        breaks = f" (breaks {', '.join(self.laws)})" if self.laws else ""
        return f"step {len(self.calls)}, {self.transition.operation}: {'; '.join(self.differences)}{breaks}"


@attrs.define(field_transformer=checked_fields, on_setattr=[])
class Oracle:
    """The state that the specification is in under one reading, and the calls that led there.

    Without an implementation it walks alone, and what it does itself is held to the laws. `thorough` has the laws
    asked of everything in play at each step, and not only of what the step named or changed. Raises TypeError for a
    field of a wrong kind.
    """

    reading: Reading = DEFAULT
    implementation: Implementation | None = None
    thorough: bool = False
    specification: Specification = ORACLE
    laws: bool = True
    state: State = INITIAL
    calls: list[Call] = attrs.field(factory=list)
    _expecting: Expecting = attrs.field(factory=Expecting)

    def perform(self, operation: str, arguments: Arguments) -> Transition:
        """Perform an operation on both.

        Enumerated arguments may be plain values: `run_as_enabled=True`. Raises `Departure`, TypeError or ValueError for
        an operation or argument as `runas_model.apply` does, or AssertionError for a law that the specification itself
        breaks.
        """
        operations = self.specification.operations
        one = operations[one_of(operations, operation, "operation")]
        every = one.complete(arguments)
        given = every if every.keys() == one.parameters.keys() else arguments
        return self.follow(operation, one.with_members_again(given))

    def follow(self, operation: str, arguments: Arguments) -> Transition:
        """Perform an operation that there is, whose arguments were checked before, as members."""
        t = self.specification.transition(operation, self.state, self.reading, **arguments)
        self.calls.append((operation, arguments))
        if self.laws:
            for law, values in broken(t, self.thorough, len(self.calls)):
                raise AssertionError(f"{law.title} ({law.id}) with {values} in {self.calls}")
        if self.implementation is not None:
            self._compare(t, self.implementation)
        self.state = t.after
        return t

    def _compare(self, t: Transition, implementation: Implementation) -> None:
        got = implementation.apply(t.operation, of_members(t.operation, t.arguments))
        sessions, users = implementation.sessions(), implementation.os_users()
        expected = self._expecting.after(t)
        if not expected.is_met(got, sessions, users):
            differences = list(_differences(t, got, sessions, users, expected))
            raise Departure(self.calls, t, got, differences, observed(t, got, sessions, users))


def _differences(
    t: Transition,
    got: Outcome,
    sessions: Mapping[str, str],
    users: Mapping[str, Collection[str]],
    expected: Expected,
) -> Any:
    if got not in expected.outcomes:
        yield f"expected {in_words(expected_outcome(t))}, got {in_words(got)}"
    for id in sorted({*sessions, *expected.sessions}):
        should, seen = (f"runs as {which[id]!r}" if id in which else "does not run"
                          for which in (expected.sessions, sessions))  # fmt: skip
        if should != seen:
            yield f"session {id}: expected that it {should}, got that it {seen}"
    for instance in sorted({*users, *expected.os_users}):
        seen_users, expected_there = set(users.get(instance, ())), set(expected.os_users.get(instance, ()))
        if seen_users - expected_there:
            yield f"instance {instance}: OS users that should not be there: {sorted(seen_users - expected_there)}"
        if expected_there - seen_users:
            yield f"instance {instance}: OS users that are missing: {sorted(expected_there - seen_users)}"


def in_words(outcome: Outcome) -> str:
    """An outcome as a story tells it."""
    match outcome:
        case Started(os_user):
            return f"started as {os_user!r}"
        case Refused(reason):
            return f"refused ({reason})" if reason else "refused"
        case Done():
            return "done"
        case Failed(error):
            return f"failed ({error})"
    return f"{outcome!r}, which is no outcome"


def observed(
    t: Transition, got: Outcome, sessions: Mapping[str, str], users: Mapping[str, Collection[str]]
) -> Transition:
    """The transition as it was seen: the decision, sessions and OS users of the implementation.

    What cannot be seen (tags, preferences, who is registered) is taken to be as asked; so are ids of OS users.
    """
    accepted = not isinstance(got, Failed)
    decision = _decision(t, got)
    begins = accepted and started(decision)
    after = t.specification.step(t.operation, t.before, t.reading, **t.arguments).state if accepted else t.before
    at_start = {session: instance for instance, session in t.before.sessions}
    running = PairTable[Instance, Session, RunningSession](t.before.sessions.default)
    for id, os_user in sessions.items():
        session, name = Session(id), Name(os_user)
        instance = at_start.get(session) or t.arguments.get("instance") or t.after.started[session]
        was = t.before.sessions[instance, session]
        record = evolve(was, os_user=name)
        if session not in at_start or (begins and t.arguments.get("session") == session):
            record = _record(t, instance, name, decision, name in users.get(instance, ()))
        running = running.put((instance, session), record)
    there = PairTable[Instance, Name, OsUser](t.before.os_users.default)
    for at in ((Instance(place), Name(name)) for place, names in users.items() for name in names):
        known = [state.os_users[at] for state in (t.before, after, t.after) if state.os_users.has(at)]
        there = there.put(at, known[0] if known else OsUser(PosixId(3000), PosixId(3000)))
    if t.operation == "create_os_user" and accepted:
        at = (t.arguments["instance"], t.arguments["name"])
        there = there.put(at, after.os_users[at])
    begun = t.before.started
    if begins:
        begun = begun.put(t.arguments["session"], t.arguments["instance"])
    seen = evolve(after, sessions=running, os_users=there, started=begun)
    requires = t.requires if accepted == t.accepted else [(accepted, OperationError())]
    return Transition(
        t.specification, t.operation, t.arguments, t.reading, t.before, seen, accepted, decision, requires
    )


def started(decision: Decision | None) -> bool:
    return decision is not None and decision.starts


def _decision(t: Transition, got: Outcome) -> Decision | None:
    """The decision that was seen, by the rule that should have decided."""
    if t.operation != "start_session" or isinstance(got, Failed) or t.decision is None:
        return t.decision
    return decision_seen(t.decision, got.os_user if isinstance(got, Started) else None, getattr(got, "reason", None))


def _record(t: Transition, instance: Instance, name: Name, decision: Decision | None, present: bool) -> RunningSession:
    principal = t.arguments.get("principal", "")
    asked = Request(
        principal,
        instance,
        t.arguments.get("document", PREFERENCES),
        t.arguments.get("role_session", NO_ROLE_SESSION),
        t.arguments.get("filled", False),
        t.arguments.get("parameter", NO_NAME),
    )
    situation = t.specification.situation_of(t.before, asked)
    return RunningSession(
        principal=principal,
        account=t.before.principals[principal].account,
        os_user=name,
        rule=decision.rule if decision else t.before.sessions.default.rule,
        run_as_applied=run_as_applies(situation, t.reading),
        os_user_present=present,
    )
