"""Names of functions."""

from typing import Any

import pytest

from runas_model.universes.naming import NAMED, named


@pytest.fixture(autouse=True)
def _other_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("runas_model.universes.naming.NAMED", dict(NAMED))


def test_a_named_function_returns_what_it_would_without_a_name() -> None:
    @named("{number} is even", "{number} is odd")
    def is_even(number: int) -> bool:
        return number % 2 == 0

    assert (is_even(2), is_even(3)) == (True, False)
    assert is_even.__name__ == "is_even"


def test_a_result_that_wants_to_know_its_name_is_told_it_with_the_arguments() -> None:
    class Noting:
        def called(self, part: object, arguments: tuple[object, ...]) -> tuple[object, object]:
            return part, arguments

    @named("it is noted")
    def is_noted(number: int) -> Noting:
        return Noting()

    noted: Any = is_noted(1)
    part, arguments = noted

    assert (part.id, part.holds, part.fails, arguments) == ("is_noted", "it is noted", "", (1,))


def test_two_functions_may_not_have_the_same_phrase() -> None:
    @named("it is so")
    def is_so() -> bool:
        return True

    def is_not_so() -> bool:
        return False

    with pytest.raises(ValueError, match="is_not_so is named as is_so is: give it another id and phrase"):
        named("it is so")(is_not_so)
