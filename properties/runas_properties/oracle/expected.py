"""What the specification allows an implementation to answer, and to show afterwards."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

import attrs

from runas_model.doors import checked
from runas_model.specification.transitions import Transition
from runas_properties.implementations import Done, Failed, Outcome, Refused, Started

__all__ = ["Expected", "Expecting", "allowed", "expected_outcome", "mistakes"]


def mistakes(t: Transition) -> list[str]:
    """The names of the errors that an operation may raise where it was asked, each once; none where it was accepted."""
    if t.accepted:
        return []
    return list(dict.fromkeys(type(error).__name__ for holds, error in t.requires if not holds))


@checked
def expected_outcome(t: Transition) -> Outcome:
    """What the specification answers; of several errors the first."""
    if not t.accepted:
        return Failed(mistakes(t)[0])
    if t.decision is None:
        return Done()
    d = t.decision
    return Started(str(d.os_user)) if d.starts else Refused(d.reason.value if d.reason else None)


def allowed(t: Transition) -> tuple[Outcome, ...]:
    """The outcomes that the specification allows: any error that applies, a refusal with its reason or without one."""
    if not t.accepted:
        return tuple(map(Failed, mistakes(t)))
    expected = expected_outcome(t)
    return (expected, Refused(None)) if isinstance(expected, Refused) and expected.reason else (expected,)


class Expected(NamedTuple):
    """What is allowed after an operation: one of some outcomes, and just these sessions and OS users."""

    outcomes: tuple[Outcome, ...]
    sessions: Mapping[str, str]
    os_users: Mapping[str, Collection[str]]

    def is_met(self, got: Outcome, sessions: Mapping[str, str], os_users: Mapping[str, Collection[str]]) -> bool:
        """Whether that is what was seen; an instance without OS users may be there or not."""
        users = {instance: set(names) for instance, names in os_users.items() if names}
        return got in self.outcomes and sessions == self.sessions and users == self.os_users


@attrs.define
class Expecting:
    """What is expected after each operation of a trace, asked one after the other."""

    _sessions: dict[str, str] = attrs.field(factory=dict)
    _os_users: dict[str, set[str]] = attrs.field(factory=dict)

    def after(self, t: Transition) -> Expected:
        """What is expected after the next operation."""
        if t.after.sessions is not t.before.sessions:
            self._sessions = {at[1]: str(t.after.sessions[at].os_user) for at in t.after.sessions}
        if t.after.os_users is not t.before.os_users:
            self._os_users = {instance: set(t.after.os_users.under(instance)) for instance in t.after.os_users.rows}
        return Expected(allowed(t), self._sessions, self._os_users)
