"""Proofs of the laws: the model's own functions run on Z3 terms, for all readings at once.

A law is proved when its negation is unsatisfiable; a witness shows that its premise can hold. Witnesses and
counterexamples are decoded and replayed with the concrete functions before they are believed.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import attrs
import z3

from runas_model.decision import RULES, decide_by
from runas_model.readings import Reading, all_readings
from runas_model.rulebook import RULEBOOK, Rule
from runas_model.state import situation_of
from runas_model.stories import tell
from runas_properties.laws import LAWS, Claim, Law
from runas_solver.decoding import Decoder
from runas_solver.universe import Universe, formula

__all__ = ["RLIMIT", "Example", "Proof", "prove", "prove_all"]

RLIMIT = 5_000_000
"""Z3's resource units for one query; a proof here takes some thousands. Not a time, so it does not flake."""


@attrs.frozen
class Example:
    """Concrete values of a law's variables, checked with the concrete functions, and told in a line."""

    values: dict[str, Any]
    story: str


@attrs.frozen
class Proof:
    """The verdict on one law: `proved`, `refuted` (with a counterexample), `vacuous` or `undetermined`."""

    law: Law
    verdict: str
    readings: int
    milliseconds: float
    rlimit: int
    witness: Example | None = None
    counterexample: Example | None = None
    detail: str = ""

    @property
    def holds(self) -> bool:
        return self.verdict == "proved"


def prove_all(
    rules: Sequence[Rule] = RULEBOOK, laws: Iterable[Law] | None = None, rlimit: int = RLIMIT
) -> Iterable[Proof]:
    """A proof attempt for each law, in order."""
    return (prove(law, rules, rlimit) for law in (LAWS.values() if laws is None else laws))


def prove(law: Law, rules: Sequence[Rule] = RULEBOOK, rlimit: int = RLIMIT) -> Proof:
    """Prove a law of the decision that `rules` make, under every reading; never raises for an undetermined one."""
    began = time.perf_counter()
    universe = Universe()
    values = {name: universe.fresh(kind, name) for name, kind in law.variables.items()}
    decide = decide_by(rules)
    claim = law.claim(decide, **values)
    readings = len(all_readings()) ** sum(kind is Reading for kind in law.variables.values())
    used = 0
    baseline = z3.Solver()

    def search(*goals: z3.BoolRef) -> tuple[z3.CheckSatResult, Example | None]:
        nonlocal used
        solver = z3.SolverFor("QF_UF")
        solver.set("rlimit", rlimit)
        formulas = [*goals, *_terms(values)]
        solver.add(*goals, *universe.axioms(formulas))
        before = _rlimit_count(baseline)
        answer = solver.check()
        used += _rlimit_count(baseline) - before
        if answer != z3.sat:
            return answer, None
        decoder = Decoder(universe, solver.model(), list(solver.assertions()))
        found = {name: decoder.decode(value) for name, value in values.items()}
        return answer, Example(found, _story(found, decide))

    def verdict(name: str, **more: Any) -> Proof:
        return Proof(law, name, readings, (time.perf_counter() - began) * 1000, used, **more)

    premise, conclusion = formula(claim.premise), formula(claim.conclusion)
    answer, counterexample = search(premise, z3.Not(conclusion))
    if answer == z3.unknown:
        return verdict("undetermined", detail=f"the solver ran out of its budget of {rlimit} resource units")
    if counterexample is not None:
        _replay(law, decide, counterexample, lambda claim: claim.premise and not claim.conclusion)
        return verdict("refuted", counterexample=counterexample)
    answer, witness = search(premise, conclusion)
    if answer == z3.unknown:
        return verdict("undetermined", detail=f"no witness within {rlimit} resource units")
    if witness is None:
        return verdict("vacuous", detail="the premise can never hold")
    _replay(law, decide, witness, lambda claim: claim.premise and claim.conclusion)
    return verdict("proved", witness=witness)


def _rlimit_count(solver: z3.Solver) -> int:
    """What this process has spent so far, in Z3's resource units; Z3 keeps one count for all solvers."""
    solver.check()
    return int(dict(list(solver.statistics())).get("rlimit count", 0))


def _terms(values: Any) -> list[z3.ExprRef]:
    """The Z3 terms in records, so that the axioms speak of them too."""
    if isinstance(values, dict):
        return [term for value in values.values() for term in _terms(value)]
    if hasattr(values, "term"):
        return [values.term]
    if attrs.has(type(values)) and not hasattr(values, "universe"):
        return _terms({field.name: getattr(values, field.name) for field in attrs.fields(type(values))})
    return []


def _replay(law: Law, decide: Any, example: Example, expected: Callable[[Claim], bool]) -> None:
    """Check an example with the concrete functions; a disagreement is a defect of the symbolic universe."""
    if not expected(law.claim(decide, **example.values)):
        raise AssertionError(f"{law.id}: the concrete functions do not confirm {example.values}")


def _story(values: dict[str, Any], decide: Any) -> str:
    reading = values["r"]
    at = [values[name] for name in ("state", "principal", "instance") if name in values]
    situation = values["s"] if "s" in values else situation_of(*at)
    decision = decide(situation, reading)
    others = ", ".join(
        f"{name} = {value!r}" for name, value in values.items() if isinstance(value, str | bool) and name != "s"
    )
    story = tell(situation, decision, RULES.get(decision.rule), reading)
    return f"{story}; {others}" if others else story
