"""What laws and named parts are asked of: variables of every sort and class, and transitions of every operation."""

from collections.abc import Iterator, Mapping
from inspect import signature
from itertools import product
from typing import Any

from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import Reading
from runas_model.specification.rulebook import RULEBOOK, Rule
from runas_model.specification.state import State
from runas_model.specification.transitions import Specification, Transition
from runas_model.specification.vocabulary import Decision
from runas_model.words.terms import Term, WordTransition, fresh, specification

__all__ = ["SPECIFICATION_IN_WORDS", "arguments_for", "transition_of", "variable"]

SPECIFICATION_IN_WORDS = specification(Term("variable", ("by",), Specification))
"""The specification of which it is told what it is asked."""


def variable(name: str, kind: Any) -> Any:
    """A variable of a sort, or a record each part of which is known as a part of it."""
    return fresh(kind, Term("variable", (name,), kind))


def transition_of(operation: str) -> WordTransition:
    """An operation, from any state and under any reading."""
    t = Term("variable", ("t",), Transition)
    function = OPERATIONS[operation].function
    arguments = {
        name: fresh(sort, Term("argument", (t, name), sort)) for name, sort in OPERATIONS[operation].parameters.items()
    }
    decides = "by" in signature(function).parameters
    parts = {"reading": Reading, "before": State, "after": State, "accepted": bool}
    of_step = {name: fresh(kind, Term("field", (t, name), kind)) for name, kind in parts.items()}
    decision = fresh(Decision, Term("field", (t, "decision"), Decision)) if decides else None
    by = specification(Term("field", (t, "specification"), Specification))
    known: dict[str, Any] = {
        "specification": by,
        "operation": operation,
        "arguments": arguments,
        "decision": decision,
        "requires": (),
    }
    return WordTransition(**known, **of_step)


def arguments_for(parameters: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Arguments for a function: once for each operation where it takes a transition, for each rule where it takes one.

    Yields what they are for, empty where that is everything, and the arguments.
    """
    choices = [_choices(name, kind) for name, kind in parameters.items()]
    for chosen in product(*choices):
        yield " ".join(filter(None, (of for of, _ in chosen))), tuple(value for _, value in chosen)


def _choices(name: str, kind: Any) -> list[tuple[str, Any]]:
    if kind is Transition:
        return [(operation, transition_of(operation)) for operation in OPERATIONS]
    if kind is Rule:
        return [(rule.id, rule) for rule in RULEBOOK]
    return [("", variable(name, kind))]
