"""The universe of unknowns: what a step law says of an operation when nothing is known but which tables it changed.

Most laws cannot be broken by most operations, and the law itself shows it: run on unknown values, where an unchanged
table answers alike before and after, its claim comes out true. `can_break` is how a step is checked against the few
laws that remain.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import Any, get_type_hints

from attrs import evolve

from runas_model.specification.errors import ERRORS
from runas_model.specification.readings import Reading
from runas_model.specification.state import INITIAL, State
from runas_model.specification.transitions import Specification, Transition
from runas_model.specification.vocabulary import Decision, Request, Situation
from runas_model.universes.connectives import field_names
from runas_properties.laws import LAWS
from runas_properties.laws.law import REQUESTED

__all__ = ["Unknown", "UnknownTable", "can_break", "unknown_step", "unknown_variable"]


class Unknown:
    """A value of which only `what` it is is known: two are the same value if that is equal, else they may be."""

    __hash__ = None  # type: ignore[assignment]

    def __init__(self, *what: Any) -> None:
        self.what = what

    @cached_property
    def _text(self) -> str:
        return repr(self.what)

    def __repr__(self) -> str:
        """What it is, all the way down: written once, since whatever is made of it asks for it again."""
        return self._text

    def __eq__(self, other: object) -> Any:
        return True if repr(self) == repr(other) else Unknown("=", *sorted((self, other), key=repr))

    def __bool__(self) -> bool:
        raise TypeError(f"{self.what} is unknown")

    def negated(self) -> "Unknown":
        return self.what[1] if self.what[0] == "not" else Unknown("not", self)

    def all_of(self, truths: Iterable[Any]) -> Any:
        return _joined("all", truths, neutral=True)

    def any_of(self, truths: Iterable[Any]) -> Any:
        return _joined("any", truths, neutral=False)

    def choose(self, then: Any, otherwise: Any) -> Any:
        return then if repr(then) == repr(otherwise) else Unknown("choose", self, then, otherwise)

    def is_blank(self) -> Any:
        return Unknown("blank", self.what)

    def folded(self) -> Any:
        return Unknown("folded", self.what)

    def spelled(self) -> Any:
        return Unknown("spelled", self.what)


def _what(value: Any) -> Any:
    return value.what if isinstance(value, Unknown | UnknownTable) else value


def _joined(word: str, truths: Iterable[Any], neutral: bool) -> Any:
    parts: dict[str, Unknown] = {}
    for truth in _flat(word, truths):
        if truth is not True and truth is not False:
            parts[repr(truth)] = truth
        elif truth is not neutral:
            return truth
    if any(repr(part.negated()) in parts for part in parts.values()):
        return not neutral
    return next(iter(parts.values()), neutral) if len(parts) < 2 else Unknown(word, *parts.values())


def _flat(word: str, truths: Iterable[Any]) -> Iterator[Any]:
    """Truths, and in place of one that was joined by the same word those that it was joined of."""
    for truth in truths:
        if isinstance(truth, Unknown) and truth.what[0] == word:
            yield from truth.what[1:]
        else:
            yield truth


class UnknownTable:
    """A table of which only the name is known; `record` is what a value of it looks like."""

    def __init__(self, what: Any, record: Any) -> None:
        self.what, self.record = what, record

    def __repr__(self) -> str:
        return repr(self.what)

    def has(self, key: Any) -> Unknown:
        return Unknown("has", self.what, *_parts(key))

    def __getitem__(self, key: Any) -> Any:
        return unknown_value(type(self.record), "of", self.what, *_parts(key))

    def under(self, first: Any) -> "UnknownTable":
        return UnknownTable(("under", self.what, _what(first)), self.record)


def unknown_value(kind: Any, *what: Any) -> Any:
    """A value of which no more is known than what it is; of a record, each field of it is so."""
    names = field_names(kind)
    return kind(**{name: Unknown(name, what) for name in names}) if names else Unknown(*what)


def _parts(key: Any) -> tuple[Any, ...]:
    return tuple(map(_what, key)) if isinstance(key, tuple) else (_what(key),)


class UnknownDecisions(Specification):
    """Decides the same in the same situation; nothing else is known."""

    @property
    def decide(self) -> Any:
        return _decide


UNKNOWN_DECISIONS = UnknownDecisions()


def _decide(s: Situation, r: Reading) -> Decision:
    of = tuple(_what(getattr(one, name)) for one in (s, r) for name in field_names(type(one)))
    fields: dict[str, Any] = {name: Unknown(name, "decided", of) for name in field_names(Decision)}
    return Decision(**fields)


def unknown_step(operation: str, accepted: bool, starts: bool | None, changed: frozenset[str]) -> Transition:
    """An operation of which no more is known than that it was accepted or not, and that no other tables changed.

    `starts` is whether it starts a session; None for an operation that decides nothing.
    """
    specification = UNKNOWN_DECISIONS
    tables = {name: getattr(INITIAL, name).default for name in field_names(State)}
    old: dict[str, Any] = {name: UnknownTable(("before", name), value) for name, value in tables.items()}
    new: dict[str, Any] = {name: UnknownTable(("after", name), tables[name]) for name in changed}
    before, after = State(**old), State(**{**old, **new})
    arguments = {name: Unknown("argument", name) for name in specification.operations[operation].parameters}
    reading = Reading(*(Unknown("reading", name) for name in field_names(Reading)))  # type: ignore[arg-type]
    decision = None
    if starts is not None:
        fields: dict[str, Any] = {name: Unknown("decision", name) for name in field_names(Decision)}
        decision = Decision(**{**fields, "starts": starts})
    unknown: list[Any] = [(Unknown("requires", error), error) for error in ERRORS]
    told = [(holds, error(*(Unknown("subject", error, name) for name in error.about))) for holds, error in unknown]
    requires = [] if accepted else told
    return Transition(specification, operation, arguments, reading, before, after, accepted, decision, requires)


def can_break(law: str, step: Transition, named: Collection[tuple[Any, str]] = ()) -> bool:
    """Whether a step, as `unknown_step` makes it, may break the step law; of each sort `named`, at this argument."""
    variables = {name: unknown_variable(name, kind, named) for name, kind in LAWS[law].variables.items()}
    return LAWS[law].claim(step, **variables).holds is not True


def unknown_variable(name: str, kind: Any, named: Collection[tuple[Any, str]] = ()) -> Any:
    """A variable of a law: of a sort that is `named` that argument, and so in a request."""
    value, known = unknown_value(kind, "variable", name), {sort: Unknown("argument", one) for sort, one in named}
    if kind is Request:
        asked = known.keys() & REQUESTED
        return evolve(value, **{field: known[sort] for field, sort in get_type_hints(kind).items() if sort in asked})
    return known.get(kind, value)
