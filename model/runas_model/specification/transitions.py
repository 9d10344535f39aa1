"""The specification as one value: rules, operations, and how a state is looked at.

Everything that runs, proves, explores or documents takes a `Specification`, so that a faulty one can stand in its
place and be convicted.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from inspect import signature
from typing import Any, ClassVar

import attrs

from runas_model.doors import Kind, checked, checked_fields, known_as, one_of, read, wrong_kind
from runas_model.specification.decision import Decide, decide_by
from runas_model.specification.errors import OperationError
from runas_model.specification.operations import OPERATIONS, Operation, Step, operation_named
from runas_model.specification.readings import DEFAULT, Reading
from runas_model.specification.rulebook import RULEBOOK, Rule
from runas_model.specification.state import INITIAL, State, situation_of
from runas_model.specification.vocabulary import Decision, Request, RuleId, Situation
from runas_model.universes.connectives import all_of, any_of, choose, field_names, not_
from runas_model.universes.syntax import check_function, for_every_universe, forget_checked

__all__ = ["SPECIFICATION", "Call", "Specification", "Transition", "apply"]

Call = tuple[str, Mapping[str, Any]]
"""The name of an operation, and its arguments."""


def _read_call(value: Any, argument: str) -> Call:
    """A call with the arguments that its operation takes, enumerated ones as members."""
    if not isinstance(value, tuple | list) or len(value) != 2:
        raise wrong_kind(argument, value, A_CALL)
    name, arguments = value
    operation = OPERATIONS[one_of(OPERATIONS, name, f"the operation of {argument}")]
    given = read(Mapping[str, Any], arguments, f"the arguments of {argument}")
    return operation.id, operation.with_members_again(given)


A_CALL = "a call: the name of an operation, and its arguments by name"
known_as(Call, Kind(A_CALL, _read_call))


@attrs.frozen(slots=False, field_transformer=checked_fields)
class Specification:
    """The rules in order, the operations by name, how the start of a session looks at a state, and the first state."""

    rules: Sequence[Rule] = RULEBOOK
    operations: Mapping[str, Operation] = attrs.field(factory=lambda: OPERATIONS)
    situation_of: Callable[[State, Request], Situation] = situation_of
    initial: State = INITIAL

    @cached_property
    @for_every_universe
    def decide(self) -> Decide:
        """The decision that the rules make, in any universe."""
        return decide_by(self.rules)

    def __attrs_post_init__(self) -> None:
        """Raises `NotForEveryUniverse` for a function that would mean something else on terms than on values.

        And TypeError for a field of a wrong kind, or an initial state of tables that are not the model's.
        """
        for name in field_names(State):
            if type(getattr(self.initial, name)) is not type(getattr(INITIAL, name)):
                raise TypeError(f"{name} of the initial state is no {type(getattr(INITIAL, name)).__name__}")
        self.check()

    def check_anew(self) -> None:
        """Check every function again, for what a function rests on may have changed since; raises as `check` does."""
        forget_checked()
        self.check()

    def check(self) -> None:
        """Check every function of the specification that was not checked before.

        Raises `NotForEveryUniverse` for one that would mean something else on terms than on values.
        """
        for rule in self.rules:
            check_function(rule.when, Situation, Reading, returns=bool)
            check_function(rule.outcome, RuleId, Situation, returns=Decision)
        check_function(decide_by(self.rules), Situation, Reading, returns=Decision)
        for operation in self.operations.values():
            operation.check()
            check_function(operation.function, State, returns=Step, **_taken_by(operation))
        check_function(self.situation_of, State, Request, returns=Situation)

    def step(self, operation: str, state: State, reading: Reading, **arguments: Any) -> Step:
        """The step from `state` in any universe, for arguments named as in the operation's `parameters`.

        Those that may be left out may be.
        """
        performed = self.operations[operation]
        more = {"reading": reading, "by": self}
        wanted = {name: more[name] for name in _besides_the_state(performed.function)}
        return performed.function(state, **wanted, **performed.gathered(performed.complete(arguments)))

    def transition(self, operation: str, state: State, reading: Reading, **arguments: Any) -> "Transition":
        """The operation's step if all its requirements hold; otherwise nothing changes."""
        arguments = dict(self.operations[operation].complete(arguments))
        step = self.step(operation, state, reading, **arguments)
        accepted = all_of(*(holds for holds, _ in step.requires))
        after = choose(accepted, step.state, state)
        return Transition(self, operation, arguments, reading, state, after, accepted, step.decision, step.requires)


@cache
def _besides_the_state(function: Callable[..., Step]) -> tuple[str, ...]:
    """What an operation takes besides the state and its arguments."""
    return tuple(name for name in ("reading", "by") if name in signature(function).parameters)


@cache
def _taken_by(operation: Operation) -> dict[str, Any]:
    """What `Specification.step` gives an operation besides the state, by name."""
    more = {"reading": Reading, "by": Specification}
    taken = {name: more[name] for name in _besides_the_state(operation.function)}
    return {**taken, **operation.taken}


SPECIFICATION = Specification()
"""The specification itself."""

ASKED = field_names(Request)
"""The arguments of the start of a session that make the request."""


@attrs.frozen
class Transition:
    """One operation performed on a state: whether it was accepted, the state after it, and the decision, if any.

    `decision` is meaningful only if `accepted`, and is None for operations other than `start_session`. `requires` is
    what had to hold, each with the error that is told if it is the first that does not.
    """

    PLAIN: ClassVar[frozenset[str]] = frozenset(("specification", "operation", "decides", "takes"))
    """What is known without looking into the state, and the same in every universe."""

    specification: Specification
    operation: str
    arguments: dict[str, Any]
    reading: Reading
    before: State
    after: State
    accepted: bool
    decision: Decision | None
    requires: Sequence[tuple[bool, OperationError]]

    @property
    @for_every_universe
    def decides(self) -> bool:
        """Whether it is one that makes a decision."""
        return self.decision is not None

    @property
    @for_every_universe
    def decided(self) -> Decision:
        """The decision of one that `decides`."""
        assert self.decision is not None
        return self.decision

    @property
    @for_every_universe
    def asked(self) -> Request:
        """What one that `decides` asks for."""
        return Request(*[self.arguments[name] for name in ASKED])

    @for_every_universe
    def asks_in(self, state: State) -> Situation:
        """The situation in a state of what one that `decides` asks for."""
        return self.specification.situation_of(state, self.asked)

    @for_every_universe
    def takes(self, argument: str) -> bool:
        """Whether it is one that takes an argument of this name."""
        return argument in self.arguments

    @for_every_universe
    def did(self, operation: str, **arguments: Any) -> bool:
        """Whether this operation was accepted with these arguments."""
        if operation != self.operation:
            return False
        return all_of(self.accepted, *(self.arguments[name] == value for name, value in arguments.items()))

    @for_every_universe
    def fails(self, error: OperationError) -> bool:
        """Whether it was not accepted, and the error that was told is of this class and names the same subjects."""
        told: list[bool] = []
        earlier: list[bool] = []
        for holds, other in self.requires:
            if type(other) is type(error) and len(other.subject) == len(error.subject):
                same = [one == another for one, another in zip(other.subject, error.subject, strict=True)]
                told.append(all_of(*earlier, not_(holds), *same))
            earlier.append(holds)
        return any_of(*told)

    @for_every_universe
    def starts(self) -> bool:
        """Whether it started a session."""
        return False if self.decision is None else all_of(self.accepted, self.decision.starts)

    @for_every_universe
    def refuses(self) -> bool:
        """Whether it made a decision, which was to refuse."""
        return False if self.decision is None else not_(self.decision.starts)


@checked
def apply(operation: str, state: State, reading: Reading = DEFAULT, **arguments: Any) -> tuple[State, Decision | None]:
    """The state after an operation, and the decision if the operation starts a session.

    Enumerated arguments may be plain values: `run_as_enabled=True`, `platform="linux"`. Raises ValueError for an
    operation that there is not, TypeError or ValueError for an argument as `Operation.with_members` does, and the
    `OperationError` of the first requirement that does not hold.
    """
    step = SPECIFICATION.step(operation, state, reading, **operation_named(operation).with_members(arguments))
    for holds, error in step.requires:
        if not holds:
            raise error
    return step.state, step.decision
