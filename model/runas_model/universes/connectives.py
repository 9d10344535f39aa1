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

__all__ = ["all_of", "any_of", "choose", "equal", "field_names", "folded", "implies", "is_blank", "not_", "spelled"]


def all_of(*truths: bool) -> bool:
    """True when every one of the truths is."""
    for truth in truths:
        if truth is not True and truth is not False:
            return truth.all_of(truths)
    return False not in truths


def any_of(*truths: bool) -> bool:
    """True when at least one of the truths is."""
    for truth in truths:
        if truth is not True and truth is not False:
            return truth.any_of(truths)
    return True in truths


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


WHITE_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
"""The characters that have the Unicode property White_Space; `str.strip()` alone drops U+001C to U+001F too."""


def is_blank(name: str) -> bool:
    """True when a name is empty or has only characters with the Unicode property White_Space."""
    if not isinstance(name, str):
        return name.is_blank()
    return not (name.strip() or name.strip(WHITE_SPACE))  # the first settles most names, and faster


def folded(key: Any) -> Any:
    """The key of a tag without regard to case: the same for all keys that differ in case alone (D4)."""
    return key.lower() if isinstance(key, str) else key.folded()


def spelled(key: Any) -> Any:
    """How the key of a tag is spelled, capital and small letters as they are."""
    return key if isinstance(key, str) else key.spelled()


def field_names(record: Any) -> tuple[str, ...]:
    """The names of the fields of a class of records; none for another class."""
    return _field_names(record)


@cache
def _field_names(record: Any) -> tuple[str, ...]:
    if attrs.has(record):
        return tuple(field.name for field in attrs.fields(record))
    return getattr(record, "__struct_fields__", ())
