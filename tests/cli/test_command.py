"""The command: reports, exit codes, and clear words for bad input."""

import json
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from runas_cli import verify as verify_module
from runas_cli.main import main
from runas_model import PROFILES, RULEBOOK, Specification
from runas_model.inputs.records import parse_run_as_enabled
from runas_properties.laws import LAWS
from runas_properties.oracle.recorded import AGENT_DECISIONS, AGENT_KNOWN
from runas_solver.gallery import Conviction, convict
from runas_solver.proofs import prove_all

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


def test_verify_reports_every_law_and_the_recorded_decisions(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    report = tmp_path / "report.json"

    assert main(["verify", "--json", str(report)]) == 0

    printed = capsys.readouterr().out
    assert all(law in printed for law in LAWS)
    assert f"{len(LAWS)} of {len(LAWS)} laws proved" in printed
    assert "577 recorded decisions: 537 agreed, 40 departed" in printed
    assert "0 unexplained" in printed
    schema = json.loads((files("runas_cli") / "verify.schema.json").read_text())
    data = json.loads(report.read_text())
    jsonschema.validate(data, schema)
    counts = {departure["kind"]: departure["count"] for departure in data["recorded"]["departures"]}
    assert counts == {"named-ssm-user-starts": 6, "number-taken-as-uid": 25, "spaces-lost-in-shell": 9}


def test_details_tell_what_proofs_rest_on_every_witness_and_the_matrix_of_laws_and_faults(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    faults = ["without-run-as-off", "off-asks-for-the-platform", "tags-stick"]
    monkeypatch.setattr(verify_module, "convict_all", lambda: [convict(fault) for fault in faults])
    report = tmp_path / "report.json"

    assert main(["verify", "--details", "--json", str(report)]) == 0

    printed = capsys.readouterr().out
    data = json.loads(report.read_text())
    jsonschema.validate(data, json.loads((files("runas_cli") / "verify.schema.json").read_text()))
    assert "rests on: rule run-as-off\n" in printed
    assert "implied by: nobody-named-is-refused\n" in printed
    assert "1. create_principal: principal amy, account 111111111111, kind user\n" in printed
    assert "terminate_session raises UnknownSession, under the reading default:" in printed
    assert "without-run-as-off         .........x" in printed
    assert "3 faulty specifications: 2 convicted, 1 equivalent, 0 neither" in printed
    assert [len(fault["convicted_by"]) for fault in data["faulty_specifications"]] == [3, 0, 1]


def test_verify_fails_when_a_fault_is_neither_convicted_nor_equivalent(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    blind = Conviction("a-fault", "A fault.", {}, "", equivalent=False)
    monkeypatch.setattr(verify_module, "convict_all", lambda: [blind])

    assert main(["verify", "--details"]) == 1

    printed = capsys.readouterr().out
    assert "not settled: a-fault" in printed
    assert f"laws that convict none: {', '.join(LAWS)}" in printed


def test_verify_fails_and_tells_a_counterexample_when_the_rules_are_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = [rule for rule in RULEBOOK if rule.id != "tag-user-missing"]
    monkeypatch.setattr(verify_module, "prove_all", lambda rlimit: prove_all(Specification(wrong), rlimit=rlimit))

    assert main(["verify"]) == 1

    printed = capsys.readouterr().out
    assert "refuted" in printed
    assert "alice is not on the instance" in printed
    assert "DOES NOT HOLD" in printed


def test_verify_says_which_law_ran_out_of_its_budget(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--rlimit", "1", "--json", "-"]) == 1

    verdicts = {law["verdict"] for law in json.loads(capsys.readouterr().out)["laws"]}
    assert "undetermined" in verdicts


def test_verify_refuses_a_report_that_cannot_be_written_before_it_works(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["verify", "--json", str(tmp_path)]) == 2
    assert "Is a directory" in capsys.readouterr().err


def test_verify_without_z3_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "z3", None)

    assert main(["verify"]) == 2
    assert "pip install 'runas-spec[solver]'" in capsys.readouterr().err


DECIDE = ["decide", "--run-as", "on", "--tag", "alice", "--default-user", "ops"]
DECIDE += ["--os-user", "alice", "--os-user", "root:0:0", "--platform", "linux"]


def test_decide_explains_and_as_json_says_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*DECIDE, "--reading", "agent"]) == 0
    text = capsys.readouterr().out
    assert main([*DECIDE, "--reading", "agent", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)

    assert "started as alice by tag-user-exists" in text
    assert (data["os_user"], data["rule"]) == ("alice", "tag-user-exists")
    assert data["reading"] == {"blank_tag": "as-untagged", "superuser": "refused", "macos": "covered"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([*DECIDE, "--reading", "lax"], "unknown reading 'lax'; use one of default, agent, docs-2023"),
        ([*DECIDE, "--reading", "agent,superuser=maybe"], "superuser cannot be 'maybe'"),
        ([*DECIDE, "--reading", "colour=red"], "unknown reading 'colour'"),
        ([*DECIDE[:-1], "amiga"], "unknown platform 'amiga'; use one of linux, macos, windows"),
        ([*DECIDE, "--os-user", "alice:1"], "'alice:1' is neither NAME nor NAME:UID:GID"),
        ([*DECIDE, "--os-user", "alice:7:7"], "OS user 'alice' stands twice"),
        ([*DECIDE, "--os-user", " "], "blank name"),
        (["decide"], "--run-as"),
        (["verify", "--rlimit", "0"], "--rlimit: must be a positive whole number, not '0'"),
        ([], "COMMAND"),
    ],
)
def test_unusable_arguments_exit_with_2_and_say_why(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert words in capsys.readouterr().err


def test_readings_can_be_changed_one_by_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*DECIDE, "--tag", "root", "--reading", "superuser=refused"]) == 0
    assert "tag-names-superuser" in capsys.readouterr().out


def test_decide_is_light() -> None:
    program = (
        "import sys; from runas_cli.main import main; main(sys.argv[1:]);"
        "assert not {'z3', 'hypothesis', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program, *DECIDE], check=True, capture_output=True)


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


def test_an_interrupted_run_exits_with_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(verify_module, "prove_all", interrupted)

    assert main(["verify"]) == 130
    assert "interrupted" in capsys.readouterr().err


def test_progress_is_shown_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("runas_cli.progress.SECONDS", 0)
    monkeypatch.setattr("runas_cli.progress.UNCOUNTED", 100)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    main(["check", str(AGENT_DECISIONS), "--reading", "agent"])
    main(["verify"])
    shown = capsys.readouterr().err
    monkeypatch.undo()
    main(["check", str(AGENT_DECISIONS), "--reading", "agent"])

    assert "500 rows" in shown
    assert f"{len(LAWS)} of {len(LAWS)} laws" in shown
    assert capsys.readouterr().err == ""


def test_a_reader_that_stops_early_causes_no_traceback() -> None:
    command = f"{sys.executable} -c 'from runas_cli.main import run; run()' decide --run-as off | true"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, env=dict(os.environ), check=False)

    assert "Traceback" not in done.stderr


def test_the_profiles_are_the_three_of_the_design() -> None:
    assert list(PROFILES) == ["default", "agent", "docs-2023"]
