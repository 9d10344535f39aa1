"""Starts and ends of sessions that do something else."""

from attrs import evolve

from runas_model.specification import errors
from runas_model.specification.operations import SSM_USER_RECORD, Decides, Step
from runas_model.specification.readings import Reading
from runas_model.specification.state import State, default_of
from runas_model.specification.vocabulary import SSM_USER, Request, Session
from runas_model.universes.connectives import choose
from runas_properties.gallery.specifications.faulty import correct, faulty_operation, without


def start(state: State, reading: Reading, by: Decides, session: Session, asked: Request) -> Step:
    return correct("start_session", state, reading, by, session, asked)


@faulty_operation("start_session", "A session may reuse the id of an earlier one.")
def session_ids_are_reused(state: State, reading: Reading, by: Decides, session: Session, asked: Request) -> Step:
    step = start(state, reading, by, session, asked)
    return without(step, errors.SessionIdUsed(session))


@faulty_operation("start_session", "A principal may start sessions on another account's instances.")
def accounts_do_not_matter(state: State, reading: Reading, by: Decides, session: Session, asked: Request) -> Step:
    step = start(state, reading, by, session, asked)
    return without(step, errors.DifferentAccounts(asked.principal, asked.instance))


@faulty_operation("start_session", "A refused session creates the default OS user.")
def refusals_create_the_named_user(
    state: State, reading: Reading, by: Decides, session: Session, asked: Request
) -> Step:
    step = start(state, reading, by, session, asked)
    named = (asked.instance, default_of(state, asked))
    created = evolve(state, os_users=state.os_users.put(named, SSM_USER_RECORD))
    starts = by.decide(by.situation_of(state, asked), reading).starts
    return evolve(step, state=choose(starts, step.state, created))


@faulty_operation("start_session", "A missing ssm-user is not created.")
def ssm_user_is_not_created(state: State, reading: Reading, by: Decides, session: Session, asked: Request) -> Step:
    step = start(state, reading, by, session, asked)
    return evolve(step, state=evolve(step.state, os_users=state.os_users))


@faulty_operation("start_session", "Every session that starts creates ssm-user.")
def every_session_creates_ssm_user(
    state: State, reading: Reading, by: Decides, session: Session, asked: Request
) -> Step:
    step = start(state, reading, by, session, asked)
    users = step.state.os_users.put((asked.instance, SSM_USER), SSM_USER_RECORD)
    return evolve(step, state=evolve(step.state, os_users=users))


@faulty_operation("start_session", "A refused session is recorded as started.")
def refusals_are_recorded(state: State, reading: Reading, by: Decides, session: Session, asked: Request) -> Step:
    step = start(state, reading, by, session, asked)
    return evolve(step, state=evolve(step.state, started=state.started.put(session, asked.instance)))


@faulty_operation("start_session", "A session runs as ssm-user, whatever was decided.")
def sessions_run_as_ssm_user(state: State, reading: Reading, by: Decides, session: Session, asked: Request) -> Step:
    step = start(state, reading, by, session, asked)
    at = (asked.instance, session)
    run = evolve(step.state.sessions[at], os_user=SSM_USER)
    started = evolve(step.state, sessions=step.state.sessions.put(at, run))
    starts = by.decide(by.situation_of(state, asked), reading).starts
    return evolve(step, state=choose(starts, started, step.state))


@faulty_operation("terminate_session", "Terminating a session frees its id.")
def terminating_frees_the_id(state: State, session: Session) -> Step:
    step = correct("terminate_session", state, session)
    return evolve(step, state=evolve(step.state, started=state.started.drop(session)))


@faulty_operation("terminate_session", "Terminating a session ends all sessions on its instance.")
def terminating_ends_all(state: State, session: Session) -> Step:
    step = correct("terminate_session", state, session)
    return evolve(step, state=evolve(step.state, sessions=state.sessions.drop_under(state.started[session])))


@faulty_operation("terminate_session", "A terminated session keeps running.")
def termination_is_ignored(state: State, session: Session) -> Step:
    return evolve(correct("terminate_session", state, session), state=state)
