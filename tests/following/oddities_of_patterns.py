"""Patterns of `match`, methods as values, and iterators that are kept."""

# mypy: ignore-errors
# ruff: noqa
# What Python does with types that do not fit, or where nobody would write it so, is the point.

from enum import Enum
from typing import Any

from following.oddities import fails_at, odd

UPPER, UPPER_TOO = "".upper, "".upper


class Truth(Enum):
    YES = True
    ONE = 1


@odd
def a_pattern_that_fails_binds_nothing() -> Any:
    name = "kept"
    match ("other", 1):
        case (name, 2):
            pass
    return name == "kept"


@odd
def an_alternative_that_fails_binds_nothing() -> Any:
    name = "kept"
    match ("other", 3):
        case (name, 1) | (name, 2):
            pass
    return name == "kept"


@odd
def a_pattern_of_a_mapping_that_fails_binds_nothing() -> Any:
    name = "kept"
    match {"a": "other", "b": 3}:
        case {"a": name, "b": 1}:
            pass
    return name == "kept"


@odd
def a_guard_that_fails_leaves_what_was_bound() -> Any:
    name = "kept"
    match "other":
        case name if name == "no":
            pass
    return name == "other"


@odd
def a_pattern_of_a_sequence_is_none_of_a_text() -> Any:
    match "ab":
        case ["a", "b"]:
            return False
    return True


@odd
def a_pattern_of_true_is_none_of_one() -> Any:
    match 1:
        case True:
            return False
        case bool():
            return False
        case int():
            return True


@odd
def a_pattern_of_one_is_one_of_true() -> Any:
    match True:
        case 1:
            return True
    return False


@odd
def a_pattern_with_a_star() -> Any:
    match [1, 2, 3]:
        case [1, *rest]:
            return rest == [2, 3]
    return False


@odd
def a_pattern_with_a_rest() -> Any:
    match {"a": 1, "b": 2}:
        case {"a": 1, **rest}:
            return rest == {"b": 2}
    return False


@odd
def methods_of_one_text_are_equal() -> Any:
    return "".upper == "".upper


@odd
def methods_that_were_kept_are_equal() -> Any:
    return UPPER == UPPER_TOO and UPPER in (UPPER_TOO,)


@odd
def methods_of_one_list_are_equal() -> Any:
    several: list[int] = []
    return several.append == several.append


@odd
def methods_of_objects_are_equal_and_not_one() -> Any:
    return Truth.YES.__class__ is Truth and Holder.method is Holder.method and HOLDER.method == HOLDER.method


class Holder:
    shared: list[int] = []

    def method(self) -> int:
        return 1


HOLDER = Holder()


@odd
def the_end_first_is_read_late() -> Any:
    several = [1]
    backwards = reversed(several)
    several[0] = 2
    return next(backwards) == 2


@odd
def the_end_first_of_what_gets_shorter() -> Any:
    several, seen = [1, 2, 3], []
    for one in reversed(several):
        seen.append(one)
        several.clear()
    return seen == [3]


@odd
def a_map_goes_on_after_an_error() -> Any:
    found = map(fails_at(0), [0, 1])
    try:
        next(found)
    except ValueError:
        pass
    return next(found, 0) == 1


@odd
def a_filter_goes_on_after_an_error() -> Any:
    found = filter(fails_at(0), [0, 1])
    try:
        next(found)
    except ValueError:
        pass
    return next(found, 0) == 1


@odd
def a_generator_does_not_go_on_after_an_error() -> Any:
    given = fails_at(0)
    found = (given(one) for one in [0, 1])
    try:
        next(found)
    except ValueError:
        pass
    return next(found, 0) == 0


@odd
def a_map_ends_where_its_function_stops() -> Any:
    def stops(number: int) -> int:
        if number == 2:
            raise StopIteration
        return number

    return list(map(stops, [1, 2, 3])) == [1]


@odd
def a_generator_fails_where_it_stops() -> Any:
    empty: list[int] = []
    try:
        list(next(iter(empty)) for _ in [1])
    except RuntimeError:
        return True


@odd
def a_zip_takes_one_too_many() -> Any:
    one, other = iter([1, 2, 3]), iter([])
    list(zip(one, other))
    return next(one) == 2


@odd
def an_iterator_that_came_to_its_end_stays_there() -> Any:
    several = [1]
    left = iter(several)
    for _ in left:
        pass
    several.append(2)
    return next(left, 0) == 0


@odd
def a_loop_within_a_loop_shares_an_iterator() -> Any:
    left = iter([1, 2, 3, 4])
    return [(one, next(left)) for one in left] == [(1, 2), (3, 4)]


@odd
def two_from_one_iterator() -> Any:
    return list(zip(*[iter([1, 2, 3, 4])] * 2)) == [(1, 2), (3, 4)]


@odd
def an_iterator_is_used_up_by_in() -> Any:
    left = iter([1, 2, 3])
    return 2 in left and 2 not in left
