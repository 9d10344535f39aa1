"""Objects that were there before the call, and functions that are made in it."""

# mypy: ignore-errors
# ruff: noqa
# What Python does with types that do not fit, or where nobody would write it so, is the point.

import functools
from enum import Enum
from typing import Any

from following.oddities import odd


class Both:
    """A property wins over what the object has of its own, and that over what the class has."""

    y = 1

    @property
    def x(self) -> Any:
        return self.y


BOTH = Both()
BOTH.__dict__.update({"x": 2, "y": 3})


class Made(type):
    def __call__(cls, *given: Any) -> Any:
        return 9


class NeverMade(metaclass=Made):
    pass


class Narrow:
    __slots__ = ("pair", "unset")


NARROW = Narrow()
NARROW.pair = (1, [2])


class Anything(int):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__


class Letter(Enum):
    A = "a"


Letter._value2member_map_["b"] = Letter.A
WITH_NAMES = functools.partial(lambda a, *, b: b, b=[1])


@odd
def a_property_wins() -> Any:
    return BOTH.x == 3


@odd
def a_class_that_is_called_in_its_own_way() -> Any:
    return NeverMade() == 9


@odd
def slots_that_are_set_and_unset() -> Any:
    try:
        NARROW.unset
    except AttributeError:
        return NARROW.pair == (1, [2])


@odd
def equal_to_anything() -> Any:
    return Anything(5) == 6 and 6 in [Anything(5)]


@odd
def a_member_by_another_value() -> Any:
    return Letter("b") is Letter.A


@odd
def arguments_by_name_that_are_given_before() -> Any:
    return WITH_NAMES(1) == [1] and WITH_NAMES(0, b=2) == 2


@odd
def a_decorator_is_called() -> Any:
    def seven(function: Any) -> Any:
        return lambda *given: 7

    @seven
    def one(number: int) -> int:
        return number

    return one(1) == 7


@odd
def an_annotation_is_evaluated_or_not() -> Any:
    seen = []

    def noted(number: int) -> Any:
        seen.append(number)
        return int

    one: noted(1) = 3

    def other(number: noted(2)) -> None:
        return None

    return seen == [2] and one == 3


@odd
def a_name_that_a_comprehension_sets_outside() -> Any:
    total = 0
    sums = [(total := total + number) for number in (1, 2)]
    return total == 3 and sums == [1, 3]


@odd
def a_default_for_each_turn() -> Any:
    return [one() for one in [lambda number=number: number for number in (1, 2)]] == [1, 2]


@odd
def a_name_only_by_place_and_by_name() -> Any:
    def one(a: Any, /, **more: Any) -> Any:
        return a, more

    return one(1, a=2) == (1, {"a": 2})


@odd
def the_same_list_again() -> Any:
    return BOTH.__dict__ is BOTH.__dict__ and NARROW.pair[1] is NARROW.pair[1]


@odd
def lists_that_are_repeated() -> Any:
    row = [[0]] * 2
    row[0].append(1)
    return row == [[0, 1], [0, 1]] and (0,) * 2 == (0, 0) and "a" * True == "a"
