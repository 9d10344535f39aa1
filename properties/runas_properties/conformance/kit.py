"""The kit as a whole: vectors, reading, generated cases and known failures, in one report."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from importlib.util import find_spec

import attrs
import msgspec

from runas_model.doors import Count, Seconds, checked, checked_fields
from runas_model.inputs.records import InputError
from runas_model.specification.readings import Reading, all_readings, name_of
from runas_properties.conformance.judging.known import KnownFailure
from runas_properties.conformance.judging.running import (
    NO_READING,
    Observed,
    asked_of,
    followed,
    judge,
    not_offered,
    observe,
)
from runas_properties.conformance.judging.words import Listening
from runas_properties.conformance.protocol.cases import Level, Step
from runas_properties.conformance.reports.report import CaseReport, Generated, Report, case_report, report_of
from runas_properties.conformance.targets.target import Target
from runas_properties.conformance.vectors.making import make_vector
from runas_properties.conformance.vectors.vector import Vector, vectors

__all__ = ["DEFAULT_EXAMPLES", "GENERATED", "Generating", "Run", "chosen", "conform"]

DEFAULT_EXAMPLES: dict[Level, int] = {"service": 1000, "decision": 7000}
"""The number of random cases for a target of each level: a case of a service asks of several names."""

GENERATED = "generated"
"""The id of a generated case; its vector has the seed too."""

Progress = Callable[[int, int | None, str], None]

Repeat = Callable[[str, str, int | None], str]
"""The command that asks a case again, or blank if there is none.

Of its id; of what must be said of the reading, such as `--reading agent`, or blank; and for a random case, of how many
there were with it.
"""


def _not_repeated(id: str, reading: str, random_cases: int | None) -> str:
    """Who calls the kit knows what is tested; the kit does not."""
    return ""


@attrs.frozen
class Run:
    """A run: its report, the steps of a failed generated case, if any, and the interruption, if any."""

    report: Report
    failed: tuple[Step, ...] = ()
    interrupted_by: KeyboardInterrupt | None = None

    def broken_off(self, interruption: KeyboardInterrupt) -> "Run":
        """The run marked as interrupted, even if the interruption came after the last answer."""
        report = msgspec.structs.replace(self.report, interrupted=True, conforms=False)
        return attrs.evolve(self, report=report, interrupted_by=interruption)


@attrs.frozen(field_transformer=checked_fields)
class Generating:
    """The number of cases to generate after the vectors, or the time in seconds, and the seed.

    With neither, there are as many as `DEFAULT_EXAMPLES` has for the level of the target. Raises TypeError for a field
    of a wrong kind, and ValueError for less than no examples, or no number of seconds.
    """

    examples: Count | None = None
    seconds: Seconds | None = None
    seed: int = 0


@checked
def chosen(only: Sequence[str] = (), core: bool = False, among: Sequence[Vector] | None = None) -> tuple[Vector, ...]:
    """The vectors whose id matches a pattern in `only` (default: all); with `core`, only those in the core set.

    Raises `InputError` if a pattern matches no vector.
    """
    every = vectors() if among is None else tuple(among)
    for pattern in only:
        if not any(fnmatchcase(vector.id, pattern) for vector in every):
            raise InputError(f"no vector has an id that matches {pattern!r}")
    some = (v for v in every if not only or any(fnmatchcase(v.id, pattern) for pattern in only))
    return tuple(v for v in some if v.core or not core)


@checked
def conform(
    target: Target,
    some: Iterable[Vector],
    *,
    reading: Reading | None = None,
    known: Mapping[str, KnownFailure] | None = None,
    generating: Generating | None = None,
    strict: bool = False,
    repeat: Repeat = _not_repeated,
    progress: Progress = lambda done, of, what: None,
) -> Run:
    """Test a target with vectors and, if it passes all, with generated cases; return the report.

    The target is tested against `reading`, else the one that it declares, else the one that fits its answers best;
    where several fit all of them, it is asked further vectors that tell these apart, before generated cases. Generated
    cases are skipped if vectors failed or failures are known, since they would meet the same failures. If the run is
    interrupted, the report covers the cases answered so far. Vectors that need nouns which the target does not offer,
    or a newer version of the protocol than it speaks, are not asked, and are in the report as not offered; generated
    cases need neither. Reasons and errors that the specification does not define are warnings; if `strict`, the target
    then does not conform. Raises KeyboardInterrupt if there was no answer.
    """
    some = list(some)
    asked, others = asked_of(target, some), not_offered(target, some)
    running = _Running(Listening(target), asked, others, reading, known or {}, strict, repeat, progress)
    try:
        running.ask_vectors()
        if generating is not None and running.may_generate:
            running.tell_readings_apart()
            running.try_generated(generating)
        return Run(running.report(), running.failed)
    except KeyboardInterrupt as interruption:
        if not running.observed:
            raise
        return Run(running.report(interrupted=True), running.failed, interruption)


@attrs.define
class _Running:
    """A run while it goes on: at any time there can be a report of it."""

    target: Listening
    asked: Sequence[Vector]
    not_offered: Sequence[Observed]
    reading: Reading | None
    known: Mapping[str, KnownFailure]
    strict: bool
    repeat: Repeat
    progress: Progress
    observed: list[Observed] = attrs.field(factory=list)
    telling_apart: list[Observed] = attrs.field(factory=list)
    generated: Generated | None = None
    failed: tuple[Step, ...] = ()
    began: float = attrs.field(factory=time.monotonic)

    @property
    def held_to(self) -> Reading:
        return self.declared or followed([*self.observed, *self.telling_apart])

    @property
    def declared(self) -> Reading | None:
        return self.reading or self.target.about.reading

    @property
    def may_generate(self) -> bool:
        return not self.known and all(one.verdict.conforms for one in judge(self.observed, self.held_to, {}))

    def ask_vectors(self) -> None:
        for done, one in enumerate(observe(self.target, self.asked), start=1):
            self.observed.append(one)
            self.progress(done, len(self.asked), "vectors")

    def tell_readings_apart(self) -> None:
        """Where no reading is declared and several fit all answers, ask vectors beside these until one is left."""
        asked = {vector.id for vector in self.asked}
        left = set(all_readings()).intersection(*(one.follows for one in self.observed if one.follows))
        for vector in asked_of(self.target, (one for one in vectors() if one.id not in asked)):
            if self.declared or len(left) == 1:
                return
            if len({id(vector.under(reading)) for reading in left}) > 1:
                self.telling_apart += observe(self.target, [vector])
                left = left & self.telling_apart[-1].follows or left

    def try_generated(self, generating: Generating) -> None:
        if find_spec("hypothesis") is None:
            raise InputError(
                "random cases need Hypothesis: pip install 'runas-spec[testing]', or skip them with --examples 0"
            )
        from runas_properties.conformance.judging.generated import try_cases

        examples = generating.examples
        if examples is None and generating.seconds is None:
            examples = DEFAULT_EXAMPLES[self.target.about.level]
        tried = try_cases(
            self.target,
            self.held_to,
            number=generating.seed,
            examples=examples,
            seconds=generating.seconds,
            progress=lambda done: self.progress(done, examples, "generated cases"),
        )
        case: CaseReport | None = None
        if tried.failure is not None:
            self.failed = tried.failure.steps
            vector = make_vector(f"{GENERATED}-{generating.seed}", self.failed, [], title="A generated case.")
            one = Observed(vector, NO_READING, tried.failure.results, tried.failure.error)
            case = case_report(judge([one], self.held_to, {})[0], self._repeated(self.held_to, tried.cases))
        interrupted = tried.interrupted_by is not None
        self.generated = Generated(generating.seed, tried.cases, tried.steps, tried.seconds, case, interrupted)
        if tried.interrupted_by is not None:
            raise tried.interrupted_by

    def report(self, interrupted: bool = False) -> Report:
        held_to, every = self.held_to, [*self.observed, *self.not_offered]
        return report_of(
            [case_report(one, self._repeated(held_to)) for one in judge(every, held_to, self.known)],
            self.target.about,
            held_to,
            title=f"Conformance of {self.target.about}",
            declared=self.declared is not None,
            unmatched=sorted(set(self.known) - {vector.id for vector in self.asked}),
            generated=self.generated,
            seconds=time.monotonic() - self.began,
            stderr=getattr(self.target.target, "stderr", ""),
            warnings=self.target.warnings,
            strict=self.strict,
            interrupted=interrupted,
            not_asked=len(self.asked) - len(self.observed),
        )

    def _repeated(self, held_to: Reading, random_cases: int | None = None) -> Callable[[str], str]:
        reading = "" if held_to == self.target.about.reading else f"--reading {name_of(held_to)}"
        return lambda id: self.repeat(id, reading, random_cases)
