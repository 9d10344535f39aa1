"""What a faulty specification is, and those that are made by hand."""

from collections.abc import Callable
from typing import Any

import attrs
from attrs import evolve

from runas_model.doors import checked_fields
from runas_model.specification.errors import OperationError
from runas_model.specification.operations import OPERATIONS, Step
from runas_model.specification.rulebook import RULEBOOK
from runas_model.specification.state import State
from runas_model.specification.transitions import Specification
from runas_model.specification.vocabulary import Name, Request, Situation
from runas_model.universes.syntax import for_every_universe

__all__ = [
    "BOB",
    "HAND_MADE",
    "FaultySpecification",
    "correct",
    "faulty_operation",
    "faulty_rule",
    "faulty_view",
    "requiring",
    "without",
]


@attrs.frozen(field_transformer=checked_fields)
class FaultySpecification:
    """A specification with one deliberate, named fault. Raises TypeError for a field of a wrong kind."""

    id: str
    title: str
    specification: Specification


BOB = Name("bob")
"""An OS user that no rule, tag or preference is about."""

HAND_MADE: list[FaultySpecification] = []


def faulty_operation(replaces: str, title: str) -> Callable[[Any], Any]:
    """Register a specification in which an operation does something else."""

    def register(function: Callable[..., Step]) -> Callable[..., Step]:
        operations = {**OPERATIONS, replaces: evolve(OPERATIONS[replaces], function=function)}
        id = function.__name__.replace("_", "-")
        HAND_MADE.append(FaultySpecification(id, title, Specification(operations=operations)))
        return function

    return register


def faulty_view(title: str) -> Callable[[Any], Any]:
    """Register a specification that looks at a state in another way."""

    def register(function: Callable[[State, Request], Situation]) -> Any:
        id = function.__name__.replace("_", "-")
        HAND_MADE.append(FaultySpecification(id, title, Specification(situation_of=function)))
        return function

    return register


def faulty_rule(rule: str, id: str, title: str, **changes: Any) -> None:
    """Register a specification with a rule that is changed by hand."""
    rules = [evolve(one, **changes) if one.id == rule else one for one in RULEBOOK]
    HAND_MADE.append(FaultySpecification(id, title, Specification(rules)))


def correct(operation: str, *arguments: Any) -> Step:
    """The step that the specification takes."""
    return OPERATIONS[operation].function(*arguments)


@for_every_universe
def without(step: Step, *errors: OperationError) -> Step:
    """The step without what it requires lest an error of the class of one of these is told."""
    left_out = [type(error) for error in errors]
    return evolve(step, requires=[(holds, error) for holds, error in step.requires if type(error) not in left_out])


@for_every_universe
def requiring(step: Step, instead: bool, told: OperationError) -> Step:
    """The step that requires something else, lest an error of the class of this one is told."""
    return evolve(
        step,
        requires=[(instead if type(error) is type(told) else holds, error) for holds, error in step.requires],
    )
