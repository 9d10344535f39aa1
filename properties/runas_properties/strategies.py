"""Hypothesis strategies for the model's nouns, from names to whole traces.

Each says what it yields and how it is biased. Names are hostile on purpose, and drawn from those in play, so that they
meet; accounts, principals and instances are few; operations that are only refused are a chosen share.
"""

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from runas_model.operations import OPERATIONS
from runas_model.readings import Reading, all_readings
from runas_model.situations import situation
from runas_model.state import INITIAL, State
from runas_model.tables import Table
from runas_model.vocabulary import (
    RUN_AS_TAG,
    Account,
    Instance,
    ManagedInstance,
    Name,
    OsUser,
    Platform,
    PosixId,
    Preferences,
    Principal,
    PrincipalKind,
    PrincipalRecord,
    Session,
    Situation,
    TagKey,
)
from runas_properties.aiming import PAIRS, Aim
from runas_properties.implementations import Arguments
from runas_properties.oracle import ORACLE, Call, Oracle
from runas_properties.reach import Trace
from runas_properties.scenes import IDS, scenes
from runas_properties.steering import ACCOUNTS, INSTANCES, PRINCIPALS, TAG_KEYS, Play, as_accepted, next_session

__all__ = [
    "HOSTILE_NAMES",
    "names",
    "tags",
    "preferences",
    "os_users",
    "os_user_tables",
    "readings",
    "situations",
    "states",
    "operations_in",
    "traces",
    "reached_states",
    "value_of",
]

HOSTILE_NAMES = (
    *("alice", "Alice", "ALICE", " alice", "alice ", " alice ", "alice eve", "ali", "alicex"),
    *("", " ", "   ", "\t", "\u00a0"),
    *("0", "1000", "2001", "+2001", "-u", "--", "-", "#2001"),
    *("root", "toor", "Root", "ssm-user", "SSM-User", "ssm-user ", "ssm_user", "ops"),
    *("dave@corp.example.com", "CORP\\alice", "a" * 256, "a" * 255),
    *("zoë", "zoe\u0308", "\u0430lice", "ali\u200dce", "\uff41lice", "al\x00ice", "alice\n"),
)
"""Names that implementations are known to confuse: case, blanks, numbers, options, lookalikes, normal forms."""

PLAIN = ("alice", "ops", "ssm-user", "root")


def names() -> st.SearchStrategy[Name]:
    """Names: half the time one of a few plain ones, so that they meet; else hostile, now and then any text."""
    return st.one_of(st.sampled_from(PLAIN), st.sampled_from(HOSTILE_NAMES), st.text(max_size=8)).map(Name)


def tags() -> st.SearchStrategy[tuple[TagKey, Name]]:
    """A tag: half the time under the Run As key, else under one that is nearly it or has nothing to do with it."""
    return st.tuples(st.just(RUN_AS_TAG) | st.sampled_from(TAG_KEYS), names())


def preferences() -> st.SearchStrategy[Preferences]:
    """Preferences: Run As on in two of three; the default is any name, and so now and then blank, which is none."""
    return st.builds(Preferences, st.sampled_from([True, True, False]), names())


def os_users() -> st.SearchStrategy[OsUser]:
    """OS users: ordinary, root, or with gid 0 alone."""
    ids = st.sampled_from([(1000, 1000), (2001, 2001), (0, 0), (0, 5), (2004, 0)])
    return ids.map(lambda pair: OsUser(PosixId(pair[0]), PosixId(pair[1])))


def os_user_tables(likely: st.SearchStrategy[Name] | None = None) -> st.SearchStrategy[Table[Name, OsUser]]:
    """Up to five OS users of one instance, none with a blank name; names mostly from `likely`."""
    named = (likely | names() if likely is not None else names()).filter(lambda name: bool(name.strip()))
    absent = OsUser(PosixId(-1), PosixId(-1))
    return st.dictionaries(named, os_users(), max_size=5).map(lambda users: Table.of(absent, users.items()))


def readings() -> st.SearchStrategy[Reading]:
    """Each of the eight combinations of readings."""
    return st.sampled_from(all_readings())


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """Situations, mostly with Run As on and covered; half are tagged, half have a default, most of them exist."""
    tag = draw(names()) if draw(st.booleans()) else None
    default = draw(names()) if draw(st.booleans()) else None
    named = [name for name in (tag, default) if name is not None and name.strip()]
    users = draw(os_user_tables(st.sampled_from(named) if named else None))
    for name in named:
        if draw(st.booleans()):
            users = users.put(name, draw(os_users()))
    return situation(
        run_as_enabled=draw(st.sampled_from([True, True, True, False])),
        tag=tag,
        default_user=default,
        users=users,
        platform=draw(st.sampled_from([Platform.LINUX, Platform.LINUX, Platform.MACOS, Platform.WINDOWS])),
    )


@st.composite
def states(draw: st.DrawFn) -> State:
    """States of two accounts with up to three principals, two tags each, and two instances; no session runs.

    Not all are reachable in few steps, as `reached_states` are, but tags and OS users are more varied.
    """
    state = INITIAL
    settings, principals, put = state.preferences, state.principals, state.tags
    instances, users = state.instances, state.os_users
    for account in ACCOUNTS:
        settings = settings.put(account, draw(preferences()))
    for principal in draw(st.sets(st.sampled_from(PRINCIPALS))):
        record = PrincipalRecord(draw(st.sampled_from(ACCOUNTS)), draw(st.sampled_from(PrincipalKind)))
        principals = principals.put(principal, record)
        for key in draw(st.sets(st.sampled_from(TAG_KEYS), max_size=2)):
            put = put.put((principal, key), draw(names()))
    for instance in draw(st.sets(st.sampled_from(INSTANCES))):
        platform = draw(st.sampled_from([Platform.LINUX, Platform.LINUX, Platform.MACOS]))
        instances = instances.put(instance, ManagedInstance(draw(st.sampled_from(ACCOUNTS)), platform))
        table = draw(os_user_tables())
        for name in table:
            users = users.put((instance, name), table[name])
    return State(settings, principals, put, instances, users, state.started, state.sessions)


WEIGHTED = [name for name in OPERATIONS for _ in range({"start_session": 6, "update_preferences": 2}.get(name, 1))]


@st.composite
def operations_in(draw: st.DrawFn, state: State, reading: Reading, play: Play, refused: int = 8) -> Call:
    """An operation with arguments, valid in a state; one in three starts a session.

    What is drawn is moved to the nearest that is accepted, but for one in `refused`, which is left as drawn and so
    may fail. An operation that nothing would accept gives way to new preferences.
    """
    operation = draw(st.sampled_from(WEIGHTED))
    ids = draw(st.sampled_from(IDS))
    running = sorted(id for _, id in state.sessions) or [next_session(state)]
    drawn: dict[str, Any] = {
        "principal": st.sampled_from(play.principals),
        "account": st.sampled_from([play.accounts[0], *play.accounts]),
        "instance": st.sampled_from(play.instances),
        "key": st.sampled_from([play.keys[0], play.keys[0], *play.keys]),
        "name": st.sampled_from(play.names),
        "value": st.sampled_from(play.names),
        "default_user": st.sampled_from(play.names),
        "run_as_enabled": st.sampled_from([True, True, True, False]),
        "kind": st.sampled_from(PrincipalKind),
        "platform": st.sampled_from([Platform.LINUX, Platform.LINUX, Platform.MACOS, Platform.WINDOWS]),
        "uid": st.just(ids[0]),
        "gid": st.just(ids[1]),
        "session": st.just(next_session(state)) if operation == "start_session" else st.sampled_from(running),
    }
    arguments: Arguments = {name: draw(drawn[name]) for name in OPERATIONS[operation].parameters}
    if draw(st.integers(1, refused)) == refused:
        return operation, arguments
    arguments = as_accepted(operation, arguments, state, reading, play)
    if all(holds for holds, _ in ORACLE.step(operation, state, reading, **arguments).requires):
        return operation, arguments
    return "update_preferences", {name: draw(drawn[name]) for name in OPERATIONS["update_preferences"].parameters}


@st.composite
def traces(draw: st.DrawFn, steps: int = 20, readings: Sequence[Reading] = tuple(all_readings())) -> Trace:
    """Whole traces: a scene, in which a chosen rule is about to decide, and then up to `steps` operations.

    Most of them start a session while Run As is on. Now and then an operation is aimed: right before a start that a
    chosen rule decides. Shrinks to fewer steps and a plainer scene.
    """
    scene = draw(scenes(readings))
    oracle = Oracle(scene.reading, laws=False)
    for operation, arguments in scene.calls:
        oracle.perform(operation, arguments)
    wanted = len(oracle.calls) + draw(st.integers(0, steps))
    while len(oracle.calls) < wanted:
        if draw(st.integers(0, 3)) == 3 and len(oracle.state.principals) and len(oracle.state.instances):
            aim = Aim(oracle.perform, oracle.state, scene.reading, scene.play, draw(starts_in(oracle.state)))
            aim.at(*draw(st.sampled_from(PAIRS)), draw(st.sampled_from(scene.play.names)), draw(st.sampled_from(IDS)))
        else:
            oracle.perform(*draw(operations_in(oracle.state, scene.reading, scene.play)))
    return Trace("", scene.reading, tuple(oracle.calls))


def starts_in(state: State) -> st.SearchStrategy[tuple[Principal, Instance]]:
    """Who may start a session, and where, of those that exist."""
    return st.tuples(st.sampled_from(sorted(state.principals)), st.sampled_from(sorted(state.instances)))


def reached_states() -> st.SearchStrategy[State]:
    """States at the end of a trace, most of them with sessions that run."""
    return traces().map(lambda trace: trace.transitions(ORACLE)[-1].after)


def value_of(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a law's variable, by its type. Raises KeyError for a type that no law has yet."""
    strategies: dict[Any, st.SearchStrategy[Any]] = {
        Situation: situations(),
        Reading: readings(),
        Name: names(),
        OsUser: os_users(),
        State: states(),
        Principal: st.sampled_from(PRINCIPALS),
        Instance: st.sampled_from(INSTANCES),
        TagKey: st.sampled_from(TAG_KEYS),
        Account: st.sampled_from(ACCOUNTS),
        Session: st.sampled_from([Session("session-1"), Session("session-2")]),
        bool: st.booleans(),
    }
    return strategies[kind]
