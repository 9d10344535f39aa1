"""Names compared after parsing: numbers, words for nothing, paths, lists, parts and patterns."""

import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from warnings import catch_warnings

from runas_properties.gallery.implementations.fault import fault
from runas_properties.gallery.implementations.misreading import (
    BLANK,
    CREATED,
    FOUND,
    LOST,
    ROOT_IS_REFUSED,
    creates_as,
    finds_alike,
    finds_as,
    finds_by_uid,
    matches,
    misses,
    reads_defaults_as,
    reads_tags_as,
    takes_for_blank,
    takes_for_root,
    takes_for_ssm_user,
)
from runas_properties.implementations import DictService

__all__: list[str] = []


def whole(digits: str, base: int = 10) -> int | None:
    try:
        return int(digits, base)
    except ValueError:
        return None


NUMBERS = (
    (
        "takes-a-hexadecimal-number-as-a-uid",
        "Takes the name 0x7d1 for the uid 2001.",
        lambda name: whole(name, 16) if name.startswith("0x") else None,
    ),
    (
        "takes-digits-of-any-script-as-a-uid",
        "Takes the name ٢٠٠١ for the uid 2001.",
        lambda name: None if name.isascii() else whole(name),
    ),
    (
        "takes-a-number-in-groups-as-a-uid",
        "Takes the name 2_001 for the uid 2001.",
        lambda name: whole(name) if "_" in name else None,
    ),
)
for id, title, number in NUMBERS:
    fault(id, title, *FOUND)(finds_by_uid(number))

fault("compares-numbers-by-value", "Compares names of digits as numbers, as PHP does, and takes 007 for 7.", *FOUND)(
    finds_alike(lambda name: whole(name) if name.isascii() and name.isdecimal() else name)
)


def date(name: str) -> str:
    """A name as a spreadsheet shows it that takes mar1 for the first of March."""
    return re.sub(
        r"^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(\d\d?)$", lambda m: f"{m[2]}-{m[1].title()}", name
    )


fault("creates-dates", "Creates 1-Mar when asked to create mar1, as a spreadsheet would.", *CREATED)(creates_as(date))

NOTHING = (
    ("takes-false-for-no-tag", "Takes the tag false for no tag.", "false"),
    ("takes-null-for-no-tag", "Takes the tag null for no tag.", "null"),
    ("takes-0-for-no-tag", "Takes the tag 0 for no tag, as PHP does.", "0"),
    ("takes-backslash-n-for-no-tag", "Takes the tag \\N for no tag, as MySQL writes a null.", "\\N"),
    ("takes-none-in-brackets-for-no-tag", "Takes the tag (none) for no tag.", "(none)"),
)


def untagged_by(word: str) -> type[DictService]:
    return reads_tags_as(lambda tag: None if tag == word else tag)


for id, title, word in NOTHING:
    fault(id, title, "no-fall-through")(untagged_by(word))

fault("takes-na-for-no-default", "Takes the default NaN or NA for none, as pandas does.", "reasons-are-true")(
    reads_defaults_as(lambda default: "" if default in ("NaN", "NA") else default)
)
fault("takes-null-for-blank", "Takes the name NULL for blank.", *BLANK)(takes_for_blank(lambda name: name == "NULL"))

PARTS: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("takes-the-last-of-a-path", "Takes /home/alice for alice.", lambda name: name.rpartition("/")[2]),
    ("drops-trailing-slashes", "Takes alice/ for alice.", lambda name: name.rstrip("/")),
    ("takes-the-first-of-a-line", "Takes the line alice:x:2001 for alice.", lambda name: name.partition(":")[0]),
    ("drops-plus-parts", "Takes alice+admin for alice.", lambda name: name.partition("+")[0]),
    (
        "takes-the-first-of-a-distinguished-name",
        "Takes uid=alice,ou=people for alice.",
        lambda name: name.removeprefix("uid=").partition(",")[0] if name.startswith("uid=") else name,
    ),
    ("drops-tildes", "Takes ~alice for alice, as a shell does.", lambda name: name.removeprefix("~")),
    ("drops-remarks", "Takes alice#admin for alice.", lambda name: name.partition("#")[0]),
)
for id, title, part in PARTS:
    fault(id, title, *FOUND)(finds_as(part))


def fits_expression(name: str, user: str) -> bool:
    try:
        with catch_warnings(action="ignore"):
            return re.fullmatch(name, user) is not None
    except (re.error, OverflowError):
        return False


PATTERNS: tuple[tuple[str, str, Callable[[str, str], bool]], ...] = (
    ("takes-patterns-of-shells", "Takes al* for alice, as a shell does.", lambda name, user: fnmatchcase(user, name)),
    ("takes-regular-expressions", "Takes al.ce for alice, as a regular expression does.", fits_expression),
    (
        "takes-any-of-a-list",
        "Takes bob;alice for the first OS user of the list that exists.",
        lambda name, user: user in name.split(";"),
    ),
    ("takes-all-for-anybody", "Takes any name for the OS user ALL if that exists.", lambda name, user: user == "ALL"),
)
for id, title, fits in PATTERNS:
    fault(id, title, *FOUND)(matches(fits))

fault("takes-the-first-of-a-list", "Reads the tag alice,bob as alice.", "no-fall-through")(
    reads_tags_as(lambda tag: tag.partition(",")[0])
)
fault("misses-separators", "Misses an OS user with a comma in its name.", *LOST)(misses(lambda name: "," in name))
fault("drops-the-domain-of-ssm-user", "Takes ssm-user@corp for ssm-user.", *LOST)(
    takes_for_ssm_user(lambda name: name.partition("@")[0] == "ssm-user")
)
fault("takes-0-for-root", "Takes the name 0 for root.", *LOST, superuser=ROOT_IS_REFUSED)(
    takes_for_root(lambda name: name == "0")
)


@fault("takes-inherit-for-the-default", "Takes the tag inherit for the default OS user.", "no-fall-through")
class TakesInheritForTheDefault(DictService):
    def tag_value(self, principal: str) -> str | None:
        tag = super().tag_value(principal)
        default = self.preferences_of(self.account_of[principal])[1]
        return default if tag == "inherit" and not self.is_blank(default) else tag
