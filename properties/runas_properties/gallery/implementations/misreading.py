"""Makers of faulty implementations that read a name or an id as something else; each returns a class."""

from collections.abc import Callable

from runas_model.specification.readings import DEFAULT, Reading, Superuser
from runas_properties.implementations import Arguments, DictService, Done, Failed, Outcome

__all__ = [
    "ROOT_IS_REFUSED",
    "FOUND",
    "LOST",
    "BLANK",
    "CREATED",
    "matches",
    "finds_alike",
    "finds_as",
    "finds_by_uid",
    "accepts_as",
    "misses",
    "reads_tags_as",
    "reads_defaults_as",
    "takes_for_ssm_user",
    "takes_for_root",
    "takes_for_blank",
    "creates_as",
    "creates_once",
    "deletes_alike",
    "mixes_up",
]

FOUND = ("no-fall-through", "missing-default-is-refused")
"""Laws that are broken where an OS user is found that is not on the instance."""
LOST = ("tag-serves-the-tagged", "default-serves-the-untagged")
"""Laws that are broken where an OS user is not found, or refused, although it is on the instance."""
BLANK = ("errors-are-true",)
"""The law that is broken where an OS user is not created since its name is taken for blank."""
CREATED = ("only-off-sessions-create-ssm-user",)
"""The law that is broken where an OS user is there that was not to be created."""
ROOT_IS_REFUSED = Superuser.ROOT_REFUSED
"""The choice under which the name root matters."""

Change = Callable[[str], str]
Condition = Callable[[str], bool]


def matches(fits: Callable[[str, str], bool]) -> type[DictService]:
    """Takes an OS user whose name `fits` the one that is looked for, where that is not on the instance."""

    class Matches(DictService):
        def find(self, name: str, instance: str) -> str | None:
            fitting = (user for user in self.users[instance] if fits(name, user))
            return super().find(name, instance) or next(fitting, None)

    return Matches


def finds_alike(key: Callable[[str], object]) -> type[DictService]:
    """Takes two names for the same where `key` gives the same for both."""
    return matches(lambda name, user: key(name) == key(user))


def finds_as(change: Change) -> type[DictService]:
    """Looks for what `change` makes of a name that is not on the instance."""

    class FindsAs(DictService):
        def find(self, name: str, instance: str) -> str | None:
            return super().find(name, instance) or super().find(change(name), instance)

    return FindsAs


def finds_by_uid(number: Callable[[str], int | None]) -> type[DictService]:
    """Takes a name that is not on the instance for a uid, where `number` gives one."""

    class FindsByUid(DictService):
        def find(self, name: str, instance: str) -> str | None:
            uid = number(name)
            having = (user for user, (own, _) in self.users[instance].items() if own == uid)
            return super().find(name, instance) or next(having, None)

    return FindsByUid


def accepts_as(change: Change) -> type[DictService]:
    """Looks for what `change` makes of a name, but starts as the name itself."""

    class AcceptsAs(DictService):
        def find(self, name: str, instance: str) -> str | None:
            return name if {name, change(name)} & set(self.users[instance]) else None

    return AcceptsAs


def misses(condition: Condition) -> type[DictService]:
    """Refuses some names although they are on the instance."""

    class Misses(DictService):
        def find(self, name: str, instance: str) -> str | None:
            return None if condition(name) else super().find(name, instance)

    return Misses


def reads_tags_as(change: Callable[[str], str | None]) -> type[DictService]:
    """Takes the value of a Run As tag for what `change` makes of it; None is no tag."""

    class ReadsTagsAs(DictService):
        def tag_value(self, principal: str) -> str | None:
            tag = super().tag_value(principal)
            return None if tag is None else change(tag)

    return ReadsTagsAs


def reads_defaults_as(change: Change) -> type[DictService]:
    """Takes the default OS user for what `change` makes of it; an empty one is none."""

    class ReadsDefaultsAs(DictService):
        def settings_of(self, instance: str) -> tuple[bool | str, str]:
            switch, default = super().settings_of(instance)
            return switch, change(default)

    return ReadsDefaultsAs


def takes_for_ssm_user(condition: Condition) -> type[DictService]:
    """Takes other names for ssm-user too."""

    class TakesForSsmUser(DictService):
        def is_ssm_user(self, name: str) -> bool:
            return super().is_ssm_user(name) or condition(name)

    return TakesForSsmUser


def takes_for_root(condition: Condition) -> type[DictService]:
    """Takes other names for root too, where the reading refuses that."""

    class TakesForRoot(DictService):
        def is_refused_superuser(self, name: str, uid: int, gid: int) -> bool:
            alike = self.reading.superuser is ROOT_IS_REFUSED and condition(name)
            return alike or super().is_refused_superuser(name, uid, gid)

    return TakesForRoot


def takes_for_blank(condition: Condition) -> type[DictService]:
    """Takes other names for blank too."""

    class TakesForBlank(DictService):
        def is_blank(self, name: str) -> bool:
            return super().is_blank(name) or condition(name)

    return TakesForBlank


def creates_as(change: Change) -> type[DictService]:
    """Creates an OS user under the name that `change` makes of the one that is asked for."""

    class CreatesAs(DictService):
        def create_os_user(self, instance: str, name: str, uid: int, gid: int) -> Outcome:
            return super().create_os_user(instance, change(name), uid, gid)

    return CreatesAs


def creates_once(key: Change) -> type[DictService]:
    """Says that an OS user exists where there is another for whose name `key` gives the same."""

    class CreatesOnce(DictService):
        def create_os_user(self, instance: str, name: str, uid: int, gid: int) -> Outcome:
            outcome = super().create_os_user(instance, name, uid, gid)
            alike = [user for user in self.users.get(instance, ()) if key(user) == key(name) and user != name]
            if outcome == Done() and alike:
                del self.users[instance][name]
                return Failed("OsUserExists")
            return outcome

    return CreatesOnce


def deletes_alike(fits: Callable[[str, str], bool]) -> type[DictService]:
    """Deletes an OS user whose name `fits` the one that is to be deleted, where that is not on the instance."""

    class DeletesAlike(DictService):
        def delete_os_user(self, instance: str, name: str) -> Outcome:
            there = self.users.get(instance, {})
            other = name if name in there else next((user for user in there if fits(name, user)), name)
            return super().delete_os_user(instance, other)

    return DeletesAlike


def mixes_up(sort: str, key: Callable[[str], object]) -> type[DictService]:
    """Takes an id of a `sort` for the first one that came for which `key` gives the same."""

    class MixesUp(DictService):
        def __init__(self, reading: Reading = DEFAULT) -> None:
            super().__init__(reading)
            self.first: dict[object, str] = {}

        def apply(self, operation: str, arguments: Arguments) -> Outcome:
            if sort in arguments:
                first = self.first.setdefault(key(arguments[sort]), arguments[sort])
                arguments = {**arguments, sort: first}
            return super().apply(operation, arguments)

    return MixesUp
