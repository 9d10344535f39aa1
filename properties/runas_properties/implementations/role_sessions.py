"""Role sessions of the implementation with mutable dicts: how they begin and end, and which session tags they have."""

from collections.abc import Iterable

import attrs

from runas_properties.implementations.interface import Done, Failed, Outcome

__all__ = ["RoleSession", "RoleSessions"]


@attrs.define
class RoleSession:
    """A role session: its role, its tags by key, each with value and whether it is transitive, and if it goes on."""

    role: str
    tags: dict[str, tuple[str, bool]]
    goes_on: bool = True


class RoleSessions:
    """What an implementation does with role sessions; it has the accounts and the kinds of principals besides."""

    account_of: dict[str, str]
    kinds: dict[str, str]
    role_sessions: dict[str, RoleSession]
    role_session: str

    def assume_role(self, principal: str, role_session: str, source: str = "") -> Outcome:
        return self.assume(principal, role_session, source, {})

    def assume_role_with_tag(
        self, principal: str, role_session: str, key: str, value: str, transitive: bool, source: str = ""
    ) -> Outcome:
        return self.assume(principal, role_session, source, {key: (value, transitive)})

    def assume(self, role: str, role_session: str, source: str, passed: dict[str, tuple[str, bool]]) -> Outcome:
        """Begin a session of a role, assumed by whoever has credentials or in another role session, with tags."""
        if role not in self.account_of:
            return Failed("UnknownPrincipal")
        if self.kinds[role] != "role":
            return Failed("NotARole")
        if source and source not in self.role_sessions:
            return Failed("UnknownRoleSession")
        if source and not self.role_sessions[source].goes_on:
            return Failed("ExpiredToken")
        if not role_session or role_session in self.role_sessions:
            return Failed("RoleSessionIdUsed")
        inherited = self.inherited_from(source)
        if any(self.alike(key, inherited) for key in passed):
            return Failed("TransitiveTagRepeated")
        self.role_sessions[role_session] = RoleSession(role, {**inherited, **passed})
        return Done()

    def end_role_session(self, role_session: str) -> Outcome:
        if role_session not in self.role_sessions:
            return Failed("UnknownRoleSession")
        if not self.role_sessions[role_session].goes_on:
            return Failed("ExpiredToken")
        self.role_sessions[role_session].goes_on = False
        return Done()

    def inherited_from(self, source: str) -> dict[str, tuple[str, bool]]:
        """The session tags that a role session hands on to those chained from it."""
        return {key: tag for key, tag in self.role_sessions[source].tags.items() if tag[1]} if source else {}

    def is_session_of(self, role_session: str, principal: str) -> bool:
        """Whether a role session was ever assumed as the principal."""
        return role_session in self.role_sessions and self.role_sessions[role_session].role == principal

    def session_tags(self) -> dict[str, tuple[str, bool]]:
        """The tags of the role session in which a session is requested; none in none."""
        return self.role_sessions[self.role_session].tags if self.role_session else {}

    def alike(self, key: str, keys: Iterable[str]) -> str | None:
        """The one of some keys that is this one in some case, if any is."""
        return next((one for one in keys if one.lower() == key.lower()), None)
