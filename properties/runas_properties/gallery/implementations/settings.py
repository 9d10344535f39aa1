"""Tags, preferences and principals kept wrongly."""

from runas_model.specification.readings import DEFAULT, Reading
from runas_properties.gallery.implementations.fault import fault
from runas_properties.implementations import DictService, Done, Outcome, Started
from runas_properties.implementations.dicts import PREFERENCES, REGION

__all__: list[str] = []

AS_TAGGED = ("started-as-named", "tag-serves-the-tagged")


@fault("takes-the-tag-of-a-prefix", "Uses the tag of amy for an untagged amy2.", "started-as-named")
class TakesTheTagOfAPrefix(DictService):
    def tag_of(self, principal: str) -> str | None:
        others = (super(TakesTheTagOfAPrefix, self).tag_of(other) for other in self.tags if principal.startswith(other))
        return super().tag_of(principal) or next((tag for tag in others if tag is not None), None)


@fault(
    "takes-any-tag",
    "Uses the principal's first tag, whatever its key, if it finds no name in a Run As tag.",
    "started-as-named",
)
class TakesAnyTag(DictService):
    def tag_of(self, principal: str) -> str | None:
        return super().tag_of(principal) or next(iter(self.tags[principal].values()), None)


@fault("ignores-tags-of-roles", "Ignores the tags of IAM roles.", "tag-serves-the-tagged")
class IgnoresTagsOfRoles(DictService):
    def create_principal(self, principal: str, account: str, kind: str) -> Outcome:
        outcome = super().create_principal(principal, account, kind)
        self.roles = getattr(self, "roles", set()) - {principal} | ({principal} if kind == "role" else set())
        return outcome

    def tag_of(self, principal: str) -> str | None:
        return None if principal in self.roles else super().tag_of(principal)


@fault("loses-a-tag-on-retagging", "Deletes a tag that is set again.", "tag-serves-the-tagged")
class LosesATagOnRetagging(DictService):
    def tag_principal(self, principal: str, key: str, value: str) -> Outcome:
        if principal in self.tags and self.tags[principal].pop(self.spelled(principal, key), None) is not None:
            return Done()
        return super().tag_principal(principal, key, value)


@fault("keeps-the-first-tag", "Keeps the first value of a tag that is set again.", *AS_TAGGED)
class KeepsTheFirstTag(DictService):
    def tag_principal(self, principal: str, key: str, value: str) -> Outcome:
        if principal in self.tags and self.spelled(principal, key) in self.tags[principal]:
            return Done()
        return super().tag_principal(principal, key, value)


@fault("tagging-replaces-all-tags", "Deletes a principal's other tags when one is set.", "tag-serves-the-tagged")
class TaggingReplacesAllTags(DictService):
    def tag_principal(self, principal: str, key: str, value: str) -> Outcome:
        self.tags.get(principal, {}).clear()
        return super().tag_principal(principal, key, value)


@fault("untagging-takes-all-tags", "Removes all tags of a principal when one is removed.", "tag-serves-the-tagged")
class UntaggingTakesAllTags(DictService):
    def untag_principal(self, principal: str, key: str) -> Outcome:
        outcome = super().untag_principal(principal, key)
        if outcome == Done():
            self.tags[principal].clear()
        return outcome


@fault("untagging-leaves-the-tag", "Uses a Run As tag even after it was removed.", "started-as-named")
class UntaggingLeavesTheTag(DictService):
    def __init__(self, reading: Reading = DEFAULT) -> None:
        super().__init__(reading)
        self.taken_off: dict[str, str] = {}

    def untag_principal(self, principal: str, key: str) -> Outcome:
        tag = self.tag_value(principal) if principal in self.tags else None
        outcome = super().untag_principal(principal, key)
        if key.lower() == self.tag_key.lower() and tag is not None:
            self.taken_off[principal] = tag
        return outcome

    def tag_of(self, principal: str) -> str | None:
        return super().tag_of(principal) or self.taken_off.get(principal)


@fault(
    "keeps-tags-of-the-deleted",
    "Gives a new principal the tags of a deleted one with the same name.",
    "started-as-named",
)
class KeepsTagsOfTheDeleted(DictService):
    def create_principal(self, principal: str, account: str, kind: str) -> Outcome:
        kept = self.tags.get(principal, {})
        outcome = super().create_principal(principal, account, kind)
        self.tags[principal] = kept
        return outcome

    def delete_principal(self, principal: str) -> Outcome:
        kept = self.tags.get(principal, {})
        outcome = super().delete_principal(principal)
        self.tags[principal] = kept
        return outcome


@fault(
    "borrows-preferences",
    "Uses another account's Run As switch for an account without preferences.",
    "off-means-ssm-user",
)
class BorrowsPreferences(DictService):
    def update_preferences(
        self, account: str, run_as_enabled: bool | str, default_user: str, region: str = REGION
    ) -> Outcome:
        outcome = super().update_preferences(account, run_as_enabled, default_user, region)
        self.any_set = self.preferences_of(account, region)
        return outcome

    def is_on(self, instance: str) -> bool:
        any_set: tuple[bool | str, str] = getattr(self, "any_set", (False, ""))
        return self.documents.get(self.place_of(instance, self.document), any_set)[0] is True


@fault("shares-preferences", "Uses one set of preferences for all accounts.", "off-means-ssm-user", "never-ssm-user")
class SharesPreferences(DictService):
    def update_preferences(
        self, account: str, run_as_enabled: bool | str, default_user: str, region: str = REGION
    ) -> Outcome:
        outcome = super().update_preferences(account, run_as_enabled, default_user, region)
        self.shared = self.preferences_of(account, region)
        return outcome

    def settings_of(self, instance: str) -> tuple[bool | str, str]:
        own = super().settings_of(instance)
        return getattr(self, "shared", own) if self.document == PREFERENCES else own


@fault(
    "keeps-an-emptied-default", "Keeps the old default OS user when the new one is blank.", "nobody-named-is-refused"
)
class KeepsAnEmptiedDefault(DictService):
    def update_preferences(
        self, account: str, run_as_enabled: bool | str, default_user: str, region: str = REGION
    ) -> Outcome:
        before = self.preferences_of(account, region)[1]
        return super().update_preferences(
            account, run_as_enabled, before if self.is_blank(default_user) else default_user, region
        )


@fault("keeps-the-first-default", "Keeps the first default OS user when another one is set.", "started-as-named")
class KeepsTheFirstDefault(DictService):
    def update_preferences(
        self, account: str, run_as_enabled: bool | str, default_user: str, region: str = REGION
    ) -> Outcome:
        first = self.preferences_of(account, region)[1] or default_user
        return super().update_preferences(account, run_as_enabled, first, region)


@fault("cannot-be-switched-off", "Ignores attempts to turn Run As off.", "off-means-ssm-user")
class CannotBeSwitchedOff(DictService):
    def update_preferences(
        self, account: str, run_as_enabled: bool | str, default_user: str, region: str = REGION
    ) -> Outcome:
        on = self.preferences_of(account, region)[0]
        return super().update_preferences(account, run_as_enabled or on, default_user, region)


@fault(
    "caches-decisions",
    "Caches a decision and does not invalidate it when the OS user is deleted.",
    "started-user-exists",
)
class CachesDecisions(DictService):
    def __init__(self, reading: Reading = DEFAULT) -> None:
        super().__init__(reading)
        self.cache: dict[object, str] = {}

    def decide(self, principal: str, instance: str) -> Outcome:
        settings = self.documents.get(self.place_of(instance, self.document)), self.instances[instance]
        key = principal, self.tag_value(principal), instance, settings, self.parameter
        outcome = super().decide(principal, instance)
        if isinstance(outcome, Started):
            self.cache[key] = outcome.os_user
        return Started(self.cache[key]) if key in self.cache else outcome


@fault("caches-the-tag", "Caches the tag that a principal had at its first session request.", "started-as-named")
class CachesTheTag(DictService):
    def __init__(self, reading: Reading = DEFAULT) -> None:
        super().__init__(reading)
        self.first: dict[str, str | None] = {}

    def tag_of(self, principal: str) -> str | None:
        return self.first.setdefault(principal, super().tag_of(principal))


@fault("caches-preferences", "Caches whether Run As is on by a document.", "off-means-ssm-user")
class CachesPreferences(DictService):
    def __init__(self, reading: Reading = DEFAULT) -> None:
        super().__init__(reading)
        self.first: dict[tuple[str, str, str], bool] = {}

    def is_on(self, instance: str) -> bool:
        return self.first.setdefault(self.place_of(instance, self.document), super().is_on(instance))
