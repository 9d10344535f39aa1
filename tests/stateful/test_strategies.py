"""What the strategies yield is as they say."""

from collections import Counter
from functools import cache

import pytest
from hypothesis import given, settings

from runas_model import DEFAULT, RUN_AS_TAG, State, Switch
from runas_model.specification.nouns import Noun, nouns_of
from runas_model.specification.state import has_session_tag
from runas_model.specification.vocabulary import DEFAULT_REGION, PREFERENCES, Request
from runas_properties.explorer.reach import instance_of
from runas_properties.explorer.traces import Trace
from runas_properties.laws import LAWS, roles
from runas_properties.oracle.oracle import ORACLE, Oracle
from runas_properties.stateful.coverage import Coverage
from runas_properties.stateful.steering import goes_on
from runas_properties.stateful.strategies import (
    HOSTILE_NAMES,
    names,
    preferences,
    states,
    tags,
    value_of,
)
from runas_properties.stateful.walks import reached_states, traces
from spoken import ALONE
from stateful.sampling import SAMPLE, sample
from thinned import slow, thinned

OF_ROLES = roles.__name__


@cache
def some_traces() -> list[Trace]:
    return sample(traces())


@cache
def some_states() -> list[State]:
    return sample(states())


def test_half_of_the_tags_have_the_run_as_key_and_others_nearly() -> None:
    keys = Counter(key for key, _ in sample(tags()))

    assert keys[RUN_AS_TAG] > sum(keys.values()) / 3
    assert {"SSMSessionRunAs ", "ssmsessionrunas", "Team"} <= set(keys)


def test_preferences_have_every_position_of_the_switch_and_a_default_or_none() -> None:
    found = sample(preferences())

    assert {preference.run_as_enabled for preference in found} == set(Switch)
    assert {bool(preference.default_user.strip()) for preference in found} == {True, False}
    assert {preference.declares_parameter for preference in found} == {True, False}


def test_hostile_names_differ_and_are_all_drawn_as_they_are() -> None:
    assert len(set(HOSTILE_NAMES)) == len(HOSTILE_NAMES)

    @given(names())
    def is_text(name: str) -> None:
        assert name == str(name)

    is_text()


def test_a_variable_of_a_kind_without_a_strategy_is_an_error() -> None:
    with pytest.raises(ValueError, match="kind cannot be"):
        value_of(type(DEFAULT.macos))


def test_traces_start_sessions_with_run_as_on_and_few_operations_fail() -> None:
    coverage = Coverage()
    for trace in some_traces():
        coverage.begin()
        for t in trace.transitions(ORACLE):
            coverage.note(t)
        coverage.end()

    failed = sum(count for goal, count in coverage.reached.items() if " raises " in goal)
    assert coverage.share_with_run_as_on > 0.3
    assert 0 < failed / coverage.steps < 0.2


@pytest.mark.parametrize("nouns", thinned(ALONE, 2))
def test_traces_speak_of_no_nouns_but_those_asked_for(nouns: tuple[Noun, ...]) -> None:
    spoken_of = [nouns_of(trace.calls) for trace in sample(traces(nouns=nouns), examples=60)]

    assert frozenset().union(*spoken_of) == frozenset(nouns)


def test_traces_speak_of_every_noun_and_many_of_none() -> None:
    spoken_of = [nouns_of(trace.calls) for trace in sample(traces(steps=3))]

    assert {noun for nouns in spoken_of for noun in nouns} == set(Noun)
    assert sum(not nouns for nouns in spoken_of) > len(spoken_of) / 10


def test_states_have_instances_and_documents_in_two_regions_and_most_where_none_is_named() -> None:
    found = some_states()
    regions = Counter(state.instances[instance].region for state in found for instance in state.instances)
    documents = Counter((region, name) for state in found for _, region, name in state.documents)

    assert len(regions) == 2
    assert regions[DEFAULT_REGION] > sum(regions.values()) / 2
    assert len(documents) > 4
    assert documents[DEFAULT_REGION, PREFERENCES] > sum(documents.values()) / 3


def test_traces_replay_without_breaking_a_law() -> None:
    @settings(SAMPLE, max_examples=20)
    @given(traces(steps=8))
    def holds(trace: Trace) -> None:
        oracle = Oracle(trace.reading, thorough=True)
        for operation, arguments in trace.calls:
            oracle.perform(operation, arguments)

    holds()


@slow
def test_some_reached_states_have_sessions() -> None:
    found: list[State] = sample(reached_states())

    assert any(len(state.sessions) for state in found)


def test_states_have_role_sessions_with_and_without_a_run_as_tag_and_some_that_have_ended() -> None:
    found = some_states()
    assumed = [(state, one) for state in found for one in state.assumed]
    tagged = [one for one in assumed if has_session_tag(one[0], Request("amy", "i-1", PREFERENCES, one[1]))]
    ended = [one for state, one in assumed if not goes_on(state, one)]

    assert len(assumed) > len(found) / 5
    assert len(assumed) / 10 < len(tagged) < len(assumed)
    assert len(assumed) / 20 < len(ended) < len(assumed) / 2


OF_PARAMETERS = tuple(id for id, law in LAWS.items() if "parameter" in id)
SELDOM_MET = ("newer-tag-replaces", "unreadable-refuses-everybody", *OF_PARAMETERS)


def test_enough_traces_meet_the_premise_of_each_law_that_few_settings_meet() -> None:
    found = [list(trace.transitions(ORACLE)) for trace in some_traces()]
    laws = [*(LAWS[law] for law in SELDOM_MET), *(law for law in LAWS.values() if law.claim.__module__ == OF_ROLES)]
    met = {law.id: sum(any(instance_of(law, t) is not None for t in steps) for steps in found) for law in laws}

    assert len(laws) > 10
    assert {law: times for law, times in met.items() if times <= len(found) / 50} == {}
