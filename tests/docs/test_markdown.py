"""Markdown that is made: tables, anchors, code and words."""

import pytest

from spec_site.markdown import anchor, code, table, words


def test_a_table_without_rows_fails_the_build() -> None:
    with pytest.raises(ValueError, match="nothing to show under Law, Says"):
        table(("Law", "Says"), [])


def test_a_bar_in_a_cell_does_not_end_it() -> None:
    assert table(("A",), [["x | y"]]).splitlines()[-1] == "| x \\| y |"


def test_anchors_are_such_as_can_be_written_in_an_address() -> None:
    assert anchor("operation", "start_session") == "operation-start-session"


def test_code_that_has_fences_gets_longer_ones() -> None:
    assert code("a\n```\nb").startswith("````text\n")


def test_a_hostile_name_is_shown_as_it_is_and_what_cannot_be_seen_is_written_out() -> None:
    assert words("tagged al\0ice, *x*") == r"tagged al\\x00ice, \*x\*"
