"""Operations, states and traces in lines that a person can read."""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any

from runas_model.doors import checked
from runas_model.specification.state import INITIAL, State
from runas_model.specification.transitions import Transition
from runas_model.specification.vocabulary import OsUser, Switch
from runas_model.stories.situations import outcome, plain
from runas_model.universes.connectives import is_blank

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
    return f"{operation}: {', '.join(f'{name} {_value(value)}' for name, value in arguments.items())}"


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
    for account in _differing(before.preferences, after.preferences):
        p = after.preferences[account]
        default = "no default" if is_blank(p.default_user) else f"default {plain(p.default_user)}"
        yield f"account {plain(account)} has Run As {p.run_as_enabled}, {default}"
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
    for instance in _differing(before.instances, after.instances):
        if after.instances.has(instance):
            machine = after.instances[instance]
            yield f"instance {instance} ({machine.platform.value}) is in account {machine.account}"
        else:
            yield f"instance {instance} is gone"
    for instance, name in _differing(before.os_users, after.os_users):
        has = after.os_users.has((instance, name))
        ids = _ids(after.os_users[instance, name]) if has else ""
        yield f"OS user {plain(name)} is {'on' if has else 'not on'} {instance}{ids}"
    for instance, session in _differing(before.sessions, after.sessions):
        if after.sessions.has((instance, session)):
            run = after.sessions[instance, session]
            whom = "nobody" if run.os_user is None else plain(run.os_user)
            yield f"session {session} on {instance} is {run.principal}'s and runs as {whom} by {run.rule}"
        else:
            yield f"session {session} on {instance} is not running"


def _differing(before: Any, after: Any) -> list[Any]:
    keys = dict.fromkeys([*before, *after])
    return sorted(
        key for key in keys if before.has(key) != after.has(key) or (after.has(key) and before[key] != after[key])
    )


def _ids(user: OsUser) -> str:
    special = [f"{name} 0" for name, number in (("uid", user.uid), ("gid", user.gid)) if number == 0]
    return f" with {' and '.join(special)}" if special else ""


def _value(value: object) -> str:
    if isinstance(value, Switch):
        return str(value)
    if isinstance(value, Enum):
        return str(value.value)
    return plain(value) if isinstance(value, str) else str(value)
