"""Names that become the same when case, width, accents, invisible characters or white space are ignored."""

import unicodedata
from collections.abc import Callable, Iterable
from typing import Literal

from runas_model.universes.connectives import WHITE_SPACE
from runas_properties.stateful.confusables.confusable import Confusable, pairs, spellings

__all__ = ["FOLDING", "INVISIBLE"]

INVISIBLE = (
    *("\u200b", "\u00ad", "\ufeff", "\u200c", "\u200d", "\u2060", "\ufe0f", "\u034f", "\u061c", "\u180e"),
    *("\u200e", "\u200f", "\u202a", "\u202e", "\u202c", "\u2066", "\u2069", "\u2062", "\U000e0061", "\U000e0100"),
    *("\u115f", "\u3164", "\uffa0", "\u2800", "\u17b5", "\ufff9", "\u206a"),
)
"""Characters that most fonts show as nothing."""

SPACES = (" ", *WHITE_SPACE.replace(" ", ""))

CONTROL = ("\x00", "\x01", "\x07", "\x08", "\x1a", "\x1b", "\x1c", "\x1d", "\x1e", "\x1f", "\x7f", "\x80", "\x9f")

LOOKALIKES = (
    str.maketrans("aceiopsxyhjkmrtuv", "\u0430\u0441\u0435\u0456\u043e\u0440\u0455\u0445\u0443һјкмгтцѵ"),
    str.maketrans("aiopuvnktx", "\u03b1\u03b9\u03bf\u03c1\u03c5\u03bd\u03b7\u03ba\u03c4\u03c7"),
    str.maketrans("aeoils", "430115"),
    str.maketrans("lio", "1l0"),
    str.maketrans("-", "\u2010"),
    str.maketrans("-", "\u2013"),
    str.maketrans("-", "\u2212"),
    str.maketrans("-", "\u2011"),
    str.maketrans("-", "\u2014"),
    str.maketrans("-", "\ufe63"),
    str.maketrans("_", "\u203f"),
    str.maketrans(".", "\u2024"),
)


def at(place: int, inserted: str) -> Callable[[str], str]:
    """Something inserted after so many characters."""
    return lambda name: name[:place] + inserted + name[place:]


def before(text: str) -> Callable[[str], str]:
    return lambda name: text + name


def after(text: str) -> Callable[[str], str]:
    return lambda name: name + text


def around(text: str, end: str | None = None) -> Callable[[str], str]:
    return lambda name: text + name + (text if end is None else end)


def at_an_end(characters: Iterable[str]) -> list[Callable[[str], str]]:
    """Each character once after and once before a name; in the first half by turns."""
    places = [(after(one), before(one)) for one in characters]
    return [pair[number % 2] for number, pair in enumerate((*places, *places[::-1]))]


def plus(number: int, letters: int) -> Callable[[str], str]:
    """The first letters with this added to their numbers."""
    return lambda name: "".join(chr(ord(letter) + number) for letter in name[:letters]) + name[letters:]


def moved(first: int, by: int = 0) -> Callable[[str], str]:
    """Small letters and digits as the characters that stand as many places after `first`."""

    def letter(character: str) -> str:
        if "a" <= character <= "z":
            return chr(first + ord(character) - ord("a"))
        return chr(by + ord(character) - ord("0")) if by and "0" <= character <= "9" else character

    return lambda name: "".join(map(letter, name))


def normal(form: Literal["NFC", "NFD"], mark: str) -> Callable[[str], str]:
    """The name in a normal form, with a combining mark after its first letter."""
    return lambda name: unicodedata.normalize(form, name[0] + mark + name[1:])


def one_letter(table: dict[int, int]) -> Callable[[str], str]:
    """The first letter that a table has, by what that has for it."""

    def written(name: str) -> str:
        at = next((place for place, letter in enumerate(name) if ord(letter) in table), len(name))
        return name[:at] + name[at : at + 1].translate(table) + name[at + 1 :]

    return written


FOLDING: tuple[Confusable, ...] = (
    spellings("upper-case", "case", str.upper, str.title, lambda name: name[:-1] + name[-1].upper()),
    spellings("dotted-i", "case", lambda name: name.replace("i", "\u0130"), lambda name: name.replace("i", "\u0131"),
              lambda name: name.upper().replace("I", "\u0130"), lambda name: name.upper().replace("I", "\u0131"),
              names=("alice", "maria.k", "web-admin", "kim", "ivy"), examples=4),
    pairs("case-of-greek", "case", ("ΑΛΙΚΗ", "αλικη"), ("νίκοσ", "νίκος"), ("ΝΊΚΟΣ", "νίκος"), ("ΣΟΦΊΑ", "σοφία"),
          ("ϐασω", "βασω"), ("θεα", "ϑεα"), ("µ", "μ"), examples=3),
    pairs("case-of-other-scripts", "case", ("АЛИСА", "алиса"), ("Иван", "иван"), ("ԱՆԻ", "անի"), ("ᲐᲜᲐ", "ანა"),
          ("ＡＬＩＣＥ", "ａｌｉｃｅ"), ("ⒶⓃⓃ", "ⓐⓝⓝ"), ("Ⅷ", "ⅷ"), ("𐐔𐐯", "𐐼𐐯"), examples=4),
    pairs("case-of-letters-with-accents", "case", ("ZOË", "zoë"), ("Élise", "élise"), ("ÅSA", "åsa"), ("ØRN", "ørn"),
          ("ÇAN", "çan"), ("ŁUK", "łuk")),
    pairs("case-that-changes-length", "case", ("STRASSE", "straße"), ("strasse", "straße"), ("STRAẞE", "straße"),
          ("groß", "gross"), ("ﬁona", "fiona"), ("ŉ", "ʼn"), ("\u0390", "\u03b9\u0308\u0301"), ("ﬀ", "FF"), examples=4),
    pairs("case-of-signs", "case", ("\u212aarl", "karl"), ("\u017fam", "sam"), ("\u212bsa", "åsa"), ("\u2126", "ω"),
          ("\u212aIM", "kim"), ("o\u017f\u017f", "oss"), ("ǅ", "ǆ"), ("ǈ", "ǉ"), examples=4),
    spellings("width", "lookalike", moved(0xFF41, 0xFF10), lambda name: chr(0xFF41 + ord(name[0]) - 97) + name[1:],
              lambda name: moved(0xFF41)(name).translate(str.maketrans("-_.", "\uff0d\uff3f\uff0e"))),
    pairs("width-of-other-scripts", "lookalike", ("ｱﾘｽ", "アリス"), ("ｶﾞ", "ガ"), ("￦on", "₩on")),
    spellings("mathematical", "lookalike", moved(0x1D41A, 0x1D7CE), moved(0x1D4EA), moved(0x1D5BA, 0x1D7E2),
              moved(0x1D68A, 0x1D7F6), moved(0x24D0), moved(0x1F130)),
    pairs("superscript", "lookalike", ("ᵃlice", "alice"), ("dave²", "dave2"), ("dave₂", "dave2"), ("dave②", "dave2"),
          ("1ª", "1a"), ("№1", "No1"), ("™eam", "tmeam"), examples=3),
    spellings("accent", "accent", normal("NFC", "\u0301"), normal("NFC", "\u0308"), normal("NFC", "\u0302"),
              normal("NFD", "\u0327"), normal("NFC", "\u030a"), normal("NFD", "\u0323"), lambda name: name + "\u0336",
              names=("alice", "eve", "ops", "olga", "ines", "uwe", "sam", "nina"), examples=4),
    pairs("accent-of-a-name", "accent", ("zoë", "zoe"), ("rené", "rene"), ("jürgen", "jurgen"), ("jürgen", "juergen"),
          ("søren", "soren"), ("łukasz", "lukasz"), ("đan", "dan"), ("björn", "bjoern"), ("æsa", "aesa"),
          ("þor", "thor"), ("peña", "pena"), ("çelik", "celik"), ("åsa", "aasa"), ("œuvre", "oeuvre"), ("ħal", "hal"),
          ("ışık", "isik"), examples=8),
    pairs("normal-form", "normal-form", ("zoe\u0308", "zoë"), ("e\u0301lise", "élise"), ("\u1112\u1161\u11ab", "한"),
          ("각", "\u1100\u1161\u11a8"), ("o\u0302\u0323", "o\u0323\u0302"), ("\ufa19", "神"), ("が", "か\u3099"),
          ("\u1e69", "s\u0307\u0323"), ("й", "и\u0306"), ("\u212bsa", "\u00e5sa"), ("ﬁ", "fi"), ("ĳ", "ij"),
          examples=6),
    pairs("transliterated", "lookalike", ("алиса", "alisa"), ("αλίκη", "aliki"), ("иван", "ivan"), ("李", "li"),
          ("山田", "yamada"), ("אביב", "aviv"), ("علي", "ali"), examples=3),
    spellings("lookalike-letters", "lookalike",
              *(lambda name, table=table: name.translate(table) for table in LOOKALIKES),
              names=("alice.o-x_i", "svc_backup-1.ali", "maria.o-i_s", "alice"), examples=12),
    spellings("same-low-bits", "lookalike", plus(0x100, 1), plus(0x80, 1), plus(0x10000, 1), plus(0x100, 256),
              plus(0x80, 256), plus(0x200, 1), plus(0x2000, 1)),
    pairs("hyphen-of-ssm-user", "lookalike", ("ssm\u2010user", "ssm-user"), ("ssm\u2011user", "ssm-user"),
          ("ssm\u2013user", "ssm-user"), ("ssm\u2212user", "ssm-user"), ("ssm\u2014user", "ssm-user"),
          ("ssm\uff0duser", "ssm-user"), examples=6),
    spellings("lookalike-letter", "lookalike", *(one_letter(table) for table in LOOKALIKES[:2])),
    pairs("lookalike-groups", "lookalike", ("rnax", "max"), ("vvill", "will"), ("cIara", "clara"), ("a1ice", "alice"),
          ("aIice", "alice"), ("r00t", "root"), ("ssm-u5er", "ssm-user"), ("0ps", "ops"), examples=5),
    spellings("punctuation", "punctuation", at(1, "."), at(1, "-"), at(2, "_"), after("."), after("!"), after("$"),
              after("'"), before("."), before("_"), before("-"), at(2, "'"), after(","), before("!"), before("*"),
              examples=10),
    pairs("hyphen-or-underscore", "punctuation", ("svc_backup", "svc-backup"), ("svc.backup", "svc_backup"),
          ("svcbackup", "svc-backup"), ("ssm_user", "ssm-user"), ("ssmuser", "ssm-user"), ("ssm user", "ssm-user"),
          ("ssm.user", "ssm-user"), ("web admin", "web-admin"), ("webadmin", "web_admin"), examples=7),
    spellings("invisible", "invisible", *(at(3, character) for character in INVISIBLE),
              *at_an_end(INVISIBLE), examples=len(INVISIBLE)),
    spellings("invisible-at-an-end", "invisible", *(place(one) for one in ("\u200b", "\ufeff", "\u200e", "\u2060")
              for place in (before, after))),
    spellings("control-character", "control", *at_an_end(CONTROL), *(at(2, character) for character in CONTROL),
              examples=len(CONTROL) + 3),
    spellings("terminal-sequence", "control", at(2, "x\b"), before("\x1b[1m"), after("\x1b[0m"), before("x\r"),
              after("\r"), before("\x1b]0;x\x07")),
    spellings("space-around", "white-space", *at_an_end(SPACES), around(" "), around("\t"),
              examples=len(WHITE_SPACE)),
    spellings("space-inside", "white-space", *(at(1, space) for space in " \t\xa0\u3000\u2028"), at(2, "  ")),
    pairs("kind-of-space", "white-space", ("al\xa0ice", "al ice"), ("al\tice", "al ice"), ("al  ice", "al ice"),
          ("al\u3000ice", "al ice"), ("al\u2009ice", "al ice"), ("al\nice", "al ice"), ("al\r\nice", "al\nice"),
          ("al\rice", "al\nice"), ("al_ice", "al ice"), ("al+ice", "al ice"), examples=10),
    spellings("line-end", "white-space", after("\n"), after("\r\n"), after("\r"), after("\n\n"), before("\n"),
              after("\nnobody"), before("nobody\n"), after("\r\nnobody"), after("\u2028x"), after("\x85x"),
              after("\vx"), after("\fx")),
    spellings("byte-order-mark", "invisible", before("\ufeff"), before("ï»¿"), before("\ufffe"), before("þÿ"),
              after("\ufeff")),
    pairs("kana", "lookalike", ("アリス", "ありす"), ("はなこ", "ハナコ"), ("みツこ", "みつこ"), ("ヴィオ", "ゔぃお"),
          ("サクラ", "さくら"), ("ゆりえ", "ユリエ"), ("きっか", "きつか"), ("ﾕﾘｴ", "ゆりえ"), ("ハル", "はる"),
          ("ガル", "カル"), ("ユーコ", "ユウコ"), examples=4),
    pairs("arabic-and-persian", "lookalike", ("علي", "علی"), ("كريم", "کریم"), ("یاسر", "ياسر"), ("مصطفى", "مصطفي"),
          ("أحمد", "احمد"), ("فاطمة", "فاطمه"), ("إيمان", "ایمان"), ("محـمد", "محمد"), ("ہاشم", "هاشم"),
          ("مُحمد", "محمد"), ("کمال", "كمال"), ("يحيى", "یحیی"), examples=5),
)  # fmt: skip
"""Pairs that a fold makes equal."""
