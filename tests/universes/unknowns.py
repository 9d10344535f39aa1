"""The universe of unknowns, held to the concrete one: what it settles is so, and the rest is what it says it is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any, get_type_hints

from attrs import evolve

from runas_model import OPERATIONS, SPECIFICATION, Decision, Reading, Situation, State
from runas_model.specification.transitions import Transition
from runas_model.specification.vocabulary import Request
from runas_model.universes.connectives import all_of, any_of, choose, field_names, folded, is_blank, spelled
from runas_properties.laws import Kind, Law, laws_of
from runas_properties.laws.law import REQUESTED
from runas_properties.oracle.checking import named_by
from runas_properties.oracle.unknowns import Unknown, UnknownTable, can_break, unknown_step, unknown_variable
from solver.homomorphism.generated import keys_of, reached, transition, value
from universes.programs import truth

__all__ = ["REACHED", "steps", "truths"]

REACHED: Counter[str] = Counter()
"""What was compared, and how often."""


class Meaning:
    """What unknown values are where everything is known: of a transition, a situation and a reading, and variables."""

    def __init__(self, t: Transition | None, s: Situation | None, r: Reading, variables: dict[str, Any]) -> None:
        self.t, self.s, self.r, self.variables = t, s, r, variables

    def of(self, what: Any) -> Any:
        if isinstance(what, Unknown | UnknownTable):
            what = what.what
        if not isinstance(what, tuple):
            return what
        match what:
            case ("variable", str(name)):
                return self.variables[name]
            case ("reading", str(name)):
                return getattr(self.r, name)
            case ("situation", str(name)):
                return getattr(self.s, name)
            case ("=", one, other):
                return self.of(one) == self.of(other)
            case ("not", one):
                return not self.of(one)
            case ("all", *parts):
                return all_of(*map(self.of, parts))
            case ("any", *parts):
                return any_of(*map(self.of, parts))
            case ("choose", condition, then, otherwise):
                return choose(self.of(condition), self.of(then), self.of(otherwise))
            case ("blank" | "folded" | "spelled" as asked, one):
                return {"blank": is_blank, "folded": folded, "spelled": spelled}[asked](self.of(one))
            case ("under", table, first):
                return self.of(table).under(self.of(first))
            case ("has", table, *keys):
                return self.of(table).has(self._key(keys))
            case ("of", table, *keys):
                return self.of(table)[self._key(keys)]
            case (str(name), ("of" | "variable", *_) as record):
                return getattr(self.of(record), name)
            case (str(name), "decided", of):
                return getattr(self._decision(list(map(self.of, of))), name)
        return self._of_step(what)

    def _of_step(self, what: Any) -> Any:
        assert self.t is not None
        match what:
            case ("argument", str(name)):
                return self.t.arguments[name]
            case ("decision", str(name)):
                return getattr(self.t.decision, name)
            case ("requires", error):
                return type(self._error()) is not error
            case ("subject", error, str(name)):
                told = self._error()
                return told.subject[error.about.index(name)] if type(told) is error else None
            case ("before", str(name)):
                return getattr(self.t.before, name)
            case ("after", str(name)):
                return getattr(self.t.after, name)
        raise AssertionError(f"nobody knows what {what} is")

    def _error(self) -> Any:
        """What was told, if the step was not accepted."""
        assert self.t is not None
        return next((error for holds, error in self.t.requires if not holds), None)

    def _key(self, keys: list[Any]) -> Any:
        known = tuple(map(self.of, keys))
        return known if len(known) > 1 else known[0]

    def _decision(self, of: list[Any]) -> Decision:
        split = len(field_names(Situation))
        assert len(of) > split, "nobody knows under which reading it is decided"
        return SPECIFICATION.decide(Situation(*of[:split]), Reading(*of[split:]))


def _compare(label: str, unknown: Any, expected: Any, meaning: Meaning) -> None:
    got = meaning.of(unknown)
    assert (got, type(got)) == (expected, type(expected)), f"{label}: {got}, and not {expected}"
    REACHED["settled" if isinstance(unknown, bool) else "unknown"] += 1


def truths(chance: Random) -> None:
    """A truth of everything that can be asked of a situation of which nothing is known."""
    s, r, seed = value(Situation, chance), value(Reading, chance), chance.random()
    parts: dict[str, Any] = {name: Unknown("situation", name) for name in field_names(Situation)}
    parts["os_users"] = UnknownTable(("situation", "os_users"), s.os_users["nobody"])
    reading = Reading(*(Unknown("reading", name) for name in field_names(Reading)))  # type: ignore[arg-type]
    made = truth(Random(seed), Situation(**parts), reading)
    _compare("truth", made, truth(Random(seed), s, r), Meaning(None, s, r, {}))


def _fields(value: Any) -> list[tuple[str, Any]]:
    return [(name, getattr(value, name)) for name in field_names(type(value))] or [("", value)]


def _at_named(kind: Any, value: Any, named: Mapping[Any, str], t: Transition) -> Any:
    """A value of a variable, with what the operation names in place of what is of the same sort."""
    if kind is Request:
        sorts, asked = get_type_hints(Request), named.keys() & REQUESTED
        return evolve(value, **{name: t.arguments[named[sort]] for name, sort in sorts.items() if sort in asked})
    return t.arguments[named[kind]] if kind in named else value


def steps(chance: Random, laws: Sequence[Law] = ()) -> None:
    """Step laws, these or some, of an operation of which it is known whether it was accepted, and what it changed."""
    operation = chance.choice((*OPERATIONS, *["start_session"] * 6))
    t = transition(operation, reached(chance), value(Reading, chance), chance)
    changed = frozenset(name for name in field_names(State) if getattr(t.before, name) is not getattr(t.after, name))
    step = unknown_step(operation, t.accepted, None if t.decision is None else t.decision.starts, changed)
    for table, kind in get_type_hints(State).items():
        key = chance.choice(keys_of(kind))
        meaning = Meaning(t, None, t.reading, {})
        for when in ("before", "after"):
            one, held = (getattr(getattr(at, when), table) for at in (step, t))
            _compare(f"{table} {when}, has {key}", one.has(key), held.has(key), meaning)
            for (name, unknown), (_, known_one) in zip(_fields(one[key]), _fields(held[key]), strict=True):
                _compare(f"{table} {when}, at {key}: {name}", unknown, known_one, meaning)
    for law in laws or chance.sample(laws_of(Kind.STEP), 5):
        values = {name: value(kind, chance, t.before) for name, kind in law.variables.items()}
        values |= {name: one for name, one in t.arguments.items() if name in values and chance.random() < 0.8}
        named = named_by(operation) if chance.random() < 0.5 else {}
        values = {name: _at_named(kind, values[name], named, t) for name, kind in law.variables.items()}
        at, sorts = tuple(named.items()), law.variables.items()
        meaning = Meaning(t, None, t.reading, values)
        said = law.claim(step, **{name: unknown_variable(name, kind, at) for name, kind in sorts})
        expected = law.claim(t, **values)
        _compare(f"{law.id}, {operation}: premise", said.premise, expected.premise, meaning)
        _compare(f"{law.id}, {operation}: conclusion", said.conclusion, expected.conclusion, meaning)
        _compare(f"{law.id}, {operation}: holds", said.holds, expected.holds, meaning)
        assert can_break(law.id, step, at) is (said.holds is not True), f"{law.id}, {operation}"
