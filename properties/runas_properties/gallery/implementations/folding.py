"""Names compared after folding: case, accents, widths, lookalikes, and characters that are not seen."""

import re
import unicodedata

from runas_properties.gallery.implementations.fault import fault
from runas_properties.gallery.implementations.misreading import (
    BLANK,
    CREATED,
    FOUND,
    LOST,
    ROOT_IS_REFUSED,
    creates_as,
    creates_once,
    finds_alike,
    finds_as,
    misses,
    reads_tags_as,
    takes_for_blank,
    takes_for_root,
    takes_for_ssm_user,
)
from runas_properties.implementations import DictService

__all__: list[str] = []

CYRILLIC = str.maketrans("аеорсухі", "aeopcyxi")
"""Cyrillic letters that look like Latin ones, and those."""

PERSIAN = str.maketrans("يك", "یک")
"""Arabic letters that Persian writes otherwise, and those of Persian."""

HIRAGANA = {katakana: katakana - 0x60 for katakana in range(ord("ァ"), ord("ヶ") + 1)}
"""Katakana, and the hiragana of the same sound."""


def turkish(name: str) -> str:
    return name.replace("İ", "i").replace("I", "ı").lower()


def folded_one_by_one(name: str) -> str:
    """Each letter folded alone: ß stays as it is, since its capital is two letters."""
    return "".join(letter.upper().lower() if len(letter.upper()) == 1 else letter for letter in name)


def without(name: str, category: str) -> str:
    """A name without the characters of a category of Unicode."""
    return "".join(letter for letter in name if not unicodedata.category(letter).startswith(category))


def nfkc(name: str) -> str:
    return unicodedata.normalize("NFKC", name)


def without_accents(name: str) -> str:
    return unicodedata.normalize("NFC", without(unicodedata.normalize("NFD", name), "Mn"))


FOLDED = (
    ("folds-turkish-letters", "Lowers names by Turkish rules and takes ALİCE for alice.", turkish),
    ("folds-letter-by-letter", "Folds letters one by one, as Go does, and takes ſam for sam.", folded_one_by_one),
    (
        "folds-final-sigmas",
        "Takes a final sigma for any other and νίκος for νίκοσ.",
        lambda name: name.replace("ς", "σ"),
    ),
    (
        "takes-cyrillic-for-latin",
        "Takes Cyrillic letters for Latin ones and аlice for alice.",
        lambda name: name.translate(CYRILLIC),
    ),
    ("collapses-spaces", "Takes two spaces in a name for one.", lambda name: re.sub("  +", " ", name)),
    ("takes-cr-lf-for-lf", "Takes CR LF in a name for LF.", lambda name: name.replace("\r\n", "\n")),
    ("ignores-punctuation", "Ignores punctuation and takes j.doe for jdoe.", lambda name: without(name, "P")),
    (
        "takes-katakana-for-hiragana",
        "Takes katakana for hiragana and アリス for ありす.",
        lambda name: name.translate(HIRAGANA),
    ),
    (
        "takes-arabic-for-persian",
        "Takes Arabic letters for Persian ones and علي for علی.",
        lambda name: name.translate(PERSIAN),
    ),
)
for id, title, key in FOLDED:
    fault(id, title, *FOUND)(finds_alike(key))

fault("drops-control-characters", "Drops control characters from a name that does not exist.", *FOUND)(
    finds_as(lambda name: without(name, "Cc"))
)
fault("reads-wide-tags", "Reads the tag ａｌｉｃｅ as alice.", "no-fall-through")(reads_tags_as(nfkc))
fault("misses-capitals", "Misses Alice, since it lowers each name that it looks for.", *LOST)(
    misses(lambda name: name.lower() != name)
)
fault("creates-one-of-a-width", "Fails to create ａｌｉｃｅ where alice exists.", "errors-are-true")(creates_once(nfkc))

CREATED_AS = (
    ("creates-without-accents", "Creates jose when asked to create josé.", without_accents),
    (
        "creates-without-a-byte-order-mark",
        "Drops a byte order mark before the name of a new OS user.",
        lambda name: name.removeprefix("\ufeff"),
    ),
)
for id, title, change in CREATED_AS:
    fault(id, title, *CREATED)(creates_as(change))

RESERVED = (
    (
        "takes-a-soft-hyphen-for-nothing",
        "Takes ssm-user with a soft hyphen in it for ssm-user.",
        lambda name: name.replace("\xad", "") == "ssm-user",
    ),
    ("takes-an-underscore-for-a-hyphen", "Takes ssm_user for ssm-user.", lambda name: name == "ssm_user"),
)
for id, title, condition in RESERVED:
    fault(id, title, *LOST)(takes_for_ssm_user(condition))

fault("folds-root", "Takes ROOT for root.", *LOST, superuser=ROOT_IS_REFUSED)(
    takes_for_root(lambda name: name.lower() == "root")
)
fault("takes-control-characters-for-blank", "Takes control characters for blank, as Java's trim does.", *BLANK)(
    takes_for_blank(lambda name: all(letter <= " " for letter in name))
)


@fault("knows-only-ascii-white-space", "Takes a no-break space for a name that is not blank.", "reasons-are-true")
class KnowsOnlyAsciiWhiteSpace(DictService):
    def is_blank(self, name: str) -> bool:
        return not name.strip(" \t\n\r\v\f")
