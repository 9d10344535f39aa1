"""Records: whose decisions they are, and truth values as the agent writes them."""

import json
from pathlib import Path

import pytest

from runas_model.inputs.records import implementation_recorded, parse_run_as_enabled


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        (True, True),
        (False, False),
        (None, False),
        ("", False),
        ("true", True),
        ("TRUE", True),
        ("1", True),
        ("0", False),
        ("f", False),
    ],
)
def test_run_as_enabled_is_read_as_the_agent_reads_it(text: bool | str | None, meaning: bool) -> None:
    assert parse_run_as_enabled(text) is meaning


@pytest.mark.parametrize("text", ["yes", "tRUE", " true", "on"])
def test_other_words_for_run_as_enabled_are_errors(text: str) -> None:
    with pytest.raises(ValueError, match="not a truth value"):
        parse_run_as_enabled(text)


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
