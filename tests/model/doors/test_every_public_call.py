"""No public call takes a wrong kind of value without a word: each is tried with some, or said to take none."""

from collections.abc import Callable, Iterator
from inspect import Parameter, signature
from typing import Any

import pytest

from model.doors.public import callables, parameters, right_for, wrong_for
from model.doors.takes_none import TAKES_NONE

CALLABLES = callables()
TRIED = {name: one for name, one in CALLABLES.items() if name not in TAKES_NONE and signature(one).parameters}


def cases() -> Iterator[tuple[str, str]]:
    for name, function in TRIED.items():
        yield from ((name, parameter) for parameter in parameters(function))


def test_every_public_callable_is_tried_or_said_to_take_none() -> None:
    untried = [
        name
        for name, function in TRIED.items()
        if not any(wrong_for(hint) for _, hint in parameters(function).values())
    ]
    assert untried == [], "takes nothing that could be wrong: say why in tests/model/doors/takes_none.py"
    assert [name for name in TAKES_NONE if name not in CALLABLES] == []
    assert [name for name, why in TAKES_NONE.items() if not why.endswith(".")] == []


def given(function: Callable[..., Any], tried: str, value: Any, examples: dict[Any, Any]) -> Any:
    """Call a function with right values for what it needs, and this one for the parameter that is tried."""
    positional, named = [], {}
    for name, (parameter, hint) in parameters(function).items():
        if name == tried or parameter.default is Parameter.empty:
            one = value if name == tried else right_for(name, hint, examples)
            if parameter.kind in (Parameter.POSITIONAL_ONLY, Parameter.VAR_POSITIONAL):
                positional.append(one)
            else:
                named[name] = one
    return function(*positional, **named)


@pytest.mark.parametrize(("name", "tried"), list(cases()))
def test_a_wrong_kind_of_value_is_refused_by_the_name_of_its_parameter(
    name: str, tried: str, examples: dict[Any, Any]
) -> None:
    hint = parameters(TRIED[name])[tried][1]
    for wrong in wrong_for(hint):
        with pytest.raises((TypeError, ValueError), match=rf"\b{tried}\b"):
            given(TRIED[name], tried, wrong, examples)
