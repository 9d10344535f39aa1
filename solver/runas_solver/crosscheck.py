"""A second opinion: obligations as SMT-LIB 2 text, for cvc5 or any other solver."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import attrs

from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_properties.laws import LAWS
from runas_solver.gallery import Conviction
from runas_solver.obligations import Obligation, Obligations
from runas_solver.smtlib import smt2
from runas_solver.uniqueness import Determination, Determinations

__all__ = ["Question", "ask_cvc5", "questions_of_faults", "questions_of_laws", "write_smt2"]


@attrs.frozen
class Question:
    """One obligation as text, and the answer it must get: `unsat` where the law holds, `sat` where it is broken."""

    id: str
    text: str
    expected: str


def questions_of_laws(obligations: Iterable[Obligation | Determination] | None = None) -> Iterator[Question]:
    """Every obligation of the specification, and that the laws determine each part of it."""
    every: Iterable[Obligation | Determination] = chain(Obligations(), Determinations(Obligations()))
    for obligation in every if obligations is None else obligations:
        yield Question(obligation.id, smt2(obligation), "unsat")


def questions_of_faults(convictions: Iterable[Conviction]) -> Iterator[Question]:
    """For each faulty specification that a law convicts, the first obligation that fails."""
    for conviction in convictions:
        if conviction.laws:
            law, (about, *_) = next(iter(conviction.laws.items()))
            obligations = Obligations(FAULTY_SPECIFICATIONS[conviction.fault].specification)
            obligation = obligations.obligation(LAWS[law], about)
            yield Question(f"{conviction.fault}/{obligation.id}", smt2(obligation), "sat")


def write_smt2(folder: Path, questions: Iterable[Question]) -> int:
    """Write a file for each question, and `index.json` with the answer that each must get; returns their number.

    Raises OSError where the folder cannot be written.
    """
    index = {}
    for question in questions:
        path = folder / f"{question.id}.smt2"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(question.text, encoding="utf-8")
        index[str(path.relative_to(folder))] = question.expected
    (folder / "index.json").write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8")
    return len(index)


def ask_cvc5(question: Question) -> str:
    """cvc5's answer to what it reads strictly: `sat`, `unsat` or `unknown`.

    Raises ImportError where cvc5 is not installed, and RuntimeError for a text that is not SMT-LIB to the letter.
    """
    import cvc5

    solver = cvc5.Solver()
    solver.setOption("strict-parsing", "true")
    parser = cvc5.InputParser(solver)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, question.text, question.id)
    answers = []
    while not (command := parser.nextCommand()).isNull():
        answers.append(str(command.invoke(solver, parser.getSymbolManager())).strip())
    return next((answer for answer in reversed(answers) if answer), "unknown")
