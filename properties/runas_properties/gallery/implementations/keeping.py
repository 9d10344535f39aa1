"""Ids, tags, OS users, sessions and preferences kept, or freed, when something goes or is made again."""

from runas_model.specification.readings import Superuser
from runas_properties.gallery.implementations.fault import fault
from runas_properties.gallery.implementations.memory import Remembers
from runas_properties.implementations import DictService, Done, Failed, Outcome
from runas_properties.implementations.dicts import PREFERENCES, REGION

__all__: list[str] = []

REUSED = "session-ids-are-never-reused"


@fault("frees-ids-with-principals", "Accepts the session ids of a principal again when that is deleted.", REUSED)
class FreesIdsWithPrincipals(Remembers):
    def begin(self, session: str, principal: str, instance: str, os_user: str) -> None:
        super().begin(session, principal, instance, os_user)
        self.memory[session] = principal

    def delete_principal(self, principal: str) -> Outcome:
        self.used -= {session for session, owner in self.memory.items() if owner == principal}
        return super().delete_principal(principal)


@fault("uses-ids-by-account", "Accepts a session id that was used in another account.", REUSED)
class UsesIdsByAccount(Remembers):
    def start_session(self, session: str, principal: str, instance: str, **more: str) -> Outcome:
        account = self.instances.get(instance, ("",))[0]
        self.used = self.memory.setdefault(account, set())
        return super().start_session(session, principal, instance, **more)


@fault("keeps-tags-for-the-other-kind", "Gives a new IAM role the tags of a deleted IAM user.", "started-as-named")
class KeepsTagsForTheOtherKind(Remembers):
    def create_principal(self, principal: str, account: str, kind: str) -> Outcome:
        outcome = super().create_principal(principal, account, kind)
        if outcome == Done():
            before, tags = self.memory.get(principal, (kind, {}))
            if (before, kind) == ("user", "role"):
                self.tags[principal] = tags
            self.memory[principal] = kind, self.tags[principal]
        return outcome


@fault("moves-nobody", "Keeps a principal in its account when it is created again in another.", "same-account")
class MovesNobody(Remembers):
    def create_principal(self, principal: str, account: str, kind: str) -> Outcome:
        return super().create_principal(principal, self.memory.setdefault(principal, account), kind)


@fault(
    "forgets-preferences-with-the-last-principal",
    "Forgets an account's preferences when its last principal is deleted.",
    "never-ssm-user",
)
class ForgetsPreferencesWithTheLastPrincipal(DictService):
    def delete_principal(self, principal: str) -> Outcome:
        account = self.account_of.get(principal)
        outcome = super().delete_principal(principal)
        if account is not None and account not in self.account_of.values():
            for _, region, _ in [at for at in self.documents if at[0] == account and at[2] == PREFERENCES]:
                self.delete_document(account, PREFERENCES, region)
        return outcome


@fault(
    "keeps-ssm-user",
    "Keeps ssm-user when an instance is deregistered and registered again.",
    "only-off-sessions-create-ssm-user",
)
class KeepsSsmUser(Remembers):
    def deregister_instance(self, instance: str) -> Outcome:
        self.memory[instance] = "ssm-user" in self.users.get(instance, {})
        return super().deregister_instance(instance)

    def register_instance(self, instance: str, account: str, platform: str, region: str = REGION) -> Outcome:
        outcome = super().register_instance(instance, account, platform, region)
        if outcome == Done() and self.memory.get(instance):
            self.users[instance]["ssm-user"] = (1001, 1001)
        return outcome


@fault(
    "deletes-os-users-everywhere",
    "Deletes an OS user on all instances when it is deleted on one.",
    "os-users-change-only-as-asked",
)
class DeletesOsUsersEverywhere(DictService):
    def delete_os_user(self, instance: str, name: str) -> Outcome:
        outcome = super().delete_os_user(instance, name)
        if outcome == Done():
            for users in self.users.values():
                users.pop(name, None)
        return outcome


@fault(
    "keeps-the-first-ids",
    "Keeps the uid and gid of an OS user that is deleted and created again.",
    "refused-superusers-never-start",
    superuser=Superuser.REFUSED,
)
class KeepsTheFirstIds(Remembers):
    def create_os_user(self, instance: str, name: str, uid: int, gid: int) -> Outcome:
        return super().create_os_user(instance, name, *self.memory.setdefault((instance, name), (uid, gid)))


@fault("creates-nobody-again", "Fails to create a principal again that was deleted.", "errors-are-true")
class CreatesNobodyAgain(Remembers):
    def delete_principal(self, principal: str) -> Outcome:
        outcome = super().delete_principal(principal)
        self.memory[principal] = outcome == Done() or self.memory.get(principal, False)
        return outcome

    def create_principal(self, principal: str, account: str, kind: str) -> Outcome:
        if self.memory.get(principal):
            return Failed("PrincipalExists")
        return super().create_principal(principal, account, kind)


@fault("creates-no-os-user-again", "Fails to create an OS user again that was deleted.", "errors-are-true")
class CreatesNoOsUserAgain(Remembers):
    def delete_os_user(self, instance: str, name: str) -> Outcome:
        outcome = super().delete_os_user(instance, name)
        self.memory[instance, name] = outcome == Done() or self.memory.get((instance, name), False)
        return outcome

    def create_os_user(self, instance: str, name: str, uid: int, gid: int) -> Outcome:
        if instance in self.instances and self.memory.get((instance, name)):
            return Failed("OsUserExists")
        return super().create_os_user(instance, name, uid, gid)


@fault(
    "brings-sessions-back",
    "Runs the sessions of a deregistered instance again when it is registered again.",
    "sessions-run-as-decided",
)
class BringsSessionsBack(Remembers):
    def deregister_instance(self, instance: str) -> Outcome:
        self.memory[instance] = {id: running for id, running in self.running.items() if running.instance == instance}
        return super().deregister_instance(instance)

    def register_instance(self, instance: str, account: str, platform: str, region: str = REGION) -> Outcome:
        outcome = super().register_instance(instance, account, platform, region)
        if outcome == Done():
            self.running |= self.memory.get(instance, {})
        return outcome


@fault("deletes-tags-with-os-users", "Deletes the tags that name an OS user when that is deleted.", "no-fall-through")
class DeletesTagsWithOsUsers(DictService):
    def delete_os_user(self, instance: str, name: str) -> Outcome:
        outcome = super().delete_os_user(instance, name)
        if outcome == Done():
            for tags in self.tags.values():
                for key in [key for key, value in tags.items() if value == name]:
                    del tags[key]
        return outcome
