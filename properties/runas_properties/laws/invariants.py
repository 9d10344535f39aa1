"""Invariants: laws of every reachable state, kept by every operation."""

from runas_model.specification.state import State
from runas_model.specification.vocabulary import SSM_USER, FoldedKey, Instance, Name, Principal, Session
from runas_model.universes.connectives import all_of, any_of, choose, is_blank, not_
from runas_properties.laws.law import Claim, invariant

__all__: list[str] = []


@invariant(
    "session-was-justified",
    ("C1", "C7", "C10", "C12"),
    "either Run As applied at its start and it runs as an OS user other than ssm-user, by the rule "
    "tag-user-exists or default-user-exists, or Run As did not apply and it runs as ssm-user, by the rule run-as-off "
    "or platform-not-covered",
)
def session_was_justified(state: State, instance: Instance, session: Session) -> Claim:
    run = state.sessions[instance, session]
    is_ssm_user = run.os_user == SSM_USER
    return Claim(
        state.sessions.has((instance, session)),
        choose(
            run.run_as_applied,
            all_of(not_(is_ssm_user), any_of(run.rule == "tag-user-exists", run.rule == "default-user-exists")),
            all_of(is_ssm_user, any_of(run.rule == "run-as-off", run.rule == "platform-not-covered")),
        ),
    )


@invariant(
    "same-account",
    ("C6",),
    "the instance is registered and belongs to the account that the session's principal belonged to at its start",
)
def same_account(state: State, instance: Instance, session: Session) -> Claim:
    return Claim(
        state.sessions.has((instance, session)),
        all_of(
            state.instances.has(instance),
            state.sessions[instance, session].account == state.instances[instance].account,
        ),
    )


@invariant("os-user-existed-at-start", ("C2", "C7", "C10"))
def os_user_existed_at_start(state: State, instance: Instance, session: Session) -> Claim:
    return Claim(state.sessions.has((instance, session)), state.sessions[instance, session].os_user_present)


@invariant("running-sessions-were-started", ("C7", "C10"))
def running_sessions_were_started(state: State, instance: Instance, session: Session) -> Claim:
    return Claim(
        state.sessions.has((instance, session)),
        all_of(state.started.has(session), state.started[session] == instance),
    )


@invariant("os-users-are-on-instances", ("C7", "C10"))
def os_users_are_on_instances(state: State, instance: Instance, name: Name) -> Claim:
    return Claim(
        state.os_users.has((instance, name)),
        all_of(state.instances.has(instance), not_(is_blank(name))),
    )


@invariant("tags-belong-to-principals", ("C3", "C15"))
def tags_belong_to_principals(state: State, principal: Principal, key: FoldedKey) -> Claim:
    return Claim(state.tags.has((principal, key)), state.principals.has(principal))
