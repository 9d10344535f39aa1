"""The connectives of the concrete universe, by their tables: what every other universe is held to."""

from itertools import product

from runas_model.specification.vocabulary import OsUser, PosixId
from runas_model.universes import all_of, any_of, choose, equal, implies, is_blank, not_
from runas_model.universes.connectives import WHITE_SPACE, folded, spelled


def test_each_connective_has_the_truth_table_that_its_name_says() -> None:
    for one, other in product((True, False), repeat=2):
        assert all_of(one, other) is (one and other)
        assert any_of(one, other) is (one or other)
        assert implies(one, other) is (other if one else True)
        assert choose(one, "then", "otherwise") == ("then" if one else "otherwise")
        assert choose(one, other, not_(other)) is (other is one)
    assert (not_(True), not_(False)) == (False, True)
    assert (all_of(), any_of()) == (True, False)
    assert (all_of(True, True, False), any_of(False, False, True)) == (False, True)


def test_records_are_equal_where_every_field_is() -> None:
    ids = [PosixId(0), PosixId(1)]
    for one, other in product(product(ids, repeat=2), repeat=2):
        assert equal(OsUser(*one), OsUser(*other)) is (one == other)


def test_a_name_is_blank_where_it_has_white_space_alone() -> None:
    assert all(is_blank(name) for name in ("", *WHITE_SPACE, WHITE_SPACE))
    assert not any(is_blank(name) for name in ("x", " x", "\x1c", "\x1f ", "\u200b", "0", "None"))


def test_a_key_is_folded_to_that_of_every_other_case_and_spelled_as_it_is() -> None:
    assert folded("SSMSessionRunAs") == folded("ssmsessionrunas") == folded("SSMSESSIONRUNAS")
    assert folded("Team") != folded("Teams")
    assert spelled("Team") == "Team"
