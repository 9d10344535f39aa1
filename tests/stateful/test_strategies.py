"""What the strategies yield is as they say."""

from collections import Counter
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from runas_model import RUN_AS_TAG, State
from runas_properties.explorer.traces import Trace
from runas_properties.oracle.oracle import ORACLE, Oracle
from runas_properties.stateful.coverage import Coverage
from runas_properties.stateful.scenes import scenes
from runas_properties.stateful.strategies import preferences, reached_states, tags, traces

SAMPLE = settings(max_examples=150, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


def sample(strategy: Any) -> list[Any]:
    found: list[Any] = []

    @SAMPLE
    @given(strategy)
    def keep(value: Any) -> None:
        found.append(value)

    keep()
    return found


def test_half_of_the_tags_have_the_run_as_key_and_others_nearly() -> None:
    keys = Counter(key for key, _ in sample(tags()))

    assert keys[RUN_AS_TAG] > sum(keys.values()) / 3
    assert {"SSMSessionRunAs ", "ssmsessionrunas", "Team"} <= set(keys)


def test_preferences_have_run_as_on_or_off_and_a_default_or_none() -> None:
    found = sample(preferences())

    assert {preference.run_as_enabled for preference in found} == {True, False}
    assert {bool(preference.default_user.strip()) for preference in found} == {True, False}


def test_traces_start_sessions_with_run_as_on_and_few_operations_fail() -> None:
    coverage = Coverage()
    for trace in sample(traces()):
        coverage.begin()
        for t in trace.transitions(ORACLE):
            coverage.note(t)
        coverage.end()

    failed = sum(count for goal, count in coverage.reached.items() if " raises " in goal)
    assert coverage.share_with_run_as_on > 0.3
    assert 0 < failed / coverage.steps < 0.2


def test_traces_replay_without_breaking_a_law() -> None:
    @settings(SAMPLE, max_examples=20)
    @given(traces(steps=8))
    def holds(trace: Trace) -> None:
        oracle = Oracle(trace.reading, thorough=True)
        for operation, arguments in trace.calls:
            oracle.perform(operation, arguments)

    holds()


def test_every_call_of_a_scene_is_accepted() -> None:
    for scene in sample(scenes()):
        oracle = Oracle(scene.reading, laws=False)
        assert all(oracle.perform(*call).accepted for call in scene.calls)


def test_some_reached_states_have_sessions() -> None:
    found: list[State] = sample(reached_states())

    assert any(len(state.sessions) for state in found)
