"""The vectors are made: what is kept is what is generated, and the core is the smallest that convicts every fault."""

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from runas_properties.conformance.vectors.vector import vectors
from runas_solver.cover import smallest_cover
from runas_solver.vectors import KEPT, SCHEMAS
from thinned import slow
from untraced import untraced

PACKAGE = Path(str(files("runas_properties.conformance")))
LEVELS = ("decision", "service")


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated")
    subprocess.run([sys.executable, "-m", "runas_solver.vectors", str(folder)], check=True, env=untraced())
    return folder


@slow
@pytest.mark.parametrize("name", [*map(KEPT.format, LEVELS), *SCHEMAS])
def test_what_is_kept_is_what_the_generator_makes(name: str, generated: Path) -> None:
    assert (PACKAGE / name).read_text("utf-8") == (generated / name).read_text("utf-8"), (
        f"{name} differs from what is generated: make renew, which says whether the version has to be raised"
    )


def test_the_core_is_as_small_as_can_be() -> None:
    caught = {vector.id: vector.convicts for vector in vectors()}

    assert smallest_cover(caught) == {vector.id for vector in vectors() if vector.core}


def test_a_smallest_cover_is_smaller_than_what_taking_the_largest_first_finds() -> None:
    caught = {"large": "abcd", "left": "abe", "right": "cdf"}

    assert smallest_cover(caught) == {"left", "right"}


def test_of_several_smallest_covers_the_earliest_vectors_are_taken() -> None:
    assert smallest_cover({"one": "ab", "two": "ab", "three": "bd", "four": "cd", "five": "ac"}) == {"one", "four"}
