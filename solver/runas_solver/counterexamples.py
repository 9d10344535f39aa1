"""Counterexamples: the smallest model of a failed obligation, in the model's vocabulary, replayed and told.

Smallest means the fewest entities, then the fewest facts. A counterexample is believed only when the concrete
functions confirm it.
"""

from enum import EnumType
from typing import Any, get_type_hints

import attrs
import z3
from attrs import evolve

from runas_model.doors import checked
from runas_model.specification.readings import DEFAULT, Reading
from runas_model.specification.rulebook import Rule
from runas_model.specification.state import INITIAL, State
from runas_model.specification.transitions import Specification, Transition
from runas_model.specification.vocabulary import SUPERUSER_ID, Decision, Name, OsUser, PosixId, Situation
from runas_model.stories.differences import differing_choices, differing_facts
from runas_model.stories.situations import os_user_ids, outcome, plain, tell, tell_reading
from runas_model.stories.traces import changes, tell_transition
from runas_model.universes.tables import sorts_of
from runas_properties.laws import Claim, Kind, Law, laws_of
from runas_solver.decoding import Decoder
from runas_solver.obligations import INITIALLY, Obligation, Obligations
from runas_solver.universe import Scope, Universe

__all__ = ["Counterexample", "counterexample"]


@attrs.frozen
class Counterexample:
    """Concrete values for which a law fails; for a step also the transition, from a state that keeps all invariants."""

    values: dict[str, Any]
    transition: Transition | None
    lines: tuple[str, ...]

    @property
    def story(self) -> str:
        return "\n".join(self.lines)


@checked
def counterexample(
    obligations: Obligations, obligation: Obligation, solver: z3.Solver, smallest: bool = True
) -> Counterexample:
    """The smallest model of an obligation that `solver` has just found satisfiable, or else the first.

    Raises AssertionError if running the model does not confirm it, which is a defect in the symbolic universe.
    """
    model = _smallest(obligations.universe, solver, obligation.scope) if smallest else solver.model()
    decoder = Decoder(obligations.universe, model, obligation.scope)
    values = {name: decoder.decode(value) for name, value in obligation.values.items()}
    by = obligations.specification
    t = obligation.transition
    if t is not None:
        arguments = {name: decoder.decode(value) for name, value in t.arguments.items()}
        t = by.transition(t.operation, decoder.decode(t.before), decoder.decode(t.reading), **arguments)
    found = Counterexample(values, t, tuple(_lines(by, obligation, values, t)))
    _replay(by, obligation, found)
    return found


def _smallest(universe: Universe, solver: z3.Solver, scope: Scope) -> z3.ModelRef:
    """The model with the fewest entities, and of those the first with the fewest facts.

    A fact is a truth that holds (but a tag's key that is spelled exactly is the usual one), a uid or gid that is 0, a
    name that is a constant or blank (but a blank default OS user is the usual one) and not empty, an empty name of
    something else, which is what a table gives for nothing, or an enumerated value other than the first of its kind.
    """
    entities: dict[Any, list[z3.ExprRef]] = {}
    facts = [z3.Not(term) if str(term).endswith("tag_key_exact") else term
             for term in (truth.term for truth in scope.truths.values())]  # fmt: skip
    constants = [value.term for number, value in scope.values.items()
                 if value.sort is Name and universe.constant_ids.get(number)]  # fmt: skip
    nothing = {value.sort: value.term for number, value in scope.values.items()
               if universe.constant_ids.get(number) == ""}  # fmt: skip
    for number, value in scope.values.items():
        if isinstance(value.sort, EnumType):
            if number not in universe.constant_ids:
                facts.append(value.term != universe.lift(next(iter(value.sort)), value.sort).term)
        elif value.sort is PosixId:
            facts.append(value.term == universe.lift(SUPERUSER_ID, PosixId).term)
        elif value.term is nothing.get(value.sort):
            continue
        elif number not in universe.constant_ids or value.sort is not Name:
            entities.setdefault(value.sort, []).append(value.term)
            if value.sort is Name:
                facts += [value.term == constant for constant in constants]
            if value.sort is Name and "default_user" not in str(value.term):
                facts.append(universe.blank(value.term))
            if value.sort is Name and Name in nothing:
                facts.append(z3.And(universe.blank(value.term), value.term != nothing[Name]))
            elif value.sort in nothing:
                facts.append(value.term == nothing[value.sort])
    distinct = [
        z3.And(*(term != other for other in terms[:index]))
        for terms in entities.values()
        for index, term in enumerate(terms)
    ]
    search = Search(solver)
    for measured in filter(None, (distinct, facts)):
        while (count := sum(map(search.holds, measured))) and search.keeps(z3.AtMost(*measured, count - 1)):
            pass
        solver.add(z3.AtMost(*measured, count))
    for fact in facts:
        solver.add(z3.Not(fact) if not search.holds(fact) or search.keeps(z3.Not(fact)) else fact)
    for terms in entities.values():
        first: list[z3.ExprRef] = []
        for term in terms:
            same = next((other for other in first if search.holds(term == other) or search.keeps(term == other)), None)
            if same is None:
                first.append(term)
            solver.add(*([term == same] if same is not None else [term != other for other in first[:-1]]))
    return search.model


class Search:
    """A solver with a model of what it holds so far."""

    def __init__(self, solver: z3.Solver) -> None:
        self.solver = solver
        self.model = solver.model()

    def holds(self, truth: z3.BoolRef) -> bool:
        """Whether the model makes it true."""
        return bool(z3.is_true(self.model.eval(truth, model_completion=True)))

    def keeps(self, truth: z3.BoolRef) -> bool:
        """Whether it can be true as well; then the model makes it so."""
        self.solver.push()
        self.solver.add(truth)
        possible = bool(self.solver.check() == z3.sat)
        if possible:
            self.model = self.solver.model()
        self.solver.pop()
        return possible


def _replay(by: Specification, obligation: Obligation, found: Counterexample) -> None:
    law, t = obligation.law, found.transition
    subject: Any = by
    if obligation.about == INITIALLY:
        subject = by.initial
    elif t is not None:
        subject = t if law.kind is Kind.STEP else t.after
    claim: Claim = law.claim(subject, **found.values)
    confirmed = claim.premise and not claim.conclusion
    if not confirmed or (t is not None and not _keeps_invariants(t.before)):
        raise AssertionError(f"{obligation.id}: running the model does not confirm {found.values}, {t}")


def _keeps_invariants(state: State) -> bool:
    """Whether every invariant holds of a state, at every key of the table that its premise asks."""
    tables = {sorts_of(kind)[:-1]: getattr(state, name) for name, kind in get_type_hints(State).items()}
    for law in laws_of(Kind.INVARIANT):
        sorts = tuple(law.variables.values())
        for key in tables[sorts]:
            keys = key if len(sorts) > 1 else (key,)
            if not law.claim(state, **dict(zip(law.variables, keys, strict=True))).holds:
                return False
    return True


def _lines(by: Specification, obligation: Obligation, values: dict[str, Any], t: Transition | None) -> list[str]:
    where = [f"the law fails at: {at}"] if (at := _at(values)) else []
    if t is not None:
        asked, *changed = tell_transition(t)
        before = [f"given: {line}" for line in changes(INITIAL, t.before)] or ["given: nothing"]
        return [*before, tell_reading(t.reading), f"step:  {asked}", *(f"then:  {line}" for line in changed), *where]
    if obligation.about == INITIALLY:
        return ["initially", *where]
    given = [f"given: {line}" for line in changes(INITIAL, values["state"])] if "state" in values else []
    first, *others = _decided(by, obligation.law, values)
    return [*given, _told(by, *first), *(_against(by, first, other) for other in others), *where]


def _at(values: dict[str, Any]) -> str:
    """The values of a law's variables that are told nowhere else: names and ids, an OS user, a truth."""
    told = [f"{name} {plain(value)}" for name, value in values.items() if isinstance(value, str)]
    told += [f"{name} with {os_user_ids(value)}" for name, value in values.items() if isinstance(value, OsUser)]
    return ", ".join(told + [f"{name} {value}" for name, value in values.items() if isinstance(value, bool)])


def _decided(by: Specification, law: Law, values: dict[str, Any]) -> list[tuple[Situation, Reading]]:
    """The situations and readings that a law compares, each once; first the one that is given, or decided."""
    asked: list[tuple[Situation, Reading]] = []

    def decide(s: Situation, r: Reading) -> Decision:
        asked.append((s, r))
        return by.decide(s, r)

    noting = evolve(by)
    noting.__dict__["decide"] = decide
    if "s" in values:
        asked.append((values["s"], values["r"]))
    elif law.kind is Kind.COMPARISON and "asked" in values:
        asked.append((by.situation_of(values["state"], values["asked"]), values.get("r", DEFAULT)))
    law.claim(noting, **values)
    return [pair for number, pair in enumerate(asked) if pair not in asked[:number]]


def _told(by: Specification, s: Situation, r: Reading) -> str:
    decision = by.decide(s, r)
    return tell(s, decision, _rule(by, decision), r)


def _rule(by: Specification, decision: Decision) -> Rule | None:
    return next((rule for rule in by.rules if rule.id == decision.rule), None)


def _against(by: Specification, first: tuple[Situation, Reading], other: tuple[Situation, Reading]) -> str:
    """A decision that is compared with the first: only what differs in its situation and reading, and its outcome."""
    decision = by.decide(*other)
    rule = _rule(by, decision)
    choices = differing_choices(first[1], other[1])
    what = [*differing_facts(first[0], other[0]), *([f"reading {choices}"] if choices else [])]
    return f"but where {', '.join(what)}: {outcome(decision)}{f' by {rule.id}' if rule else ''}"
