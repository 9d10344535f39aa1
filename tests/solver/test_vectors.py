"""The vectors are made: what is kept is what is generated, and the core is the smallest that convicts every fault."""

from importlib.resources import files
from pathlib import Path

import pytest

from runas_model.specification.nouns import Noun
from runas_properties.conformance.vectors.vector import Vector, vectors
from runas_solver import vectors as generator
from runas_solver.convictions import convicted
from runas_solver.cover import cover_for_all_nouns, smallest_cover
from runas_solver.vectors import KEPT, SCHEMAS
from thinned import IS_DEEP, slow

PACKAGE = Path(str(files("runas_properties.conformance")))
LEVELS = ("decision", "service")
EVERY = 1 if IS_DEEP else 18


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what is generated; what a vector catches is found anew for every 18th, in `make deep` for all."""
    folder = tmp_path_factory.mktemp("generated")
    kept = {vector.id: vector.convicts for vector in vectors()}
    anew = {id for number, id in enumerate(kept) if number % EVERY == 0}

    def caught(vector: Vector) -> tuple[str, ...]:
        return convicted(vector) if vector.id in anew or vector.id not in kept else kept[vector.id]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(generator, "convicted", caught)
        generator.write(folder)
    return folder


@slow
@pytest.mark.parametrize("name", [*map(KEPT.format, LEVELS), *SCHEMAS])
def test_what_is_kept_is_what_the_generator_makes(name: str, generated: Path) -> None:
    assert (PACKAGE / name).read_text("utf-8") == (generated / name).read_text("utf-8"), (
        f"{name} differs from what is generated: make renew, which says whether the version has to be raised"
    )


def test_the_core_is_as_small_as_can_be_for_whoever_offers_no_nouns() -> None:
    caught = {vector.id: vector.convicts for vector in vectors() if not vector.needs}

    assert smallest_cover(caught) == {vector.id for vector in vectors() if vector.core and not vector.needs}


def test_the_core_is_the_one_that_is_made_for_all_nouns() -> None:
    caught, needs = ({vector.id: getattr(vector, name) for vector in vectors()} for name in ("convicts", "needs"))

    assert cover_for_all_nouns(caught, needs) == {vector.id for vector in vectors() if vector.core}


NOUNS = [(), (Noun.REGIONS,), (Noun.DOCUMENTS,), tuple(Noun)]


@pytest.mark.parametrize("nouns", NOUNS)
def test_the_core_catches_what_all_vectors_catch_of_whatever_nouns_are_offered(nouns: tuple[Noun, ...]) -> None:
    asked = [vector for vector in vectors() if set(vector.needs) <= set(nouns)]

    assert {fault for vector in asked if vector.core for fault in vector.convicts} == {
        fault for vector in asked for fault in vector.convicts
    }


def test_a_cover_for_all_nouns_adds_only_what_is_not_yet_caught() -> None:
    caught = {"plain": "ab", "plainer": "a", "region": "abc", "document": "abcd", "both": "abcde"}
    needs = {"plain": (), "plainer": (), "region": NOUNS[1], "document": NOUNS[2], "both": NOUNS[3]}

    assert cover_for_all_nouns(caught, needs) == {"plain", "region", "document", "both"}
    assert cover_for_all_nouns({**caught, "both": "abcd"}, needs) == {"plain", "region", "document"}


def test_a_smallest_cover_is_smaller_than_what_taking_the_largest_first_finds() -> None:
    caught = {"large": "abcd", "left": "abe", "right": "cdf"}

    assert smallest_cover(caught) == {"left", "right"}


def test_of_several_smallest_covers_the_earliest_vectors_are_taken() -> None:
    assert smallest_cover({"one": "ab", "two": "ab", "three": "bd", "four": "cd", "five": "ac"}) == {"one", "four"}
