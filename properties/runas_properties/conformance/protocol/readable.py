"""Text that any file, terminal or browser can hold: what cannot be seen is written as Python writes it."""

import os
import re
import shlex
from collections.abc import Iterable
from typing import Any

import msgspec

__all__ = ["readable", "readable_text", "shell_word", "shell_words"]

OF_LINES = ("story", "stderr")
"""Fields that have lines; in others a line's end is part of a name, and shown."""

DOUBTFUL = re.compile(r"[^ -~]")
BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
"""What Python calls printable although nothing is to be seen: joiners, fillers, selectors of variants and blanks."""


def readable_text(text: str, lines: bool = False) -> str:
    r"""A text with `\\x00` for what no terminal shows, such as control, invisible and half characters.

    The ends of lines stay where `lines` says so.
    """
    if text.isprintable():
        return text
    return DOUBTFUL.sub(lambda found: _shown(found[0], lines), text)


def _shown(character: str, lines: bool) -> str:
    if (character == "\n" and lines) or (character.isprintable() and not BLANK.match(character)):
        return character
    return character.encode("unicode_escape").decode()


def readable(value: Any, lines: bool = False) -> Any:
    """All text in a Struct, a tuple or a dict's values, made readable."""
    match value:
        case str():
            return readable_text(value, lines)
        case tuple():
            return tuple(readable(one) for one in value)
        case dict():
            return {key: readable(one) for key, one in value.items()}
        case msgspec.Struct():
            fields = value.__struct_fields__
            return type(value)(*(readable(getattr(value, name), name in OF_LINES) for name in fields))
    return value


def shell_words(words: Iterable[str]) -> str:
    """A command for a shell, of its words, in text that can be read."""
    return " ".join(map(shell_word, words))


def shell_word(word: str) -> str:
    """A word as a shell takes it for one; what cannot be seen as most shells read it in `$'...'`."""
    if readable_text(word) == word:
        return shlex.quote(word)
    as_bytes = os.fsencode(word).decode("utf-8", "surrogateescape")
    return "$'" + "".join(map(_in_dollar_quotes, as_bytes)) + "'"


def _in_dollar_quotes(character: str) -> str:
    if character in "'\\":
        return f"\\{character}"
    if readable_text(character) == character:
        return character
    return "".join(f"\\{byte:03o}" for byte in character.encode("utf-8", "surrogateescape"))
