"""The operations, as AWS names them: what each requires, and the state after.

Each is a plain function from a state (and, for the start of a session, a reading and the specification that
decides) to a `Step`, written with connectives and tables alone. `runas_model.apply` runs one in the concrete universe.
"""

from attrs import evolve

from runas_model.specification import errors
from runas_model.specification.operation import OPERATIONS, Decides, Operation, Step, operation, operation_named
from runas_model.specification.readings import Reading
from runas_model.specification.rulebook import run_as_applies
from runas_model.specification.state import State, can_be_named, fills
from runas_model.specification.vocabulary import (
    DEFAULT_REGION,
    NO_NAME,
    NO_ROLE_SESSION,
    PREFERENCES,
    SSM_USER,
    Account,
    DocumentName,
    Instance,
    ManagedInstance,
    Name,
    OsUser,
    Platform,
    PosixId,
    Principal,
    PrincipalKind,
    PrincipalRecord,
    Region,
    Request,
    RoleSession,
    RunningSession,
    Session,
    SessionDocument,
    SessionTag,
    Switch,
    Tag,
    TagKey,
)
from runas_model.universes.connectives import all_of, any_of, choose, folded, is_blank, not_, spelled

__all__ = ["OPERATIONS", "SSM_USER_RECORD", "Decides", "Operation", "Step", "operation", "operation_named"]

SSM_USER_RECORD = OsUser(PosixId(1001), PosixId(1001))
"""The `ssm-user` that Session Manager creates: an OS user that is not root; the numbers are the system's."""
IN_DEFAULT_REGION = {"region": DEFAULT_REGION}
AS_USUAL = {"declares_parameter": False, **IN_DEFAULT_REGION}
OF_NO_ROLE_SESSION = {"source": NO_ROLE_SESSION}
SESSION_TAG = {"key": 128, "value": 256}
"""How many characters AssumeRole takes for the key and for the value of a session tag."""


@operation(aws=("CreateUser", "CreateRole"), clauses=("C3",))
def create_principal(state: State, principal: Principal, account: Account, kind: PrincipalKind) -> Step:
    """Create an IAM user or role, without tags."""
    return Step(
        requires=[(not_(state.principals.has(principal)), errors.PrincipalExists(principal))],
        state=evolve(state, principals=state.principals.put(principal, PrincipalRecord(account, kind))),
    )


@operation(aws=("DeleteUser", "DeleteRole"), clauses=("C3",))
def delete_principal(state: State, principal: Principal) -> Step:
    """Delete a principal and its tags; its role sessions end, its running sessions continue."""
    return Step(
        requires=[(state.principals.has(principal), errors.UnknownPrincipal(principal))],
        state=evolve(
            state,
            principals=state.principals.drop(principal),
            tags=state.tags.drop_under(principal),
            role_sessions=state.role_sessions.drop_under(principal),
        ),
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


@operation(aws=("AssumeRole",), clauses=("D1", "D2", "D3"), left_out=OF_NO_ROLE_SESSION)
def assume_role(state: State, principal: Principal, role_session: RoleSession, source: RoleSession) -> Step:
    """Begin a session of a role; a role session that assumes it hands on its transitive session tags."""
    none = source == NO_ROLE_SESSION
    goes_on = state.role_sessions.has((state.assumed[source], source))
    fresh = all_of(not_(role_session == NO_ROLE_SESSION), not_(state.assumed.has(role_session)))
    return Step(
        requires=[
            (state.principals.has(principal), errors.UnknownPrincipal(principal)),
            (state.principals[principal].kind == PrincipalKind.ROLE, errors.NotARole(principal)),
            (any_of(none, state.assumed.has(source)), errors.UnknownRoleSession(source)),
            (any_of(none, goes_on), errors.ExpiredToken(source)),
            (fresh, errors.RoleSessionIdUsed(role_session)),
        ],
        state=evolve(
            state,
            assumed=state.assumed.put(role_session, principal),
            role_sessions=state.role_sessions.put((principal, role_session), True),
            session_tags=state.session_tags.copy_under(source, role_session, "transitive"),
        ),
    )


@operation(aws=("AssumeRole",), clauses=("D1", "D2", "D3"), left_out=OF_NO_ROLE_SESSION, longest=SESSION_TAG)
def assume_role_with_tag(
    state: State,
    principal: Principal,
    role_session: RoleSession,
    key: TagKey,
    value: Name,
    transitive: bool,
    source: RoleSession,
) -> Step:
    """Begin a session of a role with a session tag, which goes on into chained sessions if it is transitive."""
    step = assume_role(state, principal, role_session, source)
    inherited = (source, folded(key))
    tags = step.state.session_tags.put((role_session, folded(key)), SessionTag(spelled(key), value, transitive))
    inherits = all_of(state.session_tags.has(inherited), state.session_tags[inherited].transitive)
    return evolve(
        step,
        requires=[*step.requires, (not_(inherits), errors.TransitiveTagRepeated(key))],
        state=evolve(step.state, session_tags=tags),
    )


@operation(clauses=("D1", "D3"))
def end_role_session(state: State, role_session: RoleSession) -> Step:
    """End a role session, by expiry or by revoking it; the sessions that were started in it continue."""
    at = (state.assumed[role_session], role_session)
    return Step(
        requires=[
            (state.assumed.has(role_session), errors.UnknownRoleSession(role_session)),
            (state.role_sessions.has(at), errors.ExpiredToken(role_session)),
        ],
        state=evolve(state, role_sessions=state.role_sessions.drop(at)),
    )


@operation(aws=("UpdateDocument",), clauses=("C5", "C13", "C14", "C16", "D5", "D12"), left_out=IN_DEFAULT_REGION)
def update_preferences(
    state: State, account: Account, run_as_enabled: Switch, default_user: Name, region: Region
) -> Step:
    """Set an account's Session Manager preferences in a Region; a blank default OS user means none."""
    return put_document(state, account, PREFERENCES, SessionDocument(run_as_enabled, default_user, False), region)


@operation(aws=("CreateDocument", "UpdateDocument"), clauses=("D5", "D6", "D7", "D12"), left_out=AS_USUAL)
def put_document(
    state: State, account: Account, document: DocumentName, written: SessionDocument, region: Region
) -> Step:
    """Create or update a session document; the one named `SSM-SessionManagerRunShell` holds the preferences.

    It may declare a parameter for its default OS user, which is then what the parameter is unless it is filled.
    """
    return Step(requires=[], state=evolve(state, documents=state.documents.put((account, region, document), written)))


@operation(aws=("DeleteDocument",), clauses=("D5", "D6"), left_out=IN_DEFAULT_REGION)
def delete_document(state: State, account: Account, document: DocumentName, region: Region) -> Step:
    """Delete a session document; without the preferences, Run As is off in the account and Region."""
    at = (account, region, document)
    return Step(
        requires=[(state.documents.has(at), errors.InvalidDocument(document))],
        state=evolve(state, documents=state.documents.drop(at)),
    )


@operation(aws=("RegisterManagedInstance",), clauses=("C13", "D5"), left_out=IN_DEFAULT_REGION)
def register_instance(state: State, instance: Instance, account: Account, platform: Platform, region: Region) -> Step:
    """Register a managed instance of an account in a Region, without OS users."""
    return Step(
        requires=[(not_(state.instances.has(instance)), errors.InstanceExists(instance))],
        state=evolve(state, instances=state.instances.put(instance, ManagedInstance(account, platform, region))),
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


@operation(
    aws=("StartSession",),
    clauses=("C1", "C2", "C7", "C8", "C9", "C10", "C11", "C12", "D6", "D7"),
    left_out={"document": PREFERENCES, "role_session": NO_ROLE_SESSION, "parameter": NO_NAME},
    optional={"parameter": "filled"},
)
def start_session(state: State, reading: Reading, by: Decides, session: Session, asked: Request) -> Step:
    """Request a session, which starts if the decision allows it; a missing `ssm-user` that it runs as is created.

    It may name a session document, which then has to exist and holds in place of the preferences; and give a parameter,
    which that document then has to declare.
    """
    principal, instance, role_session = asked.principal, asked.instance, asked.role_session
    situation = by.situation_of(state, asked)
    decision = by.decide(situation, reading)
    alone = role_session == NO_ROLE_SESSION
    of_principal = all_of(state.assumed.has(role_session), state.assumed[role_session] == principal)
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
            (any_of(alone, of_principal), errors.UnknownRoleSession(role_session)),
            (any_of(alone, state.role_sessions.has((principal, role_session))), errors.ExpiredToken(role_session)),
            (state.instances.has(instance), errors.UnknownInstance(instance)),
            (
                state.principals[principal].account == state.instances[instance].account,
                errors.DifferentAccounts(principal, instance),
            ),
            (can_be_named(state, instance, asked.document), errors.InvalidDocument(asked.document)),
            (any_of(not_(asked.filled), fills(state, asked)), errors.InvalidParameters(asked.document)),
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
