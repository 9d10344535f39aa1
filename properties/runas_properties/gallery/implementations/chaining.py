"""Session tags handed on wrongly to the role sessions that are assumed in a role session."""

from runas_properties.gallery.implementations.fault import fault
from runas_properties.gallery.implementations.memory import Remembers
from runas_properties.implementations import DictService, Done, Outcome

__all__: list[str] = []

Tags = dict[str, tuple[str, bool]]


@fault("loses-transitive-tags", "Hands no session tag on to a chained role session.", "tag-serves-the-tagged")
class LosesTransitiveTags(DictService):
    def inherited_from(self, source: str) -> Tags:
        return {}


@fault(
    "hands-on-every-tag",
    "Hands on session tags that are not transitive.",
    "default-serves-the-untagged",
)
class HandsOnEveryTag(DictService):
    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        outcome = super().assume(role, role_session, source, passed)
        if outcome == Done() and source:
            tags = self.role_sessions[role_session].tags
            tags.update({k: tag for k, tag in self.role_sessions[source].tags.items() if not self.alike(k, tags)})
        return outcome


@fault("hands-on-once", "Hands on an inherited session tag no further.", "tag-serves-the-tagged")
class HandsOnOnce(DictService):
    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        outcome = super().assume(role, role_session, source, passed)
        if outcome == Done():
            inherited = {key: (value, False) for key, (value, _) in self.inherited_from(source).items()}
            self.role_sessions[role_session].tags |= inherited
        return outcome


@fault(
    "hands-on-the-first-of-a-chain",
    "Hands on the session tags of the first role session of a chain alone.",
    "tag-serves-the-tagged",
)
class HandsOnTheFirstOfAChain(Remembers):
    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        outcome = super().assume(role, role_session, source, passed)
        if outcome == Done():
            self.memory[role_session] = self.memory.get(source, role_session)
        return outcome

    def inherited_from(self, source: str) -> Tags:
        return super().inherited_from(self.memory.get(source, source))


@fault(
    "hands-on-tags-of-the-role",
    "Hands on the tag of the role in whose role session another is assumed.",
    "default-serves-the-untagged",
)
class HandsOnTagsOfTheRole(DictService):
    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        outcome = super().assume(role, role_session, source, passed)
        if outcome == Done() and source:
            tags, of = self.role_sessions[role_session].tags, self.role_sessions[source].role
            tags.update({k: (own, False) for k, own in self.tags.get(of, {}).items() if not self.alike(k, tags)})
        return outcome


@fault(
    "hands-nothing-on-to-the-tagged",
    "Hands no session tag on to a role session that is assumed with one.",
    "tag-serves-the-tagged",
)
class HandsNothingOnToTheTagged(DictService):
    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        outcome = super().assume(role, role_session, source, passed)
        if outcome == Done() and passed:
            self.role_sessions[role_session].tags = dict(passed)
        return outcome


@fault(
    "lets-roles-override-inherited-tags",
    "Lets the tag of the next role win over an inherited session tag.",
    "tag-serves-the-tagged",
)
class LetsRolesOverrideInheritedTags(DictService):
    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        outcome = super().assume(role, role_session, source, passed)
        if outcome == Done():
            tags = self.role_sessions[role_session].tags
            for key in [key for key in self.inherited_from(source) if self.alike(key, self.tags[role])]:
                del tags[key]
        return outcome


class Repeats(DictService):
    """Takes a session tag that repeats an inherited one, and keeps one of the two."""

    wins = True

    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        inherited = self.inherited_from(source) if source in self.role_sessions else {}
        new = {key: tag for key, tag in passed.items() if not self.alike(key, inherited)}
        outcome = super().assume(role, role_session, source, new)
        if outcome == Done() and self.wins:
            for key, tag in passed.items():
                tags = self.role_sessions[role_session].tags
                tags.pop(self.alike(key, tags) or key, None)
                tags[key] = tag
        return outcome


@fault(
    "overrides-inherited-tags",
    "Lets a session tag replace an inherited one with its key.",
    "accepted-if-no-error-is-true",
)
class OverridesInheritedTags(Repeats):
    """The one that is passed is kept."""


@fault(
    "ignores-repeated-tags",
    "Drops without an error a session tag that repeats an inherited one.",
    "accepted-if-no-error-is-true",
)
class IgnoresRepeatedTags(Repeats):
    wins = False


@fault(
    "compares-repeated-keys-with-case",
    "Accepts a session tag whose key differs in case from an inherited one.",
    "accepted-if-no-error-is-true",
)
class ComparesRepeatedKeysWithCase(DictService):
    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        inherited = self.inherited_from(source) if source in self.role_sessions else {}
        held = {key: tag for key, tag in passed.items() if key not in inherited}
        outcome = super().assume(role, role_session, source, {} if held else passed)
        if outcome == Done() and held:
            self.role_sessions[role_session].tags |= held
        return outcome


@fault("repeats-no-tag", "Fails where a session tag repeats one that is not transitive.", "errors-are-true")
class RepeatsNoTag(DictService):
    def inherited_from(self, source: str) -> Tags:
        return self.role_sessions[source].tags if source else {}

    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        outcome = super().assume(role, role_session, source, passed)
        if outcome == Done() and source:
            handed = DictService.inherited_from(self, source)
            self.role_sessions[role_session].tags = {**handed, **passed}
        return outcome
