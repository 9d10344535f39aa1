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
from runas_properties.laws.law import Claim, step_law
from runas_properties.laws.parts import (
    account_of,
    ends,
    in_one_account,
    is_new_os_user,
    is_new_session,
    same,
    same_os_user,
    same_preferences,
    same_session,
    same_tag,
    starts,
    tags,
    untags,
)

__all__: list[str] = []


@step_law(
    "refusal-changes-nothing",
    ("C8", "C11"),
    "no preferences, principal, tag, instance, OS user or session changes, and no session counts as started that "
    "did not before",
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
    return Claim(
        any_of(t.refuses(), not_(t.accepted)),
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


@step_law("settings-leave-sessions-alone", ("C7", "C10"))
def settings_leave_sessions_alone(t: Transition, instance: Instance, session: Session) -> Claim:
    return Claim(
        all_of(t.before.sessions.has((instance, session)), not_(ends(t, instance, session))),
        same_session(t, instance, session),
    )


@step_law("ended-sessions-are-gone", ())
def ended_sessions_are_gone(t: Transition, instance: Instance, session: Session) -> Claim:
    return Claim(ends(t, instance, session), not_(t.after.sessions.has((instance, session))))


@step_law(
    "sessions-run-as-decided",
    ("C7", "C10"),
    "the operation starts it there, it runs there, and its principal, its OS user and its rule are those of the "
    "operation and of the decision",
)
def sessions_run_as_decided(t: Transition, instance: Instance, session: Session) -> Claim:
    at = (instance, session)
    started = starts(t, instance, session)
    premise = any_of(is_new_session(t, instance, session), started)
    if t.decision is None:
        return Claim(premise, False)
    run = t.after.sessions[at]
    return Claim(
        premise,
        all_of(
            t.after.sessions.has(at),
            started,
            run.principal == t.arguments["principal"],
            run.os_user == t.decision.os_user,
            run.rule == t.decision.rule,
        ),
    )


@step_law(
    "session-ids-are-never-reused",
    (),
    "it stays one that was started on the same instance, and the operation does not start it again",
)
def session_ids_are_never_reused(t: Transition, session: Session) -> Claim:
    reused = all_of(t.starts(), t.did("start_session", session=session))
    return Claim(
        t.before.started.has(session),
        all_of(t.after.started.has(session), t.after.started[session] == t.before.started[session], not_(reused)),
    )


@step_law(
    "only-off-sessions-create-ssm-user",
    ("C2", "C12"),
    "either create_os_user created it, or it is ssm-user and a session started there for which Run As did not apply",
)
def only_off_sessions_create_ssm_user(t: Transition, instance: Instance, name: Name) -> Claim:
    new = is_new_os_user(t, instance, name)
    if t.decision is None:
        return Claim(new, t.did("create_os_user", instance=instance, name=name))
    situation = t.specification.situation_of(t.before, t.arguments["principal"], t.arguments["instance"])
    off = all_of(t.starts(), not_(run_as_applies(situation, t.reading)))
    return Claim(new, all_of(off, t.did("start_session", instance=instance), name == SSM_USER))


@step_law("off-sessions-leave-an-ssm-user", ("C1", "C2"))
def off_sessions_leave_an_ssm_user(t: Transition, instance: Instance) -> Claim:
    if t.decision is None:
        return Claim(False, False)
    as_ssm_user = all_of(t.starts(), t.decision.os_user == SSM_USER, t.did("start_session", instance=instance))
    return Claim(as_ssm_user, t.after.os_users.has((instance, SSM_USER)))


@step_law(
    "accounts-are-isolated",
    ("C6",),
    "the operation makes no difference to the outcome for the principal on the instance",
)
def accounts_are_isolated(t: Transition, principal: Principal, instance: Instance) -> Claim:
    account = t.before.instances[instance].account
    before, after = (t.specification.situation_of(state, principal, instance) for state in (t.before, t.after))
    return Claim(
        all_of(
            in_one_account(t.before, principal, instance),
            not_(account == account_of(t)),
        ),
        same(t.specification.decide(before, t.reading), t.specification.decide(after, t.reading)),
    )


@step_law(
    "untagging-restores-the-default",
    ("C9", "C15"),
    "the outcome for the principal on any instance is the one that it would have had before without the tag",
)
def untagging_restores_the_default(t: Transition, principal: Principal, instance: Instance) -> Claim:
    if t.operation != "untag_principal":
        return Claim(False, False)
    before, after = (t.specification.situation_of(state, principal, instance) for state in (t.before, t.after))
    untagged = evolve(before, tagged=False)
    return Claim(
        untags(t, principal, folded(RUN_AS_TAG)),
        same(t.specification.decide(after, t.reading), t.specification.decide(untagged, t.reading)),
    )


@step_law(
    "newer-tag-replaces",
    ("C15", "D4"),
    "the principal has a Run As tag with the value that is asked for, and its key is spelled SSMSessionRunAs if, and "
    "only if, the key that is asked for is",
)
def newer_tag_replaces(t: Transition, principal: Principal, instance: Instance) -> Claim:
    if t.operation != "tag_principal":
        return Claim(False, False)
    after = t.specification.situation_of(t.after, principal, instance)
    return Claim(
        tags(t, principal, folded(RUN_AS_TAG)),
        all_of(
            after.tagged,
            after.tag == t.arguments["value"],
            after.tag_key_exact == (spelled(t.arguments["key"]) == spelled(RUN_AS_TAG)),
        ),
    )


@step_law(
    "tags-change-only-as-asked",
    ("C3", "C4", "C15", "D4"),
    "a tag gets the value and the spelling of its key that tag_principal asks for, is gone once untag_principal or "
    "delete_principal succeeds for it, and otherwise stays the same",
)
def tags_change_only_as_asked(t: Transition, principal: Principal, key: FoldedKey) -> Claim:
    at = (principal, key)
    put = tags(t, principal, key)
    gone = any_of(untags(t, principal, key), t.did("delete_principal", principal=principal))
    conclusion = [implies(gone, not_(t.after.tags.has(at))), any_of(put, gone, same_tag(t, principal, key))]
    if t.operation == "tag_principal":
        asked = t.arguments
        tag = t.after.tags[at]
        as_put = all_of(tag.spelling == spelled(asked["key"]), tag.value == asked["value"])
        conclusion.append(implies(put, all_of(t.after.tags.has(at), as_put)))
    return Claim(True, all_of(*conclusion))


@step_law(
    "preferences-change-only-as-asked",
    ("C5", "C13", "C14", "C16"),
    "the preferences of an account become what update_preferences asks for, and otherwise stay the same",
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
    ("C7", "C8", "C10", "C11"),
    "an OS user gets the uid and gid that create_os_user asks for, is gone once delete_os_user or "
    "deregister_instance succeeds for it, and otherwise stays the same once it is there",
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
    ("C3", "C13"),
    "a principal exists after the operation exactly if the operation creates it, or it existed and the operation "
    "does not delete it; it is as it was created and stays so; and an instance likewise, as it was registered",
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
