"""Names compared after decoding: escapes, quotes, entities and encodings taken for what they stand for."""

import json
import re
from base64 import b64decode
from collections.abc import Callable
from html import unescape
from urllib.parse import unquote

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
    misses,
    reads_tags_as,
    takes_for_blank,
    takes_for_root,
    takes_for_ssm_user,
)

__all__: list[str] = []


def or_as_it_is(decode: Callable[[str], object]) -> Callable[[str], str]:
    """What `decode` makes of a name; the name itself where that fails, or is no text."""

    def decoded(name: str) -> str:
        try:
            made = decode(name)
        except ValueError:
            return name
        return made if isinstance(made, str) else name

    return decoded


def unquoted(name: str) -> str:
    return name[1:-1] if len(name) > 1 and name[0] == name[-1] == '"' else name


def of_carets(name: str) -> str:
    return re.sub(r"\^([@-_])", lambda escape: chr(ord(escape[1]) - 64), name)


def within_16_bits(name: str) -> str:
    return "".join(letter if letter <= "\uffff" else "\ufffd" for letter in name)


def unescaped(name: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda escape: chr(int(escape[1], 16)), name)


DECODED: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("decodes-percent-escapes", "Decodes percent escapes and takes al%69ce for alice.", unquote),
    ("decodes-entities", "Decodes HTML entities and takes al&#105;ce for alice.", unescape),
    (
        "decodes-base64",
        "Decodes Base64 and takes YWxpY2U= for alice.",
        or_as_it_is(lambda name: b64decode(name.encode(), validate=True).decode()),
    ),
    (
        "decodes-punycode",
        "Decodes Punycode and takes xn--jos-dma for josé.",
        or_as_it_is(lambda name: name.encode().decode("idna")),
    ),
    (
        "decodes-utf-7",
        "Decodes UTF-7 and takes al+AGk-ce for alice.",
        or_as_it_is(lambda n: n.encode().decode("utf-7")),
    ),
    ("decodes-json-strings", 'Decodes JSON strings and takes "al\\u0069ce" for alice.', or_as_it_is(json.loads)),
    (
        "removes-backslashes",
        "Removes backslashes, as a shell does, and takes al\\ice for alice.",
        lambda name: re.sub(r"\\(.)", r"\1", name),
    ),
    (
        "repairs-encodings",
        "Reads Latin-1 as UTF-8 and takes josÃ© for josé.",
        or_as_it_is(lambda name: name.encode("latin-1").decode()),
    ),
    (
        "removes-the-braces-of-variables",
        "Takes ${alice} for alice.",
        lambda name: re.sub(r"^\$\{(.*)\}$", r"\1", name),
    ),
    ("decodes-carets", "Decodes caret notation and takes alice^M for alice with a carriage return.", of_carets),
)
for id, title, decode in DECODED:
    fault(id, title, *FOUND)(finds_as(decode))

fault("replaces-what-is-beyond-16-bits", "Takes all characters beyond U+FFFF for one and 😀 for 😁.", *FOUND)(
    finds_alike(within_16_bits)
)

TAGS = (
    ("decodes-escapes-in-tags", "Decodes Unicode escapes and reads the tag al\\u0069ce as alice.", unescaped),
    ("strips-quotes-from-tags", 'Strips quotes and reads the tag "alice" as alice.', unquoted),
)
for id, title, decode in TAGS:
    fault(id, title, "no-fall-through")(reads_tags_as(decode))

fault("misses-escapes", "Misses al%69ce, since it decodes each name that it looks for.", *LOST)(
    misses(lambda name: unquote(name) != name)
)
fault("creates-decoded-names", "Creates alice when asked to create al%69ce.", *CREATED)(creates_as(unquote))
fault("takes-an-encoded-space-for-blank", "Takes the name %20 for blank.", *BLANK)(
    takes_for_blank(lambda name: name != "" and unquote(name) == " ")
)
fault("decodes-ssm-user", "Takes ssm&#45;user for ssm-user.", *LOST)(
    takes_for_ssm_user(lambda name: unescape(name) == "ssm-user")
)
fault("decodes-root", "Takes %72oot for root.", *LOST, superuser=ROOT_IS_REFUSED)(
    takes_for_root(lambda name: unquote(name) == "root")
)
