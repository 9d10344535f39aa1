"""What cannot be followed is refused, with what it is and the line."""

# mypy: ignore-errors
# ruff: noqa
# What nobody would write so is the point.

from collections.abc import Callable
from typing import Any

import pytest

from runas_properties.following.interpreter import Interpreter
from runas_properties.following.knowledge import Number, Text
from runas_properties.following.paths import NotFollowed, Path

REFUSED: dict[Callable[..., Any], str] = {}


def refused(because: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A function of a name, a number and a list of users, which is refused in its last line, and why."""

    def register(function: Callable[..., Any]) -> Callable[..., Any]:
        REFUSED[function] = because
        return function

    return register


class Thing:
    part = {"a": 1}


@refused("a constant of the type complex")
def a_complex_number(name: Any, number: Any, users: Any) -> Any:
    return 1j


@refused("a sign before what is not known")
def a_sign(name: Any, number: Any, users: Any) -> Any:
    return -number


@refused("the operator MatMult")
def an_operator_of_matrices(name: Any, number: Any, users: Any) -> Any:
    return number @ number


@refused("a text made of what is not known")
def a_text_made(name: Any, number: Any, users: Any) -> Any:
    return f"{name}"


@refused("a slice by what is not known")
def a_slice(name: Any, number: Any, users: Any) -> Any:
    return [1, 2][:number]


@refused("a function with type parameters, a generator or an asynchronous one")
def a_generator_inside(name: Any, number: Any, users: Any) -> Any:
    return lambda: (yield)


@refused("an assignment with a star")
def a_star_on_the_left(name: Any, number: Any, users: Any) -> Any:
    first, *rest = users


@refused("it sets an attribute of an object, so that one call may depend on another")
def an_attribute_set(name: Any, number: Any, users: Any) -> Any:
    Thing.part = name


@refused("a place in a list that is not known")
def a_place_set(name: Any, number: Any, users: Any) -> Any:
    several = [1, 2]
    several[number] = 3


@refused("it sets a part of what is neither a list nor a dict")
def a_part_of_a_number(name: Any, number: Any, users: Any) -> Any:
    number[0] = 1


@refused("a call of `hash`")
def a_hash(name: Any, number: Any, users: Any) -> Any:
    return hash(name)


@refused("`isinstance` with a class other than those of plain values")
def a_class_of_its_own(name: Any, number: Any, users: Any) -> Any:
    return isinstance(name, Thing)


@refused("`isinstance` of an object")
def a_class_of_an_object(name: Any, number: Any, users: Any) -> Any:
    return isinstance(Thing, str)


@refused("`type` of an object")
def a_type_of_an_object(name: Any, number: Any, users: Any) -> Any:
    return type(Thing)


@refused("`len` with such arguments")
def a_length_of_two(name: Any, number: Any, users: Any) -> Any:
    return len(users, users)


@refused("`len` with arguments by name")
def a_length_by_name(name: Any, number: Any, users: Any) -> Any:
    return len(obj=users)


@refused("`next` of what is no iterator")
def the_next_of_a_list(name: Any, number: Any, users: Any) -> Any:
    return next(users)


@refused("`enumerate` from a number that is not known")
def counted_from_somewhere(name: Any, number: Any, users: Any) -> Any:
    return enumerate(users, number)


@refused("`reversed` of what is neither a list nor a tuple")
def a_number_reversed(name: Any, number: Any, users: Any) -> Any:
    return reversed(number)


@refused("the order of values that are not known: `sorted`")
def in_order(name: Any, number: Any, users: Any) -> Any:
    return sorted([name, "a"])


@refused("`join` with a name that is not known")
def joined(name: Any, number: Any, users: Any) -> Any:
    return "-".join([name])


@refused("`upper` of a name that is not known: it looks into the name")
def in_capitals(name: Any, number: Any, users: Any) -> Any:
    return name.upper()


@refused("`append` with arguments by name")
def appended_by_name(name: Any, number: Any, users: Any) -> Any:
    return [].append(object=1)


@refused("the attribute `sort` of a list")
def sorted_in_place(name: Any, number: Any, users: Any) -> Any:
    return [2, 1].sort()


@refused("`append` of a list with such arguments")
def two_appended(name: Any, number: Any, users: Any) -> Any:
    return [].append(1, 2)


@refused("`get` of a dict with such arguments")
def got_from_a_dict_by_three(name: Any, number: Any, users: Any) -> Any:
    return {"a": 1}.get("a", 1, 2)


@refused("`add` of a set with such arguments")
def two_added(name: Any, number: Any, users: Any) -> Any:
    return {1}.add(2, 3)


@refused("`del` of a part of what is no dict")
def a_part_deleted(name: Any, number: Any, users: Any) -> Any:
    del users[0]


@refused("`del` of this")
def an_attribute_deleted(name: Any, number: Any, users: Any) -> Any:
    del Thing.part


@refused("`raise` without an exception")
def raised_again(name: Any, number: Any, users: Any) -> Any:
    raise


@refused("`raise` of what is no exception")
def a_name_raised(name: Any, number: Any, users: Any) -> Any:
    raise name


@refused("an operator before = on a part of something")
def a_part_counted(name: Any, number: Any, users: Any) -> Any:
    users[0] += 1


@refused("an operator before = on a set")
def a_set_joined(name: Any, number: Any, users: Any) -> Any:
    several = {1}
    several |= {2}


@refused("the statement With")
def within_something(name: Any, number: Any, users: Any) -> Any:
    with name:
        pass


@refused("the order of values that are not known: `<`")
def before_another(name: Any, number: Any, users: Any) -> Any:
    return name < "a"


@refused("a list as a key or in a set")
def a_list_as_a_key(name: Any, number: Any, users: Any) -> Any:
    return {(): 1}.get([name])


@refused("the length of a name that is not known")
def a_length(name: Any, number: Any, users: Any) -> Any:
    return len(name)


@refused("a place that is not known")
def a_place(name: Any, number: Any, users: Any) -> Any:
    return users[number]


@refused("a part of a name that is not known")
def a_letter(name: Any, number: Any, users: Any) -> Any:
    return name[0]


@refused("the operator Add on values that are not known, or on such large ones")
def one_more(name: Any, number: Any, users: Any) -> Any:
    return number + 1


@refused("a loop over a name that is not known")
def letter_by_letter(name: Any, number: Any, users: Any) -> Any:
    for letter in name:
        pass


@refused("a loop over a set, whose order differs from run to run")
def over_a_set(name: Any, number: Any, users: Any) -> Any:
    for one in {"a", "b"}:
        pass


@refused("arguments by names that are not known")
def by_unknown_names(name: Any, number: Any, users: Any) -> Any:
    return dict(**{name: 1})


@pytest.mark.parametrize("function", REFUSED, ids=lambda function: function.__name__)
def test_what_cannot_be_followed_is_refused_with_its_line(function: Callable[..., Any]) -> None:
    users = [Text("user")]

    with pytest.raises(NotFollowed) as stop:
        Interpreter(Path([], [])).call(function, (Text("name"), Number("number"), users), {})

    assert stop.value.what == REFUSED[function]
    assert stop.value.place is not None
    file, line = stop.value.place
    assert file == __file__
    assert line > function.__code__.co_firstlineno
