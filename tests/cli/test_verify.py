"""The command `verify`: the report of the proofs and the recorded decisions, and what ends it early."""

import json
import sys
from importlib.resources import files
from itertools import islice
from pathlib import Path

import jsonschema
import pytest

from cli.few_laws import FEW
from cli.wrong_rules import proofs_of_wrong_rules
from runas_cli import verify as verify_module
from runas_cli.main import main
from runas_properties.laws import LAWS, Law
from runas_solver.crosscheck import questions_of_laws
from runas_solver.gallery import Conviction, convict
from solver.asked import law_questions
from thinned import slow


@pytest.mark.parametrize(
    ("proved", "laws"),
    [("few_proved", FEW), pytest.param("already_proved", list(LAWS.values()), marks=slow)],
    ids=["of few", "of all"],
)
def test_verify_reports_every_law_and_the_recorded_decisions(
    proved: str, laws: list[Law], request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    request.getfixturevalue(proved)
    report = tmp_path / "report.json"

    assert main(["verify", "--json", str(report)]) == 0

    printed = capsys.readouterr().out
    assert all(law.id in printed for law in laws)
    assert f"{len(laws)} of {len(laws)} laws proved" in printed
    assert "1,494 recorded decisions: " in printed
    assert "0 unexplained" in printed
    schema = json.loads((files("runas_cli") / "verify.schema.json").read_text())
    data = json.loads(report.read_text())
    jsonschema.validate(data, schema)
    recorded = data["recorded"]
    assert recorded["departed"] == sum(departure["count"] for departure in recorded["departures"])
    assert [departure["count"] for departure in recorded["departures"]][:2] == [19, 42]
    outside = sum(one["count"] for one in recorded["outside"])
    assert recorded["rows"] == recorded["agreed"] + recorded["departed"] + outside


@slow
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
    assert "depends on: rule run-as-off, rule preferences-unreadable\n" in printed
    assert "implied by: nobody-named-is-refused\n" in printed
    assert "1. create_principal: principal amy, account 111111111111, kind user\n" in printed
    assert "terminate_session raises UnknownSession, under the reading default:" in printed
    matrix = next(line for line in printed.splitlines() if line.startswith("without-run-as-off  "))
    assert [law for law, cell in zip(LAWS, matrix.split()[1], strict=True) if cell == "x"] == [
        "off-means-ssm-user",
        "exactly-one-rule",
        "rules-say-why",
        "a-document-without-run-as-starts-ssm-user",
        "without-preferences-run-as-is-off",
        "session-was-justified",
    ]
    assert "3 faulty specifications: 2 caught, 1 equivalent, 0 neither" in printed
    assert [len(fault["convicted_by"]) for fault in data["faulty_specifications"]] == [6, 0, 2]


@pytest.mark.usefixtures("few_proved")
def test_verify_fails_when_a_fault_is_neither_convicted_nor_equivalent(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    blind = Conviction("a-fault", "A fault.", {}, "", equivalent=False)
    monkeypatch.setattr(verify_module, "convict_all", lambda: [blind])

    assert main(["verify", "--details"]) == 1

    printed = capsys.readouterr().out
    assert "not settled: a-fault" in printed
    assert f"laws that convict none: {', '.join(LAWS)}" in printed


@pytest.mark.usefixtures("few_proved")
def test_verify_fails_and_tells_a_counterexample_when_the_rules_are_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(verify_module, "prove_all", proofs_of_wrong_rules)

    assert main(["verify"]) == 1

    printed = capsys.readouterr().out
    assert "refuted" in printed
    assert "alice is not on the instance" in printed
    assert "DOES NOT HOLD" in printed


@pytest.mark.usefixtures("few_proved")
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


def some_faults() -> list[object]:
    return [convict("without-run-as-off"), convict("tags-stick")]


@slow
@pytest.mark.usefixtures("already_proved")
def test_verify_asks_cvc5_and_writes_what_it_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify_module, "convict_all", some_faults)

    assert main(["verify", "--cross-check", "--smt2", str(tmp_path / "new" / "folder")]) == 0
    printed = capsys.readouterr().out
    laws = len(law_questions())
    assert f"{laws + 2} obligations, 2 sat, {laws} unsat; 0 other than Z3" in printed
    assert (tmp_path / "new" / "folder" / "never-ssm-user" / "decision.smt2").exists()


@pytest.mark.usefixtures("few_proved")
def test_solvers_that_disagree_are_an_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify_module, "convict_all", lambda: [convict("tags-stick")])
    monkeypatch.setattr(verify_module, "questions_of_laws", lambda: islice(questions_of_laws(), 5))
    monkeypatch.setattr(verify_module, "ask_cvc5", lambda question: "unknown")

    assert main(["verify", "--cross-check"]) == 1
    printed = capsys.readouterr().out
    assert "never-ssm-user/decision: Z3 says unsat, cvc5 unknown" in printed
    assert "DOES NOT HOLD" in printed


def test_verify_without_cvc5_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "cvc5", None)

    assert main(["verify", "--cross-check"]) == 2
    assert "pip install 'runas-spec[cross-check]'" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_told_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")

    assert main(["verify", "--smt2", str(tmp_path / "file")]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"{tmp_path / 'file' / 'index.json'}: Not a directory" in captured.err
