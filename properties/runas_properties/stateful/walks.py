"""Operations at random, one after the other: whole traces, where one may start a session, and the states reached."""

from collections.abc import Collection, Sequence
from typing import Annotated, Any, TypeAlias

from hypothesis import strategies as st

from runas_model.doors import AtLeastOne, Count, FromOne, checked
from runas_model.specification.nouns import Noun, nouns_needed
from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import Reading, all_readings
from runas_model.specification.state import State
from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import NO_ROLE_SESSION, Platform, PrincipalKind, Request, RoleSession
from runas_properties.explorer.traces import Trace
from runas_properties.implementations import Arguments
from runas_properties.oracle.oracle import ORACLE, Oracle
from runas_properties.stateful.aiming import PAIRS, Aim
from runas_properties.stateful.calls import fitting
from runas_properties.stateful.filling import FILLINGS
from runas_properties.stateful.requirements import Trials
from runas_properties.stateful.scenes import IDS, mostly_first, scenes
from runas_properties.stateful.steering import (
    SWITCHES,
    Play,
    as_accepted,
    goes_on,
    newest_role_sessions,
    next_role_session,
    next_session,
)
from runas_properties.stateful.tagging import THROUGH

__all__ = ["operations_in", "reached_states", "starts_in", "traces"]

READINGS = tuple(all_readings())
Readings: TypeAlias = Annotated[Sequence[Reading], AtLeastOne]

WEIGHTED = [
    name
    for name in OPERATIONS
    for _ in range({"start_session": 7, "end_role_session": 2, "update_preferences": 2}.get(name, 1))
]


@checked
@st.composite
def operations_in(
    draw: st.DrawFn,
    state: State,
    reading: Reading,
    play: Play,
    refused: FromOne = 8,
    nouns: Collection[Noun] = tuple(Noun),
) -> Call:
    """An operation with arguments, valid in a state; one in three starts a session.

    What is drawn is moved to the nearest that is accepted, but for one in `refused`, which is left as drawn and so
    may fail, and for what names a role session that has ended. An operation that nothing would accept gives way to new
    preferences. Of nouns beside those given none is spoken. Raises TypeError for an argument of a wrong kind, and
    ValueError for a `refused` below 1.
    """
    play = play.having(nouns)
    operation = draw(st.sampled_from([name for name in WEIGHTED if nouns_needed(name).issubset(nouns)]))
    parameters = OPERATIONS[operation].parameters
    ids = draw(st.sampled_from(IDS))
    running = sorted(id for _, id in state.sessions) or [next_session(state)]
    drawn: dict[str, Any] = {
        "principal": st.sampled_from(play.principals),
        "account": st.sampled_from([play.accounts[0], *play.accounts]),
        "region": mostly_first(play.regions),
        "document": mostly_first(play.documents) if operation == "start_session" else st.sampled_from(play.documents),
        "instance": st.sampled_from(play.instances),
        "key": st.sampled_from([play.keys[0], play.keys[0], *play.keys]),
        "name": st.sampled_from(play.names),
        "value": st.sampled_from(play.names),
        "default_user": st.sampled_from(play.names),
        "run_as_enabled": st.sampled_from(SWITCHES),
        "declares_parameter": st.booleans() if play.parameters else st.just(False),
        "kind": st.sampled_from(PrincipalKind),
        "platform": st.sampled_from([Platform.LINUX, Platform.LINUX, Platform.MACOS, Platform.WINDOWS]),
        "uid": st.just(ids[0]),
        "gid": st.just(ids[1]),
        "transitive": st.booleans(),
        "source": _role_sessions(state, play),
        "role_session": st.just(next_role_session(state)) if "source" in parameters else _role_sessions(state, play),
        "session": st.just(next_session(state)) if operation == "start_session" else st.sampled_from(running),
    }
    if operation == "start_session":
        filled, parameter = draw(st.sampled_from(play.given))
        drawn.update({"filled": st.just(filled), "parameter": st.just(parameter)})
    arguments: Arguments = fitting(operation, {name: draw(drawn[name]) for name in parameters})
    if draw(st.integers(1, refused)) == refused or _has_ended(state, arguments.get("role_session", NO_ROLE_SESSION)):
        return operation, arguments
    arguments = as_accepted(operation, arguments, state, reading, play)
    if Trials(operation, state, reading).accepts(arguments):
        return operation, arguments
    return "update_preferences", {name: draw(drawn[name]) for name in OPERATIONS["update_preferences"].parameters}


@checked
@st.composite
def traces(
    draw: st.DrawFn, steps: Count = 20, readings: Readings = READINGS, nouns: Collection[Noun] = tuple(Noun)
) -> Trace:
    """Whole traces: a scene in which a chosen rule will decide the next start, then up to `steps` operations.

    Most of them start a session while Run As is on. Sometimes an operation is placed right before a start that a
    chosen rule decides. Of nouns beside those given none is spoken. Shrinks to fewer steps and a simpler scene. Raises
    TypeError for an argument of a wrong kind, and ValueError for less than no steps, or no readings.
    """
    scene = draw(scenes(readings, nouns))
    pairs = [wanted for wanted in PAIRS if nouns_needed(wanted[0]).issubset(nouns)]
    oracle = Oracle(scene.reading, laws=False)
    for operation, arguments in scene.calls:
        oracle.perform(operation, arguments)
    wanted = len(oracle.calls) + draw(st.integers(0, steps))
    while len(oracle.calls) < wanted:
        if draw(st.integers(0, 3)) == 3 and len(oracle.state.principals) and len(oracle.state.instances):
            start = draw(starts_in(oracle.state, scene.play))
            aim = Aim(oracle.perform, oracle.state, scene.reading, scene.play, start)
            name, ids = draw(st.sampled_from(scene.play.names)), draw(st.sampled_from(IDS))
            ways = draw(st.sampled_from(THROUGH)), draw(st.sampled_from(FILLINGS))
            aim.at(*draw(st.sampled_from(pairs)), name, ids, *ways)
        else:
            oracle.perform(*draw(operations_in(oracle.state, scene.reading, scene.play, nouns=nouns)))
    return Trace("", scene.reading, tuple(oracle.calls))


def starts_in(state: State, play: Play) -> st.SearchStrategy[Request]:
    """Who may start a session, and where, of those that exist, with which of the documents in play.

    They start in no role session, and give no parameter.
    """
    who, where = st.sampled_from(sorted(state.principals)), st.sampled_from(sorted(state.instances))
    return st.builds(Request, who, where, mostly_first(play.documents), st.just(NO_ROLE_SESSION))


def _role_sessions(state: State, play: Play) -> st.SearchStrategy[RoleSession]:
    """No role session in half, else one of the newest; more often one of these that has ended."""
    newest = newest_role_sessions(state)[:4] if play.roles else []
    some = [*newest, *(one for one in newest if _has_ended(state, one))]
    return st.sampled_from([*[NO_ROLE_SESSION] * max(len(some), 1), *some])


def _has_ended(state: State, role_session: RoleSession) -> bool:
    return state.assumed.has(role_session) and not goes_on(state, role_session)


def reached_states() -> st.SearchStrategy[State]:
    """States at the end of a trace, most of them with running sessions."""
    return traces().map(lambda trace: trace.transitions(ORACLE)[-1].after)
