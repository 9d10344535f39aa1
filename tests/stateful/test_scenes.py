"""Scenes: what is arranged before a trace, and nothing of it refused."""

from runas_model import DEFAULT
from runas_properties.oracle.oracle import Oracle
from runas_properties.stateful.scenes import arrangement, play_of, scenes
from stateful.sampling import sample


def test_every_call_of_a_scene_is_accepted() -> None:
    for scene in sample(scenes()):
        oracle = Oracle(scene.reading, laws=False)
        assert all(oracle.perform(*call).accepted for call in scene.calls)


def test_an_arrangement_of_one_pair_of_names_needs_no_other() -> None:
    arranged = arrangement(play_of(("Alice", "alice")), DEFAULT, "tag-user-missing", "ops", (1000, 1000))

    assert (arranged.tag, arranged.absent, set(arranged.users)) == ("Alice", ("Alice",), {"alice", "ops"})
