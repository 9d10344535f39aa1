"""Starts in role sessions, and settings of roles, that do something else to role sessions."""

from attrs import evolve

from runas_model.specification import errors
from runas_model.specification.operations import Decides, Step
from runas_model.specification.readings import Reading
from runas_model.specification.state import INITIAL, State
from runas_model.specification.transitions import Specification
from runas_model.specification.vocabulary import (
    NO_ROLE_SESSION,
    RUN_AS_TAG,
    Name,
    Principal,
    Request,
    Session,
    SessionTag,
    TagKey,
)
from runas_model.universes.connectives import choose, folded, spelled
from runas_model.universes.tables import PairTable
from runas_properties.gallery.specifications.faulty import (
    BOB,
    HAND_MADE,
    FaultySpecification,
    correct,
    faulty_operation,
    without,
)
from runas_properties.gallery.specifications.passing import FIRST
from runas_properties.gallery.specifications.starts import start

__all__: list[str] = []


@faulty_operation("start_session", "A session starts in a role session that has ended.")
def ended_role_sessions_start(state: State, reading: Reading, by: Decides, session: Session, asked: Request) -> Step:
    step = start(state, reading, by, session, asked)
    return without(step, errors.ExpiredToken(asked.role_session))


@faulty_operation("start_session", "A session starts in a role session of another role.")
def role_sessions_serve_other_roles(
    state: State, reading: Reading, by: Decides, session: Session, asked: Request
) -> Step:
    step = start(state, reading, by, session, asked)
    return without(step, errors.UnknownRoleSession(asked.role_session), errors.ExpiredToken(asked.role_session))


@faulty_operation("start_session", "A start in a role session is decided as one of the role in none.")
def starts_forget_the_role_session(
    state: State, reading: Reading, by: Decides, session: Session, asked: Request
) -> Step:
    step = start(state, reading, by, session, asked)
    alone = start(state, reading, by, session, evolve(asked, role_session=NO_ROLE_SESSION))
    return evolve(alone, requires=step.requires)


@faulty_operation("start_session", "A role session serves for one session.")
def starts_use_role_sessions_up(state: State, reading: Reading, by: Decides, session: Session, asked: Request) -> Step:
    step = start(state, reading, by, session, asked)
    left = state.role_sessions.drop((asked.principal, asked.role_session))
    return evolve(step, state=evolve(step.state, role_sessions=left))


@faulty_operation("tag_principal", "Tagging a role tags one of its role sessions too.")
def tagging_reaches_role_sessions(state: State, principal: Principal, key: TagKey, value: Name) -> Step:
    step = correct("tag_principal", state, principal, key, value)
    reached = state.session_tags.put((FIRST, folded(key)), SessionTag(spelled(key), value, False))
    tags = choose(state.assumed[FIRST] == principal, reached, state.session_tags)
    return evolve(step, state=evolve(step.state, session_tags=tags))


@faulty_operation("untag_principal", "Untagging a role removes the session tag of one of its role sessions too.")
def untagging_reaches_role_sessions(state: State, principal: Principal, key: TagKey) -> Step:
    step = correct("untag_principal", state, principal, key)
    reached = state.session_tags.drop((FIRST, folded(key)))
    tags = choose(state.assumed[FIRST] == principal, reached, state.session_tags)
    return evolve(step, state=evolve(step.state, session_tags=tags))


@faulty_operation("tag_principal", "Tagging a role ends its role sessions.")
def tagging_ends_role_sessions(state: State, principal: Principal, key: TagKey, value: Name) -> Step:
    step = correct("tag_principal", state, principal, key, value)
    return evolve(step, state=evolve(step.state, role_sessions=state.role_sessions.drop_under(principal)))


HAND_MADE.append(
    FaultySpecification(
        "a-role-session-is-assumed-at-first",
        "The id of a role session is used before the first role session.",
        Specification(initial=evolve(INITIAL, assumed=INITIAL.assumed.put(FIRST, Principal("ops")))),
    )
)
HAND_MADE.append(
    FaultySpecification(
        "session-tags-that-are-missing-name-somebody",
        "A session tag that is not there reads as a Run As tag.",
        Specification(
            initial=evolve(INITIAL, session_tags=PairTable(SessionTag(spelled(RUN_AS_TAG), BOB, True))),
        ),
    )
)
