"""Uids and gids misjudged at the numbers that mean something somewhere, or where two OS users share one."""

from collections.abc import Callable

from runas_model.specification.readings import Superuser
from runas_properties.gallery.implementations.fault import fault
from runas_properties.gallery.implementations.misreading import LOST
from runas_properties.implementations import DictService, Failed, Outcome, Refused, Started

__all__: list[str] = []


def refuses(condition: Callable[[int, int], bool]) -> type[DictService]:
    """Refuses OS users with some uids and gids besides those that the reading refuses."""

    class Refuses(DictService):
        def is_refused_superuser(self, name: str, uid: int, gid: int) -> bool:
            return condition(uid, gid) or super().is_refused_superuser(name, uid, gid)

    return Refuses


BESIDES: tuple[tuple[str, str, Callable[[int, int], bool]], ...] = (
    ("refuses-uid-1", "Refuses OS users with uid 1.", lambda uid, gid: uid == 1),
    ("refuses-uids-below-500", "Refuses OS users with a uid from 1 to 499.", lambda uid, gid: 0 < uid < 500),
    ("refuses-uid-1000", "Refuses OS users with uid 1000.", lambda uid, gid: uid == 1000),
    ("refuses-uid-65534", "Refuses OS users with uid 65534.", lambda uid, gid: uid == 65534),
    ("refuses-gid-65535", "Refuses OS users with gid 65535.", lambda uid, gid: gid == 65535),
    ("refuses-negative-uids", "Refuses uids from 2147483648, negative in 32 bits.", lambda uid, gid: uid >= 2**31),
    ("refuses-equal-ids", "Refuses OS users whose uid and gid are equal.", lambda uid, gid: uid == gid),
)
for id, title, condition in BESIDES:
    fault(id, title, *LOST)(refuses(condition))


@fault("keeps-16-bits-of-uids", "Takes the uid 65536 for 0.", *LOST, superuser=Superuser.REFUSED)
class Keeps16BitsOfUids(DictService):
    def is_refused_superuser(self, name: str, uid: int, gid: int) -> bool:
        return super().is_refused_superuser(name, uid % 2**16, gid)


@fault(
    "accepts-gid-0-of-people",
    "Accepts gid 0 with a uid from 1000 although the reading refuses it.",
    "refused-superusers-never-start",
    superuser=Superuser.REFUSED,
)
class AcceptsGid0OfPeople(DictService):
    def is_refused_superuser(self, name: str, uid: int, gid: int) -> bool:
        if self.reading.superuser is Superuser.REFUSED and gid == 0 and uid >= 1000:
            return False
        return super().is_refused_superuser(name, uid, gid)


@fault("takes-uid-0-for-none", "Takes an OS user with uid 0 for missing.", *LOST)
class TakesUid0ForNone(DictService):
    def find(self, name: str, instance: str) -> str | None:
        return name if self.users[instance].get(name, (0, 0))[0] else None


@fault("refuses-shared-uids", "Refuses OS users that share their uid with another.", *LOST)
class RefusesSharedUids(DictService):
    def start_as(self, name: str | None, instance: str) -> Outcome:
        outcome = super().start_as(name, instance)
        if isinstance(outcome, Started):
            uids = [uid for uid, _ in self.users[instance].values()]
            if uids.count(self.users[instance][outcome.os_user][0]) > 1:
                return Refused("superuser-named")
        return outcome


@fault("starts-as-the-first-of-a-uid", "Starts as the first OS user that has the uid of the named one.", *LOST)
class StartsAsTheFirstOfAUid(DictService):
    def start_as(self, name: str | None, instance: str) -> Outcome:
        outcome = super().start_as(name, instance)
        if isinstance(outcome, Started):
            wanted, _ = self.users[instance][outcome.os_user]
            return Started(next(user for user, (uid, _) in self.users[instance].items() if uid == wanted))
        return outcome


@fault("creates-one-of-a-gid", "Fails to create an OS user with the gid of another.", "errors-are-true")
class CreatesOneOfAGid(DictService):
    def create_os_user(self, instance: str, name: str, uid: int, gid: int) -> Outcome:
        taken = any(gid == other for _, other in self.users.get(instance, {}).values())
        return Failed("OsUserExists") if taken else super().create_os_user(instance, name, uid, gid)


@fault(
    "finds-the-uid-of-ssm-user-taken",
    "Creates no ssm-user where another OS user has uid 1001.",
    "off-sessions-leave-an-ssm-user",
)
class FindsTheUidOfSsmUserTaken(DictService):
    def begin(self, session: str, principal: str, instance: str, os_user: str) -> None:
        taken = any(uid == 1001 for uid, _ in self.users[instance].values())
        missing = "ssm-user" not in self.users[instance]
        super().begin(session, principal, instance, os_user)
        if os_user == "ssm-user" and missing and taken:
            del self.users[instance]["ssm-user"]
