"""Text that any file, terminal or browser can hold: what cannot be seen is written as Python writes it."""

import re
from typing import Any

import msgspec

__all__ = ["readable", "readable_text"]

OF_LINES = ("story", "stderr")
"""Fields that have lines; in others a line's end is part of a name, and shown."""

DOUBTFUL = re.compile(r"[^ -~]")


def readable_text(text: str, lines: bool = False) -> str:
    r"""A text with `\\x00` for what no terminal shows, such as control, invisible and half characters.

    The ends of lines stay where `lines` says so.
    """
    if text.isprintable():
        return text
    return DOUBTFUL.sub(lambda found: _shown(found[0], lines), text)


def _shown(character: str, lines: bool) -> str:
    if character.isprintable() or (lines and character == "\n"):
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
