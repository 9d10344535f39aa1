"""How a state fits into 64 bits: which leaves it has, which constants each may hold, and where its code stands.

Nothing of this is written down by hand. The operations run on columns, from the first state on, until no operation puts
anything new anywhere: what each leaf held by then is what it may hold.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

from runas_model.specification.readings import Reading
from runas_model.specification.state import State
from runas_model.specification.transitions import Call, Specification, Transition
from runas_model.universes.tables import PairTable, Table
from runas_properties.explorer.column_tables import ColumnTable, Entry
from runas_properties.explorer.columns import Columns, Field, Truth, Value, assuming, possible

__all__ = ["Packing", "ScopeError", "Slot", "packing_of"]

Leaf = tuple[str, tuple[Any, ...], str]
"""A table of the state, a key in it, and the path to a leaf of its value (or `has`)."""

TABLES = [field.name for field in attrs.fields(State)]


class ScopeError(ValueError):
    """A scope that cannot be explored, with the cause and what to do."""


@attrs.frozen(eq=False)
class Slot:
    """Where a leaf stands in a packed state: `width` bits from bit `shift` hold the code of its constant."""

    leaf: Leaf
    field: Field
    shift: int

    @property
    def width(self) -> int:
        return (len(self.field.values) - 1).bit_length()


@attrs.frozen(eq=False)
class Packing:
    """The leaves of a state in their places, and the first state."""

    slots: dict[Leaf, Slot]
    start: State

    @property
    def bits(self) -> int:
        return sum(slot.width for slot in self.slots.values())

    def columns(self, columns: Columns) -> State:
        """The state whose leaves are the stored fields."""

        def table(entries: dict[tuple[Any, ...], Entry], like: Any) -> ColumnTable:
            return ColumnTable(columns, like.default, entries)

        return self._state(lambda slot: columns.stored(slot.field), table)

    def unpack(self, packed: int) -> State:
        """The concrete state that is packed so."""

        def constant(slot: Slot) -> Any:
            return slot.field.values[packed >> slot.shift & (1 << slot.width) - 1]

        def table(entries: dict[tuple[Any, ...], Entry], like: Any) -> Any:
            made = type(like)(like.default)
            for key, entry in entries.items():
                if entry.has:
                    made = made.put(key[0] if len(key) == 1 else key, entry.value)
            return made

        return self._state(constant, table)

    def pack(self, state: State) -> int:
        """The concrete state in bits."""
        packed = 0
        for (table, key, path), slot in self.slots.items():
            one: Any = getattr(state, table)
            at = key[0] if len(key) == 1 else key
            value = one.has(at) if path == "has" else dict(_leaves(one[at]))[path]
            packed |= code_of(slot.field, value) << slot.shift
        return packed

    def differences(self, before: State, after: State, accepted: Any) -> dict[Slot, Any]:
        """The leaves that a transition may change, with what they hold after it where it is accepted."""
        old, new = dict(leaves_of(before)), dict(leaves_of(after))
        changed = {leaf: assuming(accepted, value) for leaf, value in new.items() if value is not old[leaf]}
        return {self.slots[leaf]: value for leaf, value in changed.items() if value is not old[leaf]}

    def _state(self, leaf: Callable[[Slot], Any], table: Callable[[dict[tuple[Any, ...], Entry], Any], Any]) -> State:
        tables = {}
        for name in TABLES:
            like: Any = getattr(self.start, name)
            keys = dict.fromkeys(key for owner, key, _ in self.slots if owner == name)
            entries = {}
            for key in keys:
                has = leaf(self.slots[name, key, "has"])

                def read(path: str, default: Any, key: Any = key, has: Any = has, name: str = name) -> Any:
                    if has is False:  # in no state, perhaps, and then it has no slot
                        return default
                    slot = self.slots[name, key, path]
                    value = leaf(slot)
                    return value if has is True or default in slot.field.values else has.choose(value, default)

                entries[key] = Entry(has, _rebuilt(like.default, read))
            tables[name] = table(entries, like)
        return State(**tables)


def packing_of(
    specification: Specification, reading: Reading, start: State, calls: Iterable[Call]
) -> tuple[Packing, Columns, State, list[Transition]]:
    """A packing of every state that calls can reach, and the transitions of those calls on its columns.

    Raises `ScopeError` where a state needs more than 64 bits.
    """
    known: dict[Leaf, dict[Any, None]] = {}
    _learn(known, leaves_of(start), absent_too=False)
    calls = list(calls)
    while True:
        size = sum(map(len, known.values()))
        packing = _packed(known, start)
        columns = Columns()
        before = packing.columns(columns)
        transitions = [specification.transition(name, before, reading, **arguments) for name, arguments in calls]
        for t in transitions:
            _learn(known, ((leaf, assuming(t.accepted, value)) for leaf, value in leaves_of(t.after)), absent_too=True)
        if size == sum(map(len, known.values())):
            break
    if packing.bits > 64:
        raise ScopeError(f"a state of this scope needs {packing.bits} bits, and 64 is the most; take a smaller scope")
    return packing, columns, before, transitions


def code_of(field: Field, value: Any) -> int:
    """The code of a constant; a default that is never stored has the code of nothing."""
    return field.values.index(value) if value in field.values else 0


def leaves_of(state: State) -> Iterator[tuple[Leaf, Any]]:
    """Every leaf of a state, of columns or concrete; of an entry that is never there, only that it is not."""
    for name in TABLES:
        table: Any = getattr(state, name)
        for key, entry in _entries(table):
            yield (name, key, "has"), entry.has
            for path, value in _leaves(entry.value):
                yield (name, key, path), value


def _entries(table: Any) -> Iterator[tuple[tuple[Any, ...], Entry]]:
    if isinstance(table, Table | PairTable):
        for key in table:
            yield (key if isinstance(key, tuple) else (key,)), Entry(True, table[key])
    else:
        yield from table.entries.items()


def _learn(known: dict[Leaf, dict[Any, None]], leaves: Iterable[tuple[Leaf, Any]], absent_too: bool) -> None:
    """Add what the leaves may hold; an entry first put later than at the start was absent at the start."""
    has: Any = True
    for leaf, value in leaves:
        if leaf[2] == "has":
            has = value
            if absent_too and leaf not in known:
                known[leaf] = {False: None}
            known[leaf] = known.get(leaf, {}) | dict.fromkeys(possible(value))
        elif has is not False:
            known.setdefault(leaf, {}).update(dict.fromkeys(_held(assuming(has, value), has)))


def _held(value: Any, has: Any) -> Iterator[Any]:
    """The constants that a leaf may be where its entry is there; of a choice, those that `has` does not rule out."""
    if isinstance(value, Truth):
        cases = [(value, True), (value.negated(), False)]
    elif isinstance(value, Value) and value.choice is not None:
        condition, then, otherwise = value.choice
        cases = [(condition, then), (condition.negated(), otherwise)]
    else:
        yield from possible(value)
        return
    for fact, case in cases:
        if (still := assuming(fact, has)) is not False:
            yield from _held(assuming(fact, case), still)


def _packed(known: dict[Leaf, dict[Any, None]], start: State) -> Packing:
    slots, shift = {}, 0
    for leaf, values in known.items():
        constants = tuple(values)
        slots[leaf] = Slot(leaf, Field(".".join(map(str, (leaf[0], *leaf[1], leaf[2]))), _in_order(constants)), shift)
        shift += slots[leaf].width
    return Packing(slots, start)


def _in_order(constants: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(sorted(constants)) if all(isinstance(constant, bool) for constant in constants) else constants


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The leaves of a record, by path; a plain value is its own leaf."""
    if type(value).__module__.startswith("runas_model.") and attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from _leaves(getattr(value, field.name), f"{path}.{field.name}" if path else field.name)
    else:
        yield path or "value", value


def _rebuilt(like: Any, read: Callable[[str, Any], Any], path: str = "") -> Any:
    """A record like another, with leaves as they are read by path and default."""
    if attrs.has(type(like)):
        parts = {field.name: f"{path}.{field.name}" if path else field.name for field in attrs.fields(type(like))}
        return type(like)(**{name: _rebuilt(getattr(like, name), read, part) for name, part in parts.items()})
    return read(path or "value", like)
