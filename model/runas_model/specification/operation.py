"""What an operation is: a function from a state to a `Step`, with its AWS API names and the arguments that it takes."""

from collections.abc import Callable, Mapping
from functools import cached_property
from inspect import Parameter, signature
from typing import Any, Protocol, TypeVar

import attrs

from runas_model.doors import Kind, checked_fields, kind_of, one_of, read_all, wrong_names
from runas_model.doors.kinds import bounded
from runas_model.specification.clauses import ClauseId
from runas_model.specification.decision import Decide
from runas_model.specification.errors import OperationError
from runas_model.specification.state import State
from runas_model.specification.vocabulary import Decision, Request, Situation
from runas_model.universes.sources import NotForEveryUniverse

F = TypeVar("F", bound="Callable[..., Step]")

__all__ = ["OPERATIONS", "Decides", "Operation", "Step", "operation", "operation_named"]


@attrs.frozen
class Step:
    """The requirements of an operation, each with its error; the next state; and the decision, if any."""

    requires: list[tuple[bool, OperationError]]
    state: State
    decision: Decision | None = None


class Decides(Protocol):
    """What the start of a session asks: in which situation it is, and what is decided there."""

    @property
    def decide(self) -> Decide: ...

    @property
    def situation_of(self) -> Callable[[State, Request], Situation]: ...


@attrs.frozen(field_transformer=checked_fields)
class Operation:
    """A function from a state to a `Step`, with its AWS API names and the clauses it implements."""

    id: str
    function: Callable[..., Step]
    aws: tuple[str, ...]
    clauses: tuple[ClauseId, ...]
    left_out: Mapping[str, Any] = attrs.field(factory=dict, hash=False)
    """What is meant by each argument that may be left out."""
    optional: Mapping[str, str] = attrs.field(factory=dict, hash=False)
    """Of each argument that is given or not, with any value: the name of the truth that says which.

    Nobody who calls has to say that truth: it is whether the argument is there.
    """
    longest: Mapping[str, int] = attrs.field(factory=dict, hash=False)
    """How many characters each argument may have that may not have any number."""

    @property
    def title(self) -> str:
        return (self.function.__doc__ or "").split("\n")[0]

    @property
    def parameters(self) -> dict[str, type]:
        """The types of its parameters, by name."""
        return dict(self._parameters)

    @property
    def arguments(self) -> dict[str, type]:
        """The types of what a caller says, by name: of its parameters but those that tell if another is given."""
        return {name: sort for name, sort in self._parameters.items() if name not in self.optional.values()}

    @cached_property
    def taken(self) -> dict[str, type]:
        """What its function takes besides a state, a reading and who decides: the sorts, or the record of some."""
        every = {name: p.annotation for name, p in signature(self.function).parameters.items()}
        return {name: sort for name, sort in every.items() if name not in ("state", "reading", "by")}

    @cached_property
    def _parameters(self) -> dict[str, type]:
        flat: dict[str, type] = {}
        for name, sort in self.taken.items():
            flat.update({field.name: field.type for field in attrs.fields(sort)} if attrs.has(sort) else {name: sort})
        return flat

    @cached_property
    def _records(self) -> tuple[tuple[str, type, tuple[str, ...]], ...]:
        records = {name: sort for name, sort in self.taken.items() if attrs.has(sort)}
        return tuple((name, sort, tuple(one.name for one in attrs.fields(sort))) for name, sort in records.items())

    def gathered(self, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        """What its function is given: the arguments, those of a record as one."""
        if not self._records:
            return arguments
        given = dict(arguments)
        for name, record, fields in self._records:
            given[name] = record(*[given.pop(field) for field in fields])
        return given

    def check(self) -> None:
        """Raises `NotForEveryUniverse` for a parameter with a default, which nothing would hold to what it is."""
        if any(parameter.default is not Parameter.empty for parameter in signature(self.function).parameters.values()):
            code = self.function.__code__
            where = f"{code.co_filename}, line {code.co_firstlineno}"
            raise NotForEveryUniverse(f"{where}: the operation {self.id} has a default for an argument: all are given")

    def with_members(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Arguments in which a plain value of an enumerated sort, such as `"linux"` or `True`, is the member it means.

        Those that may be left out are there with what that means, and the truths that say if another is given. Raises
        TypeError for an argument that is missing, that there is not, as such a truth, or of a wrong kind, and
        ValueError for one of the right kind that is not to be had: a platform that there is none of, a uid out of
        `POSIX_IDS`, a text of more characters than its `longest`.
        """
        every, truths = self.complete(arguments), self.optional.values()
        if every.keys() != self.kinds.keys() or not arguments.keys().isdisjoint(truths):
            given = [name for name in every if name in arguments or name not in truths]
            raise wrong_names(self.id, given, self.arguments)
        return read_all(self.kinds, every)

    def with_members_again(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """What `with_members` makes of arguments, or has made of them before, with the truths that it has added."""
        if self.optional and arguments.keys() == self.kinds.keys():
            return read_all(self.kinds, arguments)
        return self.with_members(arguments)

    def complete(self, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        """The arguments with those that may be left out, and were; in the order of the parameters, if all are there."""
        if len(arguments) == len(self._parameters):
            return arguments
        given = {truth: name in arguments for name, truth in self.optional.items()}
        every = {**self.left_out, **given, **arguments}
        return {name: every[name] for name in self._parameters} if every.keys() == self._parameters.keys() else every

    def said(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments without those that may be left out and are what is meant then."""
        meant = {name: value for name, value in self.left_out.items() if name not in self.optional}
        said = {name: value for name, value in arguments.items() if name not in meant or value != meant[name]}
        for name, truth in self.optional.items():
            if not said.pop(truth, True):
                said.pop(name, None)
        return said

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """What each argument has to be, by name."""
        kinds = {name: kind_of(sort) for name, sort in self.parameters.items()}
        return {**kinds, **{name: _no_longer(kinds[name], most) for name, most in self.longest.items()}}


def _no_longer(kind: Kind, most: int) -> Kind:
    return bounded(kind, f"at most {most} characters", lambda text: len(text) <= most)


OPERATIONS: dict[str, Operation] = {}
"""Every operation, by its id."""


def operation_named(name: str) -> Operation:
    """The operation with an id. Raises TypeError for what is no text, and ValueError for another one."""
    return OPERATIONS[one_of(OPERATIONS, name, "operation")]


def operation(
    aws: tuple[str, ...] = (),
    clauses: tuple[ClauseId, ...] = (),
    left_out: Mapping[str, Any] = {},
    longest: Mapping[str, int] = {},
    optional: Mapping[str, str] = {},
) -> Callable[[F], F]:
    """Register a function as the operation of its name; `left_out` is what arguments mean that may be left out.

    `longest` is how many characters arguments may have, and `optional` which truth says whether an argument is given.
    """

    def register(function: F) -> F:
        id = function.__name__
        OPERATIONS[id] = Operation(id, function, aws, clauses, left_out, optional, longest)
        return function

    return register
