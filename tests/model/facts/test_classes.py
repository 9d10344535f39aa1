"""The classes of situations: no situation is in none, and each is decided as its example is."""

import pytest
import z3
from hypothesis import given

from runas_model import Situation, all_readings, decide
from runas_model.facts.classes import SituationClass, answers, class_of, situation_classes
from runas_model.universes.connectives import all_of, any_of, not_
from runas_properties.stateful.strategies import situations
from runas_solver.terms import formula
from runas_solver.universe import Universe


def is_unsatisfiable_that_a_situation_is_in_none_of(classes: tuple[SituationClass, ...]) -> bool:
    universe = Universe()
    with universe.noting() as scope:
        s = universe.fresh(Situation, "s")
        found = answers(s).values()
    in_one = [
        all_of(
            *[truth if expected else not_(truth) for truth, expected in zip(found, one.answers.values(), strict=True)]
        )
        for one in classes
    ]
    solver = z3.SolverFor("QF_UF")
    solver.add(*universe.axioms(scope), z3.Not(formula(any_of(*in_one))))
    return bool(solver.check() == z3.unsat)


def test_every_situation_there_can_be_is_in_a_class() -> None:
    assert is_unsatisfiable_that_a_situation_is_in_none_of(situation_classes())


@pytest.mark.parametrize("left_out", [0, 300, -1])
def test_a_class_that_is_left_out_is_missed(left_out: int) -> None:
    classes = list(situation_classes())
    del classes[left_out]

    assert not is_unsatisfiable_that_a_situation_is_in_none_of(tuple(classes))


def test_no_two_classes_have_the_same_answers_or_the_same_id() -> None:
    classes = situation_classes()

    assert len({tuple(one.answers.values()) for one in classes}) == len(classes)
    assert len({one.id for one in classes}) == len(classes)


@given(situations())
def test_a_situation_is_decided_as_the_example_of_its_class(s: Situation) -> None:
    example = class_of(s).example
    for reading in all_readings():
        assert decide(s, reading).rule == decide(example, reading).rule
