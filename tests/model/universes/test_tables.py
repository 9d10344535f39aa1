"""Tables made once and persistent tables answer alike."""

from runas_model.universes.tables import FixedTable, Table

ENTRIES = [("alice", 7), ("ops", 8)]
FIXED, PERSISTENT = FixedTable.of(0, ENTRIES), Table.of(0, ENTRIES)


def test_tables_of_the_same_entries_are_equal_whichever_kind_they_are() -> None:
    assert FIXED == PERSISTENT
    assert PERSISTENT == FIXED
    assert FixedTable.of(0, reversed(ENTRIES)) == FIXED
    assert len({FIXED, PERSISTENT}) == 1
    assert FixedTable.of(0, ENTRIES[:1]) != FIXED
    assert FixedTable.of(1, ENTRIES) != FIXED
    assert dict(ENTRIES) != FIXED


def test_both_kinds_tell_what_is_there_from_what_is_not() -> None:
    for table in (FIXED, PERSISTENT):
        assert (table.has("alice"), table.has("Alice")) == (True, False)
        assert (table["alice"], table["Alice"]) == (7, 0)
        assert {"alice", "ops"} == set(table)
        assert len(table) == 2


def test_changing_a_table_leaves_the_old_one_as_it_was() -> None:
    for table in (FIXED, PERSISTENT):
        assert table.put("alice", 9)["alice"] == 9
        assert not table.drop("alice").has("alice")
        assert table["alice"] == 7
