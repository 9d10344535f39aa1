"""The state of the machine, and the situation that one start of a session is in."""

import attrs

from runas_model.specification.vocabulary import (
    NO_ID,
    NO_NAME,
    NO_ROLE_SESSION,
    PREFERENCES,
    RUN_AS_TAG,
    Account,
    DocumentName,
    FoldedKey,
    Instance,
    ManagedInstance,
    Name,
    OsUser,
    Platform,
    Principal,
    PrincipalKind,
    PrincipalRecord,
    Region,
    Request,
    RoleSession,
    RuleId,
    RunningSession,
    Session,
    SessionDocument,
    SessionTag,
    Situation,
    Spelling,
    Switch,
    Tag,
)
from runas_model.universes.connectives import all_of, any_of, choose, folded, is_blank, not_, spelled
from runas_model.universes.naming import named
from runas_model.universes.tables import PairTable, Table

__all__ = [
    "INITIAL",
    "State",
    "can_be_named",
    "default_of",
    "document_of",
    "fills",
    "has_session_tag",
    "place_of",
    "situation_of",
    "tag_of",
]


@attrs.frozen
class State:
    """Session documents, principals, instances and sessions.

    Session documents are of an account in a Region (D5, D6); the one named `PREFERENCES` holds the preferences. A
    principal has one tag for each key without regard to case (D4). `started` holds every session that ever started,
    with its instance; `sessions` the running ones. Likewise `assumed` holds every role session that was ever assumed,
    with its role, and `role_sessions` those that have not ended; each keeps its session tags.
    """

    documents: Table[tuple[Account, Region, DocumentName], SessionDocument]
    principals: Table[Principal, PrincipalRecord]
    tags: PairTable[Principal, FoldedKey, Tag]
    assumed: Table[RoleSession, Principal]
    role_sessions: PairTable[Principal, RoleSession, bool]
    session_tags: PairTable[RoleSession, FoldedKey, SessionTag]
    instances: Table[Instance, ManagedInstance]
    os_users: PairTable[Instance, Name, OsUser]
    started: Table[Session, Instance]
    sessions: PairTable[Instance, Session, RunningSession]


INITIAL = State(
    documents=Table(SessionDocument(Switch.OFF, NO_NAME, False)),
    principals=Table(PrincipalRecord(Account(""), PrincipalKind.USER)),
    tags=PairTable(Tag(Spelling(""), NO_NAME)),
    assumed=Table(Principal("")),
    role_sessions=PairTable(False),
    session_tags=PairTable(SessionTag(Spelling(""), NO_NAME, False)),
    instances=Table(ManagedInstance(Account(""), Platform.LINUX, Region(""))),
    os_users=PairTable(OsUser(NO_ID, NO_ID)),
    started=Table(Instance("")),
    sessions=PairTable(RunningSession(Principal(""), Account(""), NO_NAME, RuleId(""), False, False)),
)
"""No session documents, principals or instances: Run As is off everywhere, and no default OS user is named."""


def situation_of(state: State, asked: Request) -> Situation:
    """The situation in which a session is requested.

    The document is the one of that name in the account and Region of the instance; where there is none, Run As is off.
    """
    document, default_user = document_of(state, asked.instance, asked.document), default_of(state, asked)
    tagged, tag = tag_of(state, asked)
    return Situation(
        platform=state.instances[asked.instance].platform,
        run_as_enabled=document.run_as_enabled,
        tagged=tagged,
        tag_key_exact=tag.spelling == spelled(RUN_AS_TAG),
        tag=tag.value,
        tag_blank=is_blank(tag.value),
        default_named=not_(is_blank(default_user)),
        default_user=default_user,
        os_users=state.os_users.under(asked.instance),
    )


@named("a Run As tag of the role session holds", "no Run As tag of the role session holds")
def has_session_tag(state: State, asked: Request) -> bool:
    """Whether a session is requested in a role session that has a Run As tag of its own, passed or inherited (D1)."""
    at = (asked.role_session, folded(RUN_AS_TAG))
    return all_of(not_(asked.role_session == NO_ROLE_SESSION), state.session_tags.has(at))


def tag_of(state: State, asked: Request) -> tuple[bool, Tag]:
    """Whether the caller is tagged, and its Run As tag: the role session's, else that of the principal (D1, D3)."""
    key = folded(RUN_AS_TAG)
    passes, own = has_session_tag(state, asked), (asked.principal, key)
    of_session, of_principal = state.session_tags[asked.role_session, key], state.tags[own]
    tag = Tag(
        choose(passes, of_session.spelling, of_principal.spelling), choose(passes, of_session.value, of_principal.value)
    )
    return any_of(passes, state.tags.has(own)), tag


@named("the default OS user that holds")
def default_of(state: State, asked: Request) -> Name:
    """The default OS user of the document that holds: what the caller fills in, if it is a parameter (D7)."""
    document = document_of(state, asked.instance, asked.document)
    return choose(fills(state, asked), asked.parameter, document.default_user)


@named("a parameter fills the default OS user", "no parameter fills the default OS user")
def fills(state: State, asked: Request) -> bool:
    """Whether a parameter is given, and the document that holds declares it (D7)."""
    return all_of(asked.filled, document_of(state, asked.instance, asked.document).declares_parameter)


def document_of(state: State, instance: Instance, document: DocumentName) -> SessionDocument:
    """What the session document of a name says in the account and Region of an instance."""
    return state.documents[place_of(state, instance, document)]


def place_of(state: State, instance: Instance, document: DocumentName) -> tuple[Account, Region, DocumentName]:
    """Where the session document of a name is for an instance: in its account and Region."""
    machine = state.instances[instance]
    return machine.account, machine.region, document


@named("{document} is there for {instance}", "{document} is not there for {instance}")
def can_be_named(state: State, instance: Instance, document: DocumentName) -> bool:
    """Whether a session on an instance may name a document: it exists there, or is that of the preferences (D5, D6)."""
    return any_of(document == PREFERENCES, state.documents.has(place_of(state, instance, document)))
