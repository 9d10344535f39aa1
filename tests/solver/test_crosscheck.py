"""The second opinion: every obligation as SMT-LIB 2, and what cvc5 says of it."""

import json
import re
import sys
from pathlib import Path

import pytest

from runas_cli import verify as verify_module
from runas_cli.main import main
from runas_solver.crosscheck import Question, ask_cvc5, questions_of_laws, write_smt2
from runas_solver.gallery import convict


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    return list(questions_of_laws())


def test_cvc5_agrees_that_every_law_holds(questions: list[Question]) -> None:
    assert len(questions) > 200
    assert [question.id for question in questions if ask_cvc5(question) != "unsat"] == []


def test_every_obligation_is_quantifier_free_and_its_symbols_need_no_quoting(questions: list[Question]) -> None:
    symbol = re.compile(r"\(declare-fun ([^ ]+) ")
    symbols = {name for question in questions for name in symbol.findall(question.text)}

    assert all(re.fullmatch(r"[A-Za-z][\w.=%!-]*", name) for name in symbols)
    assert not any("|" in question.text or "forall" in question.text for question in questions)
    assert all(question.text.count("(check-sat)") == 1 for question in questions)


def test_the_files_and_their_index_say_the_same(tmp_path: Path, questions: list[Question]) -> None:
    count = write_smt2(tmp_path, questions[:3])
    index = json.loads((tmp_path / "index.json").read_text())

    assert count == len(index) == 3
    assert set(index.values()) == {"unsat"}
    assert ask_cvc5(Question("x", (tmp_path / next(iter(index))).read_text(), "unsat")) == "unsat"


def some_faults() -> list[object]:
    return [convict("without-run-as-off"), convict("tags-stick")]


def test_verify_asks_cvc5_and_writes_what_it_asked(
    questions: list[Question], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify_module, "convict_all", some_faults)

    assert main(["verify", "--cross-check", "--smt2", str(tmp_path / "new" / "folder")]) == 0
    printed = capsys.readouterr().out
    assert f"{len(questions) + 2} obligations, 2 sat, {len(questions)} unsat; 0 other than Z3" in printed
    assert (tmp_path / "new" / "folder" / "never-ssm-user" / "decision.smt2").exists()


def test_solvers_that_disagree_are_an_error(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify_module, "convict_all", some_faults)
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
