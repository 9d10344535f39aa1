"""Step laws: what any operation does to any state, and what it leaves alone."""

from attrs import evolve

from runas_model.specification.rulebook import run_as_applies
from runas_model.specification.transitions import Transition
from runas_model.specification.vocabulary import (
    RUN_AS_TAG,
    SSM_USER,
    Account,
    FoldedKey,
    Instance,
    Name,
    Principal,
    Session,
)
from runas_model.universes.connectives import all_of, any_of, equal, folded, implies, not_, spelled
from runas_properties.laws.decisions import same
from runas_properties.laws.law import Claim, step_law

__all__ = ["account_of"]


def account_of(t: Transition) -> Account:
    """The account in which an operation acts."""
    arguments, state = t.arguments, t.before
    if "account" in arguments:
        account: Account = arguments["account"]
        return account
    if "instance" in arguments:
        return state.instances[arguments["instance"]].account
    if "principal" in arguments:
        return state.principals[arguments["principal"]].account
    return state.instances[state.started[arguments["session"]]].account


def starts(t: Transition) -> bool:
    """A session started."""
    return False if t.decision is None else all_of(t.accepted, t.decision.starts)


def with_key(t: Transition, operation: str, principal: Principal, key: FoldedKey) -> bool:
    """It was this operation on a tag of this principal, accepted, with a key that is this one in some case."""
    if t.operation != operation:
        return False
    return all_of(t.did(operation, principal=principal), folded(t.arguments["key"]) == key)


def same_preferences(t: Transition, account: Account) -> bool:
    return equal(t.before.preferences[account], t.after.preferences[account])


def same_tag(t: Transition, principal: Principal, key: FoldedKey) -> bool:
    at = (principal, key)
    had, has = t.before.tags.has(at), t.after.tags.has(at)
    return all_of(had == has, implies(has, equal(t.before.tags[at], t.after.tags[at])))


def same_os_user(t: Transition, instance: Instance, name: Name) -> bool:
    at = (instance, name)
    had, has = t.before.os_users.has(at), t.after.os_users.has(at)
    return all_of(had == has, implies(has, equal(t.before.os_users[at], t.after.os_users[at])))


def same_session(t: Transition, instance: Instance, session: Session) -> bool:
    at = (instance, session)
    had, has = t.before.sessions.has(at), t.after.sessions.has(at)
    return all_of(had == has, implies(has, equal(t.before.sessions[at], t.after.sessions[at])))


@step_law(
    "refusal-changes-nothing",
    "A refused session, and an operation on something that is not there, change nothing.",
    ("C8", "C11"),
)
def refusal_changes_nothing(
    t: Transition,
    account: Account,
    principal: Principal,
    key: FoldedKey,
    instance: Instance,
    name: Name,
    session: Session,
) -> Claim:
    before, after = t.before, t.after
    refused = False if t.decision is None else not_(t.decision.starts)
    return Claim(
        any_of(not_(t.accepted), refused),
        all_of(
            same_preferences(t, account),
            before.principals.has(principal) == after.principals.has(principal),
            equal(before.principals[principal], after.principals[principal]),
            same_tag(t, principal, key),
            before.instances.has(instance) == after.instances.has(instance),
            equal(before.instances[instance], after.instances[instance]),
            same_os_user(t, instance, name),
            before.started.has(session) == after.started.has(session),
            same_session(t, instance, session),
        ),
    )


@step_law(
    "settings-leave-sessions-alone",
    "A running session stays as it is until it is terminated or its instance deregistered, whatever else happens.",
    ("C7", "C10"),
)
def settings_leave_sessions_alone(t: Transition, instance: Instance, session: Session) -> Claim:
    ended = any_of(t.did("terminate_session", session=session), t.did("deregister_instance", instance=instance))
    return Claim(all_of(t.before.sessions.has((instance, session)), not_(ended)), same_session(t, instance, session))


@step_law("ended-sessions-are-gone", "A session that is terminated, or whose instance is deregistered, is gone.", ())
def ended_sessions_are_gone(t: Transition, instance: Instance, session: Session) -> Claim:
    ended = any_of(t.did("terminate_session", session=session), t.did("deregister_instance", instance=instance))
    return Claim(ended, not_(t.after.sessions.has((instance, session))))


@step_law(
    "sessions-run-as-decided",
    "A session comes to be only by starting it, on that instance, for that principal, as the OS user decided.",
    ("C7", "C10"),
)
def sessions_run_as_decided(t: Transition, instance: Instance, session: Session) -> Claim:
    at = (instance, session)
    new = all_of(t.after.sessions.has(at), not_(t.before.sessions.has(at)))
    if t.decision is None:
        return Claim(new, False)
    run = t.after.sessions[at]
    return Claim(
        any_of(new, all_of(starts(t), t.did("start_session", instance=instance, session=session))),
        all_of(
            t.after.sessions.has(at),
            t.did("start_session", instance=instance, session=session),
            t.decision.starts,
            run.principal == t.arguments["principal"],
            run.os_user == t.decision.os_user,
            run.rule == t.decision.rule,
        ),
    )


@step_law("session-ids-are-never-reused", "No session has the id of one that ever started before it.", ())
def session_ids_are_never_reused(t: Transition, session: Session) -> Claim:
    reused = all_of(starts(t), t.did("start_session", session=session))
    return Claim(
        t.before.started.has(session),
        all_of(t.after.started.has(session), t.after.started[session] == t.before.started[session], not_(reused)),
    )


@step_law(
    "only-off-sessions-create-ssm-user",
    "A session creates an OS user only where Run As does not apply, and then a missing ssm-user.",
    ("C2", "C12"),
)
def only_off_sessions_create_ssm_user(t: Transition, instance: Instance, name: Name) -> Claim:
    at = (instance, name)
    new = all_of(t.after.os_users.has(at), not_(t.before.os_users.has(at)))
    if t.decision is None:
        return Claim(new, t.did("create_os_user", instance=instance, name=name))
    situation = t.specification.situation_of(t.before, t.arguments["principal"], t.arguments["instance"])
    off = all_of(starts(t), not_(run_as_applies(situation, t.reading)))
    return Claim(new, all_of(off, t.did("start_session", instance=instance), name == SSM_USER))


@step_law(
    "off-sessions-leave-an-ssm-user", "After a session started as ssm-user, ssm-user is on the instance.", ("C1", "C2")
)
def off_sessions_leave_an_ssm_user(t: Transition, instance: Instance) -> Claim:
    if t.decision is None:
        return Claim(False, False)
    as_ssm_user = all_of(starts(t), t.decision.os_user == SSM_USER, t.did("start_session", instance=instance))
    return Claim(as_ssm_user, t.after.os_users.has((instance, SSM_USER)))


@step_law(
    "accounts-are-isolated",
    "An operation in one account changes no decision in another.",
    ("C6",),
)
def accounts_are_isolated(t: Transition, principal: Principal, instance: Instance) -> Claim:
    account = t.before.instances[instance].account
    before, after = (t.specification.situation_of(state, principal, instance) for state in (t.before, t.after))
    return Claim(
        all_of(
            t.before.principals.has(principal),
            t.before.instances.has(instance),
            t.before.principals[principal].account == account,
            not_(account == account_of(t)),
        ),
        same(t.specification.decide(before, t.reading), t.specification.decide(after, t.reading)),
    )


@step_law(
    "untagging-restores-the-default",
    "After its Run As tag is taken off, a principal is decided on as one that never had it.",
    ("C9", "C15"),
)
def untagging_restores_the_default(t: Transition, principal: Principal, instance: Instance) -> Claim:
    if t.operation != "untag_principal":
        return Claim(False, False)
    before, after = (t.specification.situation_of(state, principal, instance) for state in (t.before, t.after))
    untagged = evolve(before, tagged=False)
    return Claim(
        with_key(t, "untag_principal", principal, folded(RUN_AS_TAG)),
        same(t.specification.decide(after, t.reading), t.specification.decide(untagged, t.reading)),
    )


@step_law(
    "newer-tag-replaces",
    "A Run As tag put on a principal replaces the one with that key in any case; the newer spelling and value stay.",
    ("C15", "D4"),
)
def newer_tag_replaces(t: Transition, principal: Principal, instance: Instance) -> Claim:
    if t.operation != "tag_principal":
        return Claim(False, False)
    after = t.specification.situation_of(t.after, principal, instance)
    return Claim(
        with_key(t, "tag_principal", principal, folded(RUN_AS_TAG)),
        all_of(
            after.tagged,
            after.tag == t.arguments["value"],
            after.tag_key_exact == (spelled(t.arguments["key"]) == spelled(RUN_AS_TAG)),
        ),
    )


@step_law(
    "tags-change-only-as-asked",
    "A tag is as it was last put, on that principal alone, until it is taken off or the principal deleted.",
    ("C3", "C4", "C15", "D4"),
)
def tags_change_only_as_asked(t: Transition, principal: Principal, key: FoldedKey) -> Claim:
    at = (principal, key)
    put = with_key(t, "tag_principal", principal, key)
    gone = any_of(with_key(t, "untag_principal", principal, key), t.did("delete_principal", principal=principal))
    as_put = True
    if t.operation == "tag_principal":
        as_put = all_of(
            t.after.tags[at].spelling == spelled(t.arguments["key"]), t.after.tags[at].value == t.arguments["value"]
        )
    return Claim(
        True,
        all_of(
            implies(put, all_of(t.after.tags.has(at), as_put)),
            implies(gone, not_(t.after.tags.has(at))),
            any_of(put, gone, same_tag(t, principal, key)),
        ),
    )


@step_law(
    "preferences-change-only-as-asked",
    "The preferences of an account are as they were last set for it.",
    ("C5", "C13", "C14", "C16"),
)
def preferences_change_only_as_asked(t: Transition, account: Account) -> Claim:
    if t.operation != "update_preferences":
        return Claim(True, same_preferences(t, account))
    now = t.after.preferences[account]
    as_set = all_of(
        now.run_as_enabled == t.arguments["run_as_enabled"], now.default_user == t.arguments["default_user"]
    )
    updated = t.did("update_preferences", account=account)
    return Claim(True, all_of(implies(updated, as_set), any_of(updated, same_preferences(t, account))))


@step_law(
    "os-users-change-only-as-asked",
    "An OS user is as it was created until it is deleted or its instance deregistered.",
    ("C7", "C8", "C10", "C11"),
)
def os_users_change_only_as_asked(t: Transition, instance: Instance, name: Name) -> Claim:
    at = (instance, name)
    gone = any_of(
        t.did("delete_os_user", instance=instance, name=name), t.did("deregister_instance", instance=instance)
    )
    conclusion = [implies(gone, not_(t.after.os_users.has(at)))]
    conclusion.append(implies(all_of(t.before.os_users.has(at), not_(gone)), same_os_user(t, instance, name)))
    if t.operation == "create_os_user":
        user = t.after.os_users[at]
        as_asked = all_of(t.after.os_users.has(at), user.uid == t.arguments["uid"], user.gid == t.arguments["gid"])
        conclusion.append(implies(t.did("create_os_user", instance=instance, name=name), as_asked))
    return Claim(True, all_of(*conclusion))


@step_law(
    "membership-changes-only-as-asked",
    "Principals and instances are as they were created or registered until deleted or deregistered.",
    ("C3", "C13"),
)
def membership_changes_only_as_asked(t: Transition, principal: Principal, instance: Instance) -> Claim:
    before, after = t.before, t.after
    made, deleted = t.did("create_principal", principal=principal), t.did("delete_principal", principal=principal)
    registered = t.did("register_instance", instance=instance)
    deregistered = t.did("deregister_instance", instance=instance)
    arguments = t.arguments
    account, kind, platform = (arguments.get(name) for name in ("account", "kind", "platform"))
    record, machine = after.principals[principal], after.instances[instance]
    stays = all_of(before.principals.has(principal), after.principals.has(principal))
    remains = all_of(before.instances.has(instance), after.instances.has(instance))
    conclusion = [
        after.principals.has(principal) == any_of(made, all_of(before.principals.has(principal), not_(deleted))),
        after.instances.has(instance) == any_of(registered, all_of(before.instances.has(instance), not_(deregistered))),
        implies(stays, equal(before.principals[principal], record)),
        implies(remains, equal(before.instances[instance], machine)),
    ]
    if t.operation == "create_principal":
        conclusion.append(implies(made, all_of(record.account == account, record.kind == kind)))
    if t.operation == "register_instance":
        conclusion.append(implies(registered, all_of(machine.account == account, machine.platform == platform)))
    return Claim(True, all_of(*conclusion))
