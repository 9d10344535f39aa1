"""How a caller comes by its Run As tag: on the principal itself, or through role sessions."""

from collections.abc import Iterator
from enum import Enum
from typing import Any

from runas_model.specification.state import State
from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import (
    NO_ROLE_SESSION,
    RUN_AS_TAG,
    Name,
    Principal,
    RoleSession,
    Tag,
    TagKey,
)
from runas_model.universes.connectives import folded, spelled
from runas_properties.stateful.calls import fitting
from runas_properties.stateful.steering import TAG_KEYS, next_role_session

__all__ = ["THROUGH", "Through", "beside", "role_session_of", "tagging"]


class Through(Enum):
    """Through what a caller comes by its Run As tag."""

    ITSELF = "itself"
    """The principal's tag, in no role session."""
    ROLE = "role"
    """The role's tag, in a role session without one."""
    PASSED = "passed"
    """A session tag, that wins over any of the role."""
    INHERITED = "inherited"
    """A transitive session tag of the role session that this one is chained from."""
    ENDED = "ended"
    """The role's tag, in a role session chained from one whose session tag is not transitive."""


THROUGH = (*[Through.ITSELF] * 2, *Through, Through.PASSED, Through.INHERITED)
"""What scenes and aims draw from: a third of the roles act as themselves."""

PASS = "assume_role_with_tag"
BY_SESSION = (Through.PASSED, Through.INHERITED)
CHAINED = (Through.INHERITED, Through.ENDED)
BY_ROLE = {Through.PASSED: Through.ROLE, Through.INHERITED: Through.ENDED}
"""How a value that is too long for a session tag comes to the caller in the same role session."""


def role_session_of(state: State, through: Through) -> RoleSession:
    """The role session in which the caller is tagged so, where `tagging` begins one in a state."""
    if through is Through.ITSELF:
        return NO_ROLE_SESSION
    return _after(next_role_session(state)) if through in CHAINED else next_role_session(state)


def _after(role_session: RoleSession) -> RoleSession:
    letter, _, number = role_session.partition("-")
    return RoleSession(f"{letter}-{int(number) + 1}")


def tagging(
    state: State, principal: Principal, through: Through, key: TagKey, value: Name | None, other: Name
) -> Iterator[Call]:
    """The operations by which a principal that exists is tagged through this; with None it has no Run As tag.

    It is a role where that is not itself. `other` is the value of tags that do not count: the role's where that of the
    session wins, and that of a session which hands none on.
    """
    if value is not None and {"value": value} != fitting(PASS, {"value": value}):
        through = BY_ROLE.get(through, through)
    by_session = value is not None and through in BY_SESSION
    at = (principal, folded(RUN_AS_TAG))
    tagged, tag = state.tags.has(at), state.tags[at]
    if by_session and not tagged:
        yield _tag(principal, RUN_AS_TAG, other)
    elif value is None and tagged:
        yield "untag_principal", {"principal": principal, "key": RUN_AS_TAG}
    elif value is not None and not by_session and tag != Tag(spelled(key), value):
        yield _tag(principal, key, value)
    first = next_role_session(state)
    passed = {"key": key, "value": value} if by_session else {"key": TAG_KEYS[1], "value": other}
    match through:
        case Through.ROLE:
            yield _assume(principal, first)
        case Through.PASSED:
            yield _assume(principal, first, transitive=False, **passed)
        case Through.INHERITED:
            yield _assume(principal, first, transitive=True, **passed)
            yield _assume(principal, _after(first), source=first)
        case Through.ENDED:
            yield _assume(principal, first, key=RUN_AS_TAG, value=other, transitive=False)
            yield _assume(principal, _after(first), source=first)


def beside(role: Principal, role_session: RoleSession, value: Name, transitive: bool) -> Call:
    """A session of a role after the last one that was begun, with a Run As tag of its own."""
    return _assume(role, _after(role_session), key=RUN_AS_TAG, value=value, transitive=transitive)


def _tag(principal: Principal, key: TagKey, value: Name) -> Call:
    return "tag_principal", {"principal": principal, "key": key, "value": value}


def _assume(principal: Principal, role_session: RoleSession, **more: Any) -> Call:
    """A role session begun, with a session tag if there is a `key`; a value that is too long is cut."""
    arguments = {"principal": principal, "role_session": role_session, "source": NO_ROLE_SESSION, **more}
    operation = PASS if "key" in more else "assume_role"
    return operation, fitting(operation, arguments)
