"""The specification as one value: rules, operations, and how a state is looked at.

Everything that runs, proves, explores or documents takes a `Specification`, so that a faulty one can stand in its
place and be convicted.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from inspect import signature
from typing import Any

import attrs

from runas_model.specification.decision import Decide, decide_by
from runas_model.specification.operations import OPERATIONS, Operation, Step
from runas_model.specification.readings import DEFAULT, Reading
from runas_model.specification.rulebook import RULEBOOK, Rule
from runas_model.specification.state import State, situation_of
from runas_model.specification.vocabulary import Decision, Instance, Principal, Situation
from runas_model.universes.connectives import all_of, choose, not_

__all__ = ["SPECIFICATION", "Call", "Specification", "Transition", "apply"]

Call = tuple[str, Mapping[str, Any]]
"""The name of an operation, and its arguments."""


@attrs.frozen(slots=False)
class Specification:
    """The rules in order, the operations by name, and the function that gives the situation of a session start."""

    rules: Sequence[Rule] = RULEBOOK
    operations: Mapping[str, Operation] = attrs.field(factory=lambda: OPERATIONS)
    situation_of: Callable[[State, Principal, Instance], Situation] = situation_of

    @cached_property
    def decide(self) -> Decide:
        """The decision that the rules make, in any universe."""
        return decide_by(self.rules)

    def step(self, operation: str, state: State, reading: Reading, **arguments: Any) -> Step:
        """The step from `state` in any universe, for arguments named as in the operation's `parameters`."""
        function = self.operations[operation].function
        more = {"reading": reading, "by": self}
        wanted = {name: value for name, value in more.items() if name in signature(function).parameters}
        return function(state, **wanted, **arguments)

    def transition(self, operation: str, state: State, reading: Reading, **arguments: Any) -> "Transition":
        """The operation's step if all its requirements hold; otherwise nothing changes."""
        step = self.step(operation, state, reading, **arguments)
        accepted = all_of(*(holds for holds, _ in step.requires))
        after = choose(accepted, step.state, state)
        return Transition(self, operation, arguments, reading, state, after, accepted, step.decision)


SPECIFICATION = Specification()
"""The specification itself."""


@attrs.frozen
class Transition:
    """One operation performed on a state: whether it was accepted, the state after it, and the decision, if any.

    `decision` is meaningful only if `accepted`, and is None for operations other than `start_session`.
    """

    specification: Specification
    operation: str
    arguments: dict[str, Any]
    reading: Reading
    before: State
    after: State
    accepted: bool
    decision: Decision | None

    def did(self, operation: str, **arguments: Any) -> bool:
        """Whether this operation was accepted with these arguments."""
        if operation != self.operation:
            return False
        return all_of(self.accepted, *(self.arguments[name] == value for name, value in arguments.items()))

    def starts(self) -> bool:
        """Whether it started a session."""
        return False if self.decision is None else all_of(self.accepted, self.decision.starts)

    def refuses(self) -> bool:
        """Whether it made a decision, which was to refuse."""
        return False if self.decision is None else not_(self.decision.starts)


def apply(operation: str, state: State, reading: Reading = DEFAULT, **arguments: Any) -> tuple[State, Decision | None]:
    """The state after an operation, and the decision if the operation starts a session.

    Enumerated arguments may be plain values: `run_as_enabled=True`, `platform="linux"`. Raises ValueError for a value
    of no member, and the `OperationError` of the first requirement that does not hold.
    """
    step = SPECIFICATION.step(operation, state, reading, **OPERATIONS[operation].with_members(arguments))
    for holds, error in step.requires:
        if not holds:
            raise error
    return step.state, step.decision
