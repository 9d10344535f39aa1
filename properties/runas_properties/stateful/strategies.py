"""Hypothesis strategies for the model's nouns, from names to whole traces.

Each says what it yields and how it is biased. Names are hostile on purpose, and drawn from those in play, so that they
meet; accounts, principals and instances are few; operations that are only refused are a chosen share.
"""

from collections.abc import Hashable, Sequence
from functools import cache
from typing import Annotated, Any, Literal, TypeAlias

from hypothesis import strategies as st

from runas_model.doors import AtLeastOne, Count, FromOne, checked, kind_of, known_as
from runas_model.inputs.situations import situation
from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import Reading, all_readings
from runas_model.specification.rulebook import RULEBOOK
from runas_model.specification.state import INITIAL, State
from runas_model.specification.transitions import Call
from runas_model.specification.vocabulary import (
    DEFAULT_REGION,
    PREFERENCES,
    RUN_AS_TAG,
    Account,
    Instance,
    ManagedInstance,
    Name,
    OsUser,
    Platform,
    PosixId,
    Principal,
    PrincipalKind,
    PrincipalRecord,
    RuleId,
    Session,
    SessionDocument,
    Situation,
    Switch,
    Tag,
    TagKey,
)
from runas_model.universes.connectives import folded, is_blank, spelled
from runas_model.universes.tables import Table
from runas_properties.explorer.traces import Trace
from runas_properties.implementations import Arguments
from runas_properties.laws import Law
from runas_properties.oracle.oracle import ORACLE, Oracle
from runas_properties.stateful.aiming import PAIRS, Aim
from runas_properties.stateful.scenes import IDS, arrangement, examples_that_meet, play_of, rules_that_meet, scenes
from runas_properties.stateful.steering import (
    ACCOUNTS,
    INSTANCES,
    PRINCIPALS,
    RUN_AS_KEYS,
    SWITCHES,
    TAG_KEYS,
    Play,
    as_accepted,
    next_session,
)

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
    "values_of",
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


@cache
def names() -> st.SearchStrategy[Name]:
    """Names: half of them from a short list, so that they coincide; the others unusual, or sometimes any text."""
    return st.one_of(st.sampled_from(PLAIN), st.sampled_from(HOSTILE_NAMES), st.text(max_size=8)).map(Name)


@cache
def tags() -> st.SearchStrategy[tuple[TagKey, Name]]:
    """A tag: half of them with the Run As key, the others with a similar or an unrelated key."""
    return st.tuples(st.just(RUN_AS_TAG) | st.sampled_from(TAG_KEYS), names())


@cache
def preferences() -> st.SearchStrategy[SessionDocument]:
    """Run As is on in two thirds, unreadable in a sixth; half have no default user, the others any name, even blank."""
    return st.builds(
        SessionDocument, st.sampled_from([*[Switch.ON] * 4, Switch.OFF, Switch.UNREADABLE]), st.just(Name("")) | names()
    )


@cache
def os_users() -> st.SearchStrategy[OsUser]:
    """OS users: two thirds are ordinary; the others have uid 0, gid 0 or both."""
    ids = st.sampled_from([*[(1000, 1000), (2001, 2001)] * 3, (0, 0), (0, 5), (2004, 0)])
    return ids.map(lambda pair: OsUser(PosixId(pair[0]), PosixId(pair[1])))


@cache
def os_user_tables() -> st.SearchStrategy[Table[Name, OsUser]]:
    """Up to five OS users of one instance, none with a blank name."""
    absent = OsUser(PosixId(-1), PosixId(-1))
    users = st.dictionaries(names().filter(lambda name: not is_blank(name)), os_users(), max_size=5)
    return users.map(lambda users: Table.of(absent, users.items()))


@cache
def readings() -> st.SearchStrategy[Reading]:
    """Each combination of readings."""
    return st.sampled_from(all_readings())


PLATFORMS = (*[Platform.LINUX] * 5, Platform.MACOS)
NOT_LINUX = (Platform.WINDOWS, Platform.MACOS)
RULES, READINGS = tuple(rule.id for rule in RULEBOOK), tuple(all_readings())
Rules: TypeAlias = Annotated[Sequence[RuleId], AtLeastOne]
Readings: TypeAlias = Annotated[Sequence[Reading], AtLeastOne]
known_as(Rules, kind_of(Annotated[Sequence[Literal[RULES]], AtLeastOne]))  # type: ignore[valid-type]


@checked
@st.composite
def situations(draw: st.DrawFn, rules: Rules = RULES) -> Situation:
    """Situations in which one of the given rules decides, each rule equally often, with up to five more OS users.

    Sometimes a drawn name makes another rule decide. Raises TypeError for what are no ids, and ValueError for one of no
    rule, or for none at all.
    """
    rule, reading, named, near = draw(st.sampled_from(rules)), draw(readings()), draw(names()), draw(names())
    play = play_of((named, near))
    arranged = arrangement(play, reading, rule, draw(st.sampled_from(play.names)), draw(st.sampled_from(IDS)))
    users = draw(os_user_tables())
    for name in arranged.absent:
        users = users.drop(name)
    for name, (uid, gid) in arranged.users.items():
        if not is_blank(name):
            users = users.put(name, OsUser(uid, gid))
    return situation(
        run_as_enabled=arranged.run_as_enabled,
        tag=arranged.tag,
        tag_key=draw(st.sampled_from(RUN_AS_KEYS)),
        default_user=arranged.default,
        users=users,
        platform=draw(st.sampled_from(NOT_LINUX if rule == "platform-not-covered" else PLATFORMS)),
    )


@st.composite
def states(draw: st.DrawFn) -> State:
    """States of two accounts with up to three principals, two tags each, and two instances; no session runs.

    There is at least one principal and one instance, so that a law asked of some finds one that is there. Not all are
    reachable in few steps, as `reached_states` are, but tags and OS users are more varied.
    """
    state = INITIAL
    settings, principals, put = state.documents, state.principals, state.tags
    instances, users = state.instances, state.os_users
    for account in ACCOUNTS:
        settings = settings.put((account, DEFAULT_REGION, PREFERENCES), draw(preferences()))
    for principal in sorted(draw(st.sets(st.sampled_from(PRINCIPALS), min_size=1))):
        record = PrincipalRecord(draw(st.sampled_from(ACCOUNTS)), draw(st.sampled_from(PrincipalKind)))
        principals = principals.put(principal, record)
        for key in sorted(draw(st.sets(st.sampled_from(TAG_KEYS), max_size=2))):
            put = put.put((principal, folded(key)), Tag(spelled(key), draw(names())))
    for instance in sorted(draw(st.sets(st.sampled_from(INSTANCES), min_size=1))):
        record_of_instance = ManagedInstance(
            draw(st.sampled_from(ACCOUNTS)), draw(st.sampled_from(PLATFORMS)), DEFAULT_REGION
        )
        instances = instances.put(instance, record_of_instance)
        table = draw(os_user_tables())
        for name in table:
            users = users.put((instance, name), table[name])
    return State(settings, principals, put, instances, users, state.started, state.sessions)


WEIGHTED = [name for name in OPERATIONS for _ in range({"start_session": 6, "update_preferences": 2}.get(name, 1))]


@checked
@st.composite
def operations_in(draw: st.DrawFn, state: State, reading: Reading, play: Play, refused: FromOne = 8) -> Call:
    """An operation with arguments, valid in a state; one in three starts a session.

    What is drawn is moved to the nearest that is accepted, but for one in `refused`, which is left as drawn and so
    may fail. An operation that nothing would accept gives way to new preferences. Raises TypeError for an argument of a
    wrong kind, and ValueError for a `refused` below 1.
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
        "run_as_enabled": st.sampled_from(SWITCHES),
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


@checked
@st.composite
def traces(draw: st.DrawFn, steps: Count = 20, readings: Readings = READINGS) -> Trace:
    """Whole traces: a scene in which a chosen rule will decide the next start, then up to `steps` operations.

    Most of them start a session while Run As is on. Sometimes an operation is placed right before a start that a
    chosen rule decides. Shrinks to fewer steps and a simpler scene. Raises TypeError for an argument of a wrong
    kind, and ValueError for less than no steps, or no readings.
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
    """States at the end of a trace, most of them with running sessions."""
    return traces().map(lambda trace: trace.transitions(ORACLE)[-1].after)


@checked
@cache
def value_of(kind: Hashable) -> st.SearchStrategy[Any]:
    """Values for a law's variable, by its type. Raises ValueError for a type that no law uses yet."""
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
    if kind not in strategies:
        raise ValueError(f"kind cannot be {kind!r}; no variable of a law is of this type")
    return strategies[kind]


@checked
def values_of(law: Law) -> st.SearchStrategy[dict[str, Any]]:
    """Values of all variables of a law of decisions, by name.

    Half of the situations are arranged so that a rule decides whose plain ones can meet the law's premise, or are
    examples that do: Hypothesis makes five of six examples from another one, so that what is not common is soon missing
    from a run.
    """
    drawn = {name: value_of(kind) for name, kind in law.variables.items()}
    if "s" in drawn:
        rules = rules_that_meet(law)
        drawn["s"] |= situations(rules) if rules else st.sampled_from(examples_that_meet(law))
    return st.fixed_dictionaries(drawn)
