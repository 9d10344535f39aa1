"""Names confused with others: names are compared exactly."""

import unicodedata
from collections.abc import Callable

from runas_properties.gallery.implementations.fault import fault
from runas_properties.implementations import DictService, Outcome, Refused

__all__: list[str] = []


def confuses(id: str, title: str, key: Callable[[str], str], *laws: str) -> None:
    """A fault that takes two names for the same where `key` gives the same for both."""

    class Confuses(DictService):
        def find(self, name: str, instance: str) -> str | None:
            alike = (user for user in self.users[instance] if key(user) == key(name))
            return super().find(name, instance) or next(alike, None)

    fault(id, title, *(laws or ("no-fall-through", "missing-default-is-refused")))(Confuses)


def cuts(id: str, title: str, cut: Callable[[str], str]) -> None:
    """A fault that looks for what `cut` leaves of a name."""

    class Cuts(DictService):
        def find(self, name: str, instance: str) -> str | None:
            return super().find(name, instance) or super().find(cut(name), instance)

    fault(id, title, "no-fall-through", "missing-default-is-refused")(Cuts)


def rejects(id: str, title: str, condition: Callable[[str], bool]) -> None:
    """A fault that refuses some names although they are on the instance."""

    class Rejects(DictService):
        def find(self, name: str, instance: str) -> str | None:
            return None if condition(name) else super().find(name, instance)

    fault(id, title, "tag-serves-the-tagged", "default-serves-the-untagged")(Rejects)


confuses("folds-case", "Ignores case in names and takes Alice for alice.", str.casefold)
confuses("normalises-to-nfc", "Treats composed and decomposed letters as equal.", lambda name: nfc(name))
confuses("normalises-to-nfkc", "Treats wide and narrow letters as equal.", lambda name: nfkc(name))
confuses("truncates-at-32", "Compares only the first 32 characters of names.", lambda name: name[:32])
confuses("truncates-at-nul", "Compares names only up to a NUL, as C strings do.", lambda name: name.split("\0")[0])
confuses("ignores-invisible-characters", "Ignores zero-width characters in names.", lambda name: visible(name))
cuts("trims", "Trims a name that does not exist.", str.strip)
cuts("drops-line-ends", "Removes the line end of a name that does not exist.", lambda name: name.rstrip("\r\n"))
cuts(
    "takes-the-first-word", "Uses the first word of a name that does not exist.", lambda name: (name.split() or [""])[0]
)
cuts("drops-the-domain", "Takes alice@corp or CORP\\alice for alice.", lambda name: local(name))
rejects("rejects-long-names", "Refuses names longer than 32 characters.", lambda name: len(name) > 32)
rejects("rejects-other-letters", "Refuses names with characters outside ASCII.", lambda name: not name.isascii())
rejects("rejects-numbers", "Refuses names that are numbers.", str.isdecimal)
rejects("takes-dashes-as-options", "Refuses names that begin with a dash.", lambda name: name.startswith("-"))


def nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def nfkc(name: str) -> str:
    return unicodedata.normalize("NFKC", name)


def visible(name: str) -> str:
    return "".join(letter for letter in name if unicodedata.category(letter) != "Cf")


def local(name: str) -> str:
    return name.rpartition("\\")[2].partition("@")[0]


class ByNumber(DictService):
    """Finds an OS user by its uid."""

    def by_uid(self, number: str, instance: str) -> str | None:
        if not (number.isascii() and number.isdecimal()):
            return None
        return next((user for user, (uid, _) in self.users[instance].items() if uid == int(number)), None)


@fault("takes-a-number-as-a-uid", "Takes the name 2001 for a uid.", "no-fall-through", "missing-default-is-refused")
class TakesANumberAsAUid(ByNumber):
    def find(self, name: str, instance: str) -> str | None:
        return super().find(name, instance) or self.by_uid(name, instance)


@fault(
    "takes-a-signed-number-as-a-uid", "Takes the name +2001 for a uid.", "no-fall-through", "missing-default-is-refused"
)
class TakesASignedNumberAsAUid(ByNumber):
    def find(self, name: str, instance: str) -> str | None:
        return super().find(name, instance) or (self.by_uid(name[1:], instance) if name.startswith("+") else None)


@fault(
    "matches-prefixes",
    "Accepts a prefix of a name and takes ali for alice.",
    "no-fall-through",
    "missing-default-is-refused",
)
class MatchesPrefixes(DictService):
    def find(self, name: str, instance: str) -> str | None:
        longer = (user for user in self.users[instance] if not self.is_blank(name) and user.startswith(name))
        return super().find(name, instance) or next(longer, None)


@fault(
    "folds-ssm-user", "Refuses SSM-User as if it were ssm-user.", "tag-serves-the-tagged", "default-serves-the-untagged"
)
class FoldsSsmUser(DictService):
    def is_ssm_user(self, name: str) -> bool:
        return name.lower() == "ssm-user"


@fault("finds-names-elsewhere", "Looks for an OS user on all instances instead of one.", "started-user-exists")
class FindsNamesElsewhere(DictService):
    def find(self, name: str, instance: str) -> str | None:
        return name if any(name in users for users in self.users.values()) else None


@fault(
    "refuses-root-by-name",
    "Refuses the name root whatever its uid.",
    "tag-serves-the-tagged",
    "default-serves-the-untagged",
)
class RefusesRootByName(DictService):
    def start_as(self, name: str | None, instance: str) -> Outcome:
        return Refused("superuser-named") if name == "root" else super().start_as(name, instance)
