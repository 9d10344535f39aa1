"""The universe of words: a truth or a value is a term that keeps how it was asked for.

Such a term can be told in English, and evaluated in any other universe. So what is told is what was asked.
"""

from collections.abc import Callable, Mapping
from functools import cache
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

import attrs

from runas_model.specification.errors import OperationError
from runas_model.specification.transitions import Specification, Transition
from runas_model.specification.vocabulary import Decision, FoldedKey, Name, OsUser, OsUsers, Situation, Spelling
from runas_model.universes.connectives import all_of, any_of, choose, field_names, folded, is_blank, not_, spelled
from runas_model.universes.naming import Part
from runas_model.universes.tables import PairTable, Table, sorts_of

__all__ = ["Term", "WordTable", "WordTransition", "evaluate", "fields_of", "fresh", "specification", "whole"]


@attrs.frozen(eq=False)
class Term:
    """A truth or a value: an operation, its parts, and the sort or class of what it stands for."""

    operation: str
    parts: tuple[Any, ...]
    kind: Any = bool

    def all_of(self, truths: tuple[Any, ...]) -> Any:
        return _joined("all", truths, neutral=True)

    def any_of(self, truths: tuple[Any, ...]) -> Any:
        return _joined("any", truths, neutral=False)

    def negated(self) -> "Term":
        return Term("not", (self,))

    def choose(self, then: Any, otherwise: Any) -> Any:
        branches = whole(then), whole(otherwise)
        kind = next((branch.kind for branch in branches if branch.operation != "constant"), branches[0].kind)
        return fresh(kind, Term("choose", (self, *branches), kind))

    def is_blank(self) -> "Term":
        return Term("blank", (self,))

    def folded(self) -> "Term":
        return Term("folded", (self,), FoldedKey)

    def spelled(self) -> "Term":
        return Term("spelled", (self,), Spelling)

    def called(self, part: Part, arguments: tuple[Any, ...]) -> "Term":
        """What a named function returned, by its name."""
        sorts = _hints(part.function).values()
        return Term("named", (part, tuple(map(_of_sort, arguments, sorts)), self), self.kind)

    def __eq__(self, other: object) -> "Term":  # type: ignore[override]
        return Term("equal", (self, _of_sort(other, self.kind)))

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        raise TypeError("a truth in words cannot be branched on: use the connectives")


def _joined(operation: str, truths: tuple[Any, ...], neutral: bool) -> Any:
    open_ones = tuple(truth for truth in truths if truth is not neutral)
    if any(truth is (not neutral) for truth in open_ones):
        return not neutral
    return open_ones[0] if len(open_ones) == 1 else Term(operation, open_ones)


@attrs.frozen(eq=False)
class WordTable:
    """A table of this universe, known by a term whose kind is the class of tables."""

    term: Term

    def has(self, key: Any) -> Any:
        return Term("has", (self.term, *self._keys(key)))

    def __getitem__(self, key: Any) -> Any:
        value_type = get_args(self.term.kind)[-1]
        return fresh(value_type, Term("item", (self.term, *self._keys(key)), value_type))

    def put(self, key: Any, value: Any) -> "WordTable":
        return self._changed("put", *self._keys(key), whole(value))

    def drop(self, key: Any) -> "WordTable":
        return self._changed("drop", *self._keys(key))

    def drop_under(self, first: Any) -> "WordTable":
        return self._changed("drop_under", *self._keys(first))

    def copy_under(self, source: Any, to: Any, where: str) -> "WordTable":
        return WordTable(Term("copy_under", (self.term, *self._keys(source), *self._keys(to), where), self.term.kind))

    def under(self, first: Any) -> "WordTable":
        _, *kinds = get_args(self.term.kind)
        return WordTable(Term("under", (self.term, *self._keys(first)), Table[tuple(kinds)]))  # type: ignore[misc]

    def _changed(self, operation: str, *parts: Term) -> "WordTable":
        return WordTable(Term(operation, (self.term, *parts), self.term.kind))

    def _keys(self, key: Any) -> tuple[Term, ...]:
        keys = key if isinstance(key, tuple) else (key,)
        return tuple(_of_sort(key, sort) for key, sort in zip(keys, sorts_of(self.term.kind)))  # noqa: B905


@attrs.frozen
class WordTransition(Transition):
    """A transition of which it is told what was done, whichever operation it is of."""

    def did(self, operation: str, **arguments: Any) -> Any:
        named = tuple((name, whole(value)) for name, value in arguments.items())
        return Term("did", (whole(self), operation, named))

    def fails(self, error: OperationError) -> Any:
        return Term("fails", (whole(self), type(error), tuple(map(whole, error.subject))))

    def starts(self) -> Any:
        return Term("step", (whole(self), "starts"))

    def refuses(self) -> Any:
        return Term("step", (whole(self), "refuses"))


def fresh(kind: Any, term: Term) -> Any:
    """A value of a sort, a record or a table, each of its parts known as a part of `term`."""
    if kind is OsUsers:
        kind = Table[Name, OsUser]
    if get_origin(kind) in (Table, PairTable):
        return WordTable(attrs.evolve(term, kind=kind))
    if kind is Transition:
        raise TypeError("a transition is of an operation: use `WordTransition`")
    if not field_names(kind):
        return term
    fields = {name: fresh(hint, Term("field", (term, name), hint)) for name, hint in _hints(kind).items()}
    return kind(**fields)


@cache
def _hints(record: Any) -> dict[str, Any]:
    return {name: _plain(hint) for name, hint in get_type_hints(record).items()}


def _plain(kind: Any) -> Any:
    """The sort of an optional value, or the sort itself."""
    if get_origin(kind) in (Union, UnionType):
        return next(part for part in get_args(kind) if part is not type(None))
    return kind


def whole(value: Any) -> Term:
    """The term of a value: of a record that which its fields are of, with what was changed in it."""
    if isinstance(value, Term):
        return value
    if isinstance(value, WordTable):
        return value.term
    if isinstance(value, Transition):
        return Term("variable", ("t",), Transition)
    kind: Any = type(value)
    fields = {name: getattr(value, name) for name in field_names(kind)}
    owners = (_owner(name, field) for name, field in fields.items())
    base = next((owner for owner in owners if owner is not None and owner.kind is kind), None)
    if base is None and any(isinstance(field, Term) for field in fields.values()):
        return Term("record", (kind, tuple((name, whole(field)) for name, field in fields.items())), kind)
    if base is None:
        return Term("constant", (value,), kind)
    sorts = _hints(kind)
    other = ((name, field) for name, field in fields.items() if _owner(name, field) is not base)
    changes = tuple((name, _of_sort(field, sorts[name])) for name, field in other)
    return Term("changed", (base, changes), base.kind) if changes else base


def _of_sort(value: Any, sort: Any) -> Term:
    """The term of a value, which is of a sort where it is a constant."""
    term = whole(value)
    return attrs.evolve(term, kind=sort) if term.operation == "constant" else term


def _owner(name: str, field: Any) -> Term | None:
    """The record of which a field is read under this name."""
    term = field.term if isinstance(field, WordTable) else field
    if isinstance(term, Term) and term.operation == "field" and term.parts[1] == name:
        return cast(Term, term.parts[0])
    return None


def specification(of: Term) -> Specification:
    """The specification, of which it is told what it was asked."""
    return _Asked(of=of)


@attrs.frozen(slots=False)
class _Asked(Specification):
    of: Term = attrs.field(kw_only=True)
    situation_of: Callable[..., Situation] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Its functions only note what is asked."""

    @situation_of.default
    def _(self) -> Callable[..., Situation]:
        def asked(*arguments: Any) -> Situation:
            term = Term("situation_of", (self.of, *map(whole, arguments)), Situation)
            situation: Situation = fresh(Situation, term)
            return situation

        return asked

    @property
    def decide(self) -> Any:
        return lambda *asked: fresh(Decision, Term("decide", (self.of, *map(whole, asked)), Decision))


def evaluate(term: Any, values: Mapping[str, Any]) -> Any:
    """What a truth or a value of this universe is in another, for the values of its variables there."""
    return _Evaluation(values).of(term)


class _Evaluation:
    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values
        self._known: dict[int, tuple[Term, Any]] = {}

    def of(self, part: Any) -> Any:
        if isinstance(part, tuple):
            return tuple(map(self.of, part))
        if not isinstance(part, Term):
            return part
        if id(part) not in self._known:
            self._known[id(part)] = (part, self._evaluated(part))
        return self._known[id(part)][1]

    def _evaluated(self, term: Term) -> Any:
        if term.operation == "variable":
            return self._values[term.parts[0]]
        if term.operation == "named":
            return self.of(term.parts[2])
        return MEANINGS[term.operation](*map(self.of, term.parts))


def _key(keys: tuple[Any, ...]) -> Any:
    return keys[0] if len(keys) == 1 else keys


MEANINGS: dict[str, Callable[..., Any]] = {
    "constant": lambda value: value,
    "field": getattr,
    "argument": lambda t, name: t.arguments[name],
    "changed": lambda record, changes: attrs.evolve(record, **dict(changes)),
    "has": lambda table, *keys: table.has(_key(keys)),
    "item": lambda table, *keys: table[_key(keys)],
    "put": lambda table, *keys: table.put(_key(keys[:-1]), keys[-1]),
    "drop": lambda table, *keys: table.drop(_key(keys)),
    "drop_under": lambda table, first: table.drop_under(first),
    "copy_under": lambda table, source, to, where: table.copy_under(source, to, where),
    "under": lambda table, first: table.under(first),
    "situation_of": lambda by, *asked: by.situation_of(*asked),
    "decide": lambda by, *asked: by.decide(*asked),
    "did": lambda t, operation, arguments: t.did(operation, **dict(arguments)),
    "step": lambda t, method: getattr(t, method)(),
    "fails": lambda t, error, subject: t.fails(error(*subject)),
    "equal": lambda one, other: one == other,
    "record": lambda record, fields: record(**dict(fields)),
    "blank": is_blank,
    "folded": folded,
    "spelled": spelled,
    "all": all_of,
    "any": any_of,
    "not": not_,
    "choose": choose,
}
"""What each operation means in any universe."""


def fields_of(record: Term) -> list[Term]:
    """The fields of a record, each as what it was made of, or as a part of it."""
    if record.operation == "record":
        return [value for _, value in record.parts[1]]
    return [Term("field", (record, name), kind) for name, kind in _hints(record.kind).items()]
