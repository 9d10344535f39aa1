"""What holds where the symbolic universe is the concrete one: each check raises AssertionError at the first difference.

A concrete run is a model of each obligation: its assumptions hold in it, and its premise and conclusion have there the
values that the law gives. So a run that breaks a law would have refuted the obligation, whatever the solver made of it.
"""

from collections import Counter
from functools import cache
from random import Random
from typing import Any, get_origin, get_type_hints

import attrs
from attrs import evolve

from runas_model import DEFAULT, INITIAL, OPERATIONS, RULEBOOK, Decision, Platform, Reading, Situation, State, Switch
from runas_model.specification.transitions import SPECIFICATION, Call, Specification, Transition
from runas_model.specification.vocabulary import Instance, PrincipalKind, RuleId, Session
from runas_model.universes.connectives import choose
from runas_model.universes.tables import PairTable, sorts_of
from runas_properties.explorer.traces import Trace
from runas_properties.laws import LAWS, Claim, Kind, laws_of
from runas_solver.obligations import INITIALLY, Obligation, Obligations
from runas_solver.universe import Universe
from solver.homomorphism.generated import TABLES, keys_of, reached, transition, truths_of, value
from solver.homomorphism.interpretation import Interpretation, Terms

__all__ = ["Checks", "tables"]


def start_nobody(rule: RuleId, s: Situation) -> Decision:
    return Decision(rule, True, None, None)


OF_NOBODY: tuple[Call, ...] = tuple(
    (name, OPERATIONS[name].with_members(arguments))
    for name, arguments in (
        ("create_principal", {"principal": "amy", "account": "1", "kind": PrincipalKind.USER}),
        ("register_instance", {"instance": "i-1", "account": "1", "platform": Platform.LINUX}),
        ("update_preferences", {"account": "1", "run_as_enabled": Switch.ON, "default_user": ""}),
        ("start_session", {"session": "s-1", "principal": "amy", "instance": "i-1"}),
        ("terminate_session", {"session": "s-1"}),
    )
)


class Checks:
    """The obligations of a specification, held to what concrete runs are."""

    def __init__(self, by: Specification = SPECIFICATION) -> None:
        self.by = by
        self.obligations = Obligations(by)
        self.terms = Terms(self.obligations.universe)
        self.of = cache(lambda law, about: self.obligations.obligation(LAWS[law], about))
        self.reads = cache(self._reads)
        self.reached: Counter[str] = Counter()

    def decision(self, chance: Random) -> None:
        """Laws of decisions, for a state, a situation, readings and names."""
        state = reached(chance, self.by)
        for law in laws_of(Kind.DECISION, Kind.COMPARISON):
            values = {name: value(kind, chance, state) for name, kind in law.variables.items()}
            given = {f"law.{name}": (kind, values[name]) for name, kind in law.variables.items()}
            self._is_model(self.of(law.id, "decision"), given, self.by, values)

    def initially(self, chance: Random) -> None:
        """Laws of the initial state, and invariants of it."""
        for law in laws_of(Kind.INITIAL, Kind.INVARIANT):
            values = {name: value(kind, chance) for name, kind in law.variables.items()}
            given = {f"law.{name}": (kind, values[name]) for name, kind in law.variables.items()}
            self._is_model(self.of(law.id, INITIALLY), given, self.by.initial, values)

    def step(self, chance: Random, operation: str = "") -> None:
        """Step laws and invariants, for an operation in a state that is reached."""
        before, reading = reached(chance, self.by), value(Reading, chance)
        operation = operation or chance.choice((*OPERATIONS, *["start_session"] * 4))
        self._holds_of(transition(operation, before, reading, chance, self.by), chance)

    def _holds_of(self, t: Transition, chance: Random) -> None:
        """Step laws and invariants, for one step, mostly asked of what its arguments name."""
        before = t.before
        given = {"state": (State, before), "reading": (Reading, t.reading)}
        given |= {f"the-{name}": (OPERATIONS[t.operation].parameters[name], v) for name, v in t.arguments.items()}
        kinds = {name: kind for law in laws_of(Kind.STEP, Kind.INVARIANT) for name, kind in law.variables.items()}
        values = {name: value(kind, chance, before) for name, kind in kinds.items()}
        for name, argument in t.arguments.items():
            if chance.random() < 0.7 and kinds.get(name) is OPERATIONS[t.operation].parameters[name]:
                values[name] = argument
        given |= {f"law.{name}": (kind, values[name]) for name, kind in kinds.items()}
        self.reached[f"{t.operation}: {'accepted' if t.accepted else 'refused'}"] += 1
        interpretation = Interpretation(self.terms, given)
        self._is_step(t, interpretation)
        for law in laws_of(Kind.STEP, Kind.INVARIANT):
            subject = t if law.kind is Kind.STEP else t.after
            self._is_model(self.of(law.id, t.operation), interpretation, subject, values)

    def a_reading_of_its_own(self, chance: Random) -> None:
        """A step law with a variable that is called as what a step has: it is any reading, and not the step's."""

        def claim(t: Transition, reading: Reading) -> Claim:
            return Claim(True, t.reading.superuser == reading.superuser)

        law = attrs.evolve(LAWS["accounts-are-isolated"], claim=claim, variables={"reading": Reading})
        t = transition("create_principal", INITIAL, value(Reading, chance), chance)
        values = {"reading": value(Reading, chance)}
        given = {
            "state": (State, INITIAL),
            "reading": (Reading, t.reading),
            "law.reading": (Reading, values["reading"]),
        }
        given |= {f"the-{name}": (OPERATIONS[t.operation].parameters[name], v) for name, v in t.arguments.items()}
        self._is_model(self.obligations.obligation(law, t.operation), given, t, values)

    def of_nobody(self, chance: Random) -> None:
        """The end of a session of a specification that starts sessions as nobody."""
        checks = Checks(
            Specification([evolve(r, outcome=start_nobody) if r.id == "nobody-named" else r for r in RULEBOOK])
        )
        *_, t = Trace("", DEFAULT, OF_NOBODY).transitions(checks.by)
        assert not t.before.sessions[Instance("i-1"), Session("s-1")].os_user
        checks._holds_of(t, chance)

    def _is_step(self, t: Any, interpretation: Interpretation) -> None:
        """The step of the symbolic universe is the step."""
        symbolic, _ = self.obligations.transition(t.operation)
        assert interpretation.concrete(symbolic.accepted) == t.accepted, f"{t.operation}: accepted"
        for name, key, has, there in self.reads(t.operation):
            now = getattr(t.after, name)
            read = interpretation.concrete(has), interpretation.concrete(there)
            assert read == (now.has(key), now[key]), f"{t.operation}: {name} at {key}"
        if t.decision is not None:
            assert interpretation.concrete(symbolic.decision) == t.decision, f"{t.operation}: the decision"

    def _reads(self, operation: str) -> list[tuple[str, Any, Any, Any]]:
        """Every table of the state after, asked for every key."""
        after = self.obligations.transition(operation)[0].after
        with self.obligations.universe.noting():
            return [
                (name, key, getattr(after, name).has(key), getattr(after, name)[key])
                for name, kind in get_type_hints(State).items()
                for key in keys_of(kind)
            ]

    def _is_model(self, one: Obligation, given: Any, subject: Any, values: dict[str, Any]) -> None:
        by = given if isinstance(given, Interpretation) else Interpretation(self.terms, given)
        claim = one.law.claim(subject, **{name: values[name] for name in one.law.variables})
        for axiom in one.axioms:
            assert by.of(axiom), f"{one.id}: the axiom {axiom} is false of {values}"
        for invariant, instances in one.hypotheses.items():
            for instance in instances:
                assert by.of(instance), f"{one.id}: {invariant} is supposed where it is false: {instance}"
        assert by.of(one.premise) == claim.premise, f"{one.id}: the premise, of {values}"
        assert by.of(one.conclusion) == claim.conclusion, f"{one.id}: the conclusion, of {values}"
        self.reached[f"{one.law.id}: {'' if claim.premise else 'no '}premise"] += 1


def tables(chance: Random) -> None:
    """Tables that come of others, in several ways one after another, and what stands under a first key."""
    universe = Universe()
    name = chance.choice(TABLES)
    kind = get_type_hints(State)[name]
    *sorts, of = sorts_of(kind)
    has_rows, fields = get_origin(kind) is PairTable, truths_of(kind)
    ways = ("put", "drop", "choose", *["drop_under"] * has_rows, *["copy_under"] * 2 * bool(fields))
    kinds = {
        "one": kind,
        "other": kind,
        "flag": bool,
        "value": of,
        **{f"key-{n}": sort for n, sort in enumerate(sorts)},
    }
    given = {label: (hint, value(hint, chance)) for label, hint in kinds.items()}
    with universe.noting() as scope:
        fresh = {label: universe.fresh(hint, label) for label, hint in kinds.items()}
        made = [(fresh[label], given[label][1]) for label in ("one", "other")]
        made.append((universe.embed(given["one"][1], kind), given["one"][1]))
        told = []
        for _ in range(chance.randrange(1, 6)):
            told.append(chance.choice(ways))
            of_one, other = chance.choice(made), chance.choice(made)
            at = _key(chance, sorts, fresh, given)
            match told[-1]:
                case "put":
                    what = chance.choice([(fresh["value"], given["value"][1]), (given["value"][1],) * 2])
                    made.append((of_one[0].put(at[0], what[0]), of_one[1].put(at[1], what[1])))
                case "drop":
                    made.append((of_one[0].drop(at[0]), of_one[1].drop(at[1])))
                case "drop_under":
                    made.append((of_one[0].drop_under(at[0][0]), of_one[1].drop_under(at[1][0])))
                case "copy_under":
                    to, field = _key(chance, sorts, fresh, given), chance.choice(fields)
                    made.append(
                        (
                            of_one[0].copy_under(at[0][0], to[0][0], field),
                            of_one[1].copy_under(at[1][0], to[1][0], field),
                        )
                    )
                case "choose":
                    made.append(
                        (choose(fresh["flag"], of_one[0], other[0]), choose(given["flag"][1], of_one[1], other[1]))
                    )
        asked = []
        for symbolic, concrete in made:
            for key in chance.sample(keys_of(kind), 3):
                asked.append((key, (symbolic.has(key), symbolic[key]), (concrete.has(key), concrete[key])))
                if has_rows:
                    row, expected = symbolic.under(key[0]), concrete.under(key[0])
                    asked.append((key, (row.has(key[1]), row[key[1]]), (expected.has(key[1]), expected[key[1]])))
    interpretation = Interpretation(Terms(universe), given)
    for axiom in universe.axioms(scope):
        assert interpretation.of(axiom), f"the axiom {axiom} is false of {given}"
    for key, (has, there), expected in asked:
        got = interpretation.concrete(has), interpretation.concrete(there)
        assert got == expected, f"{name} after {', '.join(told)}, at {key!r}: {got}, and not {expected}"


def _key(chance: Random, sorts: list[Any], fresh: dict[str, Any], given: dict[str, Any]) -> tuple[Any, Any]:
    """A key made of constants or of fresh values, and what it is."""
    parts = [
        chance.choice([(fresh[f"key-{n}"], given[f"key-{n}"][1]), (value(sort, chance),) * 2])
        for n, sort in enumerate(sorts)
    ]
    one, other = (tuple(part[side] for part in parts) for side in (0, 1))
    return (one, other) if len(sorts) > 1 else (one[0], other[0])
