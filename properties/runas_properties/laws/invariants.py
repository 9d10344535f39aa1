"""Invariants: laws of every reachable state, kept by every operation."""

from runas_model.specification.state import State
from runas_model.specification.vocabulary import SSM_USER, FoldedKey, Instance, Name, Principal, Session
from runas_model.universes.connectives import all_of, any_of, choose, is_blank, not_
from runas_properties.laws.law import Claim, invariant

__all__: list[str] = []


@invariant(
    "session-was-justified",
    "Every session runs as a named OS user by a rule that starts one, or as ssm-user because Run As did not apply.",
    ("C1", "C7", "C10", "C12"),
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


@invariant("same-account", "Every session runs on an instance of the account that its principal was of.", ("C6",))
def same_account(state: State, instance: Instance, session: Session) -> Claim:
    return Claim(
        state.sessions.has((instance, session)),
        all_of(
            state.instances.has(instance),
            state.sessions[instance, session].account == state.instances[instance].account,
        ),
    )


@invariant(
    "os-user-existed-at-start", "The OS user of every session was on the instance when it started.", ("C2", "C7", "C10")
)
def os_user_existed_at_start(state: State, instance: Instance, session: Session) -> Claim:
    return Claim(state.sessions.has((instance, session)), state.sessions[instance, session].os_user_present)


@invariant("running-sessions-were-started", "Every running session was started, and on its instance.", ("C7", "C10"))
def running_sessions_were_started(state: State, instance: Instance, session: Session) -> Claim:
    return Claim(
        state.sessions.has((instance, session)),
        all_of(state.started.has(session), state.started[session] == instance),
    )


@invariant("os-users-are-on-instances", "Every OS user is on a registered instance and has a name.", ("C7", "C10"))
def os_users_are_on_instances(state: State, instance: Instance, name: Name) -> Claim:
    return Claim(
        state.os_users.has((instance, name)),
        all_of(state.instances.has(instance), not_(is_blank(name))),
    )


@invariant("tags-belong-to-principals", "Every tag is on a principal that exists.", ("C3", "C15"))
def tags_belong_to_principals(state: State, principal: Principal, key: FoldedKey) -> Claim:
    return Claim(state.tags.has((principal, key)), state.principals.has(principal))
