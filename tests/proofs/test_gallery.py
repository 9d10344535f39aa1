"""The gallery of faulty specifications: each is convicted or proved equivalent, and every law convicts."""

import pytest

from runas_model import RULEBOOK, SPECIFICATION, Specification
from runas_properties.faulty_specifications import FAULTY_SPECIFICATIONS
from runas_properties.laws import LAWS
from runas_solver.crosscheck import ask_cvc5, questions_of_faults
from runas_solver.gallery import Conviction, convict, convict_all, is_equivalent

EQUIVALENT = {"nobody-named-asks", "off-asks-for-the-platform"}


@pytest.fixture(scope="module")
def convictions() -> dict[str, Conviction]:
    """All of them, made in processes that coverage does not measure: it takes as long again, and the tests of one
    fault at a time run the same lines.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
        return {conviction.fault: conviction for conviction in convict_all()}


def test_there_is_a_fault_for_each_rule_each_pair_each_outcome_and_each_fact() -> None:
    ids = set(FAULTY_SPECIFICATIONS)

    assert len(ids) >= 30
    assert {f"without-{rule.id}" for rule in RULEBOOK} <= ids
    assert {f"swapped-{rule.id}" for rule in RULEBOOK[:-1]} <= ids
    assert all(any(id.startswith(f"{rule.id}-gives-") for id in ids) for rule in RULEBOOK)


def test_every_fault_is_convicted_or_proved_to_make_no_difference(convictions: dict[str, Conviction]) -> None:
    assert list(convictions) == list(FAULTY_SPECIFICATIONS)
    assert [fault for fault, found in convictions.items() if not found.settled] == []
    assert {fault for fault, found in convictions.items() if found.equivalent} == EQUIVALENT
    assert all(found.story for found in convictions.values() if found.laws)


def test_every_law_convicts_a_faulty_specification(convictions: dict[str, Conviction]) -> None:
    convicting = {law for found in convictions.values() for law in found.laws}

    assert set(LAWS) == convicting


def test_cvc5_finds_a_counterexample_to_every_fault(convictions: dict[str, Conviction]) -> None:
    questions = list(questions_of_faults(convictions.values()))

    assert len(questions) == len(FAULTY_SPECIFICATIONS) - len(EQUIVALENT)
    assert [question.id for question in questions if ask_cvc5(question) != "sat"] == []


def test_a_fault_that_the_solver_cannot_settle_is_not_settled() -> None:
    found = convict("without-run-as-off", rlimit=1)

    assert found.undetermined
    assert not found.settled


def test_only_what_makes_no_difference_is_equivalent() -> None:
    faulty = FAULTY_SPECIFICATIONS["without-nobody-named"].specification

    assert is_equivalent(Specification(), {"rules", "situations", *SPECIFICATION.operations})
    assert not is_equivalent(faulty, {"rules"})
    assert not is_equivalent(FAULTY_SPECIFICATIONS["tags-stick"].specification, {"tag_principal"})
