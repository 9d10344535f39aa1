"""The command `check`: recorded decisions held to the specification, and files that cannot be read."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from runas_cli.check import BUILT_IN
from runas_cli.main import main
from runas_properties.oracle.recorded import AGENT_DECISIONS, AGENT_FILES, AGENT_KNOWN

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


@pytest.mark.parametrize("files", [AGENT_FILES[:1], AGENT_FILES[1:], AGENT_FILES], ids=["first", "second", "both"])
@pytest.mark.parametrize("listed", [[], ["--known", str(AGENT_KNOWN)]], ids=["its own list", "a list given"])
def test_check_explains_all_of_the_agents_decisions(
    files: tuple[Path, ...], listed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", *map(str, files), "--reading", "agent", *listed]) == 0

    out = capsys.readouterr().out
    assert out.splitlines()[-1] == "0 unexplained"
    assert (BUILT_IN in out) is (listed == [])
    assert ("outside the model" in out) is (AGENT_FILES[1] in files)


def test_check_without_the_known_departures_does_not_hold(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["check", str(AGENT_DECISIONS), "--reading", "agent", "--no-known"]
    assert main([*command, "--json"]) == 1

    report = json.loads(capsys.readouterr().out)["recorded"]
    assert (report["rows"], report["agreed"], report["unexplained"]) == (577, 537, 40)
    assert main(command) == 1
    assert "and 30 more" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("implementation", "code"), [("amazon-ssm-agent 3.4", 0), ("another agent", 1), (None, 1), (7, 1)]
)
def test_the_agents_list_is_for_files_that_say_that_its_decisions_are_in_them(
    implementation: object, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    departs = row(tag=" alice", outcome={"started_as": " alice", "uid": 2001})
    heading = {} if implementation is None else {"implementation": implementation}
    path = tmp_path / "a.json"
    path.write_text(json.dumps({**heading, "os_users": USERS, "decisions": [departs]}))
    by_lines = lines(tmp_path / "a.jsonl", {**heading, "os_users": USERS}, departs)

    assert main(["check", str(path)]) == main(["check", by_lines]) == code
    assert capsys.readouterr().out.count("spaces-lost-in-shell") == 2 * (code == 0)


def test_a_known_kind_that_does_not_occur_does_not_hold(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    known = tmp_path / "known.toml"
    known.write_text("[[known]]\nkind = 'tall'\nreason = 'b'\nwhen = { name = 'tall' }\n")

    assert main(["check", document(tmp_path / "a.json", row()), "--known", str(known)]) == 1
    assert "unused entry: no row matches it; remove it" in capsys.readouterr().out

    known.write_text(f"must_occur = false\n{known.read_text()}")
    assert main(["check", document(tmp_path / "a.json", row()), "--known", str(known)]) == 0


def test_rows_of_all_four_verdicts_are_counted_and_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    elevated = row(id="r-2", session_type="InteractiveCommands", elevated=True, outcome={"refused": "no"})
    departs = row(id="r-3", outcome={"refused": "no"})
    file = document(tmp_path / "a.json", row(), elevated, departs, row(id="r-4", outcome={}), row())

    assert main(["check", file]) == 2

    out, err = capsys.readouterr()
    first, *_, last = out.splitlines()
    assert first == "5 recorded decisions: 2 agreed, 1 departed, 1 outside the model, 1 cannot be read"
    assert "    1 rows  elevated: the session is elevated" in out
    assert f"cannot be read: {file}, decision 4 (r-4), field outcome: " in out
    assert last == "1 unexplained"
    assert err.startswith(f"runas-spec: 1 row cannot be read, the first: {file}, decision 4 (r-4), field outcome: ")


def test_a_document_that_breaks_off_is_reported_as_far_as_it_was_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = document(tmp_path / "a.json", *[row()] * 5000)
    Path(file).write_text(Path(file).read_text()[:-60])

    assert main(["check", file]) == 2

    out, err = capsys.readouterr()
    assert "0 departed" in out
    assert "INTERRUPTED after" in out
    assert "cut short" in err


def test_the_report_as_data_is_as_its_schema_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    schema = json.loads((files("runas_cli") / "check.schema.json").read_text())
    bad = document(tmp_path / "a.json", row(), row(outcome={}))
    for command in (["check", str(AGENT_FILES[1]), "--json"], ["check", bad, "--json"]):
        main(command)
        jsonschema.validate(json.loads(capsys.readouterr().out), schema)


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
    out = capsys.readouterr().out
    assert "(creating nobody) by " in out
    assert "created ['alice']" in out
    assert "laws broken: none" in out


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"id": 7}, "decision 1, field id: Expected `str`, got `int`"),
        ({"platform": "amiga"}, "field platform: unknown platform 'amiga'"),
        ({"outcome": {}}, "field outcome: one of started_as and refused, as text"),
        ({"outcome": {"started_as": "a", "refused": "b"}}, "field outcome"),
        ({"outcome": {"started_as": ""}}, "field outcome.started_as: it is empty: say the name, or by uid"),
        ({"outcome": {"started_as": "", "class": "x"}}, "field outcome.started_as: it is empty"),
        ({"outcome": {"started_as": "ops", "os_user": "root"}}, "field outcome.os_user: it says whose uid it is"),
        ({"outcome": {"started_as": "ops", "os_user": None}}, "field outcome.os_user: it says whose uid it is"),
        ({"colour": "red"}, "unknown field `colour`"),
        ({"os_users": []}, "ssm-user is not among the OS users"),
        ({"os_users": [{"name": "a", "uid": 1, "gid": 1}, {"name": "a", "uid": 2, "gid": 1}]}, "'a' is listed twice"),
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
    command = ["check", str(AGENT_DECISIONS), "--reading", "agent", "--no-known"]
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


def test_an_entry_that_matches_rows_of_several_causes_is_an_error_that_names_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = row(id="r-1", outcome={"refused": "no"})
    started = row(id="r-2", tag="ghost", outcome={"started_as": "ghost"})
    file, known = document(tmp_path / "a.json", refused, started), tmp_path / "known.toml"
    known.write_text("[[known]]\nkind = 'any'\nreason = 'b'\nwhen = { run_as = 'on' }\n")

    assert main(["check", file, "--known", str(known), "--json"]) == 2
    out, err = capsys.readouterr()
    (group,) = json.loads(out)["recorded"]["departures"]
    assert group["causes"] == ["user-exists, refused instead of started", "user-missing, started instead of refused"]
    assert err == (
        f"runas-spec: {known}, any, field when: matches rows of several causes: "
        "user-exists, refused instead of started (first r-1); user-missing, started instead of refused (first r-2); "
        "make an entry for each\n"
    )
    assert main(["check", document(tmp_path / "a.json", refused, refused), "--known", str(known)]) == 0


def test_a_row_may_be_known_by_its_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = tmp_path / "known.toml"
    known.write_text("[[known]]\nid = 'r-1'\nreason = 'b'\nissue = 'https://example.org/3'\n")

    assert main(["check", document(tmp_path / "a.json", row(outcome={"refused": ""})), "--known", str(known)]) == 0
    assert "https://example.org/3" in capsys.readouterr().out
    assert main(["check", document(tmp_path / "a.json", row()), "--known", str(known)]) == 1
