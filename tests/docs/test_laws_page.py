"""The page of the laws: each time stands under what it times."""

import attrs
import pytest

from runas_properties.laws import LAWS
from runas_solver.proofs import Proof, prove
from spec_site import laws_page


@pytest.fixture
def proof(monkeypatch: pytest.MonkeyPatch) -> Proof:
    """A proof with times that can be told apart, in place of all proofs."""
    proved = prove(LAWS["never-ssm-user"])
    (one,) = proved.discharged
    timed = attrs.evolve(proved, milliseconds=1234.0, discharged=(attrs.evolve(one, solver_milliseconds=5.6),))
    monkeypatch.setattr(laws_page, "proofs", lambda: {timed.law.id: timed})
    monkeypatch.setattr(laws_page, "answers_of_cvc5", lambda: {one.obligation.id: "unsat"})
    return timed


def column(text: str, heading: str) -> list[str]:
    """The cells under a heading of the table in a text."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"]
    return [row[rows[0].index(heading)] for row in rows[2:]]


def test_the_time_of_a_law_is_that_of_its_whole_proof(proof: Proof) -> None:
    assert column(laws_page.at_a_glance(), "Whole proof") == ["1234 ms"]


def test_the_time_of_an_obligation_is_that_of_the_solver_alone(proof: Proof) -> None:
    told = "\n".join(laws_page._proof(proof))

    assert column(told, "Solver alone") == ["5.6 ms"]
    assert "1234 ms in all" in told.partition("<summary>")[2].partition("</summary>")[0]
