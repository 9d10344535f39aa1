"""What operations require, as candidates for their arguments are tried one after the other.

Each requirement depends on some of the arguments alone, as the operation itself says in the universe of words. So a
requirement that did not hold need not be asked again before one of these is another.
"""

from collections.abc import Callable
from functools import cache
from operator import itemgetter
from typing import Any

import attrs

from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import Reading
from runas_model.specification.state import State
from runas_model.words.subjects import SPECIFICATION_IN_WORDS, variable
from runas_model.words.terms import Term
from runas_properties.implementations import Arguments
from runas_properties.oracle.oracle import ORACLE

__all__ = ["Trials", "depends_on"]

Values = Callable[[Arguments], Any]


@cache
def depends_on(operation: str) -> tuple[tuple[str, ...], ...]:
    """The arguments that each requirement of an operation depends on, in order."""
    parameters = OPERATIONS[operation].parameters
    arguments = {name: variable(name, sort) for name, sort in parameters.items()}
    step = SPECIFICATION_IN_WORDS.step(operation, variable("state", State), variable("reading", Reading), **arguments)
    return tuple(tuple(sorted(_variables(holds).intersection(parameters))) for holds, _ in step.requires)


def _variables(part: Any) -> set[str]:
    """The names of the variables in a part of a term."""
    if isinstance(part, Term):
        return {part.parts[0]} if part.operation == "variable" else _variables(part.parts)
    return set().union(*map(_variables, part)) if isinstance(part, tuple) else set()


@attrs.frozen
class Trials:
    """An operation in one state and under one reading, tried with one candidate for its arguments after another."""

    operation: str
    state: State
    reading: Reading
    _told: dict[tuple[Values, Any], str | None] = attrs.field(factory=dict)
    """What each requirement told, at the values of the arguments that it depends on: its error, or none."""

    def accepts(self, arguments: Arguments) -> bool:
        """Whether the operation is accepted."""
        for values in _values_of(self.operation):
            if self._told.get((values, values(arguments))) is not None:
                return False  # known without taking the step
        return self.error(arguments) is None

    def error(self, arguments: Arguments) -> str | None:
        """The name of the error that the operation fails with; None where it is accepted."""
        for values in _values_of(self.operation):
            asked = values, values(arguments)
            if asked not in self._told:
                self._try(arguments)
            if self._told[asked] is not None:
                return self._told[asked]
        return None

    def _try(self, arguments: Arguments) -> None:
        """Take the step, and keep what each requirement tells."""
        requires = ORACLE.step(self.operation, self.state, self.reading, **arguments).requires
        for values, (holds, error) in zip(_values_of(self.operation), requires, strict=True):
            self._told[values, values(arguments)] = None if holds else type(error).__name__


@cache
def _values_of(operation: str) -> tuple[Values, ...]:
    """For each requirement what takes the values that it depends on from arguments."""
    return tuple(itemgetter(*names) if names else lambda arguments: () for names in depends_on(operation))
