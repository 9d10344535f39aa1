"""The weight of obligations: which can fail, and which have nothing to prove."""

from collections import Counter
from collections.abc import Callable

import attrs
import pytest
import z3

from runas_properties.laws import LAWS, Claim
from runas_solver.obligations import Obligation, Obligations
from runas_solver.weight import Weight, weigh


@pytest.fixture(scope="module")
def obligations() -> Obligations:
    return Obligations()


@pytest.fixture(scope="module")
def every(obligations: Obligations) -> dict[str, Obligation]:
    return {obligation.id: obligation for obligation in obligations}


@pytest.fixture(scope="module")
def weights(every: dict[str, Obligation]) -> dict[str, Weight]:
    return weigh(every.values())


def test_every_obligation_has_a_weight_and_there_are_some_of_each(
    every: dict[str, Obligation], weights: dict[str, Weight]
) -> None:
    assert list(weights) == list(every)
    assert set(weights.values()) == set(Weight)
    assert Counter(weights.values())[Weight.CARRIED] > len(every) / 3


def test_every_law_has_an_obligation_that_carries_weight(
    every: dict[str, Obligation], weights: dict[str, Weight]
) -> None:
    """But those that say what the model says in so many words, or of one state alone: simplification tells."""
    carried = {every[id].law.id for id, weight in weights.items() if weight is Weight.CARRIED}

    assert set(LAWS) - carried == {
        "run-as-is-off-at-first",
        "nothing-is-there-at-first",
        "what-is-not-there-reads-as-nothing",
        "situations-are-as-the-state-is",
        "starts-are-decided",
        "an-unreadable-document-starts-nobody",
        "a-missing-document-starts-nobody",
    }


def test_the_premise_of_what_carries_weight_can_hold_and_no_other_can_but_for_what_is_simplified(
    every: dict[str, Obligation], weights: dict[str, Weight]
) -> None:
    """Where nothing is concluded any more, just those are refuted whose premise can hold."""
    for id, obligation in every.items():
        if weights[id] is not Weight.SIMPLIFIED:
            solver = z3.SolverFor("QF_UF")
            solver.add(*attrs.evolve(obligation, conclusion=z3.BoolVal(False)).formulas())
            assert (solver.check() == z3.sat) is (weights[id] is Weight.CARRIED), id


@pytest.mark.parametrize(
    ("claim", "weight"),
    [
        (lambda by, s, r: Claim(False, s.tagged), Weight.CONSTANT_PREMISE),
        (lambda by, s, r: Claim(s.tagged, s.tagged), Weight.SIMPLIFIED),
        (lambda by, s, r: Claim(s.tagged, False), Weight.CARRIED),
    ],
)
def test_each_weight_is_given_for_what_it_says(
    obligations: Obligations, claim: Callable[..., Claim], weight: Weight
) -> None:
    obligation = obligations.obligation(attrs.evolve(LAWS["never-ssm-user"], claim=claim), "decision")

    assert weigh([obligation]) == {obligation.id: weight}


def test_a_premise_that_only_axioms_exclude_is_unreached(every: dict[str, Obligation]) -> None:
    obligation = every["never-ssm-user/decision"]
    contradicting = attrs.evolve(obligation, axioms=[*obligation.axioms, z3.Not(obligation.premise)])

    assert weigh([contradicting]) == {obligation.id: Weight.UNREACHED}
