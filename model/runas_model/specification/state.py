"""The state of the machine, and the situation that one start of a session is in."""

import attrs

from runas_model.specification.vocabulary import (
    NO_ID,
    RUN_AS_TAG,
    Account,
    FoldedKey,
    Instance,
    ManagedInstance,
    Name,
    OsUser,
    Platform,
    Preferences,
    Principal,
    PrincipalKind,
    PrincipalRecord,
    RuleId,
    RunningSession,
    Session,
    Situation,
    Spelling,
    Switch,
    Tag,
)
from runas_model.universes.connectives import folded, is_blank, not_, spelled
from runas_model.universes.tables import PairTable, Table, TotalTable

__all__ = ["INITIAL", "State", "situation_of"]

NO_NAME = Name("")


@attrs.frozen
class State:
    """Accounts, principals, instances and sessions.

    A principal has one tag for each key without regard to case (D4). `started` holds every session that ever started,
    with its instance; `sessions` the running ones.
    """

    preferences: TotalTable[Account, Preferences]
    principals: Table[Principal, PrincipalRecord]
    tags: PairTable[Principal, FoldedKey, Tag]
    instances: Table[Instance, ManagedInstance]
    os_users: PairTable[Instance, Name, OsUser]
    started: Table[Session, Instance]
    sessions: PairTable[Instance, Session, RunningSession]


INITIAL = State(
    preferences=TotalTable(Preferences(Switch.OFF, NO_NAME)),
    principals=Table(PrincipalRecord(Account(""), PrincipalKind.USER)),
    tags=PairTable(Tag(Spelling(""), NO_NAME)),
    instances=Table(ManagedInstance(Account(""), Platform.LINUX)),
    os_users=PairTable(OsUser(NO_ID, NO_ID)),
    started=Table(Instance("")),
    sessions=PairTable(RunningSession(Principal(""), Account(""), NO_NAME, RuleId(""), False, False)),
)
"""No principals, no instances; every account has Run As off and names no default OS user."""


def situation_of(state: State, principal: Principal, instance: Instance) -> Situation:
    """The situation in which `principal` starts a session on `instance`."""
    preferences = state.preferences[state.instances[instance].account]
    key = (principal, folded(RUN_AS_TAG))
    tag = state.tags[key]
    return Situation(
        platform=state.instances[instance].platform,
        run_as_enabled=preferences.run_as_enabled,
        tagged=state.tags.has(key),
        tag_key_exact=tag.spelling == spelled(RUN_AS_TAG),
        tag=tag.value,
        tag_blank=is_blank(tag.value),
        default_named=not_(is_blank(preferences.default_user)),
        default_user=preferences.default_user,
        os_users=state.os_users.under(instance),
    )
