"""Operations that fail, or sessions that are refused, and yet change something."""

from runas_model.specification.readings import Superuser
from runas_properties.gallery.implementations.fault import fault
from runas_properties.gallery.implementations.memory import Remembers
from runas_properties.implementations import DictService, Failed, Outcome, Refused
from runas_properties.implementations.dicts import REGION

__all__: list[str] = []

UNTOUCHED = "refusal-changes-nothing"


@fault("clears-tags-of-who-exists", "Clears a principal's tags when asked to create it again.", "tag-serves-the-tagged")
class ClearsTagsOfWhoExists(DictService):
    def create_principal(self, principal: str, account: str, kind: str) -> Outcome:
        self.tags.get(principal, {}).clear()
        return super().create_principal(principal, account, kind)


@fault("ends-sessions-of-the-unknown", "Ends a deleted principal's sessions when asked to delete it again.", UNTOUCHED)
class EndsSessionsOfTheUnknown(DictService):
    def delete_principal(self, principal: str) -> Outcome:
        if principal not in self.account_of:
            self.running = {id: running for id, running in self.running.items() if running.principal != principal}
        return super().delete_principal(principal)


@fault(
    "keeps-tags-of-the-unknown",
    "Keeps a tag that was set before its principal was created.",
    "default-serves-the-untagged",
)
class KeepsTagsOfTheUnknown(Remembers):
    def tag_principal(self, principal: str, key: str, value: str) -> Outcome:
        if principal not in self.account_of:
            self.memory.setdefault(principal, {})[key] = value
        return super().tag_principal(principal, key, value)

    def create_principal(self, principal: str, account: str, kind: str) -> Outcome:
        outcome = super().create_principal(principal, account, kind)
        self.tags[principal].update(self.memory.pop(principal, {}))
        return outcome


@fault(
    "untags-another-key",
    "Removes a principal's last tag when asked to remove one that it has not.",
    "tag-serves-the-tagged",
)
class UntagsAnotherKey(DictService):
    def untag_principal(self, principal: str, key: str) -> Outcome:
        outcome = super().untag_principal(principal, key)
        if outcome == Failed("UnknownTag") and self.tags[principal]:
            self.tags[principal].popitem()
        return outcome


@fault(
    "changes-the-platform-of-what-exists",
    "Changes the platform of an instance when asked to register it again.",
    "never-ssm-user",
)
class ChangesThePlatformOfWhatExists(DictService):
    def register_instance(self, instance: str, account: str, platform: str, region: str = REGION) -> Outcome:
        outcome = super().register_instance(instance, account, platform, region)
        account, _, its_region = self.instances[instance]
        self.instances[instance] = account, platform, its_region
        return outcome


@fault("ends-sessions-on-what-exists", "Ends an instance's sessions when asked to register it again.", UNTOUCHED)
class EndsSessionsOnWhatExists(DictService):
    def register_instance(self, instance: str, account: str, platform: str, region: str = REGION) -> Outcome:
        if instance in self.instances:
            self.running = {id: running for id, running in self.running.items() if running.instance != instance}
        return super().register_instance(instance, account, platform, region)


@fault(
    "deletes-ssm-user-on-what-exists",
    "Deletes an instance's ssm-user when asked to register it again.",
    UNTOUCHED,
)
class DeletesSsmUserOnWhatExists(DictService):
    def register_instance(self, instance: str, account: str, platform: str, region: str = REGION) -> Outcome:
        self.users.get(instance, {}).pop("ssm-user", None)
        return super().register_instance(instance, account, platform, region)


@fault(
    "changes-ids-of-what-exists",
    "Changes the ids of an OS user when asked to create it again.",
    "default-serves-the-untagged",
    superuser=Superuser.REFUSED,
)
class ChangesIdsOfWhatExists(DictService):
    def create_os_user(self, instance: str, name: str, uid: int, gid: int) -> Outcome:
        outcome = super().create_os_user(instance, name, uid, gid)
        if outcome == Failed("OsUserExists"):
            self.users[instance][name] = uid, gid
        return outcome


@fault(
    "keeps-os-users-of-the-unknown",
    "Keeps an OS user that was created before its instance was registered.",
    "only-off-sessions-create-ssm-user",
)
class KeepsOsUsersOfTheUnknown(Remembers):
    def create_os_user(self, instance: str, name: str, uid: int, gid: int) -> Outcome:
        if instance not in self.instances and not self.is_blank(name):
            self.memory.setdefault(instance, {})[name] = uid, gid
        return super().create_os_user(instance, name, uid, gid)

    def register_instance(self, instance: str, account: str, platform: str, region: str = REGION) -> Outcome:
        outcome = super().register_instance(instance, account, platform, region)
        self.users[instance].update(self.memory.pop(instance, {}))
        return outcome


@fault("creates-blank-names-and-fails", "Creates an OS user with a blank name but fails.", UNTOUCHED)
class CreatesBlankNamesAndFails(DictService):
    def create_os_user(self, instance: str, name: str, uid: int, gid: int) -> Outcome:
        outcome = super().create_os_user(instance, name, uid, gid)
        if outcome == Failed("BlankOsUserName"):
            self.users[instance][name] = uid, gid
        return outcome


@fault("deletes-os-users-elsewhere", "Deletes an OS user everywhere when asked to on an unknown instance.", UNTOUCHED)
class DeletesOsUsersElsewhere(DictService):
    def delete_os_user(self, instance: str, name: str) -> Outcome:
        outcome = super().delete_os_user(instance, name)
        if outcome == Failed("UnknownInstance"):
            for users in self.users.values():
                users.pop(name, None)
        return outcome


class UsesIdsUp(DictService):
    """Uses up the session id of a request that fails."""

    by: tuple[Outcome, ...] = ()

    def start_session(self, session: str, principal: str, instance: str, **more: str) -> Outcome:
        outcome = super().start_session(session, principal, instance, **more)
        if outcome in self.by:
            self.used.add(session)
        return outcome


@fault("uses-ids-for-the-unknown", "Uses up the session id of an unknown principal.", "errors-are-true")
class UsesIdsForTheUnknown(UsesIdsUp):
    by = (Failed("UnknownPrincipal"),)


@fault("uses-ids-across-accounts", "Uses up the session id of a request in another account.", "errors-are-true")
class UsesIdsAcrossAccounts(UsesIdsUp):
    by = (Failed("DifferentAccounts"),)


@fault("ends-what-runs-under-an-id", "Ends a running session when its id is used again.", UNTOUCHED)
class EndsWhatRunsUnderAnId(DictService):
    def start_session(self, session: str, principal: str, instance: str, **more: str) -> Outcome:
        outcome = super().start_session(session, principal, instance, **more)
        if outcome == Failed("SessionIdUsed"):
            self.running.pop(session, None)
        return outcome


@fault("runs-ended-sessions-again", "Runs a session that has ended again when its id is used again.", UNTOUCHED)
class RunsEndedSessionsAgain(Remembers):
    def start_session(self, session: str, principal: str, instance: str, **more: str) -> Outcome:
        outcome = super().start_session(session, principal, instance, **more)
        if outcome == Failed("SessionIdUsed") and session in self.memory:
            self.running[session] = self.memory[session]
        return outcome

    def terminate_session(self, session: str) -> Outcome:
        if session in self.running:
            self.memory[session] = self.running[session]
        return super().terminate_session(session)


@fault("untags-who-is-refused", "Removes a principal's tag that names a missing OS user.", "no-fall-through")
class UntagsWhoIsRefused(DictService):
    def start_session(self, session: str, principal: str, instance: str, **more: str) -> Outcome:
        outcome = super().start_session(session, principal, instance, **more)
        if outcome == Refused("os-user-missing") and self.tag_of(principal) is not None:
            self.tags[principal].pop(self.spelled(principal, self.tag_key), None)
        return outcome


@fault("uses-ids-to-terminate", "Uses up the id of an unknown session that it is asked to end.", "errors-are-true")
class UsesIdsToTerminate(DictService):
    def terminate_session(self, session: str) -> Outcome:
        self.used.add(session)
        return super().terminate_session(session)
