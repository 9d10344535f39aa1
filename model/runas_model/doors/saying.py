"""What is said of a value that is refused: for which argument it was given, what there is, and what is near it."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

__all__ = ["LONGEST", "SAID", "a", "either", "meant", "shown", "wrong_kind", "wrong_names", "wrong_value"]

LONGEST = 80
"""How much of a value is shown."""

SAID = {
    "Reading": "a Reading, such as DEFAULT, AGENT or DOCS_2023",
    "Situation": "a Situation, as runas_model.situation makes it",
    "State": "a State, such as INITIAL or what runas_model.apply returns",
    "Decision": "a Decision, as runas_model.decide returns it",
    "OsUsers": "a table of OS users, as runas_model.os_users makes it",
    "Law": "a Law of runas_properties.laws.LAWS",
    "Vector": "a Vector, as runas_properties.conformance.vectors has them",
    "Target": "a target, such as PythonTarget(factory, name) or CommandTarget(command)",
    "Implementation": "an implementation (its methods are apply, sessions and os_users)",
}
"""What there is of some classes, by their names."""


def wrong_kind(argument: str, value: object, wanted: str) -> TypeError:
    """The error for a value of a wrong kind."""
    return TypeError(f"{argument} must be {wanted}, not {shown(value)} ({type(value).__name__})")


def wrong_value(argument: str, value: object, options: Iterable[Any]) -> ValueError:
    """The error for a value of the right kind that is none of the options; it names the nearest of them."""
    every = list(options)
    there_is = f"use {either(map(repr, every))}" if every else "there is none"
    return ValueError(f"{argument} cannot be {shown(value)}; {meant(value, every)}{there_is}")


def meant(value: object, options: Iterable[Any]) -> str:
    """The question whether the option was meant that is nearest to a value, and a space; empty where none is near."""
    every = {str(option).lower(): option for option in options}
    near = get_close_matches(str(value).strip().lower(), every, n=1)
    return f"did you mean {every[near[0]]!r}? " if near else ""


def wrong_names(function: str, given: Iterable[str], wanted: Iterable[str]) -> TypeError:
    """The error for arguments of which some are missing, or are not there to be given."""
    names = list(wanted)
    unknown = [name for name in given if name not in names]
    if unknown:
        near = meant(unknown[0], names)
        return TypeError(f"{function} has no argument {shown(unknown[0])}; {near}it has {', '.join(map(repr, names))}")
    missing = [name for name in names if name not in {*given}]
    return TypeError(f"{function} needs {' and '.join(map(repr, missing))} as well")


def shown(value: object) -> str:
    """A value as Python writes it, cut where it is long."""
    try:
        text = repr(value)
    except Exception:  # whatever a value of somebody else's does
        return "one that cannot be shown"
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def either(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def a(noun: str) -> str:
    return f"{'an' if noun[0] in 'AEIOUaeiou' else 'a'} {noun}"
