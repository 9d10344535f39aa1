"""Records: whose decisions they are."""

import json
from pathlib import Path

import pytest

from runas_model.inputs.records import implementation_recorded


@pytest.mark.parametrize(("given", "expected"), [("ours 1", "ours 1"), (7, ""), (None, "")])
def test_whose_decisions_they_are_is_read_of_lines(given: object, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    heading = {"os_users": []} if given is None else {"os_users": [], "implementation": given}
    path.write_text(f'{json.dumps(heading)}\n{{"id": "r-1"}}\n')

    assert implementation_recorded(path) == expected


@pytest.mark.parametrize(("member", "expected"), [('"implementation": "ours"', "ours"), ('"x": [1]', "")])
def test_whose_decisions_they_are_is_read_of_a_document(member: str, expected: str, tmp_path: Path) -> None:
    path = tmp_path / "document.json"
    path.write_text(f'{{"os_users": [],\n "decisions": [], {member}}}')

    assert implementation_recorded(path) == expected


def test_a_member_behind_the_decisions_is_not_looked_for_where_only_the_heading_counts(tmp_path: Path) -> None:
    path = tmp_path / "document.json"
    path.write_text('{"os_users": [], "decisions": [], "implementation": "ours"}')

    assert implementation_recorded(path, before_decisions=True) == ""
    assert implementation_recorded(path) == "ours"
