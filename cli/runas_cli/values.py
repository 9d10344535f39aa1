"""What options take: numbers, times, names of files and readings, of the text on the command line."""

import argparse

from runas_model.inputs.situations import run_as_key
from runas_model.specification.nouns import Noun
from runas_model.specification.readings import Reading, reading_named
from runas_properties.conformance.protocol.messages import offered

__all__ = ["budget", "count", "file", "nouns", "reading", "seconds", "session_tag", "tag_key"]

LONGEST_COUNT = 18
"""Digits: more would be a mistake, and far more are more than Python reads."""


def reading(text: str) -> Reading:
    """A profile, or a profile with changes. Each of these raises ArgumentTypeError for what it does not take."""
    try:
        return reading_named(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def budget(text: str) -> int:
    """Resource units of Z3."""
    if not _is_number(text) or not 0 < int(text) < 1 << 32:
        raise argparse.ArgumentTypeError(f"must be a positive whole number below {1 << 32}, not {text!r}")
    return int(text)


def count(text: str) -> int:
    """A whole number, not negative."""
    if not _is_number(text):
        raise argparse.ArgumentTypeError(
            f"must be a whole number of at most {LONGEST_COUNT} digits, 0 or more, not {text!r:.60}"
        )
    return int(text)


def seconds(text: str) -> float:
    """A time, of less than a day."""
    try:
        given = float(text)
    except ValueError:
        given = 0.0
    if not 0.0 < given < 86_400.0:
        raise argparse.ArgumentTypeError(f"must be a number of seconds above 0 and below 86400, not {text!r}")
    return given


def file(text: str) -> str:
    """The name of a file or of a folder; an empty one, as of a variable that is not set, would mean another thing."""
    if not text:
        raise argparse.ArgumentTypeError("must name a file, but is empty")
    return text


def nouns(text: str) -> tuple[Noun, ...]:
    """Nouns by their names, with commas between them."""
    try:
        return offered(map(str.strip, text.split(",")), "service")
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def tag_key(text: str) -> str:
    """The key of a Run As tag, in any case."""
    try:
        return run_as_key(text, "the key")
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def session_tag(text: str) -> str:
    """The value of a session tag, which has a longest."""
    from runas_model.inputs.role_sessions import session_tag_value  # which needs the operations

    try:
        return session_tag_value(text, "the value")
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_COUNT
