"""Vectors of a file that anyone may have written: what they say is checked completely before any of them is used."""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Union

import msgspec

from runas_model.doors import checked
from runas_model.inputs.openings import OtherEncoding, named, text_of
from runas_model.inputs.records import InputError
from runas_model.specification.nouns import Noun
from runas_model.specification.readings import CHOICES, DEFAULT
from runas_properties.conformance.protocol.cases import DECIDE, STEPS, needs_of
from runas_properties.conformance.vectors.expectations import accepted_results
from runas_properties.conformance.vectors.vector import VERSION, Document, Vector, decode_document

__all__ = ["SLUG", "problems_of_answers", "problems_of_steps", "read_document", "read_vectors"]

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""What an id may be."""
Problem = tuple[str, str]
"""The field of a vector that is wrong, and what is wrong with it."""


@checked
def read_vectors(path: str | Path) -> tuple[Vector, ...]:
    """The vectors in a file, such as a saved one; `-` is standard input.

    Raises `InputError` if it cannot be read, or a vector in it cannot be asked or judged.
    """
    document = read_document(path)
    file = named(path)
    if document.version.split(".")[0] != VERSION.split(".")[0]:
        known = VERSION.split(".")[0]
        raise InputError(f"is {document.version!r}; this release reads version {known}", file=file, field="version")
    if not document.vectors:
        raise InputError("has no vectors", file=file, field="vectors")
    seen = set()
    for number, vector in enumerate(document.vectors, start=1):
        for field, problem in _problems(vector):
            raise InputError(problem, file=file, row=_name(vector, number), field=field)
        if vector.id in seen:
            raise InputError("an earlier vector has this id", file=file, row=_name(vector, number), field="id")
        seen.add(vector.id)
    return document.vectors


@checked
def read_document(path: str | Path) -> Document:
    """Read a file of vectors, whatever they say. Raises `InputError` if it cannot be read."""
    file = named(path)
    try:
        return decode_document(text_of(path))
    except OSError as error:
        raise InputError(error.strerror or str(error), file=file) from None
    except UnicodeDecodeError as error:
        raise InputError(f"not UTF-8, {error.reason}", file=file) from None
    except OtherEncoding as error:
        raise InputError(f"not a file of vectors in UTF-8, but in {error}", file=file) from None
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        text, _, where = str(error).partition(" - at `$.")
        raise InputError(f"not a file of vectors: {text}", file=file, field=where.rstrip("`")) from None


def _name(vector: Vector, number: int) -> str:
    return f"vector {number}" + (f" ({vector.id})" if SLUG.fullmatch(vector.id) else "")


def _problems(vector: Vector) -> Iterator[Problem]:
    if not SLUG.fullmatch(vector.id):
        yield "id", f"may have only lower-case letters, digits and single hyphens, not {vector.id!r:.80}"
    yield from problems_of_steps(vector)
    yield from problems_of_answers(vector)


def problems_of_steps(vector: Vector) -> Iterator[Problem]:
    """What is wrong with the steps of a vector, so that no implementation could be asked them."""
    wrong = list(_of_their_shape(vector))
    yield from wrong
    if not wrong:
        try:
            accepted_results(vector.steps, DEFAULT)
        except (TypeError, ValueError, LookupError) as error:
            yield "steps", f"they make no sense: {type(error).__name__}: {error}"
            return
        if vector.needs != (needed := needs_of(vector.steps)):
            spoken_of = _listed(needed)
            yield "needs", f"must be {spoken_of}, as its steps speak of {spoken_of}, not {_listed(vector.needs)}"


def _listed(nouns: Sequence[Noun]) -> str:
    return ", ".join(noun.value for noun in nouns) or "nothing"


def _of_their_shape(vector: Vector) -> Iterator[Problem]:
    if not vector.steps:
        yield "steps", "it has no steps"
        return
    for number, step in enumerate(vector.steps):
        try:
            msgspec.convert(step, Union[STEPS])  # noqa: UP007
        except msgspec.ValidationError as error:
            text, _, where = str(error).partition(" - at `$")
            yield f"steps[{number}]{where.rstrip('`')}", text
    level = "decision" if vector.steps[0].get("operation") == DECIDE else "service"
    if vector.level != level:
        yield "level", f"its level is {vector.level}, but its steps have the level {level}"
    if level == "decision" and len(vector.steps) != 1:
        yield "steps", "a vector of the level decision must have exactly one step"
    if level == "service" and any(step.get("operation") == DECIDE for step in vector.steps):
        yield "steps", f"the operation {DECIDE} stands alone"


def problems_of_answers(vector: Vector) -> Iterator[Problem]:
    """What is wrong with the accepted answers of a vector, so that no answer could be judged."""
    unknown = [name for name in vector.depends_on if name not in CHOICES]
    if unknown or len(set(vector.depends_on)) != len(vector.depends_on):
        yield "depends_on", f"has {unknown[0]!r}; use {', '.join(CHOICES)}" if unknown else "has a point twice"
        return
    expected = [dict(zip(vector.depends_on, values, strict=True))
                for values in product(*([c.value for c in CHOICES[name]] for name in vector.depends_on))]  # fmt: skip
    if [under.when for under in vector.accepted] != expected:
        yield "accepted", "must have one entry for each combination of the choices that it depends on"
        return
    for number, under in enumerate(vector.accepted):
        if len(under.results) != len(vector.steps):
            yield f"accepted[{number}].results", f"{len(under.results)} results for {len(vector.steps)} steps"
        for at, accepted in enumerate(under.results):
            if accepted.problem:
                yield f"accepted[{number}].results[{at}]", accepted.problem
