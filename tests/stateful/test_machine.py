"""The steered state machine: what it must reach, whom it convicts, and whom it never accuses."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import seed, settings
from hypothesis.stateful import run_state_machine_as_test

from runas_model import DEFAULT, Specification
from runas_properties.explorer.traces import shortest_traces
from runas_properties.gallery.conviction import TRIAL, convict, examples, seed_coverage
from runas_properties.gallery.implementations import FAULTS
from runas_properties.implementations import DictService, EventSourcedService, Factory
from runas_properties.oracle.failures import departure_of
from runas_properties.oracle.oracle import ORACLE, Departure, Oracle
from runas_properties.stateful.coverage import IMPOSSIBLE, REQUIRED, Coverage, pair
from runas_properties.stateful.machine import COVERAGE, RunAsMachine
from runas_properties.stateful.scenes import arrangement, play_of

DEEP = settings.get_current_profile_name() == "deep"
ROUNDS = 3
RUNS = 20_000 if DEEP else 200


def run(machine: type[RunAsMachine], **more: Any) -> None:
    run_state_machine_as_test(
        machine, settings=settings(**{"max_examples": RUNS, "stateful_step_count": 50, "database": None, **more})
    )


def test_everything_that_can_be_reached_is_reached_and_every_law_holds() -> None:
    class Thorough(RunAsMachine):
        thorough = DEEP

    seed_coverage(COVERAGE)
    for number in range(ROUNDS):
        run(seed(number)(Thorough) if number else Thorough)  # derandomised, a second round would be the first again
        if not COVERAGE.missing():
            break

    assert COVERAGE.missing() == [], "steer the machine there, or say in coverage.IMPOSSIBLE why that cannot be"
    assert COVERAGE.contradictions() == []


def test_what_other_processes_covered_is_counted_in() -> None:
    here, there, both = Coverage(), Coverage(), Coverage()
    for coverage in (here, there):
        coverage.reached["rule run-as-off"] += 2
        coverage.seeded.add(coverage.__class__.__name__)
        coverage.steps, coverage.traces, coverage.traces_with_run_as_on = 5, 3, 1
        both.add(coverage.counts())

    assert (both.reached["rule run-as-off"], both.steps, both.traces, both.traces_with_run_as_on) == (4, 10, 6, 2)


def test_the_gate_names_what_an_unsteered_run_does_not_reach() -> None:
    class Unsteered(RunAsMachine):
        coverage = Coverage()
        asks_laws = False

        def perform(self, operation: str, **arguments: Any) -> Any:
            if operation == "update_preferences":
                arguments["run_as_enabled"] = False
            return super().perform(operation, **arguments)

    run(Unsteered, max_examples=20)

    missing = Unsteered.coverage.missing()
    assert "rule tag-user-exists" in missing
    assert pair("tag_principal", "default-user-missing") in missing
    assert missing[-1].startswith("a session started while Run As is on in 30% of traces: 0% of ")
    assert f"missing: {missing[0]}" in Unsteered.coverage.as_text()
    assert json.loads(Unsteered.coverage.as_json())["missing"] == missing


def test_a_run_of_nothing_covers_nothing() -> None:
    assert len(Coverage().missing()) == len(REQUIRED) + 1
    assert Coverage().share_with_run_as_on == 0.0


def test_a_pair_that_is_called_impossible_and_occurs_is_told() -> None:
    coverage = Coverage()
    coverage.reached[next(iter(IMPOSSIBLE))] += 1

    assert coverage.contradictions() == [next(iter(IMPOSSIBLE))]


@pytest.mark.parametrize("make", [DictService, EventSourcedService])
def test_a_correct_implementation_is_never_accused(make: Factory) -> None:
    assert convict(make, runs=RUNS // 2) is None


@pytest.mark.parametrize("id", ["caches-decisions", "terminates-the-newest", "loses-a-tag-on-retagging"])
def test_the_machine_alone_convicts_without_explicit_examples(id: str) -> None:
    assert convict(FAULTS[id].make, FAULTS[id].readings, runs=2000, number=1, explicit=False) is not None


def test_an_implementation_is_tested_by_a_subclass_and_the_failure_tells_story_and_program() -> None:
    class Ours(RunAsMachine):
        implementation = FAULTS["falls-through-to-the-default"].make
        coverage = Coverage()

    with pytest.raises(Departure) as failure:
        run_state_machine_as_test(Ours, settings=TRIAL)

    shown = "\n".join(failure.value.__notes__)
    assert " is created in account 111111111111." in shown
    assert "decided by tag-user-missing (C3, C8)" in shown
    assert "service = FallsThroughToTheDefault(" in shown


def test_a_subclass_that_forgets_an_operation_is_told_which() -> None:
    with pytest.raises(TypeError, match="Forgetful has no rule for tag_principal, terminate_session"):

        class Forgetful(RunAsMachine):
            def tag_principal(self) -> None:
                """Not a rule."""

            terminate_session = None  # type: ignore[assignment]


class WithoutTags(Specification):
    """Decides as if nobody were tagged."""

    @property
    def decide(self) -> Any:
        return lambda s, r: ORACLE.decide(attrs.evolve(s, tagged=False), r)


def test_a_specification_that_breaks_a_law_is_told_with_the_law() -> None:
    *before, start = shortest_traces()["rule tag-user-exists"].calls
    oracle = Oracle(specification=WithoutTags())
    for operation, arguments in before:
        oracle.perform(operation, arguments)

    with pytest.raises(AssertionError, match="tag-serves-the-tagged"):
        oracle.perform(*start)


def test_explicit_examples_agree_with_the_correct_implementations() -> None:
    assert all(departure_of(DictService, calls, reading) is None for reading, calls in examples())


def test_an_arrangement_of_one_pair_of_names_needs_no_other() -> None:
    arranged = arrangement(play_of(("Alice", "alice")), DEFAULT, "tag-user-missing", "ops", (1000, 1000))

    assert (arranged.tag, arranged.absent, set(arranged.users)) == ("Alice", ("Alice",), {"alice", "ops"})


INTERRUPTED = """
import os, signal
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from runas_properties.stateful.machine import COVERAGE, RunAsMachine

class Interrupted(RunAsMachine):
    def teardown(self):
        super().teardown()
        if COVERAGE.traces > 5:
            os.kill(os.getpid(), signal.SIGINT)

def test_runs_until_it_is_interrupted():
    run_state_machine_as_test(Interrupted, settings=settings(database=None))
"""


def test_an_interrupted_run_says_what_it_covered_and_exits_130(tmp_path: Path) -> None:
    (tmp_path / "test_interrupted.py").write_text(INTERRUPTED)
    conftest = Path(__file__).parents[1] / "conftest.py"
    (tmp_path / "conftest.py").write_text(conftest.read_text("utf-8"), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "RUNAS_COVERAGE": str(tmp_path / "coverage.json")},
        timeout=120,
    )

    assert done.returncode == 128 + signal.SIGINT, done.stdout
    assert "traces start a session while Run As is on" in done.stdout
    assert json.loads((tmp_path / "coverage.json").read_text())["traces"] > 5


def test_an_implementation_that_answers_by_chance_is_convicted_too() -> None:
    answers = iter(range(10**6))

    class ByChance(DictService):
        def terminate_session(self, session: str) -> Any:
            return super().terminate_session(session if next(answers) % 7 else "s-0")

    assert convict(ByChance, explicit=False, number=1) is not None


def test_a_run_is_repeated_by_its_seed() -> None:
    fault = FAULTS["folds-case"]
    one, other = (convict(fault.make, fault.readings, runs=2000, number=3, explicit=False) for _ in range(2))

    assert one is not None
    assert other is not None
    assert one.calls == other.calls
