"""The operations, as AWS names them: what each requires, and the state after.

Each is a plain function from a state (and, for the start of a session, a reading and the specification that
decides) to a `Step`, written with connectives and tables alone. `runas_model.apply` runs one in the concrete universe.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from inspect import Parameter, signature
from typing import Any, Protocol

import attrs
from attrs import evolve

from runas_model.doors import Kind, checked_fields, kind_of, one_of, read_all, wrong_names
from runas_model.specification import errors
from runas_model.specification.clauses import ClauseId
from runas_model.specification.decision import Decide
from runas_model.specification.readings import Reading
from runas_model.specification.rulebook import run_as_applies
from runas_model.specification.state import State
from runas_model.specification.vocabulary import (
    SSM_USER,
    Account,
    Decision,
    Instance,
    ManagedInstance,
    Name,
    OsUser,
    Platform,
    PosixId,
    Preferences,
    Principal,
    PrincipalKind,
    PrincipalRecord,
    RunningSession,
    Session,
    Situation,
    Switch,
    Tag,
    TagKey,
)
from runas_model.universes.connectives import all_of, choose, folded, is_blank, not_, spelled
from runas_model.universes.sources import NotForEveryUniverse

__all__ = ["OPERATIONS", "SSM_USER_RECORD", "Decides", "Operation", "Step", "operation"]

SSM_USER_RECORD = OsUser(PosixId(1001), PosixId(1001))
"""The `ssm-user` that Session Manager creates: an OS user that is not root; the numbers are the system's."""


@attrs.frozen
class Step:
    """The requirements of an operation, each with its error; the next state; and the decision, if any."""

    requires: list[tuple[bool, errors.OperationError]]
    state: State
    decision: Decision | None = None


class Decides(Protocol):
    """What the start of a session asks: in which situation it is, and what is decided there."""

    @property
    def decide(self) -> Decide: ...

    @property
    def situation_of(self) -> Callable[[State, Principal, Instance], Situation]: ...


@attrs.frozen(field_transformer=checked_fields)
class Operation:
    """A function from a state to a `Step`, with its AWS API names and the clauses it implements."""

    id: str
    function: Callable[..., Step]
    aws: tuple[str, ...]
    clauses: tuple[ClauseId, ...]

    @property
    def title(self) -> str:
        return (self.function.__doc__ or "").split("\n")[0]

    @property
    def parameters(self) -> dict[str, type]:
        """The types of its parameters, by name."""
        return dict(self._parameters)

    @cached_property
    def _parameters(self) -> dict[str, type]:
        every = {name: p.annotation for name, p in signature(self.function).parameters.items()}
        return {name: sort for name, sort in every.items() if name not in ("state", "reading", "by")}

    def check(self) -> None:
        """Raises `NotForEveryUniverse` for a parameter with a default, which nothing would hold to what it is."""
        if any(parameter.default is not Parameter.empty for parameter in signature(self.function).parameters.values()):
            code = self.function.__code__
            where = f"{code.co_filename}, line {code.co_firstlineno}"
            raise NotForEveryUniverse(f"{where}: the operation {self.id} has a default for an argument: all are given")

    def with_members(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Arguments in which a plain value of an enumerated sort, such as `"linux"` or `True`, is the member it means.

        Raises TypeError for an argument that is missing, that there is not, or of a wrong kind, and ValueError for one
        of the right kind that is not to be had: a platform that there is none of, a uid out of `POSIX_IDS`.
        """
        if arguments.keys() != self._kinds.keys():
            raise wrong_names(self.id, arguments, self._kinds)
        return read_all(self._kinds, arguments)

    @cached_property
    def _kinds(self) -> dict[str, Kind]:
        return {name: kind_of(sort) for name, sort in self.parameters.items()}


OPERATIONS: dict[str, Operation] = {}
"""Every operation, by its id."""


def operation_named(name: str) -> Operation:
    """The operation with an id. Raises TypeError for what is no text, and ValueError for another one."""
    return OPERATIONS[one_of(OPERATIONS, name, "operation")]


def operation(aws: tuple[str, ...] = (), clauses: tuple[ClauseId, ...] = ()) -> Callable[[Any], Any]:
    def register(function: Callable[..., Step]) -> Callable[..., Step]:
        OPERATIONS[function.__name__] = Operation(function.__name__, function, aws, clauses)
        return function

    return register


@operation(aws=("CreateUser", "CreateRole"), clauses=("C3",))
def create_principal(state: State, principal: Principal, account: Account, kind: PrincipalKind) -> Step:
    """Create an IAM user or role, without tags."""
    return Step(
        requires=[(not_(state.principals.has(principal)), errors.PrincipalExists(principal))],
        state=evolve(state, principals=state.principals.put(principal, PrincipalRecord(account, kind))),
    )


@operation(aws=("DeleteUser", "DeleteRole"), clauses=("C3",))
def delete_principal(state: State, principal: Principal) -> Step:
    """Delete a principal and its tags; its running sessions continue."""
    return Step(
        requires=[(state.principals.has(principal), errors.UnknownPrincipal(principal))],
        state=evolve(state, principals=state.principals.drop(principal), tags=state.tags.drop_under(principal)),
    )


@operation(aws=("TagUser", "TagRole"), clauses=("C3", "C4", "C15", "D4"))
def tag_principal(state: State, principal: Principal, key: TagKey, value: Name) -> Step:
    """Set a tag on a principal, replacing the one with that key in any case."""
    return Step(
        requires=[(state.principals.has(principal), errors.UnknownPrincipal(principal))],
        state=evolve(state, tags=state.tags.put((principal, folded(key)), Tag(spelled(key), value))),
    )


@operation(aws=("UntagUser", "UntagRole"), clauses=("C15", "D4"))
def untag_principal(state: State, principal: Principal, key: TagKey) -> Step:
    """Remove a tag from a principal, by its key in any case."""
    at = (principal, folded(key))
    return Step(
        requires=[
            (state.principals.has(principal), errors.UnknownPrincipal(principal)),
            (state.tags.has(at), errors.UnknownTag(principal, key)),
        ],
        state=evolve(state, tags=state.tags.drop(at)),
    )


@operation(aws=("UpdateDocument",), clauses=("C5", "C13", "C14", "C16", "D12"))
def update_preferences(state: State, account: Account, run_as_enabled: Switch, default_user: Name) -> Step:
    """Set an account's Session Manager preferences; a blank default OS user means none."""
    return Step(
        requires=[],
        state=evolve(state, preferences=state.preferences.put(account, Preferences(run_as_enabled, default_user))),
    )


@operation(aws=("RegisterManagedInstance",), clauses=("C13",))
def register_instance(state: State, instance: Instance, account: Account, platform: Platform) -> Step:
    """Register a managed instance, without OS users."""
    return Step(
        requires=[(not_(state.instances.has(instance)), errors.InstanceExists(instance))],
        state=evolve(state, instances=state.instances.put(instance, ManagedInstance(account, platform))),
    )


@operation(aws=("DeregisterManagedInstance",))
def deregister_instance(state: State, instance: Instance) -> Step:
    """Deregister a managed instance; its OS users are removed and its sessions end."""
    return Step(
        requires=[(state.instances.has(instance), errors.UnknownInstance(instance))],
        state=evolve(
            state,
            instances=state.instances.drop(instance),
            os_users=state.os_users.drop_under(instance),
            sessions=state.sessions.drop_under(instance),
        ),
    )


@operation(clauses=("C7", "C10", "D11"))
def create_os_user(state: State, instance: Instance, name: Name, uid: PosixId, gid: PosixId) -> Step:
    """Create an OS user on an instance, or in the directory that it has joined."""
    return Step(
        requires=[
            (state.instances.has(instance), errors.UnknownInstance(instance)),
            (not_(is_blank(name)), errors.BlankOsUserName(name)),
            (not_(state.os_users.has((instance, name))), errors.OsUserExists(instance, name)),
        ],
        state=evolve(state, os_users=state.os_users.put((instance, name), OsUser(uid, gid))),
    )


@operation(clauses=("C8", "C11", "D11"))
def delete_os_user(state: State, instance: Instance, name: Name) -> Step:
    """Delete an OS user from an instance, or from its directory; sessions running as it continue."""
    return Step(
        requires=[
            (state.instances.has(instance), errors.UnknownInstance(instance)),
            (state.os_users.has((instance, name)), errors.UnknownOsUser(instance, name)),
        ],
        state=evolve(state, os_users=state.os_users.drop((instance, name))),
    )


@operation(aws=("StartSession",), clauses=("C1", "C2", "C7", "C8", "C9", "C10", "C11", "C12"))
def start_session(
    state: State, reading: Reading, by: Decides, session: Session, principal: Principal, instance: Instance
) -> Step:
    """Request a session, which starts if the decision allows it; a missing `ssm-user` that it runs as is created."""
    situation = by.situation_of(state, principal, instance)
    decision = by.decide(situation, reading)
    ssm_user = (instance, SSM_USER)
    creates = all_of(decision.starts, decision.os_user == SSM_USER, not_(state.os_users.has(ssm_user)))
    os_users = choose(creates, state.os_users.put(ssm_user, SSM_USER_RECORD), state.os_users)
    record = RunningSession(
        principal=principal,
        account=state.principals[principal].account,
        os_user=decision.os_user,
        rule=decision.rule,
        run_as_applied=run_as_applies(situation, reading),
        os_user_present=os_users.has((instance, decision.os_user)),  # type: ignore[arg-type]
    )
    started = evolve(
        state,
        os_users=os_users,
        started=state.started.put(session, instance),
        sessions=state.sessions.put((instance, session), record),
    )
    return Step(
        requires=[
            (state.principals.has(principal), errors.UnknownPrincipal(principal)),
            (state.instances.has(instance), errors.UnknownInstance(instance)),
            (
                state.principals[principal].account == state.instances[instance].account,
                errors.DifferentAccounts(principal, instance),
            ),
            (not_(state.started.has(session)), errors.SessionIdUsed(session)),
        ],
        state=choose(decision.starts, started, state),
        decision=decision,
    )


@operation(aws=("TerminateSession",))
def terminate_session(state: State, session: Session) -> Step:
    """End a running session; its id is never reused."""
    key = (state.started[session], session)
    return Step(
        requires=[
            (state.started.has(session), errors.UnknownSession(session)),
            (state.sessions.has(key), errors.UnknownSession(session)),
        ],
        state=evolve(state, sessions=state.sessions.drop(key)),
    )
