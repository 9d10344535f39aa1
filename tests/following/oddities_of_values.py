"""Places, texts, numbers, forms and truth."""

# mypy: ignore-errors
# ruff: noqa
# What Python does with types that do not fit, or where nobody would write it so, is the point.

from typing import Any

from following.oddities import odd


@odd
def places_from_the_end() -> Any:
    several = [1, 2, 3]
    return [several[-1], several[-3:-1], several[::-1], several[5:], several[True], (1, 2)[-2]] == [
        3, [1, 2], [3, 2, 1], [], 2, 1,
    ]  # fmt: skip


@odd
def part_of_a_list_is_another_list() -> Any:
    one = [1, 2]
    other = one[:]
    other.append(3)
    return one == [1, 2] and [0, 1].pop(False) == 0


@odd
def a_place_before_the_first() -> Any:
    several = [1]
    several.insert(-5, 0)
    several.insert(9, 2)
    return several == [0, 1, 2]


@odd
def white_space_of_every_kind() -> Any:
    return "a\x1cb\u3000c".split() == ["a", "b", "c"] and "a  b".split(" ") == ["a", "", "b"] and not "\x1f".strip()


@odd
def lines_of_every_kind() -> Any:
    return "a\x0bb\u2028c\x1dd".splitlines() == ["a", "b", "c", "d"] and "a\n".splitlines() == ["a"]


@odd
def letters_that_change_their_length() -> Any:
    return "\u00df".upper() == "SS" and "\u0130".lower() == "i\u0307" and "\u017f".casefold() == "s" != "\u017f".lower()


@odd
def words_and_titles() -> Any:
    return "they're".title() == "They'Re" and "\u01c6".title() == "\u01c5" and "SSM".swapcase() == "ssm"


@odd
def digits_of_every_kind() -> Any:
    return int(" \u0664\u0662_0 ") == 420 and "\u00b2".isdigit() and not "\u00b2".isdecimal() and "\u00bd".isnumeric()


@odd
def digits_that_are_none() -> Any:
    try:
        int("\u00b2")
    except ValueError:
        return True


@odd
def forms_of_a_number() -> Any:
    return f"{1234567:>+12,d}|{True:d}|{True}|{255:#x}|{'a':*^5}|{-7 % 3}" == "  +1,234,567|1|True|0xff|**a**|2"


@odd
def forms_that_are_wrong() -> Any:
    try:
        return f"{'a':d}"
    except ValueError:
        return True


@odd
def forms_of_old() -> Any:
    return "%s-%03d%%" % ("a", 7) == "a-007%" and "%r" % "a" == "'a'"


@odd
def division_goes_down() -> Any:
    return -7 // 2 == -4 and -7 % 3 == 2 and 7 % -3 == -2 and 2**10 == 1024 and ~True == -2


@odd
def bits_of_truth() -> Any:
    yes, one = True, 1
    return (yes & one) is not yes and (yes & yes) is yes and (one < 2) is yes and (yes ^ yes) is False
