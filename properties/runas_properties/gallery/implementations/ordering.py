"""Answers that depend on the order of operations, or come from a cache that nobody clears."""

from bisect import bisect_left

from runas_properties.gallery.implementations.fault import fault
from runas_properties.gallery.implementations.memory import Remembers
from runas_properties.gallery.implementations.misreading import LOST
from runas_properties.implementations import DictService, Done, Outcome, Refused
from runas_properties.implementations.dicts import PREFERENCES, REGION

__all__: list[str] = []


@fault("caches-missing-os-users", "Takes an OS user that was missing once for missing ever after.", *LOST)
class CachesMissingOsUsers(Remembers):
    def find(self, name: str, instance: str) -> str | None:
        found = super().find(name, instance)
        if found is None:
            self.memory[instance, name] = True
        return None if (instance, name) in self.memory else found


@fault("caches-os-users", "Keeps the OS users that an instance had at its first session request.", *LOST)
class CachesOsUsers(Remembers):
    def find(self, name: str, instance: str) -> str | None:
        there = self.memory.setdefault(instance, set(self.users[instance]))
        return name if name in there else None

    def decide(self, principal: str, instance: str) -> Outcome:
        self.memory.setdefault(instance, set(self.users[instance]))
        return super().decide(principal, instance)


@fault("caches-defaults", "Keeps the default OS user that an account had when it was first needed.", "started-as-named")
class CachesDefaults(Remembers):
    def default_of(self, instance: str) -> str | None:
        if self.parameter is not None:
            return super().default_of(instance)
        at = self.place_of(instance, self.document)
        default: str | None = self.memory.setdefault(at, super().default_of(instance))
        return default


@fault("decides-once-for-a-principal", "Decides once for each principal.", "off-means-ssm-user")
class DecidesOnceForAPrincipal(Remembers):
    def decide(self, principal: str, instance: str) -> Outcome:
        outcome: Outcome = self.memory.setdefault(principal, super().decide(principal, instance))
        return outcome


@fault("caches-refusals", "Refuses a principal on an instance ever after it did once.", "off-means-ssm-user")
class CachesRefusals(Remembers):
    def decide(self, principal: str, instance: str) -> Outcome:
        outcome = super().decide(principal, instance)
        if isinstance(outcome, Refused):
            self.memory[principal, instance] = outcome
        decided: Outcome = self.memory.get((principal, instance), outcome)
        return decided


@fault(
    "keeps-tags-while-sessions-run",
    "Keeps a principal's tag as it was when its running session started.",
    "started-as-named",
)
class KeepsTagsWhileSessionsRun(Remembers):
    def tag_of(self, principal: str) -> str | None:
        if self.role_session or not any(running.principal == principal for running in self.running.values()):
            self.memory[principal, self.role_session] = super().tag_of(principal)
        tag: str | None = self.memory.get((principal, self.role_session))
        return tag


@fault("finds-os-users-in-order", "Searches OS users as if they were created in the order of their names.", *LOST)
class FindsOsUsersInOrder(DictService):
    def find(self, name: str, instance: str) -> str | None:
        names = list(self.users[instance])
        return next((user for user in names[bisect_left(names, name) :][:1] if user == name), None)


@fault("ignores-updates-of-the-default", "Ignores new preferences that leave the switch as it was.", "started-as-named")
class IgnoresUpdatesOfTheDefault(DictService):
    def update_preferences(
        self, account: str, run_as_enabled: bool | str, default_user: str, region: str = REGION
    ) -> Outcome:
        before = self.documents.get((account, region, PREFERENCES))
        if before is not None and before[0] == run_as_enabled:
            return Done()
        return super().update_preferences(account, run_as_enabled, default_user, region)


@fault("applies-tags-late", "Uses the value that a tag had before it was last set again.", "started-as-named")
class AppliesTagsLate(Remembers):
    def tag_principal(self, principal: str, key: str, value: str) -> Outcome:
        self.memory[principal] = self.tag_value(principal) if principal in self.tags else None
        return super().tag_principal(principal, key, value)

    def tag_value(self, principal: str) -> str | None:
        tag, before = super().tag_value(principal), self.memory.get(principal)
        return tag if tag is None or before is None else str(before)


@fault(
    "creates-ssm-user-once",
    "Creates ssm-user only at an instance's first session.",
    "off-sessions-leave-an-ssm-user",
)
class CreatesSsmUserOnce(Remembers):
    def begin(self, session: str, principal: str, instance: str, os_user: str) -> None:
        there = "ssm-user" in self.users[instance]
        super().begin(session, principal, instance, os_user)
        if instance in self.memory and not there:
            self.users[instance].pop("ssm-user", None)
        self.memory[instance] = True


@fault("sees-no-later-os-users", "Finds no OS user that was created after the preferences were set.", *LOST)
class SeesNoLaterOsUsers(Remembers):
    def create_os_user(self, instance: str, name: str, uid: int, gid: int) -> Outcome:
        outcome = super().create_os_user(instance, name, uid, gid)
        if outcome == Done():
            self.memory[instance, name] = self.place_of(instance, PREFERENCES) in self.documents
        return outcome

    def find(self, name: str, instance: str) -> str | None:
        return None if self.memory.get((instance, name)) else super().find(name, instance)


@fault("wants-ids-to-ascend", "Takes a session id for used that sorts before a used one.", "errors-are-true")
class WantsIdsToAscend(DictService):
    def is_used(self, session: str) -> bool:
        return any(session <= used for used in self.used)


@fault(
    "switches-run-as-off-for-newcomers",
    "Takes Run As for off for a principal that was created after it was switched on.",
    "never-ssm-user",
)
class SwitchesRunAsOffForNewcomers(Remembers):
    def create_principal(self, principal: str, account: str, kind: str) -> Outcome:
        outcome = super().create_principal(principal, account, kind)
        if outcome == Done():
            self.memory[principal] = self.preferences_of(account)[0] is True
        return outcome

    def update_preferences(
        self, account: str, run_as_enabled: bool | str, default_user: str, region: str = REGION
    ) -> Outcome:
        self.memory.clear()
        return super().update_preferences(account, run_as_enabled, default_user, region)

    def decide(self, principal: str, instance: str) -> Outcome:
        self.newcomer = self.memory.get(principal, False)
        return super().decide(principal, instance)

    def is_on(self, instance: str) -> bool:
        return not self.newcomer and super().is_on(instance)
