"""The kit as a whole: vectors, reading, generated cases and known failures, in one report."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from importlib.util import find_spec

import attrs

from runas_model.inputs.records import InputError
from runas_model.specification.readings import Reading, name_of
from runas_properties.conformance.judging.known import KnownFailure
from runas_properties.conformance.judging.running import Observed, asked_of, followed, judge, observe
from runas_properties.conformance.protocol.cases import Step
from runas_properties.conformance.reports.report import CaseReport, Generated, Report, case_report, report_of
from runas_properties.conformance.targets.target import Target
from runas_properties.conformance.vectors.making import make_vector
from runas_properties.conformance.vectors.vector import Vector, vectors

__all__ = ["DEFAULT_EXAMPLES", "GENERATED", "Generating", "Run", "chosen", "conform"]

DEFAULT_EXAMPLES = 200
GENERATED = "generated"
"""The id of a generated case; its vector has the seed too."""

Progress = Callable[[int, int | None, str], None]

Repeat = Callable[[str, str], str]
"""The command that asks a case again, of its id and what must be said of the reading."""


@attrs.frozen
class Run:
    """A run: its report, and the steps of the generated case that failed, if one did."""

    report: Report
    failed: tuple[Step, ...] = ()


@attrs.frozen
class Generating:
    """How many cases to generate after the vectors, or for how long, and from which seed."""

    examples: int | None = DEFAULT_EXAMPLES
    seconds: float | None = None
    seed: int = 0


def chosen(only: Sequence[str] = (), core: bool = False, among: Sequence[Vector] | None = None) -> tuple[Vector, ...]:
    """The vectors whose id matches a pattern of `only` (all where there is none), or the core of them.

    Raises `InputError` where a pattern matches nothing.
    """
    every = vectors() if among is None else tuple(among)
    for pattern in only:
        if not any(fnmatchcase(vector.id, pattern) for vector in every):
            raise InputError(f"no vector has an id like {pattern!r}")
    some = (v for v in every if not only or any(fnmatchcase(v.id, pattern) for pattern in only))
    return tuple(v for v in some if v.core or not core)


def conform(
    target: Target,
    some: Iterable[Vector],
    *,
    reading: Reading | None = None,
    known: Mapping[str, KnownFailure] | None = None,
    generating: Generating | None = None,
    repeat: Repeat = lambda id, more: f"runas-spec replay {id}{more}",
    progress: Progress = lambda done, of, what: None,
) -> Run:
    """Run vectors against a target and report; then, where they conform, generated cases.

    The target is held to `reading`, or else to the one that it declares, or else to the one that it is found to follow.
    Generated cases are not tried where vectors failed or failures are known, since they would meet the same ones again.
    """
    began = time.monotonic()
    known = known or {}
    observed = _observed(target, tuple(some), progress)
    held_to = reading or target.about.reading or followed(observed)
    judged = judge(observed, held_to, known)
    more = "" if held_to == target.about.reading else f" --reading {name_of(held_to)}"
    cases = [case_report(one, lambda id: repeat(id, more)) for one in judged]
    unmatched = sorted(set(known) - {one.vector.id for one in observed})
    generated: Generated | None = None
    failed: tuple[Step, ...] = ()
    if generating is not None and not known and all(one.verdict.conforms for one in judged):
        generated, failed = _generated(target, held_to, generating, lambda id: repeat(id, more), progress)
    report = report_of(
        cases,
        target.about,
        held_to,
        title=f"Conformance of {target.about}",
        declared=(reading or target.about.reading) is not None,
        unmatched=unmatched,
        generated=generated,
        seconds=time.monotonic() - began,
        stderr=getattr(target, "stderr", ""),
    )
    return Run(report, failed)


def _observed(target: Target, some: Sequence[Vector], progress: Progress) -> list[Observed]:
    asked = asked_of(target, some)
    observed = []
    for done, one in enumerate(observe(target, asked), start=1):
        observed.append(one)
        progress(done, len(asked), "vectors")
    return observed


def _generated(
    target: Target, reading: Reading, generating: Generating, repeat: Callable[[str], str], progress: Progress
) -> tuple[Generated, tuple[Step, ...]]:
    if find_spec("hypothesis") is None:
        raise InputError(
            "generated cases need Hypothesis: pip install 'runas-spec[testing]'; --examples 0 does without"
        )
    from runas_properties.conformance.judging.generated import try_cases

    tried = try_cases(
        target,
        reading,
        number=generating.seed,
        examples=generating.examples,
        seconds=generating.seconds,
        progress=lambda done: progress(done, generating.examples, "generated cases"),
    )
    case: CaseReport | None = None
    steps: tuple[Step, ...] = ()
    if tried.failure is not None:
        steps = tried.failure.steps
        vector = make_vector(f"{GENERATED}-{generating.seed}", steps, [], title="A generated case.")
        one = Observed(vector, 0, tried.failure.results, tried.failure.error)
        case = case_report(judge([one], reading, {})[0], repeat)
    return Generated(generating.seed, tried.cases, tried.steps, tried.seconds, case), steps
