"""Names that are taken for others: different names, of every kind, that the readers they are meant for make equal."""

import base64
import html
import json
import re
import unicodedata
import zlib
from collections.abc import Callable
from urllib.parse import unquote

import pytest

from runas_model.universes.connectives import is_blank
from runas_properties.stateful.confusables import BLANKS, CONFUSABLES, Confusable

KINDS = list(CONFUSABLES.values())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_the_two_names_of_a_pair_differ_and_are_not_blank(kind: Confusable) -> None:
    found = list(kind.pairs())

    assert len(found) > kind.ways * kind.bases * 0.6
    assert all(named != near and not is_blank(named) and not is_blank(near) for named, near in found)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_random_cases_have_pairs_that_the_vectors_have_not(kind: Confusable) -> None:
    of_vectors = {kind.pair(way) for way in range(kind.examples)} - {None}

    assert of_vectors
    assert set(kind.pairs()) >= of_vectors
    assert len(set(kind.pairs())) > len(of_vectors) or kind.examples == kind.ways


CARET = re.compile(r"(?:\^|\\c)([@-_?])")
HIRAGANA = {katakana: katakana - 0x60 for katakana in range(ord("ァ"), ord("ヶ") + 1)}

READERS: dict[str, Callable[[str], object]] = {
    "case-of-greek": lambda name: unicodedata.normalize("NFKC", name).casefold(),
    "case-of-other-scripts": str.casefold,
    "case-of-letters-with-accents": str.casefold,
    "normal-form": lambda name: unicodedata.normalize("NFKC", name),
    "mathematical": lambda name: unicodedata.normalize("NFKC", name)[-1].casefold(),
    "space-around": str.strip,
    "percent": lambda name: unquote(unquote(name)).strip("\0 \r\n/").partition("\0")[0],
    "entity": lambda name: html.unescape(name).replace("\u00ad", "").strip("\0\xa0\n\ufffd"),
    "hexadecimal": lambda name: _from_hexadecimal(name),
    "same-checksum": lambda name: {zlib.crc32(name.encode()), zlib.adler32(name.encode()), *_hashes(name)},
    "same-letters": lambda name: sorted(set(name)),
    "same-sum": lambda name: sum(map(ord, name)),
    "upper-case": str.casefold,
    "kana": lambda name: unicodedata.normalize("NFKC", name).translate(HIRAGANA),
    "arabic-and-persian": lambda name: name.translate(str.maketrans("يىكإأہة", "ییکااهه", "\u0640\u064f")),
    "control-character-written": lambda name: CARET.sub(lambda one: chr(ord(one[1]) ^ 0x40), name),
    "beyond-16-bits": lambda name: re.sub(r"[\U00010000-\U0010ffff]|\?+", "\ufffd", name),
}


@pytest.mark.parametrize("id", READERS)
def test_most_pairs_of_a_kind_are_one_name_to_its_reader(id: str) -> None:
    read = READERS[id]
    found = list(CONFUSABLES[id].pairs())
    same = [pair for pair in found if _alike(*map(read, pair))]

    assert len(same) > len(found) / 2, [pair for pair in found if pair not in same]


def _alike(one: object, other: object) -> bool:
    if isinstance(one, set) and isinstance(other, set):
        return bool(one & other)
    return one == other


def _hashes(name: str) -> set[object]:
    """Sums that programs make of names: of Java, djb2 and FNV, and the low bits of a checksum."""
    java = djb2 = djb2a = 0
    djb2 = djb2a = 5381
    fnv, fnva = 0x811C9DC5, 0x811C9DC5
    for letter in map(ord, name):
        java = (31 * java + letter) % 2**32
        djb2, djb2a = (33 * djb2 + letter) % 2**32, (33 * djb2a % 2**32) ^ letter
        fnv, fnva = (fnv * 0x01000193 % 2**32) ^ letter, (fnva ^ letter) * 0x01000193 % 2**32
    low = zlib.crc32(name.encode()) % 2**16
    return {("java", java), ("djb2", djb2), ("djb2a", djb2a), ("fnv", fnv), ("fnva", fnva), ("low", low)}


def _from_hexadecimal(name: str) -> str:
    digits = (
        name.removeprefix("0x").removeprefix("\\x").removeprefix("x'").strip("'#").replace(":", "").replace(" ", "")
    )
    try:
        return bytes.fromhex(digits).decode()
    except ValueError:
        return name


def test_what_is_encoded_can_be_decoded() -> None:
    for named, near in CONFUSABLES["base64"].pairs():
        if named == base64.b64encode(near.encode()).decode():
            break
    else:
        pytest.fail("no name is written in base64")
    assert json.loads(next(named for named, near in CONFUSABLES["json-twice"].pairs())) == "alice"
    for named, near in CONFUSABLES["punycode"].pairs():
        assert near in (named.lower().encode().decode("idna"), _from_punycode(named)), named


def _from_punycode(name: str) -> str:
    try:
        return name.encode().decode("punycode")
    except UnicodeError:
        return name


def test_white_space_is_blank_and_what_looks_like_it_is_not() -> None:
    assert {True, False} == {is_blank(name) for name in BLANKS}
    assert len(set(BLANKS)) == len(BLANKS)
