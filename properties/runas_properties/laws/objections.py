"""The errors that an operation may tell, each with whether it would be true of the state before."""

from runas_model.specification import errors
from runas_model.specification.state import State, can_be_named, fills
from runas_model.specification.transitions import Transition
from runas_model.specification.vocabulary import (
    NO_ROLE_SESSION,
    DocumentName,
    FoldedKey,
    Instance,
    Principal,
    PrincipalKind,
    Request,
    RoleSession,
)
from runas_model.universes.connectives import all_of, any_of, folded, is_blank, not_
from runas_model.universes.naming import named

__all__ = [
    "hands_on",
    "gives_what_is_not_declared",
    "has_ended",
    "in_different_accounts",
    "is_not_of",
    "lacks_document",
    "objections",
]


def objections(t: Transition) -> list[tuple[errors.OperationError, bool]]:
    """Each error that an operation may tell of its arguments, and whether it would be true of the state before."""
    state, of = t.before, t.arguments
    if t.operation == "create_principal":
        return [(errors.PrincipalExists(of["principal"]), state.principals.has(of["principal"]))]
    if t.operation == "register_instance":
        return [(errors.InstanceExists(of["instance"]), state.instances.has(of["instance"]))]
    if t.operation == "create_os_user":
        at = (of["instance"], of["name"])
        return [
            _unknown_instance(t),
            (errors.BlankOsUserName(of["name"]), is_blank(of["name"])),
            (errors.OsUserExists(*at), state.os_users.has(at)),
        ]
    if t.operation == "delete_os_user":
        at = (of["instance"], of["name"])
        missing = all_of(state.instances.has(of["instance"]), not_(state.os_users.has(at)))
        return [_unknown_instance(t), (errors.UnknownOsUser(*at), missing)]
    if t.operation == "untag_principal":
        at = (of["principal"], folded(of["key"]))
        missing = all_of(state.principals.has(of["principal"]), not_(state.tags.has(at)))
        return [_unknown_principal(t), (errors.UnknownTag(of["principal"], of["key"]), missing)]
    if t.operation in ("assume_role", "assume_role_with_tag"):
        return _objections_to_assume(t)
    if t.operation == "end_role_session":
        ended, role = of["role_session"], state.assumed[of["role_session"]]
        return [
            (errors.UnknownRoleSession(ended), not_(state.assumed.has(ended))),
            (errors.ExpiredToken(ended), has_ended(state, role, ended)),
        ]
    if t.operation == "start_session":
        caller = (of["principal"], of["role_session"])
        pair = (of["principal"], of["instance"])
        there = all_of(state.instances.has(of["instance"]), can_be_named(state, of["instance"], of["document"]))
        return [
            _unknown_principal(t),
            (errors.UnknownRoleSession(of["role_session"]), is_not_of(state, *caller)),
            (errors.ExpiredToken(of["role_session"]), has_ended(state, *caller)),
            _unknown_instance(t),
            (errors.DifferentAccounts(*pair), in_different_accounts(state, *pair)),
            (errors.InvalidDocument(of["document"]), lacks_document(state, of["instance"], of["document"])),
            (errors.InvalidParameters(of["document"]), all_of(there, gives_what_is_not_declared(state, t.asked))),
            (errors.SessionIdUsed(of["session"]), state.started.has(of["session"])),
        ]
    if t.operation == "delete_document":
        missing = not_(state.documents.has((of["account"], of["region"], of["document"])))
        return [(errors.InvalidDocument(of["document"]), missing)]
    if t.operation == "terminate_session":
        at = (state.started[of["session"]], of["session"])
        runs = all_of(state.started.has(of["session"]), state.sessions.has(at))
        return [(errors.UnknownSession(of["session"]), not_(runs))]
    if t.takes("principal"):
        return [_unknown_principal(t)]
    return [_unknown_instance(t)] if t.takes("instance") else []


def _objections_to_assume(t: Transition) -> list[tuple[errors.OperationError, bool]]:
    state, role, made, source = t.before, *(t.arguments[name] for name in ("principal", "role_session", "source"))
    no_role = all_of(state.principals.has(role), not_(state.principals[role].kind == PrincipalKind.ROLE))
    unknown = all_of(not_(source == NO_ROLE_SESSION), not_(state.assumed.has(source)))
    every = [
        _unknown_principal(t),
        (errors.NotARole(role), no_role),
        (errors.UnknownRoleSession(source), unknown),
        (errors.ExpiredToken(source), has_ended(state, state.assumed[source], source)),
        (errors.RoleSessionIdUsed(made), any_of(made == NO_ROLE_SESSION, state.assumed.has(made))),
    ]
    if not t.takes("key"):
        return every
    return [
        *every,
        (errors.TransitiveTagRepeated(t.arguments["key"]), hands_on(state, source, folded(t.arguments["key"]))),
    ]


@named("{role_session} is none of {principal}", "{role_session} is none or one of {principal}")
def is_not_of(state: State, principal: Principal, role_session: RoleSession) -> bool:
    """The principal exists, and the role session was never assumed as it."""
    of_it = all_of(state.assumed.has(role_session), state.assumed[role_session] == principal)
    return all_of(not_(role_session == NO_ROLE_SESSION), state.principals.has(principal), not_(of_it))


@named("{role_session} of {principal} has ended", "{role_session} of {principal} has not ended")
def has_ended(state: State, principal: Principal, role_session: RoleSession) -> bool:
    """The role session was assumed as the principal, and does not go on."""
    of_it = all_of(state.assumed.has(role_session), state.assumed[role_session] == principal)
    return all_of(
        not_(role_session == NO_ROLE_SESSION), of_it, not_(state.role_sessions.has((principal, role_session)))
    )


@named("{source} hands on {key}", "{source} does not hand on {key}")
def hands_on(state: State, source: RoleSession, key: FoldedKey) -> bool:
    """The role session has a transitive session tag with the key."""
    return all_of(state.session_tags.has((source, key)), state.session_tags[source, key].transitive)


def _unknown_principal(t: Transition) -> tuple[errors.OperationError, bool]:
    principal = t.arguments["principal"]
    return errors.UnknownPrincipal(principal), not_(t.before.principals.has(principal))


def _unknown_instance(t: Transition) -> tuple[errors.OperationError, bool]:
    instance = t.arguments["instance"]
    return errors.UnknownInstance(instance), not_(t.before.instances.has(instance))


@named(
    "{principal} and {instance} are in different accounts", "{principal} and {instance} are not in different accounts"
)
def in_different_accounts(state: State, principal: Principal, instance: Instance) -> bool:
    """Both exist, and their accounts are not the same."""
    return all_of(
        state.principals.has(principal),
        state.instances.has(instance),
        not_(state.principals[principal].account == state.instances[instance].account),
    )


@named("{instance} lacks {document}", "{instance} does not lack {document}")
def lacks_document(state: State, instance: Instance, document: DocumentName) -> bool:
    """The instance is registered, and the document is neither there nor the one of the preferences."""
    return all_of(state.instances.has(instance), not_(can_be_named(state, instance, document)))


@named(
    "a parameter is given that the document does not declare",
    "no parameter is given that the document does not declare",
)
def gives_what_is_not_declared(state: State, asked: Request) -> bool:
    """A parameter is given, and the document that holds declares none."""
    return all_of(asked.filled, not_(fills(state, asked)))
