"""Sessions, instances and OS users kept wrongly."""

from runas_model.specification.readings import DEFAULT, Reading
from runas_properties.gallery.implementations.fault import fault
from runas_properties.implementations import DictService, Done, Outcome, Refused, Started
from runas_properties.implementations.dicts import PREFERENCES, REGION, Running

__all__: list[str] = []

STAY = "settings-leave-sessions-alone"
GONE = "ended-sessions-are-gone"


@fault(
    "applies-preferences-to-running-sessions", "Moves running sessions of the old default OS user to the new one.", STAY
)
class AppliesPreferencesToRunningSessions(DictService):
    def update_preferences(
        self, account: str, run_as_enabled: bool | str, default_user: str, region: str = REGION
    ) -> Outcome:
        old = self.preferences_of(account, region)[1]
        for running in self.running.values():
            there = self.place_of(running.instance, PREFERENCES) == (account, region, PREFERENCES)
            if there and running.os_user == old and not self.is_blank(default_user):
                running.os_user = default_user
        return super().update_preferences(account, run_as_enabled, default_user, region)


@fault("applies-tags-to-running-sessions", "Moves a principal's running sessions to the OS user in a new tag.", STAY)
class AppliesTagsToRunningSessions(DictService):
    def tag_principal(self, principal: str, key: str, value: str) -> Outcome:
        for running in self.running.values():
            if running.principal == principal and principal in self.tags and key == self.tag_key:
                running.os_user = value
        return super().tag_principal(principal, key, value)


@fault("switching-ends-sessions", "Ends the sessions of ssm-user when Run As is turned on.", STAY)
class SwitchingEndsSessions(DictService):
    def update_preferences(
        self, account: str, run_as_enabled: bool | str, default_user: str, region: str = REGION
    ) -> Outcome:
        at = account, region, PREFERENCES
        if run_as_enabled is True:
            self.running = {
                session: running
                for session, running in self.running.items()
                if running.os_user != "ssm-user" or self.place_of(running.instance, PREFERENCES) != at
            }
        return super().update_preferences(account, run_as_enabled, default_user, region)


@fault("deleting-a-principal-ends-its-sessions", "Ends a principal's sessions when it is deleted.", STAY)
class DeletingAPrincipalEndsItsSessions(DictService):
    def delete_principal(self, principal: str) -> Outcome:
        self.running = {session: run for session, run in self.running.items() if run.principal != principal}
        return super().delete_principal(principal)


@fault("deleting-an-os-user-ends-its-sessions", "Ends an OS user's sessions when it is deleted.", STAY)
class DeletingAnOsUserEndsItsSessions(DictService):
    def delete_os_user(self, instance: str, name: str) -> Outcome:
        gone = [id for id, run in self.running.items() if (run.instance, run.os_user) == (instance, name)]
        for session in gone:
            del self.running[session]
        return super().delete_os_user(instance, name)


@fault("one-session-a-principal", "Ends a principal's running sessions when it starts another.", STAY)
class OneSessionAPrincipal(DictService):
    def begin(self, session: str, principal: str, instance: str, os_user: str) -> None:
        self.running = {id: run for id, run in self.running.items() if run.principal != principal}
        super().begin(session, principal, instance, os_user)


@fault(
    "sticks-to-the-first-os-user",
    "Runs a principal's further sessions on an instance as the OS user of the first.",
    "started-as-named",
)
class SticksToTheFirstOsUser(DictService):
    def decide(self, principal: str, instance: str) -> Outcome:
        for running in self.running.values():
            if (running.principal, running.instance) == (principal, instance):
                return Started(running.os_user)
        return super().decide(principal, instance)


@fault("terminates-the-newest", "Ends the newest session instead of the one to terminate.", STAY, GONE)
class TerminatesTheNewest(DictService):
    def terminate_session(self, session: str) -> Outcome:
        return super().terminate_session(next(reversed(self.running)) if session in self.running else session)


@fault("terminates-the-oldest", "Ends the oldest session instead of the one to terminate.", STAY, GONE)
class TerminatesTheOldest(DictService):
    def terminate_session(self, session: str) -> Outcome:
        return super().terminate_session(next(iter(self.running)) if session in self.running else session)


@fault("terminates-too-many", "Ends all sessions of a principal when one is terminated.", STAY)
class TerminatesTooMany(DictService):
    def terminate_session(self, session: str) -> Outcome:
        ended = self.running.get(session)
        outcome = super().terminate_session(session)
        if ended is not None:
            self.running = {id: run for id, run in self.running.items() if run.principal != ended.principal}
        return outcome


@fault("terminates-nothing", "Keeps a terminated session running.", GONE)
class TerminatesNothing(DictService):
    def terminate_session(self, session: str) -> Outcome:
        running = dict(self.running)
        outcome = super().terminate_session(session)
        self.running = running
        return outcome


@fault(
    "deregistering-leaves-sessions", "Keeps sessions running when their instance is deregistered.", GONE, "same-account"
)
class DeregisteringLeavesSessions(DictService):
    def deregister_instance(self, instance: str) -> Outcome:
        running = dict(self.running)
        outcome = super().deregister_instance(instance)
        self.running = running
        return outcome


@fault("deregistering-ends-all-sessions", "Ends the sessions on all instances when one is deregistered.", STAY)
class DeregisteringEndsAllSessions(DictService):
    def deregister_instance(self, instance: str) -> Outcome:
        outcome = super().deregister_instance(instance)
        if outcome == Done():
            self.running.clear()
        return outcome


@fault("reuses-session-ids", "Accepts a session id that was used before.", "session-ids-are-never-reused")
class ReusesSessionIds(DictService):
    def is_used(self, session: str) -> bool:
        return False


@fault("reuses-ended-session-ids", "Accepts the id of a session that has ended.", "session-ids-are-never-reused")
class ReusesEndedSessionIds(DictService):
    def is_used(self, session: str) -> bool:
        return session in self.running


@fault("starts-across-accounts", "Lets a principal start sessions in other accounts.", "same-account")
class StartsAcrossAccounts(DictService):
    def is_elsewhere(self, principal: str, instance: str) -> bool:
        return False


@fault("starts-on-deregistered-instances", "Starts sessions on an instance that was deregistered.", "same-account")
class StartsOnDeregisteredInstances(DictService):
    def __init__(self, reading: Reading = DEFAULT) -> None:
        super().__init__(reading)
        self.gone: dict[str, tuple[tuple[str, str, str], dict[str, tuple[int, int]]]] = {}

    def deregister_instance(self, instance: str) -> Outcome:
        if instance in self.instances:
            self.gone[instance] = self.instances[instance], self.users[instance]
        return super().deregister_instance(instance)

    def start_session(self, session: str, principal: str, instance: str, **more: str) -> Outcome:
        counted = instance not in self.instances and instance in self.gone
        if counted:
            self.instances[instance], self.users[instance] = self.gone[instance]
        outcome = super().start_session(session, principal, instance, **more)
        if counted:
            del self.instances[instance], self.users[instance]
        return outcome


@fault("leaves-half-a-session", "Lists a refused session as running.", "refusal-changes-nothing")
class LeavesHalfASession(DictService):
    def start_session(self, session: str, principal: str, instance: str, **more: str) -> Outcome:
        outcome = super().start_session(session, principal, instance, **more)
        if isinstance(outcome, Refused):
            self.running[session] = Running(principal, instance, "")
        return outcome


@fault("creates-ssm-user-on-refusal", "Creates ssm-user when it refuses a session.", "refusal-changes-nothing")
class CreatesSsmUserOnRefusal(DictService):
    def start_session(self, session: str, principal: str, instance: str, **more: str) -> Outcome:
        outcome = super().start_session(session, principal, instance, **more)
        if isinstance(outcome, Refused):
            self.users[instance].setdefault("ssm-user", (1001, 1001))
        return outcome


@fault("creates-the-named-user", "Creates the named OS user if it does not exist.", "only-off-sessions-create-ssm-user")
class CreatesTheNamedUser(DictService):
    def find(self, name: str, instance: str) -> str | None:
        if not self.is_blank(name):
            self.users[instance].setdefault(name, (3000, 3000))
        return super().find(name, instance)


@fault(
    "creates-no-ssm-user",
    "Fails to create a missing ssm-user.",
    "off-sessions-leave-an-ssm-user",
    "os-user-existed-at-start",
)
class CreatesNoSsmUser(DictService):
    def begin(self, session: str, principal: str, instance: str, os_user: str) -> None:
        self.used.add(session)
        self.running[session] = Running(principal, instance, os_user)


@fault("always-creates-ssm-user", "Creates ssm-user whenever a session starts.", "only-off-sessions-create-ssm-user")
class AlwaysCreatesSsmUser(DictService):
    def begin(self, session: str, principal: str, instance: str, os_user: str) -> None:
        self.users[instance].setdefault("ssm-user", (1001, 1001))
        super().begin(session, principal, instance, os_user)


@fault(
    "creates-ssm-user-on-registration",
    "Creates ssm-user when an instance is registered.",
    "only-off-sessions-create-ssm-user",
)
class CreatesSsmUserOnRegistration(DictService):
    def register_instance(self, instance: str, account: str, platform: str, region: str = REGION) -> Outcome:
        outcome = super().register_instance(instance, account, platform, region)
        if outcome == Done():
            self.users[instance]["ssm-user"] = (1001, 1001)
        return outcome


@fault(
    "takes-ssm-user-away", "Deletes ssm-user when one of its sessions is terminated.", "os-users-change-only-as-asked"
)
class TakesSsmUserAway(DictService):
    def terminate_session(self, session: str) -> Outcome:
        ended = self.running.get(session)
        if ended is not None and ended.os_user == "ssm-user":
            self.users[ended.instance].pop("ssm-user", None)
        return super().terminate_session(session)


@fault("keeps-os-users", "Keeps the OS users of a deregistered instance.", "os-users-change-only-as-asked")
class KeepsOsUsers(DictService):
    def deregister_instance(self, instance: str) -> Outcome:
        users = self.users.get(instance, {})
        outcome = super().deregister_instance(instance)
        self.users[instance] = users
        return outcome


@fault("takes-blank-os-users", "Accepts a blank name for a new OS user.", "os-users-are-on-instances")
class TakesBlankOsUsers(DictService):
    def create_os_user(self, instance: str, name: str, uid: int, gid: int) -> Outcome:
        if instance in self.users and self.is_blank(name):
            self.users[instance][name] = (uid, gid)
            return Done()
        return super().create_os_user(instance, name, uid, gid)


@fault("forgets-deleted-os-users-late", "Finds an OS user even after it was deleted.", "started-user-exists")
class ForgetsDeletedOsUsersLate(DictService):
    def __init__(self, reading: Reading = DEFAULT) -> None:
        super().__init__(reading)
        self.deleted: set[tuple[str, str]] = set()

    def delete_os_user(self, instance: str, name: str) -> Outcome:
        outcome = super().delete_os_user(instance, name)
        if outcome == Done():
            self.deleted.add((instance, name))
        return outcome

    def find(self, name: str, instance: str) -> str | None:
        return name if (instance, name) in self.deleted else super().find(name, instance)
