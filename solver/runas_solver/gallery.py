"""The gallery of faulty specifications: which laws convict each, with a counterexample; or that it is equivalent."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from typing import Any

import attrs
import z3

from runas_model.specification.readings import Reading
from runas_model.specification.transitions import SPECIFICATION, Specification
from runas_model.specification.vocabulary import Situation
from runas_model.universes.connectives import all_of, field_names, implies
from runas_properties.gallery.specifications import FAULTY_SPECIFICATIONS
from runas_properties.laws import LAWS
from runas_solver.asking import RLIMIT, ask
from runas_solver.obligations import INITIALLY, Obligation, Obligations, changed_parts
from runas_solver.proofs import Verdict, discharge
from runas_solver.terms import SymbolicTable, formula
from runas_solver.uniqueness import same_errors
from runas_solver.universe import Universe

__all__ = ["Conviction", "convict", "convict_all", "is_equivalent"]


@attrs.frozen
class Conviction:
    """The laws that a faulty specification breaks, each with what the failed obligations are about; and one story.

    `equivalent` where it breaks none because it makes no difference, which is proved.
    """

    fault: str
    title: str
    laws: dict[str, list[str]]
    story: str
    equivalent: bool
    undetermined: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """Convicted by a law, or proved to be equivalent; and the solver knew everything that it was asked."""
        return (bool(self.laws) or self.equivalent) and not self.undetermined


def convict_all(faults: Iterable[str] | None = None, processes: int = 2) -> Iterator[Conviction]:
    """Every faulty specification put on trial, in order, in some processes at a time."""
    names = list(FAULTY_SPECIFICATIONS if faults is None else faults)
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(convict, names, chunksize=8)


def convict(fault: str, rlimit: int = RLIMIT) -> Conviction:
    """Put one faulty specification on trial: only what it changes is asked of the solver."""
    faulty = FAULTY_SPECIFICATIONS[fault]
    obligations = Obligations(faulty.specification)
    laws: dict[str, list[str]] = {}
    undetermined = []
    failed: Obligation | None = None
    changed = changed_parts(faulty.specification)
    for law, about, parts in _questions():
        if not parts & changed:
            continue
        obligation = obligations.obligation(LAWS[law], about)
        answer = ask(obligation.formulas(), rlimit).answer
        if answer == z3.sat:
            laws.setdefault(law, []).append(about)
            failed = failed or obligation
        elif answer != z3.unsat:
            undetermined.append(obligation.id)
    story = ""
    if failed is not None:
        found = discharge(failed, obligations, rlimit)
        if found.verdict is Verdict.REFUTED and found.counterexample is not None:
            story = found.counterexample.story
    equivalent = not laws and is_equivalent(faulty.specification, changed)
    return Conviction(fault, faulty.title, laws, story, equivalent, tuple(undetermined))


def is_equivalent(specification: Specification, parts: set[str]) -> bool:
    """Whether a specification that differs from the real one in some parts decides and does the same everywhere."""
    real, other = Obligations(), Obligations(specification)
    other.universe = real.universe  # fresh values of one label are the same
    universe = real.universe
    with universe.noting() as scope:
        same: list[Any] = []
        if "rules" in parts:
            s, r = universe.fresh(Situation, "s"), universe.fresh(Reading, "r")
            same.append(_same(universe, SPECIFICATION.decide(s, r), specification.decide(s, r)))
        if INITIALLY in parts:
            for _, noted in (real.initial, other.initial):
                scope.include(noted)
            same.append(_same(universe, real.initial[0], other.initial[0]))
        for operation in SPECIFICATION.operations:
            if operation in parts or "situations" in parts:
                one, two = real.transition(operation), other.transition(operation)
                scope.include(one[1])
                scope.include(two[1])
                same.append(one[0].accepted == two[0].accepted)
                same.append(same_errors(one[0], two[0]))
                same.append(_same(universe, one[0].after, two[0].after))
    return ask([z3.Not(formula(all_of(*same))), *universe.axioms(scope)]).refutes


def _same(universe: Universe, one: Any, two: Any) -> Any:
    """Whether two values are the same: records field by field, tables at any key."""
    if isinstance(one, SymbolicTable):
        keys = tuple(universe.fresh(sort, f"any-{sort.__name__}") for sort in one.key_sorts)
        has = one.domain(keys)
        return all_of(has == two.domain(keys), implies(has, _same(universe, one.value(keys), two.value(keys))))
    names = field_names(type(one))
    if names and not hasattr(one, "universe"):
        return all_of(*(_same(universe, getattr(one, name), getattr(two, name)) for name in names))
    return one == two if not isinstance(one, type(None)) else two == one


@cache
def _questions() -> list[tuple[str, str, set[str]]]:
    """Law, subject and parts of each obligation of the real specification."""
    return [(one.law.id, one.about, one.parts) for one in Obligations()]
