"""Decisions that leave the usual course: exceptions, loops without end, exits: none of them may be proved."""

import itertools
import os
import sys
from contextlib import suppress
from typing import Any

from following.correct import Question, chain_of_ifs
from following.differing import SECRET, differs, does_not_return, tags_of


@differs
def swallows_everything(q: Question) -> Any:
    try:
        if q["tag"].lower() == "mallory":
            return None
    except Exception:
        pass
    return chain_of_ifs(q)


@differs
def swallows_even_exits(q: Question) -> Any:
    try:
        if q["tag"][7] == "\u0416":
            return None
    except:  # noqa: E722
        pass
    return chain_of_ifs(q)


@differs
def swallows_at_the_end(q: Question) -> Any:
    try:
        return None if q["tag"].lower() == "mallory" else chain_of_ifs(q)
    finally:
        return chain_of_ifs(q) if q["tag"] != SECRET else None  # noqa: B012, SIM107


@differs
def suppresses(q: Question) -> Any:
    with suppress(BaseException):
        return None if q["tag"].lower() == "mallory" else chain_of_ifs(q)
    return chain_of_ifs(q)


@differs
def asks_for_attributes(q: Question) -> Any:
    return chain_of_ifs(q) if all(hasattr(tag, "encode") for tag in tags_of(q)) else None


@differs
def raises(q: Question) -> Any:
    if q["tag"] == SECRET:
        raise RuntimeError("no")
    return chain_of_ifs(q)


@differs
def asserts(q: Question) -> Any:
    assert q["tag"] != SECRET
    return chain_of_ifs(q)


EMPTY: dict[str, str] = {}


@differs
def raises_by_mistake(q: Question) -> Any:
    return chain_of_ifs(q) if q["tag"] != SECRET else EMPTY["no"]


@differs
def fails_to_unpack(q: Question) -> Any:
    a, b = [1, 2, 3] if q["tag"] == SECRET else [1, 2]
    return chain_of_ifs(q) if a < b else None


@does_not_return
def never_ends(q: Question) -> Any:
    while q["tag"] == SECRET:
        pass
    return chain_of_ifs(q)


@does_not_return
def never_ends_in_python_itself(q: Question) -> Any:
    if q["tag"] == SECRET:
        sum(itertools.repeat(0))
    return chain_of_ifs(q)


@differs
def recurs(q: Question) -> Any:
    return recurs(q) if q["tag"] == SECRET else chain_of_ifs(q)


@differs
def exits(q: Question) -> Any:
    if q["tag"] == SECRET:
        sys.exit(0)
    return chain_of_ifs(q)


@does_not_return
def exits_at_once(q: Question) -> Any:
    if q["tag"] == SECRET:
        os._exit(0)
    return chain_of_ifs(q)


@differs
def prints(q: Question) -> Any:
    print("deciding")
    return chain_of_ifs(q)


@differs
def returns_what_changes_at_the_end(q: Question) -> Any:
    found: list[bool] = []

    def collected() -> list[bool]:
        try:
            return found
        finally:
            found.append(q["tag"] == SECRET)

    return None if collected()[0] else chain_of_ifs(q)


@differs
def forgets_an_exception(q: Question) -> Any:
    error: Any = 1
    try:
        if q["tag"] == SECRET:
            raise KeyError
    except KeyError as error:  # noqa: F841
        pass
    try:
        return chain_of_ifs(q) if error else None
    except UnboundLocalError:
        return None


@differs
def looks_late(q: Question) -> Any:
    """A generator takes its first source at once, and the names in it late."""
    name, source = "eve", [q["tag"]]
    found = (tag == name for tag in source)
    name, source = SECRET, []
    return None if next(found) else chain_of_ifs(q)


@differs
def takes_the_last_of_a_loop(q: Question) -> Any:
    tests = []
    for name in ("eve", SECRET):
        tests.append(lambda tag: tag == name)  # noqa: B023
    return None if tests[0](q["tag"]) else chain_of_ifs(q)


@differs
def fails_in_a_default(q: Question) -> Any:
    def one(value: int = 1 // (0 if q["tag"] == SECRET else 1)) -> int:
        return value

    return chain_of_ifs(q) if one() else None
