"""Hypothesis strategies for the model's nouns. Names are hostile on purpose, and drawn from few."""

from typing import Any

from hypothesis import strategies as st

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

__all__ = ["HOSTILE_NAMES", "names", "os_user_tables", "os_users", "readings", "situations", "states", "value_of"]

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
    """Situations, mostly with Run As on and covered; the OS users often include those named."""
    tag = draw(st.none() | names())
    default = draw(st.none() | names())
    named = [name for name in (tag, default) if name is not None]
    likely = st.sampled_from(named) if named else None
    return situation(
        run_as_enabled=draw(st.sampled_from([True, True, True, False])),
        tag=tag,
        default_user=default,
        users=draw(os_user_tables(likely)),
        platform=draw(st.sampled_from([Platform.LINUX, Platform.LINUX, Platform.MACOS, Platform.WINDOWS])),
    )


PRINCIPALS = [Principal("amy"), Principal("amy2"), Principal("ben")]
INSTANCES = [Instance("i-1"), Instance("i-2")]
ACCOUNTS = [Account("111111111111"), Account("222222222222")]
TAG_KEYS = [RUN_AS_TAG, TagKey("ssmsessionrunas"), TagKey("SSMSessionRunAs "), TagKey("Team")]


@st.composite
def states(draw: st.DrawFn) -> State:
    """States of two accounts with a few principals, tags and instances; no session runs."""
    state = INITIAL
    preferences, principals, tags = state.preferences, state.principals, state.tags
    instances, users = state.instances, state.os_users
    for account in ACCOUNTS:
        enabled = draw(st.sampled_from([True, True, False]))
        preferences = preferences.put(account, Preferences(enabled, draw(names())))
    for principal in draw(st.sets(st.sampled_from(PRINCIPALS))):
        record = PrincipalRecord(draw(st.sampled_from(ACCOUNTS)), draw(st.sampled_from(PrincipalKind)))
        principals = principals.put(principal, record)
        for key in draw(st.sets(st.sampled_from(TAG_KEYS), max_size=2)):
            tags = tags.put((principal, key), draw(names()))
    for instance in draw(st.sets(st.sampled_from(INSTANCES))):
        platform = draw(st.sampled_from([Platform.LINUX, Platform.LINUX, Platform.MACOS]))
        instances = instances.put(instance, ManagedInstance(draw(st.sampled_from(ACCOUNTS)), platform))
        table = draw(os_user_tables())
        for name in table:
            users = users.put((instance, name), table[name])
    return State(preferences, principals, tags, instances, users, state.started, state.sessions)


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
