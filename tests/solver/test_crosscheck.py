"""The second opinion: every obligation as SMT-LIB 2, and what cvc5 says of it."""

import json
from itertools import islice
from pathlib import Path

import pytest

from runas_solver.crosscheck import Question, ask_cvc5, questions_of_laws, write_smt2
from solver.asked import law_questions
from thinned import slow


@slow
def test_cvc5_agrees_that_every_law_holds() -> None:
    questions = law_questions()
    assert len(questions) > 200
    assert [question.id for question in questions if ask_cvc5(question) != "unsat"] == []


def test_cvc5_refuses_what_is_not_smt_lib_to_the_letter() -> None:
    lenient = "(set-logic QF_UF)\n(declare-fun a () Bool)\n(assert (and a))\n(check-sat)\n"

    with pytest.raises(RuntimeError, match="must have at least 2 children"):
        ask_cvc5(Question("lenient", lenient, "sat"))


def test_the_files_and_their_index_say_the_same(tmp_path: Path) -> None:
    count = write_smt2(tmp_path, list(islice(questions_of_laws(), 3)))
    index = json.loads((tmp_path / "index.json").read_text())

    assert count == len(index) == 3
    assert set(index.values()) == {"unsat"}
    assert ask_cvc5(Question("x", (tmp_path / next(iter(index))).read_text(), "unsat")) == "unsat"
