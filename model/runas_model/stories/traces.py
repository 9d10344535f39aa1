"""Operations, states and traces in lines that a person can read."""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any

import attrs

from runas_model.doors import checked
from runas_model.specification.operations import OPERATIONS
from runas_model.specification.state import INITIAL, State
from runas_model.specification.transitions import Transition
from runas_model.specification.vocabulary import (
    DEFAULT_REGION,
    PREFERENCES,
    Account,
    DocumentName,
    Instance,
    Region,
    Session,
    SessionDocument,
    Switch,
)
from runas_model.stories.noting import may_differ
from runas_model.stories.situations import os_user_ids, outcome, plain

__all__ = ["changes", "tell_call", "tell_trace", "tell_transition"]


@checked
def tell_trace(transitions: Iterable[Transition]) -> list[str]:
    """One numbered line per step, with its changes below."""
    lines = []
    for number, t in enumerate(transitions, 1):
        first, *more = tell_transition(t)
        lines += [f"{number}. {first}", *(f"   {line}" for line in more)]
    return lines


@checked
def tell_call(operation: str, arguments: Mapping[str, Any]) -> str:
    """An operation with its arguments: `tag_principal: principal amy, key SSMSessionRunAs, value alice`."""
    said = OPERATIONS[operation].said(arguments) if operation in OPERATIONS else arguments
    return f"{operation}: {', '.join(f'{name} {_value(value)}' for name, value in said.items())}"


@checked
def tell_transition(t: Transition) -> list[str]:
    """The operation with its result, then only what changed."""
    asked = tell_call(t.operation, t.arguments)
    if not t.accepted:
        asked += f" -> {next(error for holds, error in t.requires if not holds)}"
    elif t.decision is not None:
        asked += f" -> {outcome(t.decision)} by {t.decision.rule}"
    return [asked, *changes(t.before, t.after)]


@checked
def changes(before: State, after: State = INITIAL) -> Iterator[str]:
    """The differences between two states, one per line; `changes(INITIAL, state)` describes a whole state."""
    for at in _differing(before.documents, after.documents):
        if after.documents.has(at):
            yield f"{_document(*at)} has {_written(before.documents[at], after.documents[at])}"
        else:
            yield f"{_document(*at)} {'has no preferences' if at[-1] == PREFERENCES else 'is gone'}"
    for principal in _differing(before.principals, after.principals):
        if after.principals.has(principal):
            owner = after.principals[principal]
            yield f"{owner.kind.value} {principal} is in account {owner.account}"
        else:
            yield f"principal {principal} is gone"
    for at in _differing(before.tags, after.tags):
        tag = after.tags[at]
        told = f"tag {plain(tag.spelling)} = {plain(tag.value)}"
        yield f"{at[0]} has {told if after.tags.has(at) else f'no tag {plain(before.tags[at].spelling)}'}"
    yield from _of_role_sessions(before, after)
    for instance in _differing(before.instances, after.instances):
        if after.instances.has(instance):
            machine = after.instances[instance]
            there = _in_region(machine.region)
            yield f"instance {instance} ({machine.platform.value}) is in account {machine.account}{there}"
        else:
            yield f"instance {instance} is gone"
    for instance, name in _differing(before.os_users, after.os_users):
        if after.os_users.has((instance, name)):
            yield f"OS user {plain(name)} ({os_user_ids(after.os_users[instance, name])}) is on {instance}"
        else:
            yield f"OS user {plain(name)} is not on {instance}"
    for session in _differing(before.started, after.started):
        instance = after.started[session]
        if not after.sessions.has((instance, session)):
            yield f"session {session} {f'was started on {instance}' if after.started.has(session) else 'never started'}"
    for at in _differing(before.sessions, after.sessions):
        if after.sessions.has(at):
            yield f"session {at[1]} on {at[0]} {_session(after, at)}{_unseen(before, after, at)}"
        else:
            yield f"session {at[1]} on {at[0]} is not running"


def _of_role_sessions(before: State, after: State) -> Iterator[str]:
    """Which have begun or have ended, and their session tags; those that had ended are told where all are told."""
    for principal, role_session in _differing(before.role_sessions, after.role_sessions):
        is_on = after.role_sessions.has((principal, role_session))
        yield f"role session {plain(role_session)} of {principal} {'has begun' if is_on else 'has ended'}"
    for role_session in _differing(before.assumed, after.assumed):
        principal = after.assumed[role_session]
        if not after.role_sessions.has((principal, role_session)):
            has = after.assumed.has(role_session)
            yield f"role session {plain(role_session)} {f'of {principal} has ended' if has else 'never began'}"
    for at in _differing(before.session_tags, after.session_tags):
        tag, gone = after.session_tags[at], before.session_tags[at]
        told = f"{'transitive ' if tag.transitive else ''}session tag {plain(tag.spelling)} = {plain(tag.value)}"
        has = after.session_tags.has(at)
        yield f"role session {plain(at[0])} has {told if has else f'no session tag {plain(gone.spelling)}'}"


def _document(account: Account, region: Region, document: DocumentName) -> str:
    """A session document: an account for its preferences in the Region that is meant where none is said."""
    named = f"account {plain(account)}{_in_region(region)}"
    return named if document == PREFERENCES else f"session document {plain(document)} of {named}"


def _written(before: SessionDocument, after: SessionDocument) -> str:
    """What a document says now, and that it has lost its parameter if it had one before."""
    default = f"default {plain(after.default_user)}" if after.default_user else "no default"
    if after.declares_parameter:
        return f"Run As {after.run_as_enabled}, a parameter with {default}"
    no_more = ", no longer a parameter" if before.declares_parameter else ""
    return f"Run As {after.run_as_enabled}, {default}{no_more}"


def _in_region(region: Region) -> str:
    return "" if region == DEFAULT_REGION else f" in Region {plain(region)}"


def _session(state: State, at: tuple[Instance, Session]) -> str:
    """Whose a session is and as whom it runs; and what is in its record that nobody would expect."""
    run = state.sessions[at]
    told = f"is {run.principal}'s and runs as {'nobody' if run.os_user is None else plain(run.os_user)} by {run.rule}"
    if run.run_as_applied is (run.rule in WITHOUT_RUN_AS):
        told += f", with Run As {'applied' if run.run_as_applied else 'not applied'}"
    if not run.os_user_present:
        told += ", who was not on the instance"
    elsewhere = state.instances.has(at[0]) and state.instances[at[0]].account != run.account
    return f"{told}, of account {plain(run.account)}" if elsewhere else told


def _unseen(before: State, after: State, at: tuple[Instance, Session]) -> str:
    """What has changed in the record of a session that is told as before."""
    if not before.sessions.has(at) or _session(before, at) != _session(after, at):
        return ""
    was, now = attrs.asdict(before.sessions[at]), attrs.asdict(after.sessions[at])
    return "".join(f", {name} {value} instead of {was[name]}" for name, value in now.items() if value != was[name])


WITHOUT_RUN_AS = ("run-as-off", "platform-not-covered")
"""The rules by which a session starts although Run As does not apply."""


def _differing(before: Any, after: Any) -> list[Any]:
    return sorted(
        key
        for key in may_differ(before, after)
        if before.has(key) != after.has(key) or (after.has(key) and before[key] != after[key])
    )


def _value(value: object) -> str:
    if isinstance(value, Switch):
        return str(value)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return str(value).lower()
    return plain(value) if isinstance(value, str) else str(value)
