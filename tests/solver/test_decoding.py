"""Decoding: concrete values of a solver's model."""

import pytest
import z3

from runas_model.specification.vocabulary import Platform
from runas_solver.decoding import Decoder
from runas_solver.universe import Universe


def test_decoding_a_value_outside_an_enumeration_is_a_defect() -> None:
    universe = Universe()
    with universe.noting() as scope:
        platform = universe.fresh(Platform, "p")
        members = [universe.lift(member, Platform).term for member in Platform]
    solver = z3.SolverFor("QF_UF")
    solver.add(z3.Distinct(platform.term, *members))
    solver.check()

    with pytest.raises(ValueError, match="none of the values of Platform"):
        Decoder(universe, solver.model(), scope).decode(platform)
