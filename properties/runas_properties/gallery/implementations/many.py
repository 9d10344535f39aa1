"""Many of a kind confused: pages of lists, the sixth session, the third instance, one of several tags."""

from collections.abc import Collection, Mapping
from itertools import islice

from runas_properties.gallery.implementations.fault import fault
from runas_properties.gallery.implementations.memory import Remembers
from runas_properties.implementations import DictService, Done, Outcome, Refused
from runas_properties.implementations.dicts import PREFERENCES, REGION

__all__: list[str] = []


def lists_sessions(page: int) -> type[DictService]:
    """Lists the first page of the running sessions alone."""

    class ListsSessions(DictService):
        def sessions(self) -> Mapping[str, str]:
            return dict(islice(super().sessions().items(), page))

    return ListsSessions


def lists_os_users(page: int) -> type[DictService]:
    """Lists the first page of the OS users of each instance alone, by name."""

    class ListsOsUsers(DictService):
        def os_users(self) -> Mapping[str, Collection[str]]:
            return {instance: sorted(users)[:page] for instance, users in self.users.items()}

    return ListsOsUsers


def finds_within(page: int) -> type[DictService]:
    """Looks for an OS user among the first of an instance alone."""

    class FindsWithin(DictService):
        def find(self, name: str, instance: str) -> str | None:
            return name if name in islice(self.users[instance], page) else None

    return FindsWithin


for page in (10, 50):
    fault(f"lists-{page}-sessions", f"Lists the first {page} running sessions and no more.", "sessions-run-as-decided")(
        lists_sessions(page)
    )
fault(
    "lists-25-os-users",
    "Lists the first 25 OS users of an instance, by name, and no more.",
    "os-users-change-only-as-asked",
)(lists_os_users(25))
fault("finds-20-os-users", "Finds the first 20 OS users of an instance and no more.", "tag-serves-the-tagged")(
    finds_within(20)
)


@fault("refuses-a-sixth-session", "Refuses a principal's session while five others run.", "tag-serves-the-tagged")
class RefusesASixthSession(DictService):
    def decide(self, principal: str, instance: str) -> Outcome:
        running = sum(running.principal == principal for running in self.running.values())
        return super().decide(principal, instance) if running < 5 else Refused()


@fault(
    "ends-the-first-of-six",
    "Ends a principal's first running session when a sixth starts.",
    "settings-leave-sessions-alone",
)
class EndsTheFirstOfSix(DictService):
    def begin(self, session: str, principal: str, instance: str, os_user: str) -> None:
        own = [id for id, running in self.running.items() if running.principal == principal]
        for first in own[:-4]:
            del self.running[first]
        super().begin(session, principal, instance, os_user)


@fault("reads-the-first-tag", "Reads a Run As tag only if it is the first of its principal.", "tag-serves-the-tagged")
class ReadsTheFirstTag(DictService):
    def tag_value(self, principal: str) -> str | None:
        tag = super().tag_value(principal)
        first = next(iter(self.tags_that_count(principal)), "")
        return tag if first.lower() == self.tag_key.lower() else None


@fault("keeps-ten-tags", "Drops a principal's oldest tag when an eleventh is set.", "tag-serves-the-tagged")
class KeepsTenTags(DictService):
    def tag_principal(self, principal: str, key: str, value: str) -> Outcome:
        outcome = super().tag_principal(principal, key, value)
        while len(self.tags.get(principal, ())) > 10:
            del self.tags[principal][next(iter(self.tags[principal]))]
        return outcome


@fault("keeps-the-last-preferences", "Keeps preferences of one account at a time.", "never-ssm-user")
class KeepsTheLastPreferences(DictService):
    def update_preferences(
        self, account: str, run_as_enabled: bool | str, default_user: str, region: str = REGION
    ) -> Outcome:
        for other, its_region, _ in [at for at in self.documents if at[0] != account and at[2] == PREFERENCES]:
            self.delete_document(other, PREFERENCES, its_region)
        return super().update_preferences(account, run_as_enabled, default_user, region)


@fault(
    "puts-os-users-on-the-first",
    "Puts the OS users of an account's third instance onto its first.",
    "only-off-sessions-create-ssm-user",
)
class PutsOsUsersOnTheFirst(DictService):
    def create_os_user(self, instance: str, name: str, uid: int, gid: int) -> Outcome:
        account = self.instances.get(instance, ("",))[0]
        own = [place for place, (of, _, _) in self.instances.items() if of == account]
        third = len(own) > 2 and instance == own[2]
        return super().create_os_user(own[0] if third else instance, name, uid, gid)


@fault(
    "ends-sessions-of-others-on-an-instance",
    "Ends an instance's sessions when another principal starts one there.",
    "settings-leave-sessions-alone",
)
class EndsSessionsOfOthersOnAnInstance(DictService):
    def begin(self, session: str, principal: str, instance: str, os_user: str) -> None:
        self.running = {
            id: running
            for id, running in self.running.items()
            if running.instance != instance or running.principal == principal
        }
        super().begin(session, principal, instance, os_user)


@fault("remembers-ten-ids", "Remembers the last ten session ids that were used.", "session-ids-are-never-reused")
class RemembersTenIds(Remembers):
    def begin(self, session: str, principal: str, instance: str, os_user: str) -> None:
        super().begin(session, principal, instance, os_user)
        self.memory[session] = True
        if len(self.memory) > 10:
            oldest = next(iter(self.memory))
            del self.memory[oldest]
            self.used.discard(oldest)


@fault(
    "deregistering-ends-ten-sessions",
    "Ends only ten of the sessions on an instance when that is deregistered.",
    "ended-sessions-are-gone",
)
class DeregisteringEndsTenSessions(DictService):
    def deregister_instance(self, instance: str) -> Outcome:
        there = [(id, running) for id, running in self.running.items() if running.instance == instance]
        outcome = super().deregister_instance(instance)
        if outcome == Done():
            self.running |= dict(there[10:])
        return outcome
