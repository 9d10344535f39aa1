"""The glossary of named parts."""

from runas_model import OPERATIONS
from runas_model.universes.naming import NAMED
from runas_model.words import glossary
from runas_properties.laws import LAWS

assert LAWS  # whose parts are named when they are imported


def test_every_named_part_is_told_once_from_its_function() -> None:
    told = {entry.phrase: entry.meaning for entry in glossary()}

    assert told["an OS user is named"] == "the caller has a Run As tag that counts or the preferences name an OS user"
    assert {entry.id for entry in glossary()} == set(NAMED)


def test_no_two_named_parts_have_the_same_phrase() -> None:
    phrases = [(entry.phrase, entry.operations) for entry in glossary()]

    assert len(phrases) == len(set(phrases))


def test_a_part_that_depends_on_the_operation_is_told_for_each_group_of_operations() -> None:
    told = [entry for entry in glossary() if entry.id == "account_of"]

    assert sorted(operation for entry in told for operation in entry.operations) == sorted(OPERATIONS)
    assert "the operation's account" in {entry.meaning for entry in told}
