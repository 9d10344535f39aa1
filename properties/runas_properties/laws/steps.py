"""Step laws: what any operation does to any state, and what it leaves alone."""

from attrs import evolve

from runas_model.specification.rulebook import run_as_applies
from runas_model.specification.state import has_session_tag
from runas_model.specification.transitions import Transition
from runas_model.specification.vocabulary import (
    RUN_AS_TAG,
    SSM_USER,
    Account,
    DocumentName,
    FoldedKey,
    Instance,
    Name,
    PosixId,
    Principal,
    Region,
    Request,
    RoleSession,
    Session,
)
from runas_model.universes.connectives import all_of, any_of, equal, folded, implies, not_
from runas_properties.laws.law import Claim, step_law
from runas_properties.laws.objections import is_not_of, objections
from runas_properties.laws.parts import (
    account_of,
    ends,
    in_one_account,
    is_new_os_user,
    is_new_session,
    same,
    same_document,
    same_os_user,
    same_role_session,
    same_session,
    same_session_tag,
    same_tag,
    starts,
    untags,
)

__all__: list[str] = []


@step_law(
    "refusal-changes-nothing",
    ("C8", "C11"),
    "no session document, principal, tag, role session, session tag, instance, OS user or session changes, and no "
    "session counts as started that did not before",
)
def refusal_changes_nothing(
    t: Transition,
    account: Account,
    region: Region,
    document: DocumentName,
    principal: Principal,
    role_session: RoleSession,
    key: FoldedKey,
    instance: Instance,
    name: Name,
    session: Session,
) -> Claim:
    before, after = t.before, t.after
    return Claim(
        any_of(t.refuses(), not_(t.accepted)),
        all_of(
            same_document(t, account, region, document),
            before.principals.has(principal) == after.principals.has(principal),
            equal(before.principals[principal], after.principals[principal]),
            same_tag(t, principal, key),
            same_role_session(t, principal, role_session),
            same_session_tag(t, role_session, key),
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
    if not t.decides:
        return Claim(premise, False)
    run = t.after.sessions[at]
    return Claim(
        premise,
        all_of(
            t.after.sessions.has(at),
            started,
            run.principal == t.arguments["principal"],
            run.os_user == t.decided.os_user,
            run.rule == t.decided.rule,
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
    if not t.decides:
        return Claim(new, t.did("create_os_user", instance=instance, name=name))
    situation = t.asks_in(t.before)
    off = all_of(t.starts(), not_(run_as_applies(situation, t.reading)))
    return Claim(new, all_of(off, t.did("start_session", instance=instance), name == SSM_USER))


@step_law("off-sessions-leave-an-ssm-user", ("C1", "C2"))
def off_sessions_leave_an_ssm_user(t: Transition, instance: Instance) -> Claim:
    if not t.decides:
        return Claim(False, False)
    as_ssm_user = all_of(t.starts(), t.decided.os_user == SSM_USER, t.did("start_session", instance=instance))
    return Claim(as_ssm_user, t.after.os_users.has((instance, SSM_USER)))


@step_law(
    "accounts-are-isolated",
    ("C6",),
    "the operation makes no difference to the outcome for the principal on the instance",
)
def accounts_are_isolated(t: Transition, asked: Request) -> Claim:
    account = t.before.instances[asked.instance].account
    before, after = (t.specification.situation_of(state, asked) for state in (t.before, t.after))
    return Claim(
        all_of(
            in_one_account(t.before, asked.principal, asked.instance),
            not_(is_not_of(t.before, asked.principal, asked.role_session)),
            not_(account == account_of(t)),
        ),
        same(t.specification.decide(before, t.reading), t.specification.decide(after, t.reading)),
    )


@step_law(
    "untagging-restores-the-default",
    ("C9", "C15"),
    "the outcome for the principal on any instance is the one that it would have had before without the tag",
)
def untagging_restores_the_default(t: Transition, asked: Request) -> Claim:
    if t.operation != "untag_principal":
        return Claim(False, False)
    before, after = (t.specification.situation_of(state, asked) for state in (t.before, t.after))
    untagged = evolve(before, tagged=False)
    return Claim(
        all_of(untags(t, asked.principal, folded(RUN_AS_TAG)), not_(has_session_tag(t.before, asked))),
        same(t.specification.decide(after, t.reading), t.specification.decide(untagged, t.reading)),
    )


@step_law(
    "errors-are-true",
    (),
    "the error that is told is true of the state before: what it names does not exist, or exists already, or is used, "
    "or has ended, or is blank, or no role, or of different accounts, or a session tag that is inherited, or a "
    "document that declares no parameter",
)
def errors_are_true(t: Transition) -> Claim:
    return Claim(not_(t.accepted), any_of(*(all_of(t.fails(error), so) for error, so in objections(t))))


@step_law(
    "accepted-if-no-error-is-true",
    ("C3", "C4", "C5", "C6", "C13"),
    "no error would have been true of the state before",
)
def accepted_if_no_error_is_true(t: Transition) -> Claim:
    return Claim(t.accepted, not_(any_of(*(so for _, so in objections(t)))))


@step_law(
    "starts-are-decided",
    ("C1", "C7", "C10"),
    "the decision is the one that is made in the situation of the principal on the instance with the "
    "document, in the role session if one is named, and with the parameter if one is given",
)
def starts_are_decided(t: Transition) -> Claim:
    if not t.decides:
        return Claim(False, False)
    situation = t.asks_in(t.before)
    return Claim(t.accepted, equal(t.decided, t.specification.decide(situation, t.reading)))


@step_law(
    "only-starts-use-session-ids",
    (),
    "a session counts as started exactly if it did before or the operation starts it, and then on the instance that "
    "was asked for",
)
def only_starts_use_session_ids(t: Transition, session: Session) -> Claim:
    had, has = t.before.started.has(session), t.after.started.has(session)
    if not t.decides:
        return Claim(True, has == had)
    starts_it = all_of(t.starts(), t.did("start_session", session=session))
    there = t.after.started[session] == t.arguments["instance"]
    return Claim(True, all_of(has == any_of(had, starts_it), implies(starts_it, there)))


@step_law("created-ssm-user-is-no-superuser", ("C2",))
def created_ssm_user_is_no_superuser(t: Transition, instance: Instance) -> Claim:
    if not t.decides:
        return Claim(False, False)
    user = t.after.os_users[instance, SSM_USER]
    created = all_of(t.starts(), is_new_os_user(t, instance, SSM_USER))
    return Claim(created, all_of(user.uid == PosixId(1001), user.gid == PosixId(1001)))
