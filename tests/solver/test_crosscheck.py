"""The second opinion: every obligation as SMT-LIB 2, and what cvc5 says of it."""

import json
import re
from pathlib import Path

import pytest

from runas_solver.crosscheck import Question, ask_cvc5, questions_of_laws, write_smt2


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
