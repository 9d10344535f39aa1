"""The steered state machine: what it must reach, whom it convicts, and how it tells."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import seed, settings
from hypothesis.stateful import run_state_machine_as_test

from runas_model import RULEBOOK
from runas_model.specification.nouns import nouns_of
from runas_model.specification.vocabulary import (
    PREFERENCES,
    DocumentName,
    Name,
    PosixId,
    PrincipalKind,
    RuleId,
)
from runas_properties.gallery.conviction import TRIAL, seed_coverage
from runas_properties.gallery.implementations import FAULTS
from runas_properties.implementations import Arguments, DictService, Outcome
from runas_properties.oracle.oracle import Departure
from runas_properties.stateful.calls import (
    BEN,
    assume,
    document,
    instance,
    leave,
    no_document,
    principal,
    run_as,
    start,
)
from runas_properties.stateful.coverage import IS_IMPOSSIBLE, Coverage, pair
from runas_properties.stateful.machine import COVERAGE, RunAsMachine
from runas_properties.stateful.tagging import Through
from stateful.machines import aiming, begun
from thinned import slow

DEEP = settings.get_current_profile_name() == "deep"
ROUNDS = 12
"""At most: the rarest goal is met by one trace of some hundreds, and what is drawn depends on the modules imported."""
RUNS = 20_000 if DEEP else 200


def run(machine: type[RunAsMachine], **more: Any) -> None:
    run_state_machine_as_test(
        machine, settings=settings(**{"max_examples": RUNS, "stateful_step_count": 50, "database": None, **more})
    )


def test_a_few_runs_break_no_law_and_meet_every_operation_and_most_rules() -> None:
    class Few(RunAsMachine):
        coverage = Coverage()

    run(seed(0)(Few), max_examples=25)

    missing = Few.coverage.missing()
    assert [goal for goal in missing if goal.endswith(" succeeds")] == []
    assert len({f"rule {rule.id}" for rule in RULEBOOK}.intersection(missing)) < len(RULEBOOK) / 2
    assert Few.coverage.contradictions() == []


@slow
def test_everything_that_can_be_reached_is_reached_and_every_law_holds() -> None:
    class Thorough(RunAsMachine):
        thorough = DEEP

    seed_coverage(COVERAGE)
    for number in range(ROUNDS):
        run(seed(number)(Thorough) if number else Thorough)  # derandomised, a second round would be the first again
        if not COVERAGE.missing():
            break

    assert COVERAGE.missing() == [], f"steer the machine there, or {IS_IMPOSSIBLE}"
    assert COVERAGE.contradictions() == []


def test_the_gate_names_what_an_unsteered_run_does_not_reach() -> None:
    class Unsteered(RunAsMachine):
        coverage = Coverage()
        asks_laws = False

        def perform(self, operation: str, **arguments: Any) -> Any:
            if "run_as_enabled" in arguments:
                arguments["run_as_enabled"] = False
            return super().perform(operation, **arguments)

    run(Unsteered, max_examples=20)

    missing = Unsteered.coverage.missing()
    assert "rule tag-user-exists" in missing
    assert pair("tag_principal", "default-user-missing") in missing
    assert missing[-1].startswith("a session started while Run As is on in 30% of traces: 0% of ")
    assert f"missing: {missing[0]}" in Unsteered.coverage.as_text()
    assert json.loads(Unsteered.coverage.as_json())["missing"] == missing


def test_an_implementation_is_tested_by_a_subclass_and_the_failure_tells_story_and_program() -> None:
    class Ours(RunAsMachine):
        implementation = FAULTS["falls-through-to-the-default"].make
        coverage = Coverage()

    with pytest.raises(Departure) as failure:
        run_state_machine_as_test(seed(0)(Ours), settings=TRIAL)

    shown = "\n".join(failure.value.__notes__)
    assert " is created in account 111111111111." in shown
    assert "decided by tag-user-missing (C3, C8)" in shown
    assert "service = FallsThroughToTheDefault(" in shown


def test_an_implementation_that_was_written_before_some_nouns_is_asked_of_none_of_them() -> None:
    class WrittenBefore(DictService):
        def apply(self, operation: str, arguments: Arguments) -> Outcome:
            assert nouns_of([(operation, arguments)]) == frozenset()
            assert "region" not in arguments
            return super().apply(operation, arguments)

    class Ours(RunAsMachine):
        implementation = WrittenBefore
        nouns = ()
        coverage = Coverage()
        asks_laws = False

    run(Ours, max_examples=60)

    missing = set(Ours.coverage.missing())
    assert len({f"rule {rule.id}" for rule in RULEBOOK} & missing) <= 2, "few runs reach nearly all"
    others = ("ocument", "role session", "role_session", "arameter")
    assert not [goal for goal in missing if any(other in goal for other in others)]


def test_what_goes_on_is_with_the_document_that_was_written() -> None:
    machine = begun()
    asked = []
    for operation, arguments in (document("Ops", False), run_as(True), document("Ops", True), no_document("Ops")):
        machine.perform(operation, **arguments)
        machine.go_on(then_start=True)
        asked.append(machine.oracle.calls[-1][1]["document"])

    assert asked == ["Ops", PREFERENCES, "Ops", PREFERENCES]


def test_a_start_with_the_written_document_is_where_it_is_rather_than_with_another() -> None:
    machine = begun()
    there = "eu-west-1"
    for operation, arguments in (instance("i-2", region=there), start(1), document("Ops", True, region=there)):
        machine.perform(operation, **arguments)

    machine.go_on(then_start=True)

    assert (machine.about.instance, machine.about.document) == ("i-2", "Ops")
    assert machine.oracle.calls[-1][1]["instance"] == "i-2"


@pytest.mark.parametrize("own", [PREFERENCES, "Ops"])
@pytest.mark.parametrize("rule", [rule.id for rule in RULEBOOK if rule.id != "platform-not-covered"])
@pytest.mark.parametrize("operation", ["put_document", "delete_document"])
def test_an_operation_on_documents_can_be_brought_right_before_a_start_that_any_rule_decides(
    operation: str, rule: RuleId, own: DocumentName
) -> None:
    machine = begun()

    aiming(machine, own).at(operation, rule, Name("Alice"), (PosixId(2001), PosixId(2001)))

    (*_, before, last) = machine.oracle.calls
    assert (before[0], last[0], last[1]["document"]) == (operation, "start_session", own)
    assert machine.coverage.reached[f"{operation}, then {rule}"] == 1


@pytest.mark.parametrize("through", Through)
@pytest.mark.parametrize("operation", ["assume_role", "assume_role_with_tag", "end_role_session", "tag_principal"])
def test_an_operation_can_be_brought_right_before_a_start_in_a_role_session_that_any_rule_decides(
    operation: str, through: Through
) -> None:
    for rule in [rule.id for rule in RULEBOOK if rule.id != "platform-not-covered"]:
        machine = begun()
        aim = aiming(machine, PREFERENCES)
        aim.be_a_role()

        aim.at(operation, rule, Name("Alice"), (PosixId(2001), PosixId(2001)), through)

        (*_, before, last) = machine.oracle.calls
        assert (before[0], last[0]) == (operation, "start_session")
        assert bool(last[1]["role_session"]) == (through is not Through.ITSELF or operation.startswith("assume"))
        assert machine.coverage.reached[f"{operation}, then {rule}"] == 1


def test_what_goes_on_is_in_the_role_session_that_was_begun_until_it_ends() -> None:
    machine = begun()
    asked = []
    for operation, arguments in (principal(BEN, kind=PrincipalKind.ROLE), assume(1), assume(2), leave(2)):
        machine.perform(operation, **arguments)
        machine.go_on(then_start=True)
        asked.append((machine.oracle.calls[-1][1]["principal"], machine.oracle.calls[-1][1]["role_session"]))

    assert asked == [(BEN, ""), (BEN, "r-1"), (BEN, "r-2"), (BEN, "")]


def test_a_subclass_that_forgets_an_operation_is_told_which() -> None:
    with pytest.raises(TypeError, match="Forgetful has no rule for tag_principal, terminate_session"):

        class Forgetful(RunAsMachine):
            def tag_principal(self) -> None:
                """Not a rule."""

            terminate_session = None  # type: ignore[assignment]


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


@slow
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
