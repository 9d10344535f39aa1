"""What terms are made of, as far as it matters to how they are told."""

from enum import Enum
from typing import Any

from runas_model.specification.readings import Reading
from runas_model.specification.vocabulary import Situation
from runas_model.words.terms import Term

__all__ = ["OPPOSITE", "is_implication", "joined_parts", "source_of", "subjects_of", "without_changes"]

OPPOSITE = {"all": "any", "any": "all"}
"""What joins the opposites of parts where their whole is denied."""


def is_implication(truth: Any) -> bool:
    """Whether it is one truth, denied, or another."""
    return isinstance(truth, Term) and truth.operation == "any" and len(truth.parts) == 2 and _is_denied(truth.parts[0])


def joined_parts(truth: Any, holds: bool, operation: str) -> list[tuple[Any, bool]]:
    """The truths that `all` or `any` joins, each with whether it is to hold; parts that are joined alike are split."""
    while _is_denied(truth):
        truth, holds = truth.parts[0], not holds
    joined = isinstance(truth, Term) and truth.operation == (operation if holds else OPPOSITE[operation])
    if not joined or (holds and is_implication(truth)):
        return [(truth, holds)]
    return [found for part in truth.parts for found in joined_parts(part, holds, operation)]


def _is_denied(truth: Any) -> bool:
    return isinstance(truth, Term) and truth.operation == "not"


def subjects_of(part: Any) -> list[Term]:
    """The situations and readings that a term is about."""
    if isinstance(part, tuple):
        return [found for one in part for found in subjects_of(one)]
    if not isinstance(part, Term):
        return []
    return [part] if part.kind in (Situation, Reading) else subjects_of(part.parts)


def source_of(term: Term) -> str:
    """A question as the universe of facts writes it; empty where it is about something else than a situation."""
    match term.operation, *term.parts:
        case _ if term.kind in (Situation, Reading):
            return "" if term.operation == "changed" else "s" if term.kind is Situation else "r"
        case "field", of, name:
            return f"{owner}.{name}" if (owner := source_of(of)) else ""
        case "has", table, key:
            return f"{source_of(table)}.has({source_of(key)})"
        case "item", table, key:
            return f"{source_of(table)}[{source_of(key)}]"
        case "equal", one, other if other.operation == "constant":
            value = other.parts[0]
            told = f" is {type(value).__name__}_{value.name}" if isinstance(value, Enum) else f" == {value!r}"
            return source_of(one) + told
    return ""


def without_changes(table: Term) -> Term:
    """A table before anything was put into it or dropped."""
    return without_changes(table.parts[0]) if table.operation in ("put", "drop") else table
