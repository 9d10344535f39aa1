"""Another tag taken for a start in a role session than the one that counts there."""

from runas_properties.gallery.implementations.fault import fault
from runas_properties.gallery.implementations.memory import Remembers
from runas_properties.implementations import DictService, Done, Outcome

__all__: list[str] = []

Tags = dict[str, tuple[str, bool]]


@fault("lets-role-tags-win", "Lets the Run As tag of a role win over the session tag.", "tag-serves-the-tagged")
class LetsRoleTagsWin(DictService):
    def session_tags(self) -> Tags:
        role = self.role_sessions[self.role_session].role if self.role_session else ""
        return {} if self.alike(self.tag_key, self.tags.get(role, ())) else super().session_tags()


@fault("ignores-session-tags", "Ignores session tags.", "tag-serves-the-tagged")
class IgnoresSessionTags(DictService):
    def session_tags(self) -> Tags:
        return {}


@fault(
    "ignores-role-tags-in-role-sessions",
    "Ignores the tag of a role in its role sessions.",
    "tag-serves-the-tagged",
)
class IgnoresRoleTagsInRoleSessions(DictService):
    def tag_value(self, principal: str) -> str | None:
        alone = not self.role_session or self.alike(self.tag_key, self.session_tags())
        return super().tag_value(principal) if alone else None


@fault("passes-over-blank-session-tags", "Takes the tag of the role where a session tag is blank.", "no-fall-through")
class PassesOverBlankSessionTags(DictService):
    def session_tags(self) -> Tags:
        return {key: tag for key, tag in super().session_tags().items() if not self.is_blank(tag[0])}


@fault(
    "compares-session-tags-with-case",
    "Keeps a session tag beside the tag of the role if the case of their keys differs.",
    "default-serves-the-untagged",
)
class ComparesSessionTagsWithCase(DictService):
    def session_tags(self) -> Tags:
        return {key: tag for key, tag in super().session_tags().items() if key == self.tag_key}


@fault("takes-any-session-tag", "Takes a session tag with any key for the Run As tag.", "default-serves-the-untagged")
class TakesAnySessionTag(DictService):
    def session_tags(self) -> Tags:
        every = super().session_tags().values()
        return dict.fromkeys([self.tag_key], next(iter(every))) if every else {}


@fault(
    "counts-transitive-tags-alone",
    "Ignores session tags that are not transitive.",
    "tag-serves-the-tagged",
)
class CountsTransitiveTagsAlone(DictService):
    def session_tags(self) -> Tags:
        return {key: tag for key, tag in super().session_tags().items() if tag[1]}


@fault(
    "takes-the-role-of-the-instance",
    "Takes the tag of the instance's role for that of the caller.",
    "default-serves-the-untagged",
)
class TakesTheRoleOfTheInstance(DictService):
    def tag_of(self, principal: str) -> str | None:
        """The tag of the caller, or else of the first role of its account, which the instance is said to have."""
        account = self.account_of[principal]
        own = (name for name, kind in self.kinds.items() if kind == "role" and self.account_of[name] == account)
        tag = super().tag_of(principal)
        return super().tag_of(next(own, principal)) if tag is None else tag


class OfTheRole(DictService):
    """Looks at the role sessions of the role of a role session, the oldest first."""

    def siblings(self) -> list[Tags]:
        role = self.role_sessions[self.role_session].role if self.role_session else ""
        return [one.tags for one in self.role_sessions.values() if one.role == role]


@fault(
    "keeps-session-tags-by-role",
    "Keeps the newest session tags of a role for all its sessions.",
    "tag-serves-the-tagged",
)
class KeepsSessionTagsByRole(OfTheRole):
    def session_tags(self) -> Tags:
        return next(reversed(self.siblings()), {})


@fault(
    "takes-the-tags-of-the-first-role-session",
    "Takes the session tags of a role's first role session for all its sessions.",
    "tag-serves-the-tagged",
)
class TakesTheTagsOfTheFirstRoleSession(OfTheRole):
    def session_tags(self) -> Tags:
        return next(iter(self.siblings()), {})


@fault(
    "leaks-session-tags-to-the-next",
    "Gives a role session without tags those of the last one of its role.",
    "default-serves-the-untagged",
)
class LeaksSessionTagsToTheNext(DictService):
    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        last = next((one.tags for one in reversed(self.role_sessions.values()) if one.role == role), {})
        outcome = super().assume(role, role_session, source, passed)
        if outcome == Done() and not self.role_sessions[role_session].tags:
            self.role_sessions[role_session].tags = dict(last)
        return outcome


@fault(
    "leaks-session-tags-to-the-role",
    "Takes the session tags of a role's last start for its start in no role session.",
    "default-serves-the-untagged",
)
class LeaksSessionTagsToTheRole(Remembers):
    def tag_value(self, principal: str) -> str | None:
        if not self.role_session:
            self.role_session = self.memory.get(principal, "")
        self.memory[principal] = self.role_session
        return super().tag_value(principal)


@fault(
    "writes-session-tags-on-roles",
    "Writes the session tags that are passed on the role.",
    "default-serves-the-untagged",
)
class WritesSessionTagsOnRoles(DictService):
    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        outcome = super().assume(role, role_session, source, passed)
        if outcome == Done():
            for key, (value, _) in passed.items():
                self.tag_principal(role, key, value)
        return outcome


@fault(
    "copies-role-tags-into-role-sessions",
    "Keeps the tag that a role had when a role session began.",
    "tag-serves-the-tagged",
)
class CopiesRoleTagsIntoRoleSessions(DictService):
    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        outcome = super().assume(role, role_session, source, passed)
        if outcome == Done():
            tags = self.role_sessions[role_session].tags
            tags.update({key: (own, False) for key, own in self.tags[role].items() if not self.alike(key, tags)})
        return outcome


@fault("tags-role-sessions-with-roles", "Replaces session tags when their role is tagged.", "tag-serves-the-tagged")
class TagsRoleSessionsWithRoles(DictService):
    def tag_principal(self, principal: str, key: str, value: str) -> Outcome:
        for one in self.role_sessions.values():
            if one.role == principal and (there := self.alike(key, one.tags)):
                one.tags[there] = value, one.tags[there][1]
        return super().tag_principal(principal, key, value)


@fault("untags-role-sessions-with-roles", "Removes session tags when their role is untagged.", "tag-serves-the-tagged")
class UntagsRoleSessionsWithRoles(DictService):
    def untag_principal(self, principal: str, key: str) -> Outcome:
        outcome = super().untag_principal(principal, key)
        if outcome == Done():
            for one in self.role_sessions.values():
                if one.role == principal:
                    one.tags.pop(self.alike(key, one.tags) or key, None)
        return outcome
