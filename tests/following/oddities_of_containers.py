"""Lists, dicts and sets: what is changed before an error, by two names, and in a loop."""

# mypy: ignore-errors
# ruff: noqa
# What Python does with types that do not fit, or where nobody would write it so, is the point.

from typing import Any

from following.oddities import fails_at, odd


@odd
def a_list_has_what_came_before_an_error() -> Any:
    given, several = fails_at(2), []
    try:
        several.extend(given(one) for one in (1, 2))
    except ValueError:
        pass
    return several == [1]


@odd
def a_list_with_more_has_what_came_before_an_error() -> Any:
    given, several = fails_at(2), []
    try:
        several += map(given, (1, 2))
    except ValueError:
        pass
    return several == [1]


@odd
def a_set_has_what_came_before_an_error() -> Any:
    given, several = fails_at(2), set()
    try:
        several.update(given(one) for one in (1, 2))
    except ValueError:
        pass
    return several == {1}


@odd
def a_dict_has_what_came_before_an_error() -> Any:
    table: dict[str, int] = {}
    try:
        table.update([("a", 1), ("b",)])
    except ValueError:
        pass
    return table == {"a": 1}


@odd
def a_dict_is_made_of_two_stars_and_a_dict() -> Any:
    try:
        return {**[("a", 1)]}
    except TypeError:
        return True


@odd
def targets_are_set_one_by_one() -> Any:
    several = [0]
    try:
        several[0], several[5] = 1, 2
    except IndexError:
        return several == [1]


@odd
def a_target_is_used_by_the_next() -> Any:
    several, at = [0, 0], 0
    at, several[at] = 1, 5
    return several == [0, 5]


@odd
def unpacking_too_much_binds_nothing() -> Any:
    one = 0
    try:
        one, other = (1, 2, 3)
    except ValueError:
        return one == 0


@odd
def one_list_by_two_names() -> Any:
    one = [1]
    other = one
    one += (2,)
    return other == [1, 2]


@odd
def two_tuples_by_two_names() -> Any:
    one = (1,)
    other = one
    one += (2,)
    return other == (1,)


@odd
def a_part_that_is_added_to_fails_after_it_is_set() -> Any:
    pair = ([1], 0)
    try:
        pair[0] += [2]
    except TypeError:
        return pair[0] == [1, 2]


@odd
def a_default_is_made_once() -> Any:
    def one(several: list[int] = []) -> list[int]:
        several.append(1)
        return several

    one()
    return one() == [1, 1]


@odd
def a_default_is_of_then() -> Any:
    number = 1

    def one(given: int = number) -> int:
        return given

    number = 2
    return one() == 1


@odd
def a_closure_is_of_now() -> Any:
    found = [lambda: number for number in range(3)]
    return [one() for one in found] == [2, 2, 2]


@odd
def a_chain_ends_early() -> Any:
    seen: list[int] = []

    def noted(number: int) -> int:
        seen.append(number)
        return number

    return not noted(2) < noted(1) < noted(3) and seen == [2, 1]


@odd
def the_middle_of_a_chain_is_asked_once() -> Any:
    several = [1, 2]
    return 0 < several.pop() < 3 and several == [1]


@odd
def whole_numbers_in_a_range() -> Any:
    return True in range(2) and "1" not in range(2) and 4 not in range(0, 9, 3)


@odd
def ranges_are_equal() -> Any:
    return range(0) == range(1, 1) and range(0, 3, 2) == range(0, 4, 2)


@odd
def truth_is_one() -> Any:
    return {1: "a", True: "b"} == {1: "b"} and len({0, False, 1, True}) == 2 and [True] == [1] and True + True == 2


@odd
def which_of_two_equal_items_is_kept() -> Any:
    return [type(one) for one in {1} & {True}] == [bool] or [type(one) for one in {True} & {1, 5}] == [int]


@odd
def which_of_two_equal_keys_is_kept() -> Any:
    table = {True: 1}
    table.update({1: 2})
    return str(table) == "{True: 2}" if list(table)[0] is True else False


@odd
def the_order_of_a_dict_that_is_updated() -> Any:
    table = {"a": 1, "b": 2}
    table.update({"c": 3, "a": 4})
    table["b"] = 5
    return list(table.items()) == [("a", 4), ("b", 5), ("c", 3)]


@odd
def a_key_that_comes_again_comes_last() -> Any:
    table = {"a": 1, "b": 2}
    del table["a"]
    table["a"] = 3
    return list(table) == ["b", "a"]


@odd
def a_dict_that_grows_in_the_last_turn() -> Any:
    table = {1: 1}
    try:
        for _ in table:
            table[2] = 2
    except RuntimeError:
        return True


@odd
def a_dict_with_another_key_in_the_last_turn() -> Any:
    table = {1: 1}
    try:
        for key in table:
            del table[key]
            table[2] = 2
    except RuntimeError:
        return True


@odd
def a_set_that_grows_in_the_last_turn() -> Any:
    several = {1}
    try:
        for _ in several:
            several.add(2)
    except RuntimeError:
        return True


@odd
def a_list_that_gets_shorter_in_a_loop() -> Any:
    several = [1, 2]
    return [one for one in several if several.pop() or True] == [1]
