"""The universe of words, held to the concrete one: what its terms are, for concrete values of their variables."""

from collections import Counter
from random import Random
from typing import Any, get_origin, get_type_hints

from runas_model import OPERATIONS, RULEBOOK, SPECIFICATION, Reading, Situation, State
from runas_model.specification.vocabulary import Request
from runas_model.universes.naming import NAMED
from runas_model.universes.tables import PairTable, sorts_of
from runas_model.words.subjects import SPECIFICATION_IN_WORDS, variable
from runas_model.words.terms import evaluate, whole
from runas_properties.laws import LAWS, Kind, Law
from solver.homomorphism.generated import TABLES, keys_of, reached, transition, value
from universes.programs import table_changed, truth

__all__ = ["REACHED", "claims", "named_parts", "operations", "rules_and_truths", "tables"]

REACHED: Counter[str] = Counter()
"""What was compared, and how often."""


def _same(label: str, words: Any, expected: Any, values: dict[str, Any]) -> None:
    got = evaluate(words if isinstance(words, bool) else whole(words), values)
    assert got == expected, f"{label}: {got}, and not {expected}"
    REACHED[label.partition(":")[0]] += 1


def rules_and_truths(chance: Random) -> None:
    """Rules, the decision and the situation, and a truth of everything that can be asked."""
    state = reached(chance)
    asked = value(Request, chance, state)
    values = {"s": value(Situation, chance, state), "r": value(Reading, chance), "by": SPECIFICATION}
    s, r = variable("s", Situation), variable("r", Reading)
    rule, seed = chance.choice(RULEBOOK), chance.random()
    _same("rule: ", rule.when(s, r), rule.when(values["s"], values["r"]), values)
    _same("outcome: ", rule.outcome(rule.id, s), rule.outcome(rule.id, values["s"]), values)
    _same("decide: ", SPECIFICATION_IN_WORDS.decide(s, r), SPECIFICATION.decide(values["s"], values["r"]), values)
    made = truth(Random(seed), s, r, chosen_keys=True)
    _same("truth: ", made, truth(Random(seed), values["s"], values["r"]), values)
    at = [variable("state", State), variable("asked", Request)]
    values |= {"state": state, "asked": asked}
    of = SPECIFICATION.situation_of(state, asked)
    _same("situation_of: ", SPECIFICATION_IN_WORDS.situation_of(*at), of, values)
    _same("situation_of, itself: ", SPECIFICATION.situation_of(*at), of, values)


def operations(chance: Random) -> None:
    """The guards of an operation, its decision and the state after."""
    t = transition(name := chance.choice(list(OPERATIONS)), reached(chance), value(Reading, chance), chance)
    values = {"state": t.before, "reading": t.reading, "by": SPECIFICATION, **t.arguments}
    asked = {name: variable(name, sort) for name, sort in OPERATIONS[name].parameters.items()}
    more = {"reading": variable("reading", Reading), "by": SPECIFICATION_IN_WORDS} if t.decision is not None else {}
    step = OPERATIONS[name].function(variable("state", State), **more, **OPERATIONS[name].gathered(asked))
    concrete = SPECIFICATION.step(name, t.before, t.reading, **t.arguments)
    for (holds, error), (expected, _) in zip(step.requires, concrete.requires, strict=True):
        _same(f"{name}: {type(error).__name__}", holds, expected, values)
    _same(f"{name}: the state after", step.state, concrete.state, values)
    if step.decision is not None:
        _same(f"{name}: the decision", step.decision, concrete.decision, values)


def claims(chance: Random, law: Law | None = None) -> None:
    """A law, as the words of which it is told."""
    law = law or chance.choice(list(LAWS.values()))
    t = transition(chance.choice((*OPERATIONS, "start_session")), reached(chance), value(Reading, chance), chance)
    of_step = law.kind is Kind.STEP
    subject: Any = t if of_step else t.after if law.kind in (Kind.INITIAL, Kind.INVARIANT) else SPECIFICATION
    values = {name: value(kind, chance, t.before) for name, kind in law.variables.items()}
    if chance.random() < 0.7:
        values |= {name: one for name, one in t.arguments.items() if name in values}
    said = law.words.said[t.operation if of_step else ""]
    expected = law.claim(subject, **values)
    known = {"t": t, "state": t.after, "by": SPECIFICATION, **values}
    _same(f"{law.id}: premise", said.premise, expected.premise, known)
    _same(f"{law.id}: conclusion", said.conclusion, expected.conclusion, known)


PLAIN = {"State", "Situation", "Reading", "Name", "Principal", "Instance", "Session", "Account", "TagKey", "FoldedKey",
         "Region", "DocumentName", "RoleSession", "Request"}  # fmt: skip
"""What a part may be asked of that is no transition, no rule and no specification."""


def named_parts(chance: Random) -> None:
    """A function that is known by a name is what it would be without it."""
    hints = {part.id: get_type_hints(part.function) for part in NAMED.values()}
    plain = [
        id
        for id, kinds in hints.items()
        if {kind.__name__ for name, kind in kinds.items() if name != "return"} <= PLAIN
    ]
    part = NAMED[chance.choice(plain)]
    state = reached(chance)
    kinds = {name: kind for name, kind in hints[part.id].items() if name != "return"}
    values = {name: value(kind, chance, state) for name, kind in kinds.items()}
    words = [variable(name, kind) for name, kind in kinds.items()]
    _same(f"named: {part.id}", part.function(*words), part.function(*values.values()), values)


def tables(chance: Random) -> None:
    """Tables that come of one in several ways, and what stands under a first key."""
    state, kinds = reached(chance), get_type_hints(State)
    name = chance.choice(TABLES)
    *sorts, of = sorts_of(kinds[name])
    has_rows, seed = get_origin(kinds[name]) is PairTable, chance.random()
    labels = {f"key-{place}-{number}": sort for place in range(2) for number, sort in enumerate(sorts)}
    labels |= {"value-0": of, "value-1": of, "flag": bool}

    def changed(table: Any, known: dict[str, Any]) -> list[Any]:
        keys: list[Any] = [tuple(known[f"key-{place}-{number}"] for number in range(len(sorts))) for place in range(2)]
        if len(sorts) == 1:
            keys = [key[0] for key in keys]
        values = [known["value-0"], known["value-1"]]
        return table_changed(Random(seed), kinds[name], [table], keys, values, [known["flag"]])

    given = {label: value(sort, chance) for label, sort in labels.items()}
    words = {label: variable(label, sort) for label, sort in labels.items()}
    expected = changed(getattr(state, name), given)
    values = {"state": state, **given}
    for made, concrete in zip(changed(getattr(variable("state", State), name), words), expected, strict=True):
        for key in chance.sample(keys_of(kinds[name]), 2):
            _same(f"tables: {name} has", made.has(key), concrete.has(key), values)
            _same(f"tables: {name} at", made[key], concrete[key], values)
            if has_rows:
                row, under = made.under(key[0]), concrete.under(key[0])
                _same(f"tables: {name} under has", row.has(key[1]), under.has(key[1]), values)
                _same(f"tables: {name} under at", row[key[1]], under[key[1]], values)
