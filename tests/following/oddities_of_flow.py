"""The order of what is done: ends, loops, names, arguments and calls."""

# mypy: ignore-errors
# ruff: noqa
# What Python does with types that do not fit, or where nobody would write it so, is the point.

from enum import Enum
from functools import partial
from typing import Any

from following.oddities import odd


class Truth(Enum):
    YES = True
    ONE = 1


class Holder:
    shared: list[int] = []


HOLDER = Holder()


@odd
def the_end_overrides_the_answer() -> Any:
    def one() -> str:
        for _ in (1, 2):
            try:
                return "a"
            finally:
                continue
        return "b"

    return one() == "b"


@odd
def the_end_overrides_the_error() -> Any:
    def one() -> str:
        try:
            raise ValueError
        finally:
            return "b"

    return one() == "b"


@odd
def the_answer_is_taken_before_the_end() -> Any:
    def one() -> int:
        number = 1
        try:
            return number
        finally:
            number = 2

    return one() == 1


@odd
def else_of_try_is_not_guarded() -> Any:
    try:
        try:
            pass
        except ValueError:
            return False
        else:
            raise ValueError
    except ValueError:
        return True


@odd
def else_of_a_loop() -> Any:
    for _ in ():
        return False
    else:
        for _ in (1,):
            break
        else:
            return False
        return True


@odd
def the_name_of_an_error_is_gone() -> Any:
    error: Any = 1
    try:
        raise KeyError
    except KeyError as error:
        pass
    try:
        return error
    except UnboundLocalError:
        return True


@odd
def an_error_of_a_narrower_class() -> Any:
    try:
        return [][0]
    except (KeyError, LookupError):
        return True


@odd
def the_first_that_catches() -> Any:
    try:
        raise KeyError
    except Exception:
        return True
    except KeyError:
        return False


@odd
def names_of_a_comprehension_are_its_own() -> Any:
    one = "kept"
    several = [one for one in (1, 2)]
    return one == "kept" and several == [1, 2] and [last := two for two in (1, 2)] == [1, 2] and last == 2


@odd
def the_first_source_is_of_outside() -> Any:
    one = [1, 2]
    return [one for one in one] == [1, 2]


@odd
def a_tuple_is_no_list() -> Any:
    return [1] != (1,) and {"a": 1}.keys() == {"a"} and frozenset({1}) == {1} and not [] == ()


@odd
def orders_of_sorts() -> Any:
    try:
        sorted([1, "a"])
    except TypeError:
        return sorted("ba") == ["a", "b"] and sorted([True, 0, 1]) == [0, True, 1] and min(1, True) is not True


@odd
def nothing_is_the_least_of_nothing() -> Any:
    try:
        min([])
    except ValueError:
        return max([], default=1) == 1


@odd
def extremes_by_key() -> Any:
    return max(["a", "bb"], key=len) == "bb" and sorted([2, 1], reverse=True) == [2, 1]


@odd
def or_and_and_give_values() -> Any:
    return ("" or 0) == 0 and (1 and "a") == "a" and (not []) is True and (None or []) == []


@odd
def one_object_or_two() -> Any:
    number = 1000
    return number is number and f"{number}" is not None and Truth.YES is Truth.ONE


@odd
def members_by_equal_values() -> Any:
    return Truth(1) is Truth.YES and Truth.YES.value is True and Truth.YES.name == "YES" and len(Truth) == 1


@odd
def what_all_objects_of_a_class_share() -> Any:
    return HOLDER.shared == [] and Holder.shared is HOLDER.shared


@odd
def arguments_of_every_kind() -> Any:
    def one(a: Any, b: Any = 2, *c: Any, d: Any = 4, **e: Any) -> Any:
        return a, b, c, d, e

    return one(1, *(2, 3), **{"d": 5, "z": 6}) == (1, 2, (3,), 5, {"z": 6})


@odd
def an_argument_that_is_given_twice() -> Any:
    def one(**named: Any) -> Any:
        return named

    try:
        return one(**{"a": 1}, **{"a": 2})
    except TypeError:
        return True


@odd
def an_argument_that_is_given_again() -> Any:
    def one(**named: Any) -> Any:
        return named

    try:
        return one(**{"a": 1}, a=2)
    except TypeError:
        return True


@odd
def stars_are_taken_when_all_is_evaluated() -> Any:
    seen: list[int] = []

    def one(*given: Any, **named: Any) -> None:
        pass

    try:
        one(*None, a=seen.append(1))
    except TypeError:
        return seen == [1]


@odd
def arguments_given_before() -> Any:
    return partial(max, 3)(2) == 3 and partial(lambda a, b=1, c=1: (a, b, c), 1, b=2)(b=3) == (1, 3, 1)


@odd
def kinds_of_objects() -> Any:
    return callable(len) and callable("a".upper) and isinstance(True, int) and not callable(1)


@odd
def the_length_of_what_has_none() -> Any:
    told = 0
    number: Any = 5
    nothing: Any = None
    for wrong in (
        lambda: len(number),
        lambda: [1][nothing],
        lambda: nothing[0],
        lambda: 1 in number,
        lambda: [*nothing],
    ):
        try:
            wrong()
        except TypeError:
            told += 1
    return told == 5


@odd
def a_global_that_is_declared() -> Any:
    def one() -> int:
        global LATE
        LATE = 1
        return LATE

    return one() == 1


@odd
def a_name_of_the_function_around() -> Any:
    number = 1

    def one() -> None:
        nonlocal number
        number += 1

    one()
    return number == 2


@odd
def deep_calls() -> Any:
    def one(number: int) -> int:
        return 0 if number == 0 else one(number - 1)

    try:
        return one(100_000)
    except RecursionError:
        return True


@odd
def large_numbers_cannot_be_written() -> Any:
    try:
        return str(10**50**2) + str(10**5_000)
    except ValueError:
        return True


@odd
def a_list_within_itself() -> Any:
    several: list[Any] = [1]
    several.append(several)
    return several[1][1][0] == 1 and several == several and len(several) == 2
