"""A switch in the preferences, or in another session document, that is not a truth value, treated as one."""

from runas_properties.gallery.implementations.fault import fault
from runas_properties.implementations import DictService, Done, Outcome
from runas_properties.implementations.dicts import PREFERENCES, REGION

__all__: list[str] = []

UNREADABLE = "unreadable-refuses-everybody"


@fault("takes-unreadable-for-off", "Treats unreadable preferences as Run As off.", UNREADABLE)
class TakesUnreadableForOff(DictService):
    def is_unreadable(self, instance: str) -> bool:
        return False


@fault("takes-unreadable-for-on", "Treats unreadable preferences as Run As on.", UNREADABLE)
class TakesUnreadableForOn(DictService):
    def is_unreadable(self, instance: str) -> bool:
        return False

    def is_on(self, instance: str) -> bool:
        return self.settings_of(instance)[0] is not False


@fault("keeps-what-could-be-read", "Keeps the old preferences when they become unreadable.", UNREADABLE)
class KeepsWhatCouldBeRead(DictService):
    def update_preferences(
        self, account: str, run_as_enabled: bool | str, default_user: str, region: str = REGION
    ) -> Outcome:
        if run_as_enabled == "unreadable":
            return Done()
        return super().update_preferences(account, run_as_enabled, default_user, region)


@fault("reads-preferences-for-the-untagged", "Uses the tag although the preferences cannot be read.", UNREADABLE)
class ReadsPreferencesForTheUntagged(DictService):
    def decide(self, principal: str, instance: str) -> Outcome:
        tag = self.tag_of(principal)
        if self.is_unreadable(instance) and self.covers(instance) and tag is not None:
            return self.start_as(tag, instance)
        return super().decide(principal, instance)


@fault(
    "reads-preferences-where-run-as-covers",
    "Starts the session as ssm-user on Windows although the preferences cannot be read.",
    UNREADABLE,
)
class ReadsPreferencesWhereRunAsCovers(DictService):
    def is_unreadable(self, instance: str) -> bool:
        return self.instances[instance][1] != "windows" and super().is_unreadable(instance)


@fault(
    "takes-unreadable-documents-for-off",
    "Takes a document that cannot be read for one with Run As off.",
    UNREADABLE,
)
class TakesUnreadableDocumentsForOff(DictService):
    def is_unreadable(self, instance: str) -> bool:
        return self.document == PREFERENCES and super().is_unreadable(instance)


@fault(
    "takes-unreadable-documents-for-on",
    "Takes a document that cannot be read for one with Run As on.",
    UNREADABLE,
)
class TakesUnreadableDocumentsForOn(TakesUnreadableDocumentsForOff):
    def is_on(self, instance: str) -> bool:
        return self.settings_of(instance)[0] in (True, "unreadable")
