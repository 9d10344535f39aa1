"""The state of the machine, and the situation that one start of a session is in."""

import attrs

from runas_model.specification.vocabulary import (
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
    RuleId,
    RunningSession,
    Session,
    Situation,
    TagKey,
)
from runas_model.universes.connectives import is_blank, not_
from runas_model.universes.tables import PairTable, Table, TotalTable

__all__ = ["INITIAL", "State", "situation_of"]

NO_NAME = Name("")


@attrs.frozen
class State:
    """Accounts, principals, instances and sessions.

    `started` holds every session that ever started, with its instance; `sessions` the running ones.
    """

    preferences: TotalTable[Account, Preferences]
    principals: Table[Principal, PrincipalRecord]
    tags: PairTable[Principal, TagKey, Name]
    instances: Table[Instance, ManagedInstance]
    os_users: PairTable[Instance, Name, OsUser]
    started: Table[Session, Instance]
    sessions: PairTable[Instance, Session, RunningSession]


INITIAL = State(
    preferences=TotalTable(Preferences(False, NO_NAME)),
    principals=Table(PrincipalRecord(Account(""), PrincipalKind.USER)),
    tags=PairTable(NO_NAME),
    instances=Table(ManagedInstance(Account(""), Platform.LINUX)),
    os_users=PairTable(OsUser(PosixId(-1), PosixId(-1))),
    started=Table(Instance("")),
    sessions=PairTable(RunningSession(Principal(""), Account(""), NO_NAME, RuleId(""), False, False)),
)
"""No principals, no instances; every account has Run As off and names no default OS user."""


def situation_of(state: State, principal: Principal, instance: Instance) -> Situation:
    """The situation in which `principal` starts a session on `instance`."""
    preferences = state.preferences[state.instances[instance].account]
    tag = state.tags[principal, RUN_AS_TAG]
    return Situation(
        platform=state.instances[instance].platform,
        run_as_enabled=preferences.run_as_enabled,
        tagged=state.tags.has((principal, RUN_AS_TAG)),
        tag=tag,
        tag_blank=is_blank(tag),
        default_named=not_(is_blank(preferences.default_user)),
        default_user=preferences.default_user,
        os_users=state.os_users.under(instance),
    )
