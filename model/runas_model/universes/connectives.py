"""The only ways in which rules, operations and laws branch on a value.

A *truth* is a ``bool`` in the concrete universe; other universes (Z3 terms, formulas over facts) bring
objects of their own with the methods ``all_of``, ``any_of``, ``negated`` and ``choose``. Code that is written
with these functions, equality and tables therefore runs unchanged in all of them. Annotations name the
concrete types throughout.
"""

from functools import cache
from typing import Any, TypeVar

import attrs

T = TypeVar("T")

__all__ = ["all_of", "any_of", "choose", "equal", "field_names", "implies", "is_blank", "not_"]


def all_of(*truths: bool) -> bool:
    """True when every one of the truths is."""
    for truth in truths:
        if truth is not True and truth is not False:
            return truth.all_of(truths)
    return all(truths)


def any_of(*truths: bool) -> bool:
    """True when at least one of the truths is."""
    for truth in truths:
        if truth is not True and truth is not False:
            return truth.any_of(truths)
    return any(truths)


def not_(truth: bool) -> bool:
    """True when the truth is not."""
    if truth is True or truth is False:
        return not truth
    return truth.negated()


def implies(premise: bool, conclusion: bool) -> bool:
    """True unless the premise holds and the conclusion does not."""
    return any_of(not_(premise), conclusion)


def choose(condition: bool, then: T, otherwise: T) -> T:
    """`then` where the condition holds, else `otherwise`; both are evaluated."""
    if condition is True:
        return then
    if condition is False:
        return otherwise
    return condition.choose(then, otherwise)


def equal(one: Any, other: Any) -> bool:
    """Whether two records of the same class are equal, field by field."""
    return all_of(*[getattr(one, name) == getattr(other, name) for name in field_names(one.__class__)])


def is_blank(name: str) -> bool:
    """True when a name is empty or only white space."""
    return not name.strip() if isinstance(name, str) else name.is_blank()


def field_names(record: Any) -> tuple[str, ...]:
    """The names of the fields of a class of records; none for another class."""
    return _field_names(record)


@cache
def _field_names(record: Any) -> tuple[str, ...]:
    if attrs.has(record):
        return tuple(field.name for field in attrs.fields(record))
    return getattr(record, "__struct_fields__", ())
