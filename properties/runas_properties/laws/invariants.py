"""Laws of the initial state, and invariants: laws of every reachable state, kept by every operation."""

from runas_model.specification.state import State
from runas_model.specification.vocabulary import (
    NO_ROLE_SESSION,
    PREFERENCES,
    SSM_USER,
    Account,
    DocumentName,
    FoldedKey,
    Instance,
    Name,
    Platform,
    PosixId,
    Principal,
    PrincipalKind,
    Region,
    RoleSession,
    Session,
    Switch,
)
from runas_model.universes.connectives import all_of, any_of, choose, is_blank, not_
from runas_properties.laws.law import Claim, initial_law, invariant

__all__: list[str] = []


@initial_law(
    "run-as-is-off-at-first",
    ("C1", "C5", "D5"),
    "before the first operation Run As is off in every account and Region, and the preferences name no OS user and "
    "declare no parameter",
)
def run_as_is_off_at_first(state: State, account: Account, region: Region) -> Claim:
    preferences = state.documents[account, region, PREFERENCES]
    return Claim(
        True,
        all_of(
            preferences.run_as_enabled == Switch.OFF,
            preferences.default_user == "",
            not_(preferences.declares_parameter),
        ),
    )


@initial_law(
    "nothing-is-there-at-first",
    ("C3", "C7"),
    "before the first operation there is no session document, principal, tag, role session, session tag, instance, "
    "OS user or session",
)
def nothing_is_there_at_first(
    state: State,
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
    return Claim(
        True,
        all_of(
            not_(state.documents.has((account, region, document))),
            not_(state.principals.has(principal)),
            not_(state.tags.has((principal, key))),
            not_(state.assumed.has(role_session)),
            not_(state.role_sessions.has((principal, role_session))),
            not_(state.session_tags.has((role_session, key))),
            not_(state.instances.has(instance)),
            not_(state.os_users.has((instance, name))),
            not_(state.started.has(session)),
            not_(state.sessions.has((instance, session))),
        ),
    )


@initial_law(
    "what-is-not-there-reads-as-nothing",
    (),
    "what is not there reads as nothing: Run As off, no parameter, a name or an id without letters, the uid and gid "
    "-1, an IAM user, Linux",
)
def what_is_not_there_reads_as_nothing(
    state: State,
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
    written = state.documents[account, region, document]
    owner, tag, machine = state.principals[principal], state.tags[principal, key], state.instances[instance]
    user, run = state.os_users[instance, name], state.sessions[instance, session]
    passed = state.session_tags[role_session, key]
    return Claim(
        True,
        all_of(
            written.run_as_enabled == Switch.OFF,
            written.default_user == "",
            not_(written.declares_parameter),
            owner.account == "",
            owner.kind == PrincipalKind.USER,
            tag.spelling == "",
            tag.value == "",
            state.assumed[role_session] == "",
            not_(state.role_sessions[principal, role_session]),
            passed.spelling == "",
            passed.value == "",
            not_(passed.transitive),
            machine.account == "",
            machine.platform == Platform.LINUX,
            machine.region == "",
            user.uid == PosixId(-1),
            user.gid == PosixId(-1),
            state.started[session] == "",
            run.principal == "",
            run.account == "",
            run.os_user == "",
            run.rule == "",
            not_(run.run_as_applied),
            not_(run.os_user_present),
        ),
    )


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


@invariant("role-sessions-are-of-roles", ("D1",), "the principal is a role, and the role session was assumed as it")
def role_sessions_are_of_roles(state: State, principal: Principal, role_session: RoleSession) -> Claim:
    return Claim(
        state.role_sessions.has((principal, role_session)),
        all_of(
            state.principals.has(principal),
            state.principals[principal].kind == PrincipalKind.ROLE,
            state.role_sessions[principal, role_session],
            state.assumed.has(role_session),
            state.assumed[role_session] == principal,
        ),
    )


@invariant("session-tags-are-of-role-sessions", ("D1",))
def session_tags_are_of_role_sessions(state: State, role_session: RoleSession, key: FoldedKey) -> Claim:
    return Claim(state.session_tags.has((role_session, key)), state.assumed.has(role_session))


@invariant("role-sessions-have-an-id", ("D1",), "its id is not empty")
def role_sessions_have_an_id(state: State, role_session: RoleSession) -> Claim:
    return Claim(state.assumed.has(role_session), not_(role_session == NO_ROLE_SESSION))


@invariant("running-sessions-have-an-os-user", ("C7", "C10", "C12"), "it runs as some OS user")
def running_sessions_have_an_os_user(state: State, instance: Instance, session: Session) -> Claim:
    at = (instance, session)
    return Claim(state.sessions.has(at), not_(state.sessions[at].os_user == None))  # noqa: E711
