"""Coq's kernel replays certificates: the theorems say the same as the obligations, and assume nothing.

`make test` replays those of small problems alone.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from runas_properties.laws import LAWS
from runas_solver.certificates import certificate
from runas_solver.checker import Clauses, Obligation, heading
from runas_solver.crosscheck import Question
from runas_solver.kept import kept_certificates
from solver.asked import law_questions
from solver.certificates.coq import as_coq
from solver.certificates.problems import HAND_MADE, problem
from thinned import slow

REQUIRED = "RUNAS_SPEC_REQUIRE_COQ"
CLOSED = "Closed under the global context"


@pytest.fixture(scope="module")
def coqc() -> str:
    """The command, or a skip that says what is missing; a failure where RUNAS_SPEC_REQUIRE_COQ is set."""
    if shutil.which("coqc") is None:
        reason = "coqc not installed (Debian: apt-get install coq)"
        if os.environ.get(REQUIRED):
            pytest.fail(reason)
        pytest.skip(reason)
    return "coqc"


@pytest.fixture(scope="module")
def questions() -> dict[str, list[Question]]:
    """The obligations of each law."""
    every = law_questions()
    return {law: [one for one in every if one.id.startswith(f"{law}/")] for law in LAWS}


def replay(coqc: str, folder: Path, theorems: list[str]) -> subprocess.CompletedProcess[str]:
    (folder / "replayed.v").write_text("\n".join([*theorems, ""]), "ascii")
    command = [coqc, "-q", "replayed.v"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)


@slow
@pytest.mark.parametrize("law", LAWS)
def test_coq_replays_the_certificates_of_a_law(
    law: str, coqc: str, tmp_path: Path, questions: dict[str, list[Question]]
) -> None:
    theorems = [
        as_coq(question.text, kept_certificates()[question.id], f"holds{number}")
        for number, question in enumerate(questions[law])
    ]
    done = replay(coqc, tmp_path, theorems)

    assert theorems
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count(CLOSED) == len(theorems)


@slow
def test_coq_supposes_no_more_than_is_asserted(questions: dict[str, list[Question]]) -> None:
    for question in questions["never-ssm-user"] + questions["refusal-changes-nothing"]:
        theorem = as_coq(question.text, kept_certificates()[question.id], "holds")
        supposed = re.findall(r"^(?:Hypothesis|Axiom|Parameter|Conjecture) (\w+) ", theorem, re.MULTILINE)
        values = re.findall(r"^Variable T(\d+) :", theorem, re.MULTILINE)

        of_values = {f"{branch}{value}" for value in values for branch in ("if", "else")}
        assert len([one for one in supposed if one not in of_values]) <= question.text.count("(assert ")
        assert "Admitted" not in theorem


def test_coq_replays_small_problems(coqc: str, tmp_path: Path) -> None:
    theorems = []
    for number, (unsatisfiable, _) in enumerate(HAND_MADE.values()):
        text = problem(unsatisfiable)
        theorems.append(as_coq(text, certificate(text) or "", f"small{number}"))
    done = replay(coqc, tmp_path, theorems)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count(CLOSED) == len(HAND_MADE)


@pytest.mark.parametrize("name", ["congruence", "congruence of two", "of another function", "congruence of truths"])
def test_coq_refuses_a_lemma_that_is_none(name: str, coqc: str, tmp_path: Path) -> None:
    """It says that what the assertions of a satisfiable problem say cannot be."""
    _, text = map(problem, HAND_MADE[name])
    obligation = Obligation(text)
    asserted = Clauses(obligation).true
    atoms = [one for one in sorted(asserted) if obligation.terms[abs(one)][0] in ("=", "p")]
    lemma = " ".join(str(-atom) for atom in atoms)
    done = replay(coqc, tmp_path, [as_coq(text, f"{heading(text)}\nt {lemma} 0\n0\n", "wrong")])

    assert done.returncode == 1
    assert "congruence failed" in done.stderr
