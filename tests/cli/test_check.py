"""The command `check`: recorded decisions held to the specification, and files that cannot be read."""

import json
from pathlib import Path
from typing import Any

import pytest

from runas_cli.main import main
from runas_properties.oracle.recorded import AGENT_DECISIONS, AGENT_KNOWN

USERS = [{"name": "alice", "uid": 2001, "gid": 2001}, {"name": "ssm-user", "uid": 9, "gid": 9}]


def row(**changes: object) -> dict[str, Any]:
    started = {"started_as": "alice", "uid": 2001}
    base = {"id": "r-1", "run_as_enabled": True, "tag": "alice", "default_user": None, "outcome": started}
    return {**base, **changes}


def document(path: Path, *rows: dict[str, Any], users: list[Any] | None = None) -> str:
    path.write_text(json.dumps({"os_users": USERS if users is None else users, "decisions": rows}))
    return str(path)


def lines(path: Path, *rows: object) -> str:
    path.write_text("\n".join(json.dumps(one) for one in rows))
    return str(path)


def test_check_explains_all_of_the_agents_decisions(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(AGENT_DECISIONS), "--reading", "agent", "--known", str(AGENT_KNOWN)]) == 0
    assert "0 unexplained" in capsys.readouterr().out


def test_check_without_the_known_departures_does_not_hold(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(AGENT_DECISIONS), "--reading", "agent", "--json"]) == 1

    report = json.loads(capsys.readouterr().out)
    assert (report["rows"], report["agreed"], report["unexplained"]) == (577, 537, 40)
    assert main(["check", str(AGENT_DECISIONS), "--reading", "agent"]) == 1
    assert "and 30 more" in capsys.readouterr().out


def test_a_known_kind_that_does_not_occur_does_not_hold(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["check", document(tmp_path / "a.json", row()), "--known", str(AGENT_KNOWN)]) == 1
    assert "take it off the list" in capsys.readouterr().out


def test_json_lines_take_os_users_from_a_first_line_or_the_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = lines(tmp_path / "a.jsonl", {"os_users": USERS}, row(), row(id="r-2", ssm_user_present=False))
    second = lines(tmp_path / "b.jsonl", row(os_users=USERS, ssm_user_present=False), row(os_users=USERS))

    assert main(["check", first]) == 0
    assert main(["check", second]) == 0
    assert capsys.readouterr().out.count("2 recorded decisions: 2 agreed") == 2


def test_a_document_may_give_its_os_users_last(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"decisions": [row()] * 3, "about": [1], "os_users": USERS}))

    assert main(["check", str(path)]) == 0
    assert "3 recorded decisions: 3 agreed" in capsys.readouterr().out


@pytest.mark.parametrize(
    "outcome",
    [{"started_as": "ops"}, {"refused": "no"}, {"started_as": "alice", "uid": 7}],
    ids=["another user", "refused", "another uid"],
)
def test_a_row_that_differs_departs(
    outcome: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", document(tmp_path / "a.json", row(outcome=outcome))]) == 1
    assert "1 unexplained" in capsys.readouterr().out


def test_a_row_that_creates_an_os_user_departs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", document(tmp_path / "a.json", row(created=["alice"]))]) == 1
    assert "laws broken: none" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"tag": ["alice"]}, "decision 1, field tag: Expected `str | null`, got `array`"),
        ({"tag": 7}, "field tag"),
        ({"run_as_enabled": "yes"}, "decision 1 (r-1), field run_as_enabled: 'yes' is not a truth value"),
        ({"run_as_enabled": {}}, "field run_as_enabled"),
        ({"platform": "amiga"}, "field platform: unknown platform 'amiga'"),
        ({"outcome": {}}, "field outcome: either started_as or refused"),
        ({"outcome": {"started_as": "a", "refused": "b"}}, "field outcome"),
        ({"colour": "red"}, "unknown field `colour`"),
        ({"os_users": []}, "ssm-user is not among the OS users"),
        ({"os_users": [{"name": "a", "uid": 1, "gid": 1}, {"name": "a", "uid": 2, "gid": 1}]}, "'a' stands twice"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_never_agrees(
    changes: dict[str, Any], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = row(ssm_user_present=True, **changes)
    assert main(["check", document(tmp_path / "a.json", bad)]) == 2
    error = capsys.readouterr().err
    assert words in error
    assert "a.json" in error

    assert main(["check", lines(tmp_path / "b.jsonl", {"os_users": USERS}, row(), bad)]) == 2
    assert "line 3" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "cut short"),
        (b"hello", "not JSON"),
        (b"\xff\xfe\x00", "not JSON"),
        (b"[1, 2]", "no os_users found"),
        (b"{}", "os_users"),
        (json.dumps({"os_users": USERS, "decisions": [row(), row()]}).encode()[:-60], "cut short"),
        (b'{"os_users": 7, "decisions": []}', "os_users"),
        (b'{"decisions": []}', "no os_users found"),
        (b'{"about": "' + b"x" * (4 << 20), "bad, about: longer than 1048576 characters"),
        (b'{"os_users": [], "decisions": ["' + b"x" * (4 << 20), "bad, decision 1: longer than 1048576 characters"),
        (b'{"decisions": [{"id": 1}, {"id"', "bad, decisions: not JSON, or cut short"),
        (json.dumps({"os_users": USERS, "decisions": []}).encode(), "holds no decisions"),
        (json.dumps(row()).encode(), "field os_users: no OS users"),
        (json.dumps({"os_users": USERS}).encode() + b"\n\n" + b'{"id": ', "line 3: not JSON"),
        (json.dumps({"os_users": USERS}).encode() + b"\n" + b'{"id": "' + b"x" * (2 << 20), "line 2: longer than"),
        (b"a" * (2 << 20), "not JSON"),
        (b"[" * 100_000, "not JSON"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    content: bytes, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad"
    path.write_bytes(content)

    assert main(["check", str(path)]) == 2

    error = capsys.readouterr().err
    assert str(path) in error
    assert words in error
    assert error.count("\n") == 1


def test_a_directory_and_a_missing_file_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path)]) == 2
    assert main(["check", str(tmp_path / "none.json")]) == 2

    error = capsys.readouterr().err
    assert "Is a directory" in error
    assert "No such file" in error


@pytest.mark.parametrize(
    "text", ["known = 7", "[[known]]\nkind = 'a'", "[", "[[known]]\nkind='a'\nreason=''\nwhen={name='('}"]
)
def test_a_list_of_known_departures_that_cannot_be_read_is_named(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = tmp_path / "known.toml"
    known.write_text(text)

    assert main(["check", str(AGENT_DECISIONS), "--known", str(known)]) == 2
    assert main(["check", str(AGENT_DECISIONS), "--known", str(tmp_path / "none.toml")]) == 2
    assert capsys.readouterr().err.count(str(tmp_path)) == 2


def test_a_report_changes_nothing_of_what_is_printed_and_how_it_ends(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.json"
    command = ["check", str(AGENT_DECISIONS), "--reading", "agent"]
    plain = main(command), capsys.readouterr()
    reported = main([*command, "--report", f"json={report}"]), capsys.readouterr()

    assert reported == plain
    assert plain[0] == 1
    assert json.loads(report.read_text())["conforms"] is False


def test_a_report_that_cannot_be_written_is_told_before_rows_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "no-such-file", "--report", f"html={tmp_path}"]) == 2
    assert capsys.readouterr().err == f"runas-spec: {tmp_path}: Is a directory\n"
