"""Columns: formulas that are simplified as they are made, and tables with columns for keys."""

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest

from runas_model.specification.vocabulary import Name, SessionTag, Spelling
from runas_model.universes.connectives import all_of, any_of, choose, implies, is_blank, not_
from runas_properties.explorer.column_tables import ColumnTable, Entry
from runas_properties.explorer.columns import Columns, Field, Truth, Value, assuming, possible
from runas_properties.explorer.packing import Slot
from runas_properties.explorer.program import Program, Task

NAMES = Field("name", ("alice", "ops", " ", ""))
OTHERS = Field("other", ("ops", "root"))
FLAGS = {name: Field(name, (False, True)) for name in ("on", "tagged")}


@pytest.fixture
def columns() -> Columns:
    return Columns()


def value_in(subject: Any, state: dict[str, Any]) -> Any:
    """A truth or a value, computed one state at a time: what NumPy computes for all at once."""
    if isinstance(subject, Value):
        if subject.choice is None:
            assert subject.field is not None
            return state[subject.field.label]
        condition, then, otherwise = subject.choice
        return value_in(then if value_in(condition, state) else otherwise, state)
    if not isinstance(subject, Truth):
        return subject
    if subject.kind == "is":
        field, code = subject.parts
        return state[field.label] == field.values[code]
    parts = [value_in(part, state) for part in subject.parts]
    return {"all": all(parts), "any": any(parts), "not": not parts[0], "same": parts[0] == parts[-1]}[subject.kind]


def states() -> list[dict[str, Any]]:
    fields = [NAMES, OTHERS, *FLAGS.values()]
    return [
        dict(zip((field.label for field in fields), values, strict=True))
        for values in product(*(field.values for field in fields))
    ]


def leaves(columns: Columns) -> dict[str, Any]:
    return {field.label: columns.stored(field) for field in (NAMES, OTHERS, *FLAGS.values())}


FORMULAS: dict[str, Callable[..., Any]] = {
    "all": lambda on, tagged, name, other: all_of(on, tagged, True),
    "any": lambda on, tagged, name, other: any_of(on, all_of(tagged, on), not_(tagged), False),
    "implies": lambda on, tagged, name, other: implies(all_of(on, name == "ops"), any_of(tagged, name == other)),
    "same": lambda on, tagged, name, other: (on == tagged) == (name == "alice"),
    "blank": lambda on, tagged, name, other: all_of(is_blank(name), not_(is_blank(other))) == on,
    "choice": lambda on, tagged, name, other: choose(on, choose(tagged, name, other), "ops"),
    "chosen equal": lambda on, tagged, name, other: choose(on, name, other) == choose(tagged, other, "alice"),
    "choice of truths": lambda on, tagged, name, other: choose(name == other, on, not_(tagged)),
    "field and choice": lambda on, tagged, name, other: name == choose(on, other, "alice"),
}


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_over_columns_is_what_it_is_over_constants(columns: Columns, formula: str) -> None:
    order = ("on", "tagged", "name", "other")
    made = leaves(columns)
    recorded = FORMULAS[formula](*(made[name] for name in order))

    for state in states():
        assert value_in(recorded, state) == FORMULAS[formula](*(state[name] for name in order))


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("fact", [name for name in FORMULAS if "choice" not in name or "truths" in name])
def test_what_is_simplified_under_a_fact_is_the_same_where_the_fact_holds(
    columns: Columns, formula: str, fact: str
) -> None:
    made = leaves(columns)
    known, recorded = (
        FORMULAS[name](made["on"], made["tagged"], made["name"], made["other"]) for name in (fact, formula)
    )

    for assumed in (known, not_(known)):
        simplified = assuming(assumed, recorded)
        for state in states():
            if value_in(assumed, state):
                assert value_in(simplified, state) == value_in(recorded, state)


def test_what_holds_in_every_state_is_a_constant(columns: Columns) -> None:
    made = leaves(columns)
    on, tagged, name, other = made["on"], made["tagged"], made["name"], made["other"]

    assert any_of(on, not_(on)) is True
    assert all_of(on, tagged, not_(on)) is False
    assert all_of(name == "alice", name == "ops") is False
    assert (on == any_of(on)) is True
    assert (on == not_(on)) is False
    assert (on == True) is on  # noqa: E712
    assert (name == choose(on, name, name)) is True
    assert (name == "root") is False
    assert (choose(on, name, other) == "nobody") is False
    assert not_(not_(on)) is on
    assert all_of(on, tagged) is all_of(tagged, on)


def test_a_column_cannot_be_branched_on_or_compared_with_a_name(columns: Columns) -> None:
    on = columns.stored(FLAGS["on"])

    with pytest.raises(TypeError, match="use the connectives"):
        bool(on)
    assert (on == "alice") is False, "as Python says where neither side knows the other"


def test_a_field_with_one_constant_is_that_constant(columns: Columns) -> None:
    assert columns.stored(Field("always", ("alice",))) == "alice"
    assert possible("alice") == ("alice",)
    assert possible(columns.stored(FLAGS["on"])) == (False, True)


def test_tables_take_columns_for_keys(columns: Columns) -> None:
    made = leaves(columns)
    name, on = made["name"], made["on"]
    table = ColumnTable(
        columns, "nothing", {("ops",): Entry(True, "o"), ("root",): Entry(on, choose(on, "r", "nothing"))}
    )

    def concrete(state: dict[str, Any]) -> dict[Any, str]:
        return {"ops": "o", **({"root": "r"} if state["on"] else {})}

    put, dropped, looked_up = table.put(name, "new"), table.drop(made["other"]), table[made["other"]]
    for state in states():
        after_put = {**concrete(state), state["name"]: "new"}
        after_drop = {key: value for key, value in concrete(state).items() if key != state["other"]}
        assert value_in(looked_up, state) == concrete(state).get(state["other"], "nothing")
        for key in ("alice", "ops", "root", "", " ", "never"):
            for recorded, expected in ((put, after_put), (dropped, after_drop)):
                assert value_in(recorded.has(key), state) == (key in expected)
                assert value_in(recorded[key], state) == expected.get(key, "nothing")


def test_tables_of_pairs_show_and_drop_what_is_under_a_column(columns: Columns) -> None:
    made = leaves(columns)
    entries = {("ops", "s-1"): Entry(True, "one"), ("root", "s-1"): Entry(made["on"], choose(made["on"], "two", ""))}
    table = ColumnTable(columns, "", entries)

    row, without = table.under(made["other"]), table.drop_under(made["other"])

    for state in states():
        rows = {"ops": "one", "root": "two" if state["on"] else ""}
        assert value_in(row["s-1"], state) == rows[state["other"]]
        assert value_in(row.has("s-1"), state) == bool(rows[state["other"]])
        assert value_in(without.has((state["other"], "s-1")), state) is False
        assert value_in(without["root", "s-1"], state) == ("" if state["other"] == "root" else rows["root"])


def test_tables_of_pairs_copy_what_is_under_a_column_where_a_field_of_it_is_true(columns: Columns) -> None:
    made = leaves(columns)
    on, nothing = made["on"], SessionTag(Spelling(""), Name(""), False)
    passed = SessionTag(Spelling("k"), made["name"], made["tagged"])
    entries = {
        ("ops", "k"): Entry(on, choose(on, passed, nothing)),
        ("root", "k"): Entry(True, SessionTag(Spelling("k"), Name("r"), True)),
    }

    table = ColumnTable(columns, nothing, entries).copy_under(made["other"], "new", "transitive")

    for state in states():
        tags = {"root": "r", **({"ops": state["name"]} if state["on"] else {})}
        if state["other"] == "root" or (state["on"] and state["tagged"]):
            tags["new"] = tags[state["other"]]
        for key in ("ops", "root", "new"):
            assert value_in(table.has((key, "k")), state) == (key in tags)
            assert value_in(table[key, "k"].value, state) == tags.get(key, "")
        assert value_in(table["new", "k"].transitive, state) == ("new" in tags)


def test_a_field_may_hold_more_constants_than_a_byte_has_values(columns: Columns) -> None:
    field = Field("name", tuple(f"user-{number}" for number in range(300)))
    slot = Slot(("names", (), ""), field, 3)
    asked = [7, 256, 256 + 7]
    truths = tuple(columns.stored(field) == field.values[code] for code in asked)
    seen: list[list[bool]] = []
    task = Task(truths, lambda states, columns: seen.extend(column.tolist() for column in columns))

    Program(columns, [slot], [task]).run(np.array([code << 3 for code in asked], np.uint64))

    assert seen == [[True, False, False], [False, True, False], [False, False, True]]


def test_tables_take_several_columns_for_a_key(columns: Columns) -> None:
    made = leaves(columns)
    table = ColumnTable(columns, "nothing", {("alice", "west", "root"): Entry(True, "a")})
    key = made["name"], "west", made["other"]

    put, dropped, looked_up = table.put(key, "new"), table.drop(key), table[key]

    for state in states():
        at = state["name"], "west", state["other"]
        entries = {("alice", "west", "root"): "a"}
        assert value_in(looked_up, state) == entries.get(at, "nothing")
        for asked in product(NAMES.values, ("west", "east"), OTHERS.values):
            for recorded, expected in (
                (put, {**entries, at: "new"}),
                (dropped, {one: value for one, value in entries.items() if one != at}),
            ):
                assert value_in(recorded.has(asked), state) == (asked in expected)
                assert value_in(recorded[asked], state) == expected.get(asked, "nothing")
