"""What a law says in words, made from its function; and its title, which names all of its premise."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import attrs

from runas_model.words.subjects import variable
from runas_model.words.telling import clause, clauses

__all__ = ["Conclusion", "Words", "words_of"]


@attrs.frozen
class Conclusion:
    """What is concluded, each part a clause; and of which operations, where not of all that the law is about."""

    parts: tuple[str, ...]
    operations: tuple[str, ...] = ()


class Said(Protocol):
    """A premise and a conclusion, each a truth of the universe of words."""

    premise: Any
    conclusion: Any


@attrs.frozen
class Words:
    """The title of a law, and the exact claim: its premise, empty for none, and what is concluded where that holds.

    `said` is what both were made from: what the law answered in the universe of words, by operation.
    """

    title: str
    premise: str
    conclusions: tuple[Conclusion, ...]
    said: Mapping[str, Said]

    def lines(self) -> Iterator[str]:
        """The claim in lines: the premise, and under it each part of the conclusion."""
        yield f"where {self.premise}:" if self.premise else "always:"
        yield from (f"  - {part}" for part in self.concluded)

    @property
    def concluded(self) -> list[str]:
        """The parts of the conclusion, each with the operations of which it is concluded, if not of all."""
        return [
            f"of {', '.join(one.operations)}: {part}" if one.operations else part
            for one in self.conclusions
            for part in one.parts
        ]

    def as_data(self) -> dict[str, Any]:
        """The claim as plain data."""
        told = [{"operations": list(one.operations), "parts": list(one.parts)} for one in self.conclusions]
        return {"premise": self.premise, "conclusions": told}


def words_of(claim: Callable[..., Any], variables: Mapping[str, Any], subjects: Mapping[str, Any], then: str) -> Words:
    """The words of a law: `claim` is asked of each subject, which are known by the operation that they are of.

    `then` is the conclusion in the title; empty where that is the law's own. An operation of which the premise never
    holds is passed over. Raises ValueError for a law with different premises for different operations, since its title
    has but one, and `MissingPhrase` for something that no phrase is there for.
    """
    values = {name: variable(name, kind) for name, kind in variables.items()}
    told: dict[tuple[str, ...], list[str]] = {}
    premises, answers = {}, {}
    for operation, subject in subjects.items():
        said = claim(subject, **values)
        answers[operation] = said
        if said.premise is not False:
            premises["" if said.premise is True else clause(said.premise)] = operation
            told.setdefault(clauses(said.conclusion), []).append(operation)
    if len(premises) != 1:
        raise ValueError(f"a law has one premise for all operations of which it says something, not {len(premises)}")
    (premise,) = premises
    conclusions = tuple(_conclusions(told))
    then = then or _joined(conclusions[0].parts)
    title = f"Where {premise}, {then}." if premise else f"{then[0].upper()}{then[1:]}."
    return Words(title, premise, conclusions, answers)


def _conclusions(told: Mapping[tuple[str, ...], Sequence[str]]) -> Iterator[Conclusion]:
    """What is concluded of all operations, then what of some besides."""
    first = next(iter(told))
    shared = tuple(part for part in first if all(part in parts for parts in told))
    if shared:
        yield Conclusion(shared)
    for parts, operations in told.items():
        if rest := tuple(part for part in parts if part not in shared):
            yield Conclusion(rest, tuple(operations))


def _joined(parts: Sequence[str]) -> str:
    """The parts of a conclusion in a sentence; the subject is said once where two parts are of the session."""
    if len(parts) == 2 and all(part.startswith("the session ") for part in parts):
        return f"{parts[0]} and {parts[1].removeprefix('the session ')}"
    return ", and ".join(parts)
