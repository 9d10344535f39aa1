"""The gallery of faulty specifications: each is convicted or proved equivalent, and every law convicts."""

import os
from pathlib import Path

import pytest

from runas_model import Specification
from runas_properties.explorer.traces import shortest_traces
from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_properties.oracle.oracle import ORACLE
from runas_solver.crosscheck import Question, ask_cvc5, questions_of_faults, write_smt2
from runas_solver.gallery import Conviction, convict, convict_all
from runas_solver.trials import kept_convictions
from solver.independent.solvers import SOLVERS, Solver, differences
from solver.independent.strict import read_strictly
from thinned import IS_DEEP, slow
from untraced import untraced

EQUIVALENT = {"nobody-named-asks", "off-asks-for-the-platform"}


EVERY = 1 if IS_DEEP else 5
TRIED = [fault for at, fault in enumerate(FAULTY_SPECIFICATIONS) if at % EVERY == 0 or fault in EQUIVALENT]
"""A fifth of them, unless tests are deep; how all fared is kept."""


@pytest.fixture(scope="module")
def convictions() -> dict[str, Conviction]:
    """Of each that is tried, made in processes that coverage does not measure, which would take as long again."""
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ.keys() - untraced().keys():
            patch.delenv(name)
        return {conviction.fault: conviction for conviction in convict_all(TRIED)}


@slow
def test_every_fault_is_convicted_or_proved_to_make_no_difference(convictions: dict[str, Conviction]) -> None:
    assert list(convictions) == TRIED
    assert [fault for fault, found in convictions.items() if not found.settled] == []
    assert {fault for fault, found in convictions.items() if found.equivalent} == EQUIVALENT
    assert all(found.story for found in convictions.values() if found.laws)


@slow
def test_what_is_kept_is_how_they_fare(convictions: dict[str, Conviction]) -> None:
    assert convictions == {fault: kept_convictions()[fault] for fault in TRIED}, "make renew"


@pytest.fixture(scope="module")
def questions(convictions: dict[str, Conviction]) -> list[Question]:
    """For each fault that a law convicts, an obligation that fails, as text."""
    return list(questions_of_faults(convictions.values()))


@slow
def test_cvc5_finds_a_counterexample_to_every_fault(questions: list[Question]) -> None:
    assert len(questions) == len(TRIED) - len(EQUIVALENT)
    assert [question.id for question in questions if ask_cvc5(question) != "sat"] == []


@slow
@pytest.mark.parametrize("solver", SOLVERS, ids=lambda solver: solver.name)
def test_every_independent_solver_does_too(solver: Solver, questions: list[Question], tmp_path: Path) -> None:
    write_smt2(tmp_path, questions)

    assert list(differences(solver.required(), tmp_path)) == []


@slow
def test_what_fails_is_exported_strictly_too(questions: list[Question]) -> None:
    for question in questions:
        read_strictly(question.text)


@slow
def test_most_faults_show_in_the_concrete_universe_on_the_shortest_traces_and_equivalent_ones_never() -> None:
    def differs(by: Specification) -> bool:
        return any(
            (one.accepted, one.decision, one.after) != (other.accepted, other.decision, other.after)
            for trace in shortest_traces().values()
            for one, other in zip(trace.transitions(ORACLE), trace.transitions(by), strict=True)
        )

    shown = {id for id, faulty in FAULTY_SPECIFICATIONS.items() if differs(faulty.specification)}

    assert len(shown) > len(FAULTY_SPECIFICATIONS) / 2
    assert shown & EQUIVALENT == set()


@slow
def test_a_fault_that_the_solver_cannot_settle_is_not_settled() -> None:
    found = convict("without-run-as-off", rlimit=1)

    assert found.undetermined
    assert not found.settled
