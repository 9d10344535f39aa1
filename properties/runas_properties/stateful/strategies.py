"""Hypothesis strategies for the model's nouns, from names to whole states; `walks` beside this has those of traces.

Each says what it yields and how it is biased. Names are hostile on purpose, and drawn from those in play, so that they
meet; accounts, Regions, documents, principals and instances are few.
"""

from collections.abc import Hashable, Sequence
from functools import cache
from itertools import product
from typing import Annotated, Any, Literal, TypeAlias

from attrs import evolve
from hypothesis import strategies as st

from runas_model.doors import AtLeastOne, checked, kind_of, known_as
from runas_model.inputs.situations import situation
from runas_model.specification.readings import Reading, all_readings
from runas_model.specification.rulebook import RULEBOOK
from runas_model.specification.state import INITIAL, State
from runas_model.specification.vocabulary import (
    DEFAULT_REGION,
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
    PosixId,
    Principal,
    PrincipalKind,
    PrincipalRecord,
    Region,
    Request,
    RoleSession,
    RuleId,
    Session,
    SessionDocument,
    SessionTag,
    Situation,
    Switch,
    Tag,
    TagKey,
)
from runas_model.universes.connectives import folded, is_blank, spelled
from runas_model.universes.tables import Table
from runas_properties.laws import Law
from runas_properties.laws.law import NOT_GIVEN
from runas_properties.oracle.oracle import ORACLE
from runas_properties.stateful.filling import FILLINGS, Filling
from runas_properties.stateful.meeting import examples_that_meet, rules_that_meet
from runas_properties.stateful.scenes import IDS, arrangement, arrangements, mostly_first, play_of
from runas_properties.stateful.steering import (
    ACCOUNTS,
    DOCUMENTS,
    INSTANCES,
    NEAR_DOCUMENTS,
    PRINCIPALS,
    REGIONS,
    RUN_AS_KEYS,
    TAG_KEYS,
)
from runas_properties.stateful.tagging import BY_SESSION, THROUGH, Through, role_session_of

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
    """Session documents, as the preferences are one.

    Run As is on in two thirds, unreadable in a sixth; half have no default user, the others any name, even blank; half
    declare it as a parameter.
    """
    switches = st.sampled_from([*[Switch.ON] * 4, Switch.OFF, Switch.UNREADABLE])
    return st.builds(SessionDocument, switches, st.just(Name("")) | names(), st.booleans())


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


ROLE_SESSIONS = tuple(map(RoleSession, ("r-1", "r-2", "r-3")))
PLACES = tuple(product(ACCOUNTS, REGIONS, (*DOCUMENTS, *NEAR_DOCUMENTS[:1])))


@st.composite
def states(draw: st.DrawFn) -> State:
    """States of two accounts in two Regions with up to three principals, two tags each, role sessions of the roles
    among them, and two instances.

    No session runs. Both accounts have preferences in the default Region, and up to four documents more. There is at
    least one principal and one instance, so that a law asked of some finds one that is there. Not all are reachable in
    few steps, as `reached_states` are, but tags and OS users are more varied.
    """
    state = INITIAL
    settings, principals, put = state.documents, state.principals, state.tags
    instances, users = state.instances, state.os_users
    preferred = [(account, DEFAULT_REGION, PREFERENCES) for account in ACCOUNTS]
    more = st.sets(st.sampled_from([place for place in PLACES if place not in preferred]), max_size=4)
    for place in (*preferred, *sorted(draw(more))):
        settings = settings.put(place, draw(preferences()))
    for principal in sorted(draw(st.sets(st.sampled_from(PRINCIPALS), min_size=1))):
        record = PrincipalRecord(draw(st.sampled_from(ACCOUNTS)), draw(st.sampled_from(PrincipalKind)))
        principals = principals.put(principal, record)
        for key in sorted(draw(st.sets(st.sampled_from(TAG_KEYS), max_size=2))):
            put = put.put((principal, folded(key)), Tag(spelled(key), draw(names())))
    for instance in sorted(draw(st.sets(st.sampled_from(INSTANCES), min_size=1))):
        where = draw(st.sampled_from(ACCOUNTS)), draw(st.sampled_from(PLATFORMS)), draw(mostly_first(REGIONS))
        instances = instances.put(instance, ManagedInstance(*where))
        table = draw(os_user_tables())
        for name in table:
            users = users.put((instance, name), table[name])
    state = evolve(state, documents=settings, principals=principals, tags=put, instances=instances, os_users=users)
    return _with_role_sessions(draw, state)


def _with_role_sessions(draw: st.DrawFn, state: State) -> State:
    """The state with role sessions of its roles, up to three, of which some have ended and some have a session tag."""
    roles = [one for one in sorted(state.principals) if state.principals[one].kind is PrincipalKind.ROLE]
    assumed, going_on, passed = state.assumed, state.role_sessions, state.session_tags
    for role_session in draw(st.sampled_from([ROLE_SESSIONS[:some] for some in range(4)])) if roles else ():
        role = draw(st.sampled_from(roles))
        assumed = assumed.put(role_session, role)
        if draw(st.integers(0, 3)):
            going_on = going_on.put((role, role_session), True)
        if draw(st.booleans()):
            key, value = draw(tags())
            passed = passed.put((role_session, folded(key)), SessionTag(spelled(key), value, draw(st.booleans())))
    return evolve(state, assumed=assumed, role_sessions=going_on, session_tags=passed)


@checked
@cache
def value_of(kind: Hashable) -> st.SearchStrategy[Any]:
    """Values for a law's variable, by its type. Raises ValueError for a type that no law uses yet."""
    role_sessions = st.sampled_from((NO_ROLE_SESSION, *ROLE_SESSIONS))
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
        Region: mostly_first(REGIONS),
        DocumentName: mostly_first(DOCUMENTS),
        Session: st.sampled_from([Session("session-1"), Session("session-2")]),
        bool: st.booleans(),
        RoleSession: role_sessions,
        FoldedKey: st.sampled_from(TAG_KEYS).map(folded),
        Request: st.builds(
            lambda given, *asked: Request(*asked, *given),
            st.just(NOT_GIVEN) | st.tuples(st.just(True), names()),
            *(st.sampled_from(PRINCIPALS), st.sampled_from(INSTANCES), mostly_first(DOCUMENTS), role_sessions),
        ),
    }
    if kind not in strategies:
        raise ValueError(f"kind cannot be {kind!r}; no variable of a law is of this type")
    return strategies[kind]


@checked
def values_of(law: Law) -> st.SearchStrategy[dict[str, Any]]:
    """Values of all variables of a law of decisions, by name.

    Half of the situations are arranged so that a rule decides whose plain ones can meet the law's premise, or are
    examples that do: Hypothesis makes five of six examples from another one, so that what is not common is soon missing
    from a run. So are half of the states in which a principal starts a session, mostly such that a rule decides by
    which a named OS user is served.
    """
    drawn = {name: value_of(kind) for name, kind in law.variables.items()}
    if "s" in drawn:
        rules = rules_that_meet(law)
        drawn["s"] |= situations(rules) if rules else st.sampled_from(examples_that_meet(law))
    values = st.fixed_dictionaries(drawn)
    named = {kind: name for name, kind in law.variables.items()}
    if named.keys() >= {State, Request}:
        return values | starting(values, named) | starting(values, named, BY_SESSION)
    return values | starting(values, named) if named.keys() >= {State, Principal, Instance} else values


@st.composite
def starting(
    draw: st.DrawFn, values: st.SearchStrategy[dict[str, Any]], named: dict[Any, str], ways: Sequence[Through] = THROUGH
) -> dict[str, Any]:
    """Values, whose names are by kind, with a state in which a rule decides what the principal starts there."""
    drawn = draw(values)
    state, reading = drawn[named[State]], drawn[named[Reading]] if Reading in named else draw(readings())
    everybody, instance = sorted(state.principals), draw(st.sampled_from(sorted(state.instances)))
    roles = [one for one in everybody if state.principals[one].kind is PrincipalKind.ROLE]
    principal = draw(st.sampled_from((ways is BY_SESSION and roles) or everybody))
    through = draw(st.sampled_from(ways)) if Request in named and principal in roles else Through.ITSELF
    first = role_session_of(state, Through.PASSED)  # hands its tag on where one is inherited
    document = drawn[named[Request]].document if Request in named else PREFERENCES
    play = play_of((draw(names()), draw(names())))
    filling = draw(st.sampled_from(FILLINGS)) if Request in named else Filling.FIXED
    arranged = evolve(draw(arrangements(play, reading)), filling=filling)
    asked = arranged.asked(Request(principal, instance, document, role_session_of(state, through)))
    for operation, arguments in arranged.calls(state, asked, through, draw(names())):
        state = ORACLE.transition(operation, state, reading, **arguments).after
    found: dict[Any, Any] = {State: state, Principal: principal, Instance: instance, Request: asked}
    if through is Through.INHERITED:
        found[RoleSession] = first
    return {**drawn, **{named[kind]: value for kind, value in found.items() if kind in named}}
