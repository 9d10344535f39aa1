"""Names confused with others: names are compared exactly."""

import unicodedata

from runas_properties.gallery.implementations.fault import fault
from runas_properties.gallery.implementations.misreading import (
    FOUND,
    LOST,
    finds_alike,
    finds_as,
    misses,
)
from runas_properties.implementations import DictService, Outcome, Refused

__all__: list[str] = []


def nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def nfkc(name: str) -> str:
    return unicodedata.normalize("NFKC", name)


def visible(name: str) -> str:
    return "".join(letter for letter in name if unicodedata.category(letter) != "Cf")


def local(name: str) -> str:
    return name.rpartition("\\")[2].partition("@")[0]


ALIKE = (
    ("folds-case", "Ignores case in names and takes Alice for alice.", str.casefold),
    ("normalises-to-nfc", "Treats composed and decomposed letters as equal.", nfc),
    ("normalises-to-nfkc", "Treats wide and narrow letters as equal.", nfkc),
    ("truncates-at-32", "Compares only the first 32 characters of names.", lambda name: name[:32]),
    ("truncates-at-nul", "Compares names only up to a NUL, as C strings do.", lambda name: name.split("\0")[0]),
    ("ignores-invisible-characters", "Ignores zero-width characters in names.", visible),
)
for id, title, key in ALIKE:
    fault(id, title, *FOUND)(finds_alike(key))

CHANGED = (
    ("trims", "Trims a name that does not exist.", str.strip),
    ("drops-line-ends", "Removes the line end of a name that does not exist.", lambda name: name.rstrip("\r\n")),
    (
        "takes-the-first-word",
        "Uses the first word of a name that does not exist.",
        lambda name: (name.split() or [""])[0],
    ),
    ("drops-the-domain", "Takes alice@corp or CORP\\alice for alice.", local),
)
for id, title, change in CHANGED:
    fault(id, title, *FOUND)(finds_as(change))

MISSED = (
    ("rejects-long-names", "Refuses names longer than 32 characters.", lambda name: len(name) > 32),
    ("rejects-other-letters", "Refuses names with characters outside ASCII.", lambda name: not name.isascii()),
    ("rejects-numbers", "Refuses names that are numbers.", str.isdecimal),
    ("takes-dashes-as-options", "Refuses names that begin with a dash.", lambda name: name.startswith("-")),
)
for id, title, condition in MISSED:
    fault(id, title, *LOST)(misses(condition))


class ByNumber(DictService):
    """Finds an OS user by its uid."""

    def by_uid(self, number: str, instance: str) -> str | None:
        if not (number.isascii() and number.isdecimal()):
            return None
        return next((user for user, (uid, _) in self.users[instance].items() if uid == int(number)), None)


@fault("takes-a-number-as-a-uid", "Takes the name 2001 for a uid.", *FOUND)
class TakesANumberAsAUid(ByNumber):
    def find(self, name: str, instance: str) -> str | None:
        return super().find(name, instance) or self.by_uid(name, instance)


@fault("takes-a-signed-number-as-a-uid", "Takes the name +2001 for a uid.", *FOUND)
class TakesASignedNumberAsAUid(ByNumber):
    def find(self, name: str, instance: str) -> str | None:
        return super().find(name, instance) or (self.by_uid(name[1:], instance) if name.startswith("+") else None)


@fault("matches-prefixes", "Accepts a prefix of a name and takes ali for alice.", *FOUND)
class MatchesPrefixes(DictService):
    def find(self, name: str, instance: str) -> str | None:
        longer = (user for user in self.users[instance] if not self.is_blank(name) and user.startswith(name))
        return super().find(name, instance) or next(longer, None)


@fault("folds-ssm-user", "Refuses SSM-User as if it were ssm-user.", *LOST)
class FoldsSsmUser(DictService):
    def is_ssm_user(self, name: str) -> bool:
        return name.lower() == "ssm-user"


@fault("finds-names-elsewhere", "Looks for an OS user on all instances instead of one.", "started-user-exists")
class FindsNamesElsewhere(DictService):
    def find(self, name: str, instance: str) -> str | None:
        return name if any(name in users for users in self.users.values()) else None


@fault("refuses-root-by-name", "Refuses the name root whatever its uid.", *LOST)
class RefusesRootByName(DictService):
    def start_as(self, name: str | None, instance: str) -> Outcome:
        return Refused("superuser-named") if name == "root" else super().start_as(name, instance)
