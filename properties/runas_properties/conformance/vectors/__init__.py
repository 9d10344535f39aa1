"""The vectors: test cases with the accepted answers, their purpose, and the faults they catch.

They are kept here, with their linter and the function that makes one of steps. May import `protocol`.
"""

from typing import TYPE_CHECKING

from runas_model.faces import when_asked

if TYPE_CHECKING:
    from runas_properties.conformance.vectors.linter import problems
    from runas_properties.conformance.vectors.making import make_vector
    from runas_properties.conformance.vectors.reading import read_document, read_vectors
    from runas_properties.conformance.vectors.vector import (
        FLAGS,
        RETIRED,
        VERSION,
        Document,
        Under,
        Vector,
        as_json,
        json_schema,
        readings_when,
        vectors,
    )
else:
    __getattr__ = when_asked(__name__)

__all__ = [
    "vectors",
    "read_vectors",
    "read_document",
    "Vector",
    "Under",
    "Document",
    "FLAGS",
    "VERSION",
    "RETIRED",
    "as_json",
    "json_schema",
    "readings_when",
    "make_vector",
    "problems",
]
