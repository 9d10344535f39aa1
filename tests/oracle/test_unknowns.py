"""Unknown values: the same only where that is known, and what an operation can break of a law at all."""

import pytest

from runas_model.specification.vocabulary import Name
from runas_properties.oracle.unknowns import Unknown, UnknownTable, can_break, unknown_step


def test_unknown_values_are_the_same_only_where_that_is_known() -> None:
    one, other = Unknown("one"), Unknown("other")

    assert (one == Unknown("one")) is True
    assert isinstance(one == other, Unknown)
    assert one.any_of([one, one.negated()]) is True
    assert one.all_of([one, one.negated()]) is False
    assert one.all_of([True, one]) is one
    assert one.any_of([one, True]) is True
    assert one.negated().negated() is one
    assert one.choose(other, other) is other
    assert isinstance(one.choose(one, other), Unknown)
    assert (one.is_blank() == one.is_blank()) is True
    assert isinstance(UnknownTable("t", Name("")).under(one).has(other), Unknown)
    with pytest.raises(TypeError, match="unknown"):
        bool(one)


def test_starting_a_session_leaves_the_preferences_alone_whatever_it_decides() -> None:
    for changed, may_break in (("sessions", False), ("documents", True)):
        step = unknown_step("start_session", True, True, frozenset({changed}))
        assert can_break("documents-change-only-as-asked", step) is may_break
