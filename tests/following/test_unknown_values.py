"""What is found of values that are not known is so of all: each has one path, which gives what Python does."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from following.test_knowledge import is_true
from runas_properties.following.interpreter import Interpreter
from runas_properties.following.knowledge import Number, Text
from runas_properties.following.paths import Path, paths_of
from runas_properties.following.replaying import Told, first_difference, telling
from runas_properties.following.values import Raised

ONE, OTHER, KEY, ID = Text("one"), Text("other"), Text("key", spelling=True), Number("id")
NAMES = [
    "",
    " ",
    "\x1c",
    "a",
    "A",
    "alice",
    "aa",
    "\u00df",
    "\u0130",
    "ssmsessionrunas",
    "SSMSessionRunAs",
    "0",
    "\u3000",
]
KEYS = ["SSMSessionRunAs", "ssmsessionrunas", "SSMSESSIONRUNAS"]
IDS = [-1, 0, 1, 2, 65_534]
ASKED: list[Callable[..., Any]] = []


def asks(function: Callable[..., Any]) -> Callable[..., Any]:
    ASKED.append(function)
    return function


@asks
def equality(a: Any, b: Any, key: Any, number: Any) -> Any:
    return [a == b, a != "a", a == key, b is None, a == number, a == None, number == True, not a == b]  # noqa: E711, E712, SIM201


@asks
def truth(a: Any, b: Any, key: Any, number: Any) -> Any:
    return [bool(a), not b, bool(key), bool(number), bool(a or b), (b and number) == 0, a if number else b]


@asks
def blanks(a: Any, b: Any, key: Any, number: Any) -> Any:
    return [
        bool(a.strip()),
        a.isspace(),
        bool(b.lstrip("a")),
        b.rstrip("") == "",
        bool(key.strip("SsMm")),
        a.strip() is None,
    ]


@asks
def letters(a: Any, b: Any, key: Any, number: Any) -> Any:
    return [key.lower(), key.upper() == a, key.casefold() == b, key == "SSMSessionRunAs", str(key) == a, str(b)]


@asks
def containers(a: Any, b: Any, key: Any, number: Any) -> Any:
    table = {a: 1, b: 2, "a": 3, key: number}
    return [
        len(table),
        list(table),
        table["a"],
        table.get(a),
        table.get(number),
        a in table,
        b in (a, "a"),
        list(table.values()),
    ]


@asks
def sets(a: Any, b: Any, key: Any, number: Any) -> Any:
    several = {a, b, "a"}
    return [
        len(several),
        {a} == {b},
        a in several,
        {a} <= {b, key},
        len({a} & {b}),
        len({a, number} - {b, 0}),
        {a} | {b} == {a},
    ]


@asks
def lists(a: Any, b: Any, key: Any, number: Any) -> Any:
    several = [a, b, "a", a]
    several.remove("a")
    return [several, several.count(b), several.index(a), [a, number] == [b, 0], (a,) == (b,), several[-1], a in several]


@asks
def orders(a: Any, b: Any, key: Any, number: Any) -> Any:
    return [number < 1, number >= 0, number > -1, 1 >= number > 0, max(number, 1), min([0, number]), number in range(2)]


@asks
def kinds(a: Any, b: Any, key: Any, number: Any) -> Any:
    return [
        isinstance(a, str),
        type(b) is str,
        isinstance(number, (str, int)),
        type(number) == bool,  # noqa: E721
        int(number),
        callable(a),
    ]


@asks
def errors(a: Any, b: Any, key: Any, number: Any) -> Any:
    try:
        return {a: number}[b]
    except KeyError:
        pass
    try:
        if a == "a":
            raise ValueError(b)
        return [a].index("aa")
    except ValueError:
        return "none"
    finally:
        if number == 0:
            return "zero"  # noqa: B012


@asks
def patterns(a: Any, b: Any, key: Any, number: Any) -> Any:
    match {"a": a, "b": [b, number]}:
        case {"a": "a", "b": [name, 0]} if name:
            return name
        case {"a": "" | "aa", "b": [str(name), int(found)]} if found == 1:
            return name, found
        case {"a": name, "b": [other, _]} if name == other:
            return "same"
    return None


@asks
def loops(a: Any, b: Any, key: Any, number: Any) -> Any:
    found = [one for one in (a, b, key) if one != "a"]
    for at, one in enumerate(found):  # noqa: B007
        if one == "alice":
            break
    else:
        at = 9
    return found, at, next((one for one in found if one == b), None), any(one == a for one in found), all([a, number])


@asks
def wrong_arguments(a: Any, b: Any, key: Any, number: Any) -> Any:
    if a == b:
        return len(number)
    return a[None] if False else {"a": [].index}["a"](b)


@pytest.mark.parametrize("function", ASKED, ids=lambda function: function.__name__)
def test_on_the_one_path_of_any_values_following_gives_what_python_gives(function: Callable[..., Any]) -> None:
    def run(path: Path) -> tuple[Any, list[Told]]:
        interpreter = Interpreter(path)
        try:
            interpreter.call(function, [ONE, OTHER, KEY, ID], {})
        except Raised as raised:
            return raised.kind, interpreter.told
        return None, interpreter.told

    paths = list(paths_of(run))

    assert len(paths) > 1 or function is kinds
    for given in product(NAMES, NAMES, KEYS, IDS):
        values: dict[Any, Any] = dict(zip((ONE, OTHER, KEY, ID), given, strict=True))
        ((_, (kind, followed)),) = (
            one for one in paths if all(is_true(literal, values) for literal in one[0].literals)
        )
        told: list[Told] = []
        raised = None
        with telling([function], told.append):  # type: ignore[list-item]
            try:
                function(*given)
            except Exception as error:
                raised = type(error)
        assert raised is kind
        assert first_difference(followed, told, values) is None
