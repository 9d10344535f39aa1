"""Decisions in which Python runs code that nobody calls, or that is another than it seems: none may be proved."""

import sys
from typing import Any

from following.correct import Question, chain_of_ifs
from following.differing import change_the_question, hides, is_long


class Steps:
    def __index__(self) -> int:
        change_the_question()
        return 1


ONE_STEP = slice(Steps())


@hides
def by_the_end_of_a_slice(q: Question) -> Any:
    return chain_of_ifs(q) if [1, 2][ONE_STEP] else None


class Defaults(tuple[Any, ...]):
    def __iter__(self) -> Any:
        return iter(("mallory",))


def with_a_default(q: Question, refused: str = "") -> Any:
    return None if q["tag"] == refused != "mallory" else chain_of_ifs(q)


with_a_default.__defaults__ = Defaults(("long" * 40,))
hides(with_a_default)


class Unlucky(Exception):
    def __del__(self) -> None:
        change_the_question()


@hides
def by_the_end_of_an_exception(q: Question) -> Any:
    try:
        raise Unlucky
    except Unlucky:
        pass
    return chain_of_ifs(q)


class OfTyping:
    __module__ = "typing"

    def __or__(self, other: Any) -> None:
        change_the_question()

    def __eq__(self, other: object) -> bool:
        question = sys._getframe(1).f_locals.get("q")
        if type(question) is dict and is_long(question["tag"]):
            question["tag"] = None
        return False

    __hash__ = object.__hash__


OF_TYPING: Any = OfTyping()
LISTS: Any = list[OF_TYPING]
OTHERS: Any = list[OfTyping()]  # type: ignore[misc]


@hides
def by_an_annotation(q: Question) -> Any:
    def find(name: OF_TYPING | int) -> Any:
        return name

    return chain_of_ifs(q)


@hides
def by_an_annotation_of_two(q: Question) -> Any:
    def find(name: LISTS | OTHERS) -> Any:
        return name

    return chain_of_ifs(q)
