"""The columnar universe: truths and values are columns over many states at once.

The model's functions run once, on columns; what they do is recorded as formulas over the stored fields of a state, each
distinct formula once. `runas_properties.explorer` then evaluates the formulas for whole frontiers of states with NumPy.
A constant stays what it is in Python, so a formula that does not depend on the state is a plain ``bool``.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from runas_model.universes.connectives import all_of, any_of, choose, field_names, not_
from runas_model.universes.connectives import is_blank as is_blank_name

__all__ = ["Columns", "Field", "Truth", "Value", "assuming", "is_constant", "possible"]


@attrs.frozen(eq=False)
class Field:
    """A stored leaf of the state: the constants it may hold, each standing for its own code."""

    label: str
    values: tuple[Any, ...]


@attrs.frozen(eq=False)
class Truth:
    """A column of truths: a formula over fields, the same object wherever the same formula is met.

    `kind` is `is` (parts: a field and a code), `all`, `any`, `not` or `same` (parts: truths).
    """

    columns: "Columns"
    number: int
    kind: str
    parts: tuple[Any, ...]

    def all_of(self, truths: tuple[Any, ...]) -> Any:
        return self.columns.joined("all", truths)

    def any_of(self, truths: tuple[Any, ...]) -> Any:
        return self.columns.joined("any", truths)

    def negated(self) -> "Truth":
        if self.kind == "not":
            inner: Truth = self.parts[0]
            return inner
        return self.columns.truth("not", (self,))

    def choose(self, then: Any, otherwise: Any) -> Any:
        return self.columns.choose(self, then, otherwise)

    def __eq__(self, other: object) -> Any:
        if other is True or other is False:
            return self if other else self.negated()
        if not isinstance(other, Truth):
            return NotImplemented
        if self is other:
            return True
        if self.negated() is other:
            return False
        return self.columns.truth("same", (self, other) if self.number < other.number else (other, self))

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        raise TypeError("a column of truths cannot be branched on: use the connectives")


@attrs.frozen(eq=False)
class Value:
    """A column of values: a stored field, or a choice between two values that are constants or columns."""

    columns: "Columns"
    number: int
    field: Field | None
    choice: tuple[Truth, Any, Any] | None
    domain: tuple[Any, ...]

    def __eq__(self, other: object) -> Any:
        return self.columns.equal(self, other)

    __hash__ = None  # type: ignore[assignment]

    def is_blank(self) -> Any:
        return any_of(*(self == name for name in self.domain if name is None or is_blank_name(name)))


COLUMNS = (Truth, Value)
"""A tuple, for this is asked millions of times, and a union would be made each time."""


def is_constant(value: Any) -> bool:
    """Whether a truth or a value is the same in every state."""
    return not isinstance(value, COLUMNS)


def possible(value: Any) -> tuple[Any, ...]:
    """The constants that a truth or a value may be; at least those that it is in some state."""
    if isinstance(value, Value):
        return value.domain
    return (False, True) if isinstance(value, Truth) else (value,)


class Columns:
    """The formulas recorded so far, each distinct one once; a formula comes after those that it is made of."""

    def __init__(self) -> None:
        self.truths: list[Truth] = []
        self._truths: dict[Any, Truth] = {}
        self._values: dict[Any, Value] = {}
        self._equal: dict[Any, Any] = {}

    def stored(self, field: Field) -> Any:
        """The column of a field: a truth where its constants are truths, a constant where there is only one."""
        if len(field.values) == 1:
            return field.values[0]
        if isinstance(field.values[0], bool):
            return self._is(field, True)
        return self._value((id(field),), field, None, field.values)

    def truth(self, kind: str, parts: tuple[Any, ...]) -> Truth:
        """The formula of that kind over those parts."""
        key = (kind, *(part.number if isinstance(part, Truth) else part for part in parts))
        if key not in self._truths:
            self._truths[key] = made = Truth(self, len(self.truths), kind, parts)
            self.truths.append(made)
        return self._truths[key]

    def joined(self, kind: str, truths: Iterable[Any]) -> Any:
        """The conjunction (`all`) or disjunction (`any`), with what follows from the parts alone already drawn."""
        neutral = kind == "all"
        parts: dict[int, Truth] = {}
        for truth in _flattened(kind, truths):
            if isinstance(truth, Truth):
                parts[truth.number] = truth
            elif truth is not neutral:
                return not neutral
        for part in parts.values():
            if part.kind == "not" and part.parts[0].number in parts:
                return not neutral
        if len(parts) < 2:
            return next(iter(parts.values()), neutral)
        if neutral and _excluded(parts.values()):
            return False
        return self.truth(kind, tuple([parts[number] for number in sorted(parts)]))

    def choose(self, condition: Any, then: Any, otherwise: Any) -> Any:
        """`then` where the condition holds, else `otherwise`: leaf by leaf in records; tables are `merged`."""
        if then is otherwise or is_constant(condition):
            return then if condition is not False else otherwise
        if _is_truth(then):
            return any_of(all_of(condition, then), all_of(not_(condition), otherwise))
        if hasattr(then, "merged"):
            return then.merged(condition, otherwise)
        if _is_record(then):
            names = field_names(type(then))
            return type(then)(
                *(self.choose(condition, getattr(then, name), getattr(otherwise, name)) for name in names)
            )
        if is_constant(then) and is_constant(otherwise) and then == otherwise:
            return then
        domain = tuple(dict.fromkeys((*possible(then), *possible(otherwise))))
        key = (condition.number, _identity(then), _identity(otherwise))
        return self._value(key, None, (condition, then, otherwise), domain)

    def equal(self, value: Value, other: Any) -> Any:
        """Whether two values are equal, as a formula over fields."""
        if other is value:
            return True
        key = (value.number, _identity(other))
        if key not in self._equal:
            self._equal[key] = self._compare(value, other)
        return self._equal[key]

    def _compare(self, value: Value, other: Any) -> Any:
        if not any(constant in possible(other) for constant in value.domain):
            return False
        if value.choice is not None:
            condition, then, otherwise = value.choice
            return self.choose(condition, then == other, otherwise == other)
        if isinstance(other, Value) and other.choice is not None:
            return self.equal(other, value)
        if isinstance(other, Value):
            return any_of(*(all_of(value == constant, other == constant) for constant in value.domain))
        return self._is(value.field, other)

    def _is(self, field: Any, constant: Any) -> Truth:
        return self.truth("is", (field, field.values.index(constant)))

    def _value(self, key: Any, field: Field | None, choice: Any, domain: tuple[Any, ...]) -> Value:
        if key not in self._values:
            self._values[key] = Value(self, len(self._values), field, choice, domain)
        return self._values[key]


def assuming(fact: Any, subject: Any) -> Any:
    """A truth or a value simplified by what holds where `fact` does."""
    if is_constant(fact) or is_constant(subject):
        return subject
    return _assuming(dict(_consequences(fact)), subject, {})


def _consequences(fact: Truth) -> Iterator[tuple[int, bool]]:
    """What is known where a fact holds, by the numbers of truths."""
    for truth in _flattened("all", [fact]):
        yield truth.number, True
        if truth.kind == "not":
            yield from ((part.number, False) for part in _flattened("any", truth.parts))


def _assuming(known: dict[int, bool], subject: Any, made: dict[Any, Any]) -> Any:
    if is_constant(subject):
        return subject
    key = _identity(subject)
    if key not in made:
        made[key] = _simplified(known, subject, made)
    return made[key]


def _simplified(known: dict[int, bool], subject: Any, made: dict[Any, Any]) -> Any:
    if isinstance(subject, Value):
        if subject.choice is None:
            return subject
        condition, then, otherwise = (_assuming(known, part, made) for part in subject.choice)
        return choose(condition, then, otherwise)
    if subject.number in known:
        return known[subject.number]
    if subject.kind == "is":
        return subject
    parts = [_assuming(known, part, made) for part in subject.parts]
    if subject.kind == "not":
        return not_(parts[0])
    return parts[0] == parts[1] if subject.kind == "same" else subject.columns.joined(subject.kind, parts)


def _flattened(kind: str, truths: Iterable[Any]) -> list[Any]:
    flat: list[Any] = []
    for truth in truths:
        if isinstance(truth, Truth) and truth.kind == kind:
            flat += truth.parts
        else:
            flat.append(truth)
    return flat


def _excluded(truths: Iterable[Truth]) -> bool:
    """Whether a field would have to hold two constants at once."""
    codes: dict[int, int] = {}
    for truth in truths:
        if truth.kind == "is":
            field, code = truth.parts
            if codes.setdefault(id(field), code) != code:
                return True
    return False


TRUTHS = (bool, Truth)


def _is_truth(value: Any) -> bool:
    return isinstance(value, TRUTHS)


def _is_record(value: Any) -> bool:
    return bool(field_names(type(value))) and not isinstance(value, Value)


def _identity(value: Any) -> Any:
    """What tells a part of a formula from others: its number, or its type and itself if it is a constant."""
    if is_constant(value):
        return type(value), value
    return type(value).__name__, value.number
