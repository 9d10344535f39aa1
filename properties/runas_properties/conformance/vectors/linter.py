"""The linter of vectors: what is wrong with them. `python -m runas_cli.linter [FILE ...]` prints it.

It trusts nothing that a file says: ids, steps, flags, readings, and what is accepted, which the specification is asked
for again.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from runas_model.doors import checked
from runas_model.specification.clauses import CLAUSES
from runas_model.specification.readings import CHOICES, all_readings
from runas_model.specification.rulebook import RULES
from runas_properties.conformance.vectors.expectations import difference
from runas_properties.conformance.vectors.reading import SLUG, problems_of_answers, problems_of_steps
from runas_properties.conformance.vectors.vector import (
    FLAGS,
    VERSION,
    Document,
    Vector,
    readings_when,
)
from runas_properties.gallery.implementations import FAULTS
from runas_properties.laws import LAWS

__all__ = ["problems"]

KNOWN: dict[str, Collection[str]] = {
    "rules": RULES,
    "clauses": CLAUSES,
    "laws": LAWS,
    "flags": FLAGS,
    "convicts": FAULTS,
    "depends_on": CHOICES,
}


@checked
def problems(documents: Sequence[Document]) -> Iterator[str]:
    """The problems in documents that belong together, one line each, with the vector's id; none if they are valid."""
    every = [vector for document in documents for vector in document.vectors]
    retired = {id for document in documents for id in document.retired}
    if not every:
        yield "there are no vectors"
    for id, count in Counter(vector.id for vector in every).items():
        if count > 1:
            yield f"{id}: {count} vectors have this id"
        if id in retired:
            yield f"{id}: the id is retired and must not be reused"
    for document in documents:
        if document.version.split(".")[0] != VERSION.split(".")[0]:
            yield f"version {document.version}: this linter supports version {VERSION.split('.')[0]}"
        used = {flag for vector in document.vectors for flag in vector.flags}
        yield from (f"the flag {flag!r} has no note" for flag in sorted(used - set(document.flags)))
        yield from (f"no vector has the flag {flag!r}" for flag in sorted(set(document.flags) - used))
    for vector in every:
        yield from (f"{vector.id}: {problem}" for problem in _of_vector(vector))


def _of_vector(vector: Vector) -> Iterator[str]:
    if not SLUG.fullmatch(vector.id):
        yield "the id may contain only lower-case letters, digits and single hyphens"
    if not vector.title.strip():
        yield "the title is blank"
    for name, known in KNOWN.items():
        yield from (f"{name}: there is no {one!r}" for one in getattr(vector, name) if one not in known)
    if vector.core and not vector.convicts:
        yield "it is in the core set but catches no fault"
    wrong = [*problems_of_steps(vector), *problems_of_answers(vector)]
    yield from (f"{field}: {problem}" for field, problem in wrong)
    if not wrong:
        yield from _of_accepted(vector)


def _of_accepted(vector: Vector) -> Iterator[str]:
    for under in vector.accepted:
        for reading in readings_when(tuple(under.when.items())):
            if told := difference(vector.steps, under, reading):
                yield told
                return
    if len(all_readings()) != sum(len(readings_when(tuple(under.when.items()))) for under in vector.accepted):
        yield "some reading has no entry"
