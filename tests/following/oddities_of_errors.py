"""Exceptions: how they are made, what they are, and what catches them."""

# mypy: ignore-errors
# ruff: noqa
# What Python does with types that do not fit, or where nobody would write it so, is the point.

from typing import Any

from following.oddities import odd


@odd
def an_error_of_a_file_that_is_missing() -> Any:
    try:
        raise OSError(2, "no")
    except FileNotFoundError:
        return True


@odd
def an_error_that_cannot_be_made() -> Any:
    try:
        raise UnicodeDecodeError("no")
    except TypeError:
        return True


@odd
def an_error_with_an_argument_by_name() -> Any:
    try:
        ValueError(x=1)
    except TypeError:
        return True


@odd
def an_error_group() -> Any:
    try:
        raise ExceptionGroup("no", [])
    except ValueError:
        return True


class Own(ValueError):
    def __new__(cls, *given: Any) -> Any:
        return KeyError.__new__(KeyError)


@odd
def an_error_made_otherwise() -> Any:
    try:
        raise Own
    except KeyError:
        return True
    except TypeError:
        return True


@odd
def an_error_that_is_no_error() -> Any:
    number: Any = 3
    try:
        raise number
    except TypeError:
        return True


@odd
def an_error_from_what_is_none() -> Any:
    try:
        raise ValueError from 3
    except TypeError:
        return True


@odd
def an_error_in_a_message() -> Any:
    empty: list[str] = []
    try:
        assert empty, empty[0]
    except IndexError:
        return True


@odd
def an_error_is_true_and_equal_to_itself_alone() -> Any:
    one, other = ValueError(), ValueError()
    return bool(one) and one != other


@odd
def the_class_of_an_error() -> Any:
    try:
        return {}["no"]
    except LookupError as error:
        return type(error) is KeyError


@odd
def except_what_is_no_class() -> Any:
    number: Any = 3
    try:
        try:
            raise ValueError
        except number:
            pass
    except TypeError:
        return True


@odd
def a_name_not_bound_here_is_another_error() -> Any:
    try:
        nowhere
    except UnboundLocalError:
        return False
    except NameError:
        return True


@odd
def a_name_that_is_deleted() -> Any:
    name = 1
    del name
    try:
        return name
    except UnboundLocalError:
        return True


@odd
def to_discard_what_has_no_hash() -> Any:
    try:
        {1}.discard([])
    except TypeError:
        return True


@odd
def to_look_for_what_has_no_hash() -> Any:
    told = 0
    for look in (lambda: [] in {1}, lambda: {1: 2}.get([]), lambda: {1}.issuperset([[]]), lambda: {2}.isdisjoint([[]])):
        try:
            look()
        except TypeError:
            told += 1
    return told == 4


@odd
def to_look_among_pairs_for_what_has_no_hash() -> Any:
    try:
        return ([], 1) in {"a": 1}.items()
    except TypeError:
        return True


@odd
def a_set_in_a_set_is_found() -> Any:
    return {1} in {frozenset({1})}
