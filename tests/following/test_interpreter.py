"""Following code gives what Python gives, wherever all is known."""

from collections.abc import Callable
from typing import Any

import pytest

from following.snippets import SNIPPETS
from runas_properties.following.interpreter import Interpreter
from runas_properties.following.methods import PYTHON_SPACES
from runas_properties.following.paths import NotFollowed, Path
from runas_properties.following.values import Dict, List, Raised, Set, View

NOT_FOLLOWED = ["operators([1], [2])", "tables([],)", "unpacking(None,)", "sets([True, 1, 0, False],)"]
NOT_FOLLOWED += ["a_stop_within([],)", "generators([],)", "generators([0, 0],)"]
"""Snippets of which some part is refused: a list that is repeated, one as a key, truth values in sets, and the like."""


def followed(value: Any) -> Any:
    """A value of Python as one that the run made."""
    match value:
        case list():
            return List(list(map(followed, value)))
        case dict():
            return Dict([(followed(key), followed(one)) for key, one in value.items()])
        case tuple():
            return tuple(map(followed, value))
    return value


def plain(value: Any) -> Any:
    """The other way round."""
    match value:
        case List(items=items):
            return list(map(plain, items))
        case Dict(entries=entries):
            return {plain(key): plain(one) for key, one in entries}
        case Set(items=items):
            return set(map(plain, items))
        case tuple():
            return tuple(map(plain, value))
        case View():
            raise AssertionError("a snippet returns no view")
    return value


def outcome(run: Callable[[], Any]) -> tuple[str, Any]:
    try:
        return "returned", run()
    except Raised as raised:
        return "raised", raised.kind
    except (TypeError, LookupError, ValueError, ArithmeticError, AttributeError, RuntimeError, NameError) as error:
        return "raised", type(error)
    except StopIteration as error:
        return "raised", type(error)


@pytest.mark.parametrize(("function", "given"), SNIPPETS, ids=[f"{f.__name__}{given}" for f, given in SNIPPETS])
def test_a_snippet_gives_what_python_gives(function: Callable[..., Any], given: tuple[Any, ...]) -> None:
    copied = followed(given)
    try:
        got = outcome(lambda: plain(Interpreter(Path([], [])).call(function, copied, {})))
    except NotFollowed:
        if f"{function.__name__}{given}" not in NOT_FOLLOWED:
            raise
        return
    expected = outcome(lambda: function(*given))

    assert got == expected
    assert repr(got) == repr(expected)  # 1 is not True here


def test_what_python_takes_for_white_space_is_known() -> None:
    every = {chr(code) for code in range(0x110000)}

    assert {letter for letter in every if not letter.strip()} == PYTHON_SPACES
    assert {letter for letter in every if letter.isspace()} == PYTHON_SPACES
