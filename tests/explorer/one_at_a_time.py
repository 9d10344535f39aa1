"""The concrete model explored one state at a time: what the explorer is compared with."""

from collections.abc import Iterator

from runas_model import Reading, Specification, State
from runas_model.specification.transitions import Transition
from runas_properties.explorer import Scope
from runas_properties.oracle.oracle import ORACLE

SMALL = Scope(accounts=1, principals=1, instances=1, names=2, sessions=1)
STATES, TRANSITIONS = 528, 6_600
"""How many the small scope has."""


def concrete_levels(
    scope: Scope, reading: Reading, specification: Specification = ORACLE
) -> Iterator[tuple[list[State], list[Transition]]]:
    """Breadth first in the concrete universe, one state at a time: the states of each depth, and what leads on."""
    calls = scope.calls()
    level = [scope.start(specification)]
    met = set(level)
    while level:
        transitions = [
            specification.transition(name, state, reading, **arguments) for state in level for name, arguments in calls
        ]
        yield level, transitions
        level = list(dict.fromkeys(t.after for t in transitions if t.accepted and t.after not in met))
        met.update(level)
