"""Machines that accept, tell or begin something else."""

from typing import Any

from attrs import evolve

from runas_model.specification import errors
from runas_model.specification.operations import SSM_USER_RECORD, Decides, Step
from runas_model.specification.readings import DEFAULT, Reading
from runas_model.specification.state import INITIAL, State
from runas_model.specification.transitions import Specification
from runas_model.specification.vocabulary import (
    SSM_USER,
    SUPERUSER_ID,
    Account,
    Instance,
    Name,
    OsUser,
    PosixId,
    Principal,
    PrincipalKind,
    PrincipalRecord,
    Region,
    Request,
    Session,
    SessionDocument,
    Switch,
    TagKey,
)
from runas_model.universes.connectives import choose, not_
from runas_model.universes.tables import PairTable, Table
from runas_properties.gallery.specifications.faulty import (
    BOB,
    HAND_MADE,
    FaultySpecification,
    correct,
    faulty_operation,
    without,
)
from runas_properties.gallery.specifications.starts import start

__all__: list[str] = []

ELSEWHERE = Account("111111111111")


@faulty_operation("update_preferences", "Run As cannot be turned on in one account.")
def run_as_stays_off_somewhere(
    state: State, account: Account, run_as_enabled: Switch, default_user: Name, region: Region
) -> Step:
    step = correct("update_preferences", state, account, run_as_enabled, default_user, region)
    allowed = choose(account == ELSEWHERE, not_(run_as_enabled == Switch.ON), True)
    return evolve(step, requires=[(allowed, errors.OperationError(account))])


@faulty_operation("tag_principal", "Tagging a principal uses up a session id.")
def tagging_uses_up_a_session_id(state: State, principal: Principal, key: TagKey, value: Name) -> Step:
    step = correct("tag_principal", state, principal, key, value)
    return evolve(step, state=evolve(step.state, started=state.started.put(Session("s-1"), Instance("i-1"))))


@faulty_operation("start_session", "The ssm-user that is created is root.")
def ssm_user_is_created_as_root(state: State, reading: Reading, by: Decides, session: Session, asked: Request) -> Step:
    step = start(state, reading, by, session, asked)
    at = (asked.instance, SSM_USER)
    root = evolve(SSM_USER_RECORD, uid=SUPERUSER_ID, gid=SUPERUSER_ID)
    users = choose(state.os_users.has(at), step.state.os_users, step.state.os_users.put(at, root))
    return evolve(step, state=choose(step.state.os_users.has(at), evolve(step.state, os_users=users), step.state))


@faulty_operation("start_session", "Sessions are decided under the default reading, whatever the reading is.")
def sessions_are_decided_by_default(
    state: State, reading: Reading, by: Decides, session: Session, asked: Request
) -> Step:
    return start(state, DEFAULT, by, session, asked)


@faulty_operation("start_session", "A session that is not to start is an error.")
def refusals_are_errors(state: State, reading: Reading, by: Decides, session: Session, asked: Request) -> Step:
    step = start(state, reading, by, session, asked)
    decision = by.decide(by.situation_of(state, asked), reading)
    return evolve(step, requires=[*step.requires, (decision.starts, errors.OperationError())])


@faulty_operation("start_session", "A session is recorded as started on another instance.")
def sessions_are_recorded_elsewhere(
    state: State, reading: Reading, by: Decides, session: Session, asked: Request
) -> Step:
    step = start(state, reading, by, session, asked)
    decision = by.decide(by.situation_of(state, asked), reading)
    elsewhere = evolve(step.state, started=step.state.started.put(session, Instance("i-1")))
    return evolve(step, state=choose(decision.starts, elsewhere, step.state))


@faulty_operation("delete_principal", "Deleting a principal that does not exist is no error.")
def anybody_can_be_deleted(state: State, principal: Principal) -> Step:
    return evolve(correct("delete_principal", state, principal), requires=[])


@faulty_operation("untag_principal", "Untagging a principal without the tag is no error.")
def any_tag_can_be_taken_off(state: State, principal: Principal, key: TagKey) -> Step:
    return without(correct("untag_principal", state, principal, key), errors.UnknownTag(principal, key))


@faulty_operation("delete_os_user", "Deleting an OS user that does not exist is no error.")
def any_os_user_can_be_deleted(state: State, instance: Instance, name: Name) -> Step:
    return without(correct("delete_os_user", state, instance, name), errors.UnknownOsUser(instance, name))


@faulty_operation("terminate_session", "Ending a session that has ended is no error.")
def sessions_can_be_ended_twice(state: State, session: Session) -> Step:
    step = correct("terminate_session", state, session)
    return evolve(step, requires=step.requires[:1])


@faulty_operation("deregister_instance", "An instance with one name cannot be deregistered.")
def one_instance_stays(state: State, instance: Instance) -> Step:
    step = correct("deregister_instance", state, instance)
    stays = (not_(instance == Instance("i-1")), errors.UnknownInstance(instance))
    return evolve(step, requires=[*step.requires, stays])


@faulty_operation("create_principal", "Creating a principal that exists tells that there is none.")
def existing_principals_are_unknown(state: State, principal: Principal, account: Account, kind: PrincipalKind) -> Step:
    step = correct("create_principal", state, principal, account, kind)
    return evolve(step, requires=[(step.requires[0][0], errors.UnknownPrincipal(principal))])


@faulty_operation("tag_principal", "Tagging a principal that does not exist tells of another one.")
def errors_name_somebody_else(state: State, principal: Principal, key: TagKey, value: Name) -> Step:
    step = correct("tag_principal", state, principal, key, value)
    return evolve(step, requires=[(step.requires[0][0], errors.UnknownPrincipal(BOB))])


@faulty_operation("create_os_user", "Creating an OS user that exists tells that its name is blank.")
def existing_os_users_are_blank(state: State, instance: Instance, name: Name, uid: PosixId, gid: PosixId) -> Step:
    step = correct("create_os_user", state, instance, name, uid, gid)
    return evolve(step, requires=[*step.requires[:2], (step.requires[2][0], errors.BlankOsUserName(name))])


def _first(id: str, title: str, **tables: Any) -> None:
    HAND_MADE.append(FaultySpecification(id, title, Specification(initial=evolve(INITIAL, **tables))))


_first(
    "run-as-is-on-at-first",
    "Run As is on before anybody turns it on.",
    documents=Table(SessionDocument(Switch.ON, Name(""), False)),
)
_first(
    "somebody-is-named-at-first",
    "The preferences name an OS user before anybody sets them.",
    documents=Table(SessionDocument(Switch.OFF, BOB, False)),
)
_first(
    "a-principal-is-there-at-first",
    "There is a principal before anybody creates one.",
    principals=INITIAL.principals.put(Principal("bob"), PrincipalRecord(ELSEWHERE, PrincipalKind.USER)),
)
_first(
    "nobody-is-root-at-first",
    "An OS user that does not exist has uid 0 and gid 0.",
    os_users=PairTable(OsUser(SUPERUSER_ID, SUPERUSER_ID)),
)
_first(
    "a-session-id-is-used-at-first",
    "A session id is used before the first session.",
    started=INITIAL.started.put(Session("s-1"), Instance("i-1")),
)
