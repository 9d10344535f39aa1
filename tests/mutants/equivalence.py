"""Whether a mutant of the specification is equivalent, by proof: in every state that can be reached it does the same.

The original and the mutant take the same arguments from the same state, of which the invariants are known; outside
their domain tables give what each has there by default. Both then accept alike, tell the same error about the same
things where one alone is true, decide alike and leave the same state. Which of two true errors is told is free.
"""

import ast
from collections.abc import Iterator
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import z3

from mutants.trial import Fate, Verdict
from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import Reading
from runas_model.specification.state import INITIAL, State
from runas_model.specification.transitions import SPECIFICATION, Specification
from runas_model.specification.vocabulary import Situation
from runas_model.universes.connectives import all_of, any_of, field_names, implies, not_
from runas_model.universes.tables import TotalTable
from runas_solver.asking import ask
from runas_solver.obligations import Obligations
from runas_solver.terms import SymbolicTable, formula
from runas_solver.uniqueness import same_errors

__all__ = ["is_equivalent", "prove"]

OF_SPECIFICATION = {"INITIAL", "NO_NAME", "SSM_USER_RECORD", "RULEBOOK", "situation_of", "decide_by", *OPERATIONS}
"""What makes up the specification, besides the named parts of the rulebook."""
PARTS = {"rules": "RULEBOOK", "operations": "OPERATIONS", "situation_of": "situation_of"}
"""What a `Specification` is made of, by the names in the modules."""


def prove(module: str, file: str) -> Verdict:
    """Survived, where the mutant of a module in a file was proved to be equivalent."""
    outside = set(_changed(module, file)) - OF_SPECIFICATION
    if outside and not module.endswith(".rulebook"):
        return Verdict(Fate.VERIFY, f"nothing is proved of {', '.join(sorted(outside))}")
    mutant = _imported(module, file)
    initial = getattr(mutant, "INITIAL", INITIAL)
    if not _same_initial(initial):
        return Verdict(Fate.VERIFY, "the initial state is another one")
    other = Specification(**{part: getattr(mutant, name) for part, name in PARTS.items() if hasattr(mutant, name)})
    if hasattr(mutant, "decide_by"):
        vars(other)["decide"] = mutant.decide_by(other.rules)
    differs = next((about for about, same in is_equivalent(other, initial) if not same), None)
    return Verdict(Fate.VERIFY, f"not the same: {differs}") if differs else Verdict(Fate.SURVIVED)


def is_equivalent(other: Specification, initial: State = INITIAL) -> Iterator[tuple[str, bool]]:
    """Whether the decision, and each operation, is proved to be the same as the specification's, by its name.

    `initial` is the other one's initial state, which holds the same, and may have other defaults.
    """
    obligations = Obligations()
    universe = obligations.universe
    with universe.noting() as scope:
        s, r = universe.fresh(Situation, "s"), universe.fresh(Reading, "r")
        same = _same(obligations, SPECIFICATION.decide(s, r), other.decide(s, r))
    yield "decision", _holds(obligations, same, scope)
    for operation in OPERATIONS:
        one, scope = obligations.transition(operation)
        with universe.noting(scope) as scope:
            ours, theirs = (
                by.transition(operation, _with_defaults(obligations.before, of), obligations.reading, **one.arguments)
                for by, of in ((SPECIFICATION, INITIAL), (other, initial))
            )
            same = all_of(
                _alike(ours.accepted, theirs.accepted),
                same_errors(ours, theirs),
                implies(ours.accepted, _same(obligations, ours.decision, theirs.decision)),
                _same(obligations, ours.after, theirs.after),
            )
        yield operation, _holds(obligations, same, scope)


def _with_defaults(state: State, initial: State) -> State:
    """A state with tables that give outside their domain what those of another one do."""
    tables: dict[str, Any] = {
        name: attrs.evolve(getattr(state, name), default=getattr(initial, name).default) for name in field_names(State)
    }
    return State(**tables)


def _same(obligations: Obligations, one: Any, other: Any) -> Any:
    """Whether two values are the same: records field by field, tables at any key."""
    if isinstance(one, SymbolicTable):
        keys = tuple(obligations.universe.fresh(sort, f"any-{sort.__name__}") for sort in one.key_sorts)
        has = one.domain(keys)
        there = implies(has, _same(obligations, one.value(keys), other.value(keys)))
        return all_of(_alike(has, other.domain(keys)), there)
    if names := field_names(type(one)) if not hasattr(one, "universe") else ():
        return all_of(*(_same(obligations, getattr(one, name), getattr(other, name)) for name in names))
    if one is None and other is None:
        return True
    if isinstance(one, bool) or isinstance(other, bool):
        return _alike(one, other)
    return other == one if one is None else one == other


def _alike(one: Any, other: Any) -> Any:
    """Whether two truths are the same."""
    return any_of(all_of(one, other), all_of(not_(one), not_(other)))


def _holds(obligations: Obligations, truth: Any, scope: Any) -> bool:
    supposed = [instance for instances in obligations.hypotheses(scope).values() for instance in instances]
    return ask([z3.Not(formula(truth)), *supposed, *obligations.universe.axioms(scope)]).refutes


def _same_initial(other: State) -> bool:
    """Whether two concrete states hold the same; what a table that holds all gives by default counts, too."""
    return all(
        list(one) == list(two) and all(one[key] == two[key] for key in one)
        and (not isinstance(one, TotalTable) or one.default == two.default)
        for one, two in ((getattr(INITIAL, name), getattr(other, name)) for name in field_names(State))
    )  # fmt: skip


def _imported(module: str, file: str) -> ModuleType:
    """The mutant as a module beside the original, of the same name so that its named parts may be named alike."""
    import_module(module)
    spec = spec_from_file_location(module, file)
    assert spec is not None
    assert spec.loader is not None
    mutant = module_from_spec(spec)
    spec.loader.exec_module(mutant)
    return mutant


def _changed(module: str, file: str) -> Iterator[str]:
    """The names under which a mutant differs from its module."""
    original = import_module(module).__file__
    assert original is not None
    for one, other in zip(*(ast.parse(Path(at).read_bytes()).body for at in (original, file)), strict=True):
        if ast.dump(one) != ast.dump(other):
            target = one.targets[0] if isinstance(one, ast.Assign) else one
            yield getattr(target, "id", getattr(target, "name", ast.unparse(one)))
