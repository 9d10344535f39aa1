"""The conformance vectors, by what they speak for and what they catch."""

from collections.abc import Callable, Iterable

from runas_properties.conformance.vectors.vector import Vector, vectors

__all__ = ["vectors_of_clause", "vectors_of_fault", "vectors_of_law", "vectors_of_rule"]


def vectors_of_rule(rule: str) -> list[Vector]:
    """The vectors whose last start of a session a rule decides, under some reading."""
    return _by("rule", lambda vector: vector.rules).get(rule, [])


def vectors_of_clause(clause: str) -> list[Vector]:
    """The vectors that speak for a clause."""
    return _by("clause", lambda vector: vector.clauses).get(clause, [])


def vectors_of_law(law: str) -> list[Vector]:
    """The vectors that a law speaks of."""
    return _by("law", lambda vector: vector.laws).get(law, [])


def vectors_of_fault(fault: str) -> list[Vector]:
    """The vectors that convict a faulty implementation."""
    return _by("fault", lambda vector: vector.convicts).get(fault, [])


KEPT: dict[str, dict[str, list[Vector]]] = {}


def _by(what: str, keys: Callable[[Vector], Iterable[str]]) -> dict[str, list[Vector]]:
    if what not in KEPT:
        found = KEPT.setdefault(what, {})
        for vector in vectors():
            for key in dict.fromkeys(keys(vector)):
                found.setdefault(key, []).append(vector)
    return KEPT[what]
