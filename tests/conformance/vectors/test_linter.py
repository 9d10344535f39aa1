"""The linter of vectors: what is wrong is found."""

from typing import Any

import msgspec
import pytest

from runas_model.specification.nouns import Noun
from runas_properties.conformance.vectors import linter
from runas_properties.conformance.vectors.vector import FLAGS, VERSION, Document, Vector, vectors


def document(*some: Vector, **changes: Any) -> Document:
    """A document of a few vectors."""
    used = sorted({flag for vector in some for flag in vector.flags} & set(FLAGS))
    made = Document(VERSION, {flag: FLAGS[flag] for flag in used}, some)
    return msgspec.structs.replace(made, **changes)


PLAIN = next(vector for vector in vectors("decision") if not vector.depends_on and not vector.core)
ON = next(vector for vector in vectors("decision") if vector.depends_on == ("blank_tag",))


@pytest.mark.parametrize(
    ("vector", "changes", "problem"),
    [
        (PLAIN, {"id": "Not A Slug"}, "the id may contain only lower-case letters, digits and single hyphens"),
        (PLAIN, {"id": ON.id}, "2 vectors have this id"),
        (PLAIN, {"title": " "}, "the title is blank"),
        (PLAIN, {"rules": ("tag-wins",)}, "rules: there is no 'tag-wins'"),
        (PLAIN, {"clauses": ("C17",)}, "clauses: there is no 'C17'"),
        (PLAIN, {"laws": ("no-law",)}, "laws: there is no 'no-law'"),
        (PLAIN, {"flags": ("because",)}, "the flag 'because' has no note"),
        (PLAIN, {"convicts": ("sloth",)}, "convicts: there is no 'sloth'"),
        (PLAIN, {"core": True, "convicts": ()}, "it is in the core set but catches no fault"),
        (PLAIN, {"steps": ()}, "it has no steps"),
        (PLAIN, {"steps": ({"operation": "sudo"},)}, "steps[0].operation: Invalid value 'sudo'"),
        (PLAIN, {"steps": PLAIN.steps * 2}, "a vector of the level decision must have exactly one step"),
        (PLAIN, {"needs": (Noun.REGIONS,)}, "needs: must be nothing, as its steps speak of nothing, not regions"),
        (PLAIN, {"level": "service"}, "its level is service, but its steps have the level decision"),
        (ON, {"depends_on": ()}, "accepted: must have one entry for each combination"),
        (ON, {"accepted": ON.accepted[:1]}, "accepted: must have one entry for each combination"),
        (PLAIN, {"accepted": ON.accepted[:1]}, "accepted: must have one entry for each combination"),
        (ON, {"accepted": ON.accepted[::-1]}, "accepted: must have one entry for each combination"),
    ],
)
def test_the_linter_finds_what_is_wrong(vector: Vector, changes: dict[str, Any], problem: str) -> None:
    other = ON if vector is PLAIN else PLAIN
    found = list(linter.problems([document(msgspec.structs.replace(vector, **changes), other)]))

    assert any(problem in one for one in found), found


def test_the_linter_asks_the_specification_what_is_accepted() -> None:
    wrong = msgspec.structs.replace(ON.accepted[0], results=ON.accepted[1].results)
    found = list(linter.problems([document(msgspec.structs.replace(ON, accepted=(wrong, ON.accepted[1])))]))

    assert len(found) == 1
    assert found[0].startswith(f"{ON.id}: step 1 under {{'blank_tag': 'names-nobody'}}: it accepts ")


def test_the_linter_wants_a_result_for_each_step() -> None:
    short = [msgspec.structs.replace(under, results=()) for under in ON.accepted]

    found = list(linter.problems([document(msgspec.structs.replace(ON, accepted=tuple(short)))]))

    assert found == [f"{ON.id}: accepted[{number}].results: 0 results for 1 steps" for number in (0, 1)]


def test_the_linter_keeps_retired_ids_retired_and_formats_apart() -> None:
    found = list(linter.problems([document(PLAIN, retired=(PLAIN.id,), version="1.0.0")]))

    assert found == [
        f"{PLAIN.id}: the id is retired and must not be reused",
        "version 1.0.0: this linter supports version 2",
    ]


def test_the_linter_says_when_there_is_nothing() -> None:
    assert list(linter.problems([])) == ["there are no vectors"]
