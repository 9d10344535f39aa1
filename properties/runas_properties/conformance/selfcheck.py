"""The kit tested on implementations that are known to be correct or faulty."""

from collections.abc import Callable, Collection, Iterator, Sequence

import attrs

from runas_model.specification.nouns import Noun
from runas_model.specification.readings import PROFILES, Reading, all_readings
from runas_properties.conformance.judging.running import judge, observe
from runas_properties.conformance.targets.adapters import Stepwise
from runas_properties.conformance.targets.target import PythonTarget
from runas_properties.conformance.vectors.vector import Vector, vectors
from runas_properties.gallery.implementations import FAULTS
from runas_properties.implementations import DictService, EventSourcedService, Implementation

__all__ = ["CORRECT", "Tried", "self_check", "trials"]

CORRECT: dict[str, Callable[[Reading], Implementation]] = {
    "DictService": DictService,
    "EventSourcedService": EventSourcedService,
}


@attrs.frozen
class Tried:
    """The result for one implementation: `caught_by` are the vectors that a faulty one failed.

    `accused_by` are false positives: vectors that a correct implementation failed, or a faulty one under a reading
    under which its fault does not show.
    """

    id: str
    title: str
    faulty: bool
    cases: int
    caught_by: tuple[str, ...]
    accused_by: tuple[str, ...]

    @property
    def as_it_should_be(self) -> bool:
        return bool(self.caught_by) == self.faulty and not self.accused_by and self.cases > 0


def trials() -> int:
    """The number of implementations that `self_check` tests."""
    return len(CORRECT) + len(FAULTS)


def self_check() -> Iterator[Tried]:
    """Run correct implementations on all vectors under every reading, and faulty ones on the core set.

    These under the readings of the profiles, and, if none of them shows the fault, under those that do, one by one.
    """
    core = [vector for vector in vectors() if vector.core]
    for id, make in CORRECT.items():
        yield _try(id, "A correct implementation.", make, (), vectors(), all_readings())
    for fault in FAULTS.values():
        yield _try(fault.id, fault.title, fault.make, fault.readings, core, PROFILES.values())


def _try(
    id: str,
    title: str,
    make: Callable[[Reading], Implementation],
    wrong_under: Sequence[Reading],
    some: Sequence[Vector],
    readings: Collection[Reading],
) -> Tried:
    caught: list[str] = []
    accused: list[str] = []
    cases = 0
    for reading in dict.fromkeys((*readings, *wrong_under)):
        if caught and reading not in readings:
            break
        failed = caught if reading in wrong_under else accused
        target = PythonTarget(lambda reading=reading: Stepwise(make(reading), tuple(Noun)), id)  # type: ignore[misc]
        for one in judge(list(observe(target, some)), reading, {}):
            cases += 1
            if not one.verdict.conforms:
                failed.append(one.vector.id)
    return Tried(id, title, bool(wrong_under), cases, tuple(dict.fromkeys(caught)), tuple(dict.fromkeys(accused)))
