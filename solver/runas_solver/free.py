"""What the laws leave free on purpose: which of two errors is told, where both are true."""

from collections.abc import Iterator
from itertools import combinations

import attrs

from runas_model.specification.transitions import SPECIFICATION, Specification
from runas_properties.laws.objections import objections
from runas_solver.asking import RLIMIT, ask
from runas_solver.obligations import Obligations
from runas_solver.terms import formula

__all__ = ["FreeChoice", "free_choices"]


@attrs.frozen
class FreeChoice:
    """Errors of an operation that can be true together, of which any may be told."""

    operation: str
    errors: tuple[str, ...]


def free_choices(specification: Specification = SPECIFICATION, rlimit: int = RLIMIT) -> Iterator[FreeChoice]:
    """Which two errors can be true together, where the invariants hold: the laws leave it open which is told."""
    obligations = Obligations(specification)
    for operation in specification.operations:
        t, noted = obligations.transition(operation)
        with obligations.universe.noting(noted) as scope:
            true = [(type(error).__name__, formula(so)) for error, so in objections(t)]
        known = obligations.known(scope)
        for (one, this), (other, that) in combinations(true, 2):
            if not ask([*known, this, that], rlimit).refutes:
                yield FreeChoice(operation, (one, other))
