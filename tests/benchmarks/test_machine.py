"""Measured, never judged here: the machine beside one whose rules do nothing, and how soon faults are convicted."""

import contextlib
import io
import statistics
import time
from typing import Any

import pytest
from hypothesis import seed, settings
from hypothesis.stateful import run_state_machine_as_test

from runas_model.specification.vocabulary import NO_ROLE_SESSION, PREFERENCES, Instance, Principal, Request
from runas_properties.gallery.conviction import TRIAL, convict
from runas_properties.gallery.implementations import FAULTS
from runas_properties.implementations import DictService, EventSourcedService
from runas_properties.oracle.oracle import ORACLE, Oracle
from runas_properties.stateful.coverage import Coverage
from runas_properties.stateful.machine import RunAsMachine

SEEDS = range(10)
RULES = 0


class Counted(RunAsMachine):
    """Counts the rules that Hypothesis runs."""

    coverage = Coverage()

    def check_invariants(self, *arguments: Any, **more: Any) -> None:
        global RULES
        RULES += 1
        super().check_invariants(*arguments, **more)


class WithLaws(Counted):
    """Every law after each step."""


class WithImplementation(Counted):
    """Every law after each step, and an implementation beside."""

    implementation = DictService


class OnlyWalks(Counted):
    """The same rules and draws, steered alike; a step takes the specification on, and that is all."""

    def begun(self, reading: Any) -> Oracle:
        return Oracle(reading, laws=False)

    def perform(self, operation: str, **arguments: Any) -> Any:
        t = ORACLE.transition(operation, self.oracle.state, self.oracle.reading, **arguments)
        self.oracle.state = t.after
        return t

    def teardown(self) -> None:
        """Nothing is counted."""


class DoesNothing(OnlyWalks):
    """The same rules; beyond the scene that each trace begins with they do nothing, so that the state stays."""

    def steer(self, operation: str, **arguments: Any) -> Any:
        return Asked(arguments)

    def go_on(self, then_start: bool) -> None:
        """Nothing."""

    @property
    def about(self) -> Any:
        """Nobody who exists, so that `aim` does nothing."""
        return Request(Principal("nobody"), Instance("nowhere"), PREFERENCES, NO_ROLE_SESSION)

    @about.setter
    def about(self, who: Any) -> None:
        """Nothing."""


class Asked:
    def __init__(self, arguments: dict[str, Any]) -> None:
        self.arguments = arguments


@pytest.mark.benchmark(group="state machine")
def test_rules_a_second(benchmark) -> None:  # type: ignore[no-untyped-def]
    """Each beside the one that does nothing, round by round, since a computer is not always as fast."""

    def measure() -> dict[str, list[float]]:
        global RULES
        found: dict[str, list[float]] = {}
        for number in range(10):
            for machine in (DoesNothing, OnlyWalks, WithLaws, WithImplementation):
                RULES, began = 0, time.process_time()
                run_state_machine_as_test(seed(number)(machine), settings=settings(TRIAL, max_examples=40))
                found.setdefault(machine.__name__, []).append(RULES / (time.process_time() - began))
        return found

    rates = benchmark.pedantic(measure, rounds=1)
    print()
    for name, found in rates.items():
        beside = sorted(rate / nothing for rate, nothing in zip(found, rates["DoesNothing"], strict=True))
        print(
            f"{name:<20} {statistics.median(found):>7,.0f} rules/s of CPU time  "
            f"{statistics.median(beside):.2f} of doing nothing ({beside[0]:.2f} to {beside[-1]:.2f})"
        )


@pytest.mark.benchmark(group="state machine")
def test_walking(benchmark, keep) -> None:  # type: ignore[no-untyped-def]
    """The steered machine, without an implementation and without laws, from one seed after another."""
    walks: list[tuple[float, Coverage]] = []

    def walk() -> None:
        class Walk(RunAsMachine):
            coverage = Coverage()
            asks_laws = False

        began = time.perf_counter()
        with contextlib.redirect_stdout(io.StringIO()):
            run_state_machine_as_test(seed(len(walks))(Walk), settings=settings(TRIAL, max_examples=200))
        walks.append((time.perf_counter() - began, Walk.coverage))

    benchmark.pedantic(walk, rounds=5)
    keep("walk-length", "Longest trace", "of the random walk", "steps", [TRIAL.stateful_step_count])
    covers = "drawing and performing the steps of 200 traces, without laws and without an implementation"
    keep("walk-rate", "Steps a second", covers, "steps/s", [one.steps / seconds for seconds, one in walks])
    shares = [one.share_with_run_as_on * 100 for _, one in walks]
    keep("walk-share", "Traces that start a session with Run As on", "the share of these 200 traces", "%", shares)


@pytest.mark.parametrize("explicit", [True, False], ids=["with explicit examples", "random traces alone"])
@pytest.mark.benchmark(group="conviction")
def test_conviction(benchmark, explicit: bool) -> None:  # type: ignore[no-untyped-def]
    def measure() -> dict[str, list[float | None]]:
        return {
            fault.id: [seconds_to_convict(fault, number, explicit) for number in SEEDS] for fault in FAULTS.values()
        }

    times = benchmark.pedantic(measure, rounds=1)
    known = sorted(s for found in times.values() for s in found if s is not None)
    missed = {id: sum(s is None for s in found) for id, found in times.items() if None in found}
    share, late = f"{len(known)} of {len(times) * len(SEEDS)}", known[len(known) * 95 // 100]
    print(f"\n{share} convicted, median {statistics.median(known):.3f} s, 95 % in {late:.2f} s, last {known[-1]:.2f} s")
    print(f"missed, in so many of the seeds: {missed or 'none'}")


def seconds_to_convict(fault: Any, number: int, explicit: bool) -> float | None:
    began = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        departure = convict(fault.make, fault.readings, number=number, explicit=explicit)
    return None if departure is None else time.perf_counter() - began


@pytest.mark.parametrize("make", [DictService, EventSourcedService])
@pytest.mark.benchmark(group="acquittal")
def test_no_correct_implementation_is_accused(benchmark, make) -> None:  # type: ignore[no-untyped-def]
    accused = benchmark.pedantic(lambda: [convict(make, number=number) for number in SEEDS], rounds=1)
    assert accused == [None] * len(SEEDS)
