"""The columnar universe, held to the concrete one: rows in one batch, each another state, with arguments of its own.

What NumPy computes for a row must be what the concrete functions give for that row. Each check raises AssertionError at
the first difference.
"""

from collections.abc import Sequence
from itertools import product
from random import Random
from typing import Any, get_origin, get_type_hints

import attrs

from runas_model import OPERATIONS, SPECIFICATION, Reading, State
from runas_model.facts.classes import answers
from runas_model.specification import situation_of
from runas_model.specification.transitions import ASKED
from runas_model.specification.vocabulary import NO_ROLE_SESSION, PREFERENCES, Request, Situation
from runas_model.universes.connectives import implies
from runas_model.universes.tables import PairTable, sorts_of
from runas_properties.explorer.columns import assuming
from runas_properties.explorer.packing import ScopeError, packing_of
from runas_properties.explorer.search import Search
from runas_properties.laws import Kind, Law, laws_of
from solver.homomorphism.generated import TABLES, arguments, keys_of, reached, value
from universes.batch import CONSTANT_SORTS, REACHED, ROWS, Batch
from universes.programs import table_changed, truth

__all__ = ["REACHED", "claims", "explored", "formulas", "simplified", "steps", "tables"]

KINDS = get_type_hints(State)


def steps(chance: Random, operation: str = "", laws: Sequence[Law] = ()) -> None:
    """An operation in several states, with other arguments and under another reading in each: all of the states after.

    And what step laws and invariants say of it: these, or some.
    """
    batch = Batch(chance)
    operation = operation or chance.choice((*OPERATIONS, *["start_session"] * 3))
    columns, rows = _arguments(batch, operation, chance)
    reading, readings = batch.given(Reading, chance)
    symbolic = SPECIFICATION.transition(operation, batch.state, reading, **columns)
    concrete = [
        SPECIFICATION.transition(operation, *at, **row) for *at, row in zip(batch.states, readings, rows, strict=True)
    ]
    batch.expect(f"{operation}: accepted", symbolic.accepted, [t.accepted for t in concrete])
    if symbolic.decision is not None:
        batch.expect(f"{operation}: the decision", symbolic.decision, [t.decision for t in concrete])
    for name, kind in KINDS.items():
        after, tables = getattr(symbolic.after, name), [getattr(t.after, name) for t in concrete]
        for key in keys_of(kind):
            batch.expect(f"{operation}: {name} has {key}", after.has(key), [table.has(key) for table in tables])
            batch.expect(f"{operation}: {name} at {key}", after[key], [table[key] for table in tables])
    for law in laws or chance.sample(laws_of(Kind.STEP, Kind.INVARIANT), 6):
        subjects = concrete if law.kind is Kind.STEP else [t.after for t in concrete]
        _claimed(batch, law, symbolic if law.kind is Kind.STEP else symbolic.after, subjects, chance)
    batch.check()


def _arguments(batch: Batch, operation: str, chance: Random) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Arguments as columns, and in rows; the key of a tag is the same in all."""
    rows = [arguments(operation, chance, state) for state in batch.states]
    columns: dict[str, Any] = {}
    for name, sort in OPERATIONS[operation].parameters.items():
        if sort in CONSTANT_SORTS or chance.random() < 0.2:
            rows = [{**row, name: rows[0][name]} for row in rows]
            columns[name] = rows[0][name]
        else:
            columns[name] = batch.column([row[name] for row in rows])
    return columns, rows


def _claimed(batch: Batch, law: Law, subject: Any, subjects: Sequence[Any], chance: Random) -> None:
    """The premise and the conclusion of a law, for values of its variables."""
    columns, rows = {}, [{} for _ in range(ROWS)]  # type: ignore[var-annotated]
    for name, kind in law.variables.items():
        if kind is State:
            columns[name], held = batch.state, batch.states
        elif kind is Situation:
            columns[name], held = _situation(batch, chance)
        else:
            columns[name], held = batch.given(kind, chance)
        rows = [{**row, name: one} for row, one in zip(rows, held, strict=True)]
    claim = law.claim(subject, **columns)
    concrete = [law.claim(one, **row) for one, row in zip(subjects, rows, strict=True)]
    batch.expect(f"{law.id}: premise", claim.premise, [one.premise for one in concrete])
    batch.expect(f"{law.id}: conclusion", claim.conclusion, [one.conclusion for one in concrete])


def _situation(batch: Batch, chance: Random) -> tuple[Any, list[Any]]:
    """A situation in the states of a batch, with some of its facts exchanged for others."""
    asked = [batch.given(sort, chance) for sort in get_type_hints(Request).values()]
    columns = situation_of(batch.state, Request(*(column for column, _ in asked)))
    requests = [Request(*row) for row in zip(*(held for _, held in asked), strict=True)]
    rows = [situation_of(*at) for at in zip(batch.states, requests, strict=True)]
    hints = get_type_hints(Situation)
    for name in chance.sample([name for name in hints if name != "os_users"], chance.randrange(9)):
        column, held = batch.given(hints[name], chance)
        columns = attrs.evolve(columns, **{name: column})
        rows = [attrs.evolve(row, **{name: one}) for row, one in zip(rows, held, strict=True)]
    return columns, rows


def claims(chance: Random, laws: Sequence[Law] = ()) -> None:
    """Rules, the questions of classes and laws of decisions, these or some, in several situations and readings."""
    batch = Batch(chance)
    s, situations = _situation(batch, chance)
    r, readings = batch.given(Reading, chance)
    for rule in SPECIFICATION.rules:
        batch.expect(
            f"rule: {rule.id}", rule.when(s, r), [rule.when(*at) for at in zip(situations, readings, strict=True)]
        )
    decided = [SPECIFICATION.decide(*at) for at in zip(situations, readings, strict=True)]
    batch.expect("decide: ", SPECIFICATION.decide(s, r), decided)
    told = [answers(row) for row in situations]
    for question, answer in answers(s).items():
        batch.expect(f"answers: {question}", answer, [row[question] for row in told])
    for law in laws or chance.sample(laws_of(Kind.DECISION, Kind.COMPARISON), 6):
        _claimed(batch, law, SPECIFICATION, [SPECIFICATION] * ROWS, chance)
    batch.check()


def formulas(chance: Random) -> None:
    """Truths made of everything that can be asked."""
    batch = Batch(chance)
    s, situations = _situation(batch, chance)
    r, readings = batch.given(Reading, chance)
    for _ in range(16):
        seed = chance.random()
        made = truth(Random(seed), s, r)
        batch.expect("truth: ", made, [truth(Random(seed), *at) for at in zip(situations, readings, strict=True)])
    batch.check()


def simplified(chance: Random) -> None:
    """A truth, simplified by what is assumed: the same wherever that holds."""
    batch = Batch(chance)
    s, _ = _situation(batch, chance)
    r, _ = batch.given(Reading, chance)
    for _ in range(8):
        fact, subject = truth(chance, s, r), truth(chance, s, r)
        value_too = assuming(fact, s.tag)
        batch.expect("assuming: ", implies(fact, assuming(fact, subject) == subject), [True] * ROWS)
        batch.expect("assuming a value: ", implies(fact, value_too == s.tag), [True] * ROWS)
    batch.check()


def tables(chance: Random) -> None:
    """Tables that come of others, with columns for keys, values and conditions."""
    batch = Batch(chance)
    name = chance.choice(TABLES)
    *sorts, of = sorts_of(KINDS[name])
    has_rows = get_origin(KINDS[name]) is PairTable

    def keys() -> tuple[Any, list[Any]]:
        parts = [batch.given(sort, chance) for sort in sorts]
        columns, rows = zip(*parts, strict=True)
        return (columns, list(zip(*rows, strict=True))) if len(sorts) > 1 else (columns[0], rows[0])

    given = {
        "keys": [keys() for _ in range(3)],
        "values": [batch.given(of, chance) for _ in range(2)],
        "flags": [batch.given(bool, chance) for _ in range(2)],
    }
    seed = chance.random()
    made = table_changed(
        Random(seed), KINDS[name], [getattr(batch.state, name)], *([one for one, _ in each] for each in given.values())
    )
    expected = [
        table_changed(
            Random(seed),
            KINDS[name],
            [getattr(state, name)],
            *([held[row] for _, held in each] for each in given.values()),
        )
        for row, state in enumerate(batch.states)
    ]
    asked = [*((key, [key] * ROWS) for key in chance.sample(keys_of(KINDS[name]), 3)), chance.choice(given["keys"])]
    for number, table in enumerate(made):
        rows = [row[number] for row in expected]
        for key, held in asked:
            at = list(zip(rows, held, strict=True))
            batch.expect(f"tables: {name} has {key}", table.has(key), [one.has(k) for one, k in at])
            batch.expect(f"tables: {name} at {key}", table[key], [one[k] for one, k in at])
            if has_rows:
                row = table.under(key[0])
                batch.expect(
                    f"tables: {name} under, has {key}", row.has(key[1]), [one.under(k[0]).has(k[1]) for one, k in at]
                )
                batch.expect(f"tables: {name} under, at {key}", row[key[1]], [one.under(k[0])[k[1]] for one, k in at])
    batch.check()


def explored(chance: Random) -> None:
    """Some calls, in every state that they reach: packed, moved on and unpacked as the concrete ones are."""
    reading, start = value(Reading, chance), reached(chance)
    names = [*OPERATIONS, *["update_preferences"] * 8, *["create_os_user", "terminate_session"] * 2]
    calls = [(name, arguments(name, chance, start)) for name in chance.choices(names, k=8)]
    documents = [PREFERENCES, *sorted({key[2] for key in start.documents} - {PREFERENCES})[:1]]
    role_sessions = [NO_ROLE_SESSION, *sorted(start.assumed)[:1]]
    given = [(False, ""), (True, chance.choice(("alice", "")))]
    for *at, (filled, parameter) in product(
        sorted(start.principals)[:2], sorted(start.instances)[:2], documents, role_sessions, given
    ):
        calls.append(("start_session", {"session": "s-9", **dict(zip(ASKED, (*at, filled, parameter), strict=True))}))
    try:
        packing, columns, _, transitions = packing_of(SPECIFICATION, reading, start, calls)
    except ScopeError:
        return
    search = Search(packing, columns, transitions, [])
    search.run(lambda search: len(search.visited) > 150)
    words = search.visited.tolist()
    states = [packing.unpack(word) for word in words]
    assert [packing.pack(state) for state in states] == words
    assert _read(packing.unpack(packing.pack(start))) == _read(start)
    assert packing.pack(start) in words
    found = {place: (before.tolist(), after.tolist()) for place, before, after in search.successors(search.visited)}
    for place, (name, asked) in enumerate(calls):
        after = dict(zip(*found.get(place, ((), ())), strict=True))
        for word, state in zip(words, states, strict=True):
            t = SPECIFICATION.transition(name, state, reading, **asked)
            assert (word in after) == t.accepted, f"{name} {asked}"
            assert not t.accepted or _read(packing.unpack(after[word])) == _read(t.after), f"{name} {asked}"
            REACHED["explored"] += 1
            REACHED["started"] += t.accepted and t.decision is not None and t.decision.starts


def _read(state: State) -> list[Any]:
    """All that can be read of a state."""
    tables = [(getattr(state, name), keys_of(kind)) for name, kind in KINDS.items()]
    return [(table.has(key), table[key]) for table, keys in tables for key in keys]
