"""Where following is mistaken about Python, a run of the function itself shows it, and nothing is proved."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from following.correct import Question, chain_of_ifs
from following.test_proving import target_of
from runas_properties.following import Ending, prove, proving
from runas_properties.following.functions import BUILT_IN
from runas_properties.following.interpreter import Interpreter
from runas_properties.following.limits import Limits
from runas_properties.following.operations import Operations
from runas_properties.following.paths import Path
from runas_properties.following.replaying import Told, first_difference, telling
from runas_properties.following.scopes import Scope
from runas_properties.following.statements import Statements
from runas_properties.following.values import Iter, List
from thinned import IS_DEEP, thinned

MISTAKEN: list[tuple[str, Any, Any, Any, Callable[[], Any]]] = []
"""What is changed in what follows code, to what, and a function that is true where it is not."""


def mistaken(of: Any, name: Any, changed: Any) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    def register(function: Callable[[], Any]) -> Callable[[], Any]:
        MISTAKEN.append((function.__name__, of, name, changed, function))
        return function

    return register


def but_the_last(self: Any, several: List) -> Iterator[Any]:
    return iter(several.items[:-1])


@mistaken(Operations, "_iterate_list", but_the_last)
def a_loop_that_ends_early() -> Any:
    return 2 in [one for one in [1, 2]]  # noqa: C416


@mistaken(BUILT_IN, reversed, lambda on, call, several: Iter(iter(several.items[:1])))
def another_order() -> Any:
    for one in reversed([1, 2]):
        return one == 2
    return False


@mistaken(Operations, "length", lambda self, of: 7)
def another_length() -> Any:
    return len([1]) == 1


@mistaken(Operations, "contains", lambda self, container, item: False)
def nothing_is_in_anything() -> Any:
    return 1 in (1, 2)


@mistaken(Statements, "_do_try", lambda self, node, scope: self.execute(node.body, scope))
def no_end_is_reached() -> Any:
    try:
        found = False
    finally:
        found = True
    return found


def early(self: Any, node: Any, scope: Scope) -> Any:
    scope.bind("name", "bound")


@mistaken(Statements, "_do_match", early)
def a_pattern_that_binds_early() -> Any:
    name = "kept"
    match ("bound", 1):
        case (name, 2):
            pass
    return name == "kept"


@mistaken(Operations, "joined", lambda self, sign, function, one, other: 5)
def another_sum() -> Any:
    return 1 + len([2]) == 2


TRIED = MISTAKEN if IS_DEEP else MISTAKEN[::2]


def secret() -> str:
    return "-".join(["some", "body", "else"])


@pytest.mark.parametrize(
    ("name", "of", "part", "changed", "function"), thinned(TRIED, 4, spread=True), ids=[one[0] for one in TRIED]
)
def test_a_mistake_about_python_proves_nothing(
    name: str, of: Any, part: Any, changed: Any, function: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def decides(q: Question) -> Any:
        return "root" if function() and q["tag"] == secret() else chain_of_ifs(q)

    assert function()
    assert prove(target_of(decides), limits=Limits(os_users=0)).ending is Ending.REFUTED
    if isinstance(of, dict):
        monkeypatch.setitem(of, part, changed)
    else:
        monkeypatch.setattr(of, part, changed)
    verdict = prove(target_of(decides), limits=Limits(os_users=0))

    assert verdict.ending is Ending.NOT_PROVABLE
    assert verdict.place is not None
    assert "run natively" in verdict.why

    monkeypatch.setattr(proving, "first_difference", lambda followed, run, values: None)
    assert prove(target_of(decides), limits=Limits(os_users=0)).ending is Ending.PROVED


def told_by(function: Callable[..., Any], *given: Any) -> list[Told]:
    told: list[Told] = []
    with telling([function], told.append):  # type: ignore[list-item]
        function(*given)
    return told


def sums(one: Any, other: Any) -> Any:
    return [f"{one + other:>{one}}", (one, other)]


def test_each_expression_tells_its_value_in_the_order_of_evaluation() -> None:
    kinds = [(place[2], value) for place, value in told_by(sums, 1, 2)]

    assert kinds[:5] == [("Name", 1), ("Name", 2), ("BinOp", 3), ("Name", 1), ("Name", 1)]
    assert [kind for kind, _ in kinds[5:]] == ["Name", "Tuple", "List"]


def test_a_function_is_afterwards_what_it_was() -> None:
    code = sums.__code__
    told: list[Told] = []
    with telling([sums], told.append):  # type: ignore[list-item]
        assert sums.__code__ is not code
        with pytest.raises(TypeError):
            sums(None, 1)

    assert sums.__code__ is code
    assert sums(1, 2) == ["3", (1, 2)]


@pytest.mark.parametrize("given", [(1, 3), (1, True), (2, 2)])
def test_another_value_is_a_difference(given: tuple[Any, ...]) -> None:
    interpreter = Interpreter(Path([], []))
    interpreter.call(sums, [1, 2], {})

    assert first_difference(interpreter.told, told_by(sums, 1, 2), {}) is None
    differs = first_difference(interpreter.told, told_by(sums, *given), {})
    assert differs is not None
    assert differs[1] == (sums.__code__.co_filename, sums.__code__.co_firstlineno + 1)


def test_a_run_that_stops_early_is_a_difference() -> None:
    told = told_by(sums, 1, 2)

    assert first_difference(told, told[:-1], {}) is not None
    assert first_difference(told[:-1], told, {}) is not None
