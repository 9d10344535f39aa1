"""What is called impossible is impossible, and values that are found are as they must be."""

from collections.abc import Sequence
from itertools import product
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from runas_properties.following.knowledge import Below, Literal, Number, Same, Text, Within, is_possible, values_for
from runas_properties.following.questions import BLANK

TEXTS = [Text("one"), Text("two"), Text("key", spelling=True)]
NUMBERS = [Number("one"), Number("two")]
SETS = [frozenset(), frozenset("xy"), frozenset("yz "), BLANK, frozenset("SMRAUN")]
SOME_TEXTS = ["", "x", "y", "xy", "z", " ", "zz", "a", "\x1c", "ssm-user", "SSMSessionRunAs", "ssmsessionrunas"]
SOME_NUMBERS = [-1, 0, 1, 2, 3, 7]

texts = st.sampled_from([*TEXTS, *TEXTS, "", "x", "y", " ", "ssm-user", "SSMSessionRunAs"])
numbers = st.sampled_from([*NUMBERS, *NUMBERS, 0, 1, 2])
literals = st.one_of(
    st.builds(Same, st.sampled_from(TEXTS), texts, st.booleans()),
    st.builds(Same, st.sampled_from(NUMBERS), numbers, st.booleans()),
    st.builds(Within, st.sampled_from(TEXTS), st.sampled_from(SETS), st.booleans()),
    st.builds(Below, st.sampled_from(NUMBERS), st.integers(-1, 3), st.booleans()),
)


def is_true(literal: Literal, values: dict[Any, Any]) -> bool:
    match literal:
        case Same(one, other, holds):
            return bool(values.get(one, one) == values.get(other, other)) == holds
        case Within(text, characters, holds):
            return (set(values[text]) <= characters) == holds
    return bool(values[literal.number] < literal.bound) == literal.holds


def are_true(several: Sequence[Literal], values: dict[Any, Any]) -> bool:
    key = values[TEXTS[2]]
    return bool(key.lower() == "ssmsessionrunas" and all(is_true(literal, values) for literal in several))


EVERY = [
    {**dict(zip(TEXTS, chosen, strict=True)), **dict(zip(NUMBERS, ids, strict=True))}
    for chosen in product(SOME_TEXTS, SOME_TEXTS, SOME_TEXTS[-2:])
    for ids in product(SOME_NUMBERS, SOME_NUMBERS)
]


@given(st.lists(literals, max_size=6))
def test_what_is_impossible_is_true_of_no_values(several: list[Literal]) -> None:
    if not is_possible(several):
        assert not any(are_true(several, values) for values in EVERY)


@given(st.lists(literals, max_size=6), st.integers(0, 3))
def test_values_that_are_found_are_as_all_that_is_known_says(several: list[Literal], style: int) -> None:
    terms: list[Text | Number] = [*TEXTS, *NUMBERS]
    found = values_for(several, terms, style)

    if found is None:
        assert not any(are_true(several, values) for values in EVERY)
    else:
        assert are_true(several, dict(zip(terms, found, strict=True)))


def test_much_is_known_to_be_impossible() -> None:
    one, two, key = TEXTS

    assert not is_possible([Same(one, two), Same(two, "a"), Same(one, "b")])
    assert not is_possible([Same(one, two), Same(two, one, holds=False)])
    assert not is_possible([Within(one, frozenset("x")), Within(one, frozenset("y")), Same(one, "", holds=False)])
    assert not is_possible([Within(one, frozenset("x")), Within(one, frozenset("xy"), holds=False)])
    assert not is_possible([Same(key, "Team")])
    assert not is_possible([Within(key, BLANK)])
    assert not is_possible([Below(NUMBERS[0], 1), Below(NUMBERS[0], 1, holds=False)])
    assert not is_possible([Below(NUMBERS[0], 2), Below(NUMBERS[0], 1, holds=False), Same(NUMBERS[0], 1, holds=False)])
