"""Where invariants are instantiated: wherever the table comes up into which the premise looks.

That is the same for every specification, and found once.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

import z3

from runas_model.specification.state import State
from runas_properties.laws import Claim, Kind, laws_of
from runas_solver.terms import formula
from runas_solver.universe import Universe

__all__ = ["BEFORE", "Trigger", "triggers"]

BEFORE = "state"
"""What the tables of the state before are named after."""

Trigger = tuple[str, tuple[str, ...]]
"""The table that the premise of an invariant looks into, and the invariant's variables in the order of the keys."""


def triggers() -> dict[str, Trigger]:
    """The trigger of each invariant, by its id. Raises TypeError as `_trigger` does."""
    return {law.id: _trigger(law.claim, tuple(law.variables.items()), law.id) for law in laws_of(Kind.INVARIANT)}


@cache
def _trigger(claim: Callable[..., Claim], variables: tuple[tuple[str, Any], ...], id: str) -> Trigger:
    """Where an invariant is to be instantiated: wherever its premise comes up.

    Raises TypeError for one whose premise is not that a table holds its variables: such a one would have to be
    instantiated at all terms.
    """
    universe, state = _any_state()
    generic = {name: universe.fresh(kind, f"any-{name}") for name, kind in variables}
    premise = formula(claim(state, **generic).premise)
    terms = {value.term.get_id(): name for name, value in generic.items()}
    order = [terms.get(argument.get_id()) for argument in premise.children()]
    if set(order) != set(generic) or not z3.is_app_of(premise, z3.Z3_OP_UNINTERPRETED):
        raise TypeError(f"the premise of the invariant {id} is not that a table holds its variables")
    return premise.decl().name(), tuple(name for name in order if name)


@cache
def _any_state() -> tuple[Universe, State]:
    """A state before, in a universe of its own: its tables are named as those of every other are."""
    universe = Universe()
    return universe, universe.fresh(State, BEFORE)
