"""Scenes: what is arranged before a trace, and nothing of it refused."""

import pytest

from runas_model import DEFAULT, RULEBOOK, Platform, all_readings
from runas_model.facts.classes import situation_classes
from runas_model.specification.readings import LookUp
from runas_model.specification.vocabulary import Name, TagKey
from runas_properties.oracle.oracle import ORACLE, Oracle
from runas_properties.stateful.scenes import arrangement, play_of, scenes
from runas_properties.stateful.steering import RUN_AS_KEYS
from stateful.sampling import sample
from thinned import slow


def test_every_call_of_a_scene_is_accepted() -> None:
    for scene in sample(scenes()):
        oracle = Oracle(scene.reading, laws=False)
        assert all(oracle.perform(*call).accepted for call in scene.calls)


def test_an_arrangement_of_one_pair_of_names_needs_no_other() -> None:
    arranged = arrangement(play_of(("Alice", "alice")), DEFAULT, "tag-user-missing", "ops", (1000, 1000))

    assert (arranged.tag, arranged.absent, set(arranged.users)) == ("Alice", ("Alice",), {"alice", "ops"})


ON_LINUX = [one.example for one in situation_classes() if one.example.platform is Platform.LINUX]
WHERE = {(ORACLE.decide(s, reading).rule, reading): None for reading in all_readings() for s in ON_LINUX}
"""Rules with the readings under which something on Linux can let them decide."""
ARRANGEMENT = "properties/runas_properties/stateful/scenes.py: say in arrangement what brings about"


@pytest.mark.parametrize("key", sorted({*RUN_AS_KEYS}))
def test_a_tag_under_another_key_leaves_the_decision_to_the_same_rule(key: TagKey) -> None:
    play = play_of(("alice", "Alice"))
    assert {rule for rule, _ in WHERE} == {rule.id for rule in RULEBOOK} - {"platform-not-covered"}

    for rule, reading in WHERE:
        arranged = arrangement(play, reading, rule, Name("ops"), (2001, 2001)).under_key(key, reading, Name("ops"))
        assert ORACLE.decide(arranged.situation(), reading).rule == rule, f"{ARRANGEMENT} {rule} under {reading}, {key}"


@slow
def test_scenes_have_tags_under_another_key_both_where_it_counts_and_where_it_does_not() -> None:
    other = {
        scene.reading.tag_key
        for scene in sample(scenes(), examples=1000)
        for operation, arguments in scene.calls
        if operation == "tag_principal" and arguments["key"] != RUN_AS_KEYS[0]
    }

    assert other == set(LookUp)
