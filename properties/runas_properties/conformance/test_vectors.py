"""One test a vector, of the implementation that `--runas-target` names."""

import warnings
from collections.abc import Mapping
from functools import cached_property

import attrs
import pytest

from runas_model.inputs.records import InputError
from runas_model.specification.readings import Reading, name_of, reading_named
from runas_properties.conformance.judging.known import KnownFailure, read_known_failures
from runas_properties.conformance.judging.running import Verdict, asked_of, followed, judge, not_offered, observe
from runas_properties.conformance.judging.words import Listening
from runas_properties.conformance.protocol.messages import offered
from runas_properties.conformance.protocol.readable import shell_word
from runas_properties.conformance.reports.report import case_report
from runas_properties.conformance.targets.target import Target, Unusable, load
from runas_properties.conformance.vectors.vector import Vector, vectors
from runas_properties.pytest_plugin import MISSING


@attrs.frozen(slots=False)
class Trial:
    """A target, and what it is held to: without a reading of its own, the one that it is found to follow."""

    target: Target
    known: Mapping[str, KnownFailure]
    named: Reading | None

    @cached_property
    def reading(self) -> Reading:
        return self.named or self.target.about.reading or followed(list(observe(self.target, vectors())))


TRIAL = pytest.StashKey[Trial]()


def trial_of(config: pytest.Config) -> Trial:
    """The trial that the options ask for. Raises UsageError for options that cannot be used."""
    if TRIAL not in config.stash:
        name, reading, nouns, path = (
            config.getoption(f"--runas-{option}") for option in ("target", "reading", "nouns", "known")
        )
        if not name:
            raise pytest.UsageError(MISSING)
        try:
            known = read_known_failures(path) if path else {}
            has = offered(map(str.strip, nouns.split(",")), "service") if nouns else None
            config.stash[TRIAL] = Trial(load(name, nouns=has), known, reading_named(reading) if reading else None)
        except (Unusable, InputError, ValueError) as error:
            raise pytest.UsageError(str(error)) from None
        unmatched = sorted(set(known) - {vector.id for vector in vectors()})
        if unmatched:
            raise pytest.UsageError(f"{path}: no vector has the id {', '.join(unmatched)}")
    return config.stash[TRIAL]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test for each vector of the target's level, and one that is skipped for each that is not offered."""
    target = trial_of(metafunc.config).target
    every = [*asked_of(target, vectors()), *(one.vector for one in not_offered(target, vectors()))]
    metafunc.parametrize("vector", every, ids=[vector.id for vector in every])


def test_vector(vector: Vector, pytestconfig: pytest.Config) -> None:
    trial = trial_of(pytestconfig)
    listening = Listening(trial.target)
    seen = [*observe(listening, (vector,)), *not_offered(listening, (vector,))]
    judged = judge(seen, trial.reading, trial.known)[0]
    for warning in listening.warnings:
        warnings.warn(warning, stacklevel=1)
    held_to, name = name_of(trial.reading), pytestconfig.getoption("--runas-target")
    has = pytestconfig.getoption("--runas-nouns")
    options = f"--reading {held_to}{f' --nouns {shell_word(has)}' if has else ''} --target {shell_word(name)}"
    case = case_report(judged, lambda id: f"runas-spec replay {id} {options}")
    if judged.verdict is Verdict.SKIPPED:
        pytest.skip(f"{case.detail} ({case.issue})")
    if judged.verdict is Verdict.NOT_OFFERED:
        pytest.skip(f"{judged.verdict.value}: {case.detail}")
    if judged.verdict is Verdict.KNOWN:
        pytest.xfail(f"{case.detail} ({case.issue})")
    if judged.verdict is not Verdict.PASSED:
        told = [case.title, case.story, case.detail, case.repeat]
        pytest.fail("\n".join([f"{judged.verdict.value}:", *filter(None, told)]), pytrace=False)
