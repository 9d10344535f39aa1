"""A question to Z3: formulas, the answer, and what it took.

The budget is Z3's `rlimit`, which counts work and not time, so that no answer depends on the machine.
"""

import time
from collections.abc import Iterable
from functools import cache

import attrs
import z3

__all__ = ["RLIMIT", "Asked", "ask"]

RLIMIT = 1_000_000
"""Z3's resource units for one question; the dearest here takes some thousands."""


@attrs.frozen
class Asked:
    """Z3's answer, what `check()` alone took of its work and of time, and the solver, which has a model if `sat`."""

    answer: z3.CheckSatResult
    rlimit: int
    seconds: float
    solver: z3.Solver

    @property
    def refutes(self) -> bool:
        """Whether the formulas cannot hold together."""
        return bool(self.answer == z3.unsat)


def ask(formulas: Iterable[z3.BoolRef], rlimit: int = RLIMIT) -> Asked:
    """Whether some formulas can hold together. Raises `z3.Z3Exception` where the solver fails."""
    solver = z3.SolverFor("QF_UF")
    solver.set("rlimit", rlimit)
    solver.add(*formulas)
    spent = _rlimit_count()
    began = time.perf_counter()
    answer = solver.check()
    seconds = time.perf_counter() - began
    return Asked(answer, _rlimit_count() - spent, seconds, solver)


def _rlimit_count() -> int:
    """What this process has spent, in Z3's resource units; Z3 keeps one count for all solvers."""
    idle = _idle()
    idle.check()
    return int(dict(list(idle.statistics())).get("rlimit count", 0))


@cache
def _idle() -> z3.Solver:
    """A solver that is told nothing: another one each time would take longer than most questions."""
    return z3.SolverFor("QF_UF")
