"""Vectors run against a target: what came, which reading that follows, and the verdict on each."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache

import attrs
from msgspec import UNSET

from runas_model.doors import checked
from runas_model.specification.nouns import Noun
from runas_model.specification.readings import PROFILES, Reading, all_readings
from runas_properties.conformance.judging.known import KnownFailure
from runas_properties.conformance.protocol.cases import DECIDE, Step, as_operations
from runas_properties.conformance.protocol.messages import VERSION, About
from runas_properties.conformance.protocol.results import Accepted, Result, accepts
from runas_properties.conformance.protocol.version_1 import can_be_asked, question_in_version_1
from runas_properties.conformance.targets.target import CaseError, NotAsked, Target
from runas_properties.conformance.vectors.vector import Vector, readings_when

__all__ = [
    "PROTOCOL",
    "Judged",
    "Observed",
    "Verdict",
    "ask",
    "asked_of",
    "followed",
    "judge",
    "lacking",
    "not_offered",
    "observe",
    "steps_for",
]

READINGS = tuple(all_readings())
NO_READING: frozenset[Reading] = frozenset()
PROTOCOL = f"protocol {VERSION}"
"""What a case needs that an older version of the protocol cannot ask."""


class Verdict(Enum):
    """What became of a case."""

    PASSED = "passed"
    FAILED = "failed"
    ERRORED = "errored"
    SKIPPED = "skipped"
    KNOWN = "known failure"
    FIXED = "listed as failing, and passes"
    OUTSIDE = "outside the model"
    UNREADABLE = "cannot be read"
    NOT_OFFERED = "not offered"

    @property
    def conforms(self) -> bool:
        """Whether a case that ends so leaves a run conforming."""
        return self in (Verdict.PASSED, Verdict.SKIPPED, Verdict.KNOWN, Verdict.OUTSIDE, Verdict.NOT_OFFERED)


@attrs.frozen
class Observed:
    """What a target answered to a vector; `follows` are the readings that accept all of it.

    `results` are by the vector's own steps. Where there are none, `error` says what happened; where the target skipped
    the case, `skipped` has its message and the URL of the issue. It is not asked where it failed too often, and where
    the vector needs what the target does not offer: `lacking` has the names of nouns, or `PROTOCOL`.
    """

    vector: Vector
    follows: frozenset[Reading]
    results: tuple[Result | None, ...] = ()
    error: str = ""
    skipped: tuple[str, str] | None = None
    was_asked: bool = True
    lacking: tuple[str, ...] = ()


@attrs.frozen
class Judged:
    """The verdict on a vector under a reading."""

    observed: Observed
    reading: Reading
    verdict: Verdict
    known: KnownFailure | None = None

    @property
    def vector(self) -> Vector:
        return self.observed.vector

    @property
    def other_reading(self) -> Reading | None:
        """A reading that would have accepted what this one does not: then the target mixes readings."""
        if self.observed.error or self.observed.skipped or len(self.observed.follows) in (0, len(READINGS)):
            return None
        return next(r for r in READINGS if r in self.observed.follows)


def asked_of(target: Target, vectors: Iterable[Vector]) -> list[Vector]:
    """The vectors that a target is asked: of its level, and with no need of anything that it does not offer."""
    return [vector for vector in _of_level(target, vectors) if not _lacking(target, vector)]


def not_offered(target: Target, vectors: Iterable[Vector]) -> list[Observed]:
    """The vectors of its level that a target is not asked, since they need what it does not offer."""
    needs = ((vector, _lacking(target, vector)) for vector in _of_level(target, vectors))
    return [Observed(vector, NO_READING, was_asked=False, lacking=names) for vector, names in needs if names]


def _of_level(target: Target, vectors: Iterable[Vector]) -> Iterator[Vector]:
    return (vector for vector in vectors if vector.level == "decision" or target.about.level == "service")


def _lacking(target: Target, vector: Vector) -> tuple[str, ...]:
    return lacking(target.about, vector.steps, vector.needs)


def lacking(about: About, steps: Sequence[Step], needs: Iterable[Noun]) -> tuple[str, ...]:
    """What an implementation does not offer of what it needs to be asked some steps, which speak of some nouns."""
    nouns = tuple(noun.value for noun in needs if noun not in about.nouns)
    in_words = about.protocol == VERSION or (not nouns and can_be_asked(steps))
    return nouns if in_words else (PROTOCOL, *nouns)


@checked
def observe(target: Target, vectors: Iterable[Vector]) -> Iterator[Observed]:
    """What a target answers to each vector, in order. An implementation of the decision alone is asked only that."""
    return (_observe(target, vector) for vector in asked_of(target, vectors))


def steps_for(target: Target, steps: Sequence[Step]) -> Sequence[Step]:
    """The steps as a target is asked them: in its version, and of the whole machine, a question by operations."""
    if steps[0]["operation"] != DECIDE:
        return steps
    if target.about.level == "service":
        return list(as_operations(steps[0]))
    return steps if target.about.protocol == VERSION else list(map(question_in_version_1, steps))


def ask(target: Target, id: str, steps: Sequence[Step]) -> tuple[Result | None, ...]:
    """What a target answers to each step. Raises `CaseError` where it does not answer."""
    asked = steps_for(target, steps)
    results = tuple(target.run(id, asked))
    for step, result in zip(asked, results, strict=True):
        if result is not None and result.errored is not UNSET:
            raise CaseError(f"{step['operation']}: {result.errored}")
    if len(asked) != len(steps) and not any(result and result.skipped is not UNSET for result in results):
        results = results[-1:]
    if all(result is None for result in results):
        raise CaseError("it returned no result for this case")
    return results


def _observe(target: Target, vector: Vector) -> Observed:
    try:
        results = ask(target, vector.id, vector.steps)
    except CaseError as error:
        return Observed(vector, NO_READING, error=str(error), was_asked=not isinstance(error, NotAsked))
    for result in results:
        if result is not None and result.skipped is not UNSET:
            return Observed(vector, NO_READING, skipped=(str(result.skipped), str(result.issue)))
    return Observed(vector, _follows(vector, results), results)


def _follows(vector: Vector, results: Sequence[Result | None]) -> frozenset[Reading]:
    followed = [_with(tuple(under.when.items())) for under in vector.accepted if _accepted(under.results, results)]
    return followed[0] if len(followed) == 1 else NO_READING.union(*followed)


def _accepted(accepted: Sequence[Accepted], results: Sequence[Result | None]) -> bool:
    for wanted, got in zip(accepted, results, strict=True):  # a million times in a test of the kit
        if got is not None and not accepts(wanted, got):
            return False
    return True


@cache
def _with(choices: tuple[tuple[str, str], ...]) -> frozenset[Reading]:
    return frozenset(readings_when(choices))


@checked
def followed(observed: Sequence[Observed]) -> Reading:
    """The reading under which most is accepted; of several the one that a profile makes, else the first."""
    counts = Counter(reading for one in observed for reading in one.follows)
    return max([*PROFILES.values(), *READINGS], key=lambda r: counts[r])


@checked
def judge(observed: Sequence[Observed], reading: Reading, known: Mapping[str, KnownFailure]) -> list[Judged]:
    """The verdict on each under one reading; on one that is not offered that it is not, whatever is known of it."""
    return [_judge(one, reading, known.get(one.vector.id)) for one in observed]


def _judge(one: Observed, reading: Reading, known: KnownFailure | None) -> Judged:
    if one.lacking:
        return Judged(one, reading, Verdict.NOT_OFFERED)
    if reading in one.follows:
        return Judged(one, reading, Verdict.FIXED if known else Verdict.PASSED, known)
    if known:
        return Judged(one, reading, Verdict.KNOWN, known)
    verdict = Verdict.SKIPPED if one.skipped else Verdict.ERRORED if one.error else Verdict.FAILED
    return Judged(one, reading, verdict)
