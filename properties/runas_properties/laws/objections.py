"""The errors that an operation may tell, each with whether it would be true of the state before."""

from runas_model.specification import errors
from runas_model.specification.state import State, can_be_named
from runas_model.specification.transitions import Transition
from runas_model.specification.vocabulary import DocumentName, Instance, Principal
from runas_model.universes.connectives import all_of, folded, is_blank, not_
from runas_model.universes.naming import named

__all__ = ["in_different_accounts", "lacks_document", "objections"]


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
    if t.operation == "start_session":
        pair = (of["principal"], of["instance"])
        return [
            _unknown_principal(t),
            _unknown_instance(t),
            (errors.DifferentAccounts(*pair), in_different_accounts(state, *pair)),
            (errors.InvalidDocument(of["document"]), lacks_document(state, of["instance"], of["document"])),
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
