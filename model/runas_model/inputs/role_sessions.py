"""A caller in a role session that has a Run As tag of its own: a small state that says so, made by the operations."""

from typing import Any

from runas_model.specification.operations import operation_named
from runas_model.specification.state import INITIAL, State
from runas_model.specification.transitions import apply
from runas_model.specification.vocabulary import (
    PREFERENCES,
    Instance,
    Principal,
    PrincipalKind,
    Request,
    RoleSession,
)

__all__ = ["ASKED", "in_role_session", "session_tag_value"]

ASKED = Request(Principal("the-role"), Instance("the-instance"), PREFERENCES, RoleSession("the-role-session"))
"""What the caller asks for; whether it is tagged, and how, does not depend on the instance."""


def session_tag_value(value: object, argument: str) -> str:
    """The value of a session tag, given for an argument. Raises TypeError for no text, ValueError for a long one."""
    text: str = operation_named("assume_role_with_tag").kinds["value"].read(value, argument)
    return text


def in_role_session(session_tag: str, session_tag_key: str, tag: str | None, tag_key: str) -> State:
    """A state with a role that has this Run As tag, if any, and a role session that has this session tag (D1).

    Raises TypeError for a tag that is no text, and ValueError for a session tag that is too long.
    """
    value = session_tag_value(session_tag, "session_tag")
    role: dict[str, Any] = {"principal": ASKED.principal}
    session: dict[str, Any] = {"role_session": ASKED.role_session, "transitive": False}
    state, _ = apply("create_principal", INITIAL, **role, account="the-account", kind=PrincipalKind.ROLE)
    if tag is not None:
        named = operation_named("tag_principal").kinds["value"].read(tag, "tag")
        state, _ = apply("tag_principal", state, **role, key=tag_key, value=named)
    state, _ = apply("assume_role_with_tag", state, **role, **session, key=session_tag_key, value=value)
    return state
