"""Role sessions begun, kept and ended wrongly."""

from collections.abc import Callable

from runas_properties.gallery.implementations.fault import fault
from runas_properties.gallery.implementations.memory import Remembers
from runas_properties.gallery.implementations.misreading import mixes_up
from runas_properties.implementations import DictService, Done, Outcome

__all__: list[str] = []

ENDED = "ended-role-sessions-start-nothing"
TRUE = "accepted-if-no-error-is-true"
Tags = dict[str, tuple[str, bool]]

ALIKE: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("folds-role-sessions", "Ignores case in the ids of role sessions and takes RS-1 for rs-1.", str.lower),
    ("trims-role-sessions", "Ignores white space around the ids of role sessions.", str.strip),
    (
        "cuts-role-sessions-at-64",
        "Compares only the first 64 characters of the ids of role sessions.",
        lambda id: id[:64],
    ),
)
for id, title, key in ALIKE:
    fault(id, title, TRUE)(mixes_up("role_session", key))


@fault("keeps-ended-role-sessions", "Starts sessions in a role session that was ended.", ENDED)
class KeepsEndedRoleSessions(DictService):
    def end_role_session(self, role_session: str) -> Outcome:
        outcome = super().end_role_session(role_session)
        if outcome == Done():
            self.role_sessions[role_session].goes_on = True
        return outcome


@fault("starts-in-ended-role-sessions", "Asks whether a role session has ended only when it is to be ended.", ENDED)
class StartsInEndedRoleSessions(DictService):
    def start_session(self, session: str, principal: str, instance: str, **more: str) -> Outcome:
        role_session = more.get("role_session", "")
        ended = role_session in self.role_sessions and not self.role_sessions[role_session].goes_on
        if ended:
            self.role_sessions[role_session].goes_on = True
        outcome = super().start_session(session, principal, instance, **more)
        if ended:
            self.role_sessions[role_session].goes_on = False
        return outcome


@fault("keeps-role-sessions-of-deleted-roles", "Keeps the role sessions of a deleted role for the next one.", ENDED)
class KeepsRoleSessionsOfDeletedRoles(DictService):
    def delete_principal(self, principal: str) -> Outcome:
        going_on = [one for one in self.role_sessions.values() if one.goes_on]
        outcome = super().delete_principal(principal)
        for one in going_on:
            one.goes_on = True
        return outcome


@fault("assumes-users", "Lets an IAM user be assumed like a role.", TRUE)
class AssumesUsers(DictService):
    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        kind = self.kinds.get(role)
        if kind is None:
            return super().assume(role, role_session, source, passed)
        self.kinds[role] = "role"
        outcome = super().assume(role, role_session, source, passed)
        self.kinds[role] = kind
        return outcome


@fault("assumes-in-ended-role-sessions", "Lets a role session that has ended assume a role.", TRUE)
class AssumesInEndedRoleSessions(DictService):
    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        ended = source in self.role_sessions and not self.role_sessions[source].goes_on
        if ended:
            self.role_sessions[source].goes_on = True
        outcome = super().assume(role, role_session, source, passed)
        if ended:
            self.role_sessions[source].goes_on = False
        return outcome


class Reuses(DictService):
    """Begins a role session anew under an id that was used."""

    def is_free(self, role_session: str) -> bool:
        return True

    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        there = self.role_sessions.get(role_session)
        if there is None or role_session == source or not self.is_free(role_session):
            return super().assume(role, role_session, source, passed)
        del self.role_sessions[role_session]
        outcome = super().assume(role, role_session, source, passed)
        self.role_sessions.setdefault(role_session, there)
        return outcome


@fault("reuses-role-session-ids", "Begins a role session anew under the id of another.", TRUE)
class ReusesRoleSessionIds(Reuses):
    """Under that of any other."""


@fault("reuses-ended-role-session-ids", "Begins a role session under the id of one that has ended.", TRUE)
class ReusesEndedRoleSessionIds(Reuses):
    def is_free(self, role_session: str) -> bool:
        return not self.role_sessions[role_session].goes_on


@fault("starts-in-role-sessions-of-others", "Starts sessions in a role session of another role.", TRUE)
class StartsInRoleSessionsOfOthers(DictService):
    def is_session_of(self, role_session: str, principal: str) -> bool:
        return role_session in self.role_sessions


class EndsOthers(DictService):
    """Ends further role sessions when one is ended."""

    def ends_too(self, ended: str, other: str) -> bool:
        return ended == other

    def end_role_session(self, role_session: str) -> Outcome:
        outcome = super().end_role_session(role_session)
        if outcome == Done():
            for other in self.role_sessions:
                self.role_sessions[other].goes_on &= not self.ends_too(role_session, other)
        return outcome


@fault("ends-all-role-sessions-of-a-role", "Ends all role sessions of a role when one is ended.", "errors-are-true")
class EndsAllRoleSessionsOfARole(EndsOthers):
    def ends_too(self, ended: str, other: str) -> bool:
        return self.role_sessions[ended].role == self.role_sessions[other].role


@fault(
    "ends-chained-role-sessions", "Ends the role sessions that were assumed in one that is ended.", "errors-are-true"
)
class EndsChainedRoleSessions(Remembers, EndsOthers):
    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        outcome = super().assume(role, role_session, source, passed)
        if outcome == Done():
            self.memory[role_session] = source
        return outcome

    def ends_too(self, ended: str, other: str) -> bool:
        return bool(self.memory.get(other) == ended)


@fault("has-one-role-session-a-role", "Ends the role sessions of a role when it is assumed again.", "errors-are-true")
class HasOneRoleSessionARole(DictService):
    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        outcome = super().assume(role, role_session, source, passed)
        if outcome == Done():
            for id, one in self.role_sessions.items():
                one.goes_on &= one.role != role or id == role_session
        return outcome


@fault("ends-the-source-of-a-chain", "Ends a role session when another is assumed in it.", "errors-are-true")
class EndsTheSourceOfAChain(DictService):
    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        outcome = super().assume(role, role_session, source, passed)
        if outcome == Done() and source:
            self.role_sessions[source].goes_on = False
        return outcome


@fault("uses-role-sessions-up", "Ends a role session when a session starts in it.", "errors-are-true")
class UsesRoleSessionsUp(DictService):
    def begin(self, session: str, principal: str, instance: str, os_user: str) -> None:
        super().begin(session, principal, instance, os_user)
        if self.role_session:
            self.role_sessions[self.role_session].goes_on = False


@fault(
    "ends-sessions-with-their-role-session",
    "Ends running sessions when the role session ends in which they started.",
    "settings-leave-sessions-alone",
)
class EndsSessionsWithTheirRoleSession(Remembers):
    def begin(self, session: str, principal: str, instance: str, os_user: str) -> None:
        super().begin(session, principal, instance, os_user)
        self.memory[session] = self.role_session

    def end_role_session(self, role_session: str) -> Outcome:
        outcome = super().end_role_session(role_session)
        if outcome == Done():
            self.running = {id: run for id, run in self.running.items() if self.memory[id] != role_session}
        return outcome
