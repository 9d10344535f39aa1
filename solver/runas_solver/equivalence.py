"""Whether another specification makes no difference: it begins with the same, decides the same, and does the same.

Both take the same arguments from the same state, of which the invariants are known; outside their domain tables give
what each specification's have there by default. Both then accept alike, tell the same error about the same things
where one alone is true, decide alike and leave the same state. Which of two true errors is told is free.
"""

from collections.abc import Iterator
from typing import Any

import attrs
import z3

from runas_model.specification.readings import Reading
from runas_model.specification.state import State
from runas_model.specification.transitions import SPECIFICATION, Specification
from runas_model.specification.vocabulary import Situation
from runas_model.universes.connectives import all_of, any_of, field_names, implies, not_
from runas_solver.asking import ask
from runas_solver.obligations import DECISION, INITIALLY, Obligations
from runas_solver.terms import SymbolicTable, formula
from runas_solver.uniqueness import same_errors
from runas_solver.universe import Scope, Universe

__all__ = ["differences"]


def differences(other: Specification) -> Iterator[str]:
    """Where a specification is not proved to be the same as the real one: `initially`, `decision`, or an operation."""
    if not _same_initially(SPECIFICATION.initial, other.initial):
        yield INITIALLY
    obligations = Obligations()
    universe = obligations.universe
    with universe.noting() as scope:
        s, r = universe.fresh(Situation, "s"), universe.fresh(Reading, "r")
        same = _same(universe, SPECIFICATION.decide(s, r), other.decide(s, r))
    if not _holds(obligations, same, scope):
        yield DECISION
    for operation in SPECIFICATION.operations:
        transition, scope = obligations.transition(operation)
        with universe.noting(scope) as scope:
            ours, theirs = (
                by.transition(operation, _of(by, obligations.before), obligations.reading, **transition.arguments)
                for by in (SPECIFICATION, other)
            )
            same = all_of(
                _alike(ours.accepted, theirs.accepted),
                same_errors(ours, theirs),
                implies(ours.accepted, _same(universe, ours.decision, theirs.decision)),
                _same(universe, ours.after, theirs.after),
            )
        if not _holds(obligations, same, scope):
            yield operation


def _of(specification: Specification, state: State) -> State:
    """A state with tables that give outside their domain what those of the specification do."""
    tables: dict[str, Any] = {
        name: attrs.evolve(getattr(state, name), default=getattr(specification.initial, name).default)
        for name in field_names(State)
    }
    return State(**tables)


def _same(universe: Universe, one: Any, other: Any) -> Any:
    """Whether two values are the same: records field by field, tables at any key."""
    if isinstance(one, SymbolicTable):
        keys = tuple(universe.fresh(sort, f"any-{sort.__name__}") for sort in one.key_sorts)
        has = one.domain(keys)
        there = implies(has, _same(universe, one.value(keys), other.value(keys)))
        return all_of(_alike(has, other.domain(keys)), there)
    if names := field_names(type(one)) if not hasattr(one, "universe") else ():
        return all_of(*(_same(universe, getattr(one, name), getattr(other, name)) for name in names))
    if one is None and other is None:
        return True
    if isinstance(one, bool) or isinstance(other, bool):
        return _alike(one, other)
    return other == one if one is None else one == other


def _alike(one: Any, other: Any) -> Any:
    """Whether two truths are the same."""
    return any_of(all_of(one, other), all_of(not_(one), not_(other)))


def _holds(obligations: Obligations, truth: Any, scope: Scope) -> bool:
    return ask([z3.Not(formula(truth)), *obligations.known(scope)]).refutes


def _same_initially(one: State, other: State) -> bool:
    """Whether two concrete states hold the same."""
    return all(
        list(ours) == list(theirs) and all(ours[key] == theirs[key] for key in ours)
        for ours, theirs in ((getattr(one, name), getattr(other, name)) for name in field_names(State))
    )
