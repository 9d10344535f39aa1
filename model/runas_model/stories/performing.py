"""A story performed on the specification, one call at a time: how each ended, and what it changed."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import attrs
from attrs import evolve

from runas_model.doors import checked, checked_fields
from runas_model.specification.decision import Decide
from runas_model.specification.errors import OperationError
from runas_model.specification.operations import operation_named
from runas_model.specification.readings import DEFAULT, Reading
from runas_model.specification.state import INITIAL, State
from runas_model.specification.transitions import SPECIFICATION, Specification, Transition
from runas_model.specification.vocabulary import NO_ROLE_SESSION, RoleSession, Session, Situation
from runas_model.stories.noting import noted, without_notes
from runas_model.stories.traces import changes

__all__ = ["Performed", "Story"]


@attrs.frozen
class Performed:
    """A call that was performed: the step, and in lines what it changed.

    `situation` is the one that the decision was made in, if the step made one.
    """

    transition: Transition
    changes: tuple[str, ...]
    situation: Situation | None

    @property
    def error(self) -> OperationError | None:
        """The error that the call met; None where it succeeded."""
        return next((error for holds, error in self.transition.requires if not holds), None)


class _Listening(Specification):
    """The specification, which remembers the situations that it was asked to decide."""

    @cached_property
    def situations(self) -> list[Situation]:
        return []

    @property
    def decide(self) -> Decide:
        def decide(s: Situation, r: Reading = DEFAULT, /) -> Any:
            self.situations.append(s)
            return SPECIFICATION.decide(s, r)

        return decide


@attrs.define(field_transformer=checked_fields, on_setattr=[])
class Story:
    """The state that the specification is in under one reading, at first the initial one.

    What it takes grows with the state, and not with the calls. Raises TypeError for a field of a wrong kind.
    """

    reading: Reading = DEFAULT
    state: State = INITIAL
    _specification: _Listening = attrs.field(factory=_Listening, init=False)
    _within: dict[Session, RoleSession] = attrs.field(factory=dict, init=False)

    def perform(self, operation: str, arguments: Mapping[str, Any]) -> Performed:
        """Perform a call; where it meets an error, nothing changes.

        Enumerated arguments may be plain values: `run_as_enabled=True`. Raises TypeError or ValueError for an operation
        or argument as `runas_model.apply` does.
        """
        members = operation_named(operation).with_members_again(arguments)
        before, situations = self.state, self._specification.situations
        situations.clear()
        t = self._specification.transition(operation, noted(before), self.reading, **members)
        changed = tuple(changes(t.before, t.after))
        self.state = without_notes(t.after)
        t = evolve(t, specification=SPECIFICATION, before=before, after=self.state)
        if t.starts() and t.asked.role_session != NO_ROLE_SESSION:
            self._within[t.arguments["session"]] = t.asked.role_session
        return Performed(t, changed, situations[-1] if t.accepted and t.decision is not None else None)

    @checked
    def role_session_of(self, session: Session) -> RoleSession:
        """The role session in which the story started a session; `NO_ROLE_SESSION` for one that it started in none."""
        return self._within.get(session, NO_ROLE_SESSION)
