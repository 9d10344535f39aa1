"""Scenes: what is arranged before a trace, and nothing of it refused."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest
from attrs import asdict, evolve

from runas_model import AGENT, DEFAULT, INITIAL, RULEBOOK, Platform, State, all_readings
from runas_model.facts.classes import situation_classes
from runas_model.specification.nouns import Noun, nouns_of
from runas_model.specification.readings import LookUp
from runas_model.specification.state import document_of, has_session_tag
from runas_model.specification.transitions import ASKED, Call
from runas_model.specification.vocabulary import (
    DEFAULT_REGION,
    NO_ROLE_SESSION,
    PREFERENCES,
    ManagedInstance,
    Name,
    Region,
    Request,
    TagKey,
)
from runas_properties.oracle.oracle import ORACLE, Oracle
from runas_properties.stateful.calls import instance, principal
from runas_properties.stateful.filling import Filling
from runas_properties.stateful.scenes import Scene, arrangement, play_of, scenes
from runas_properties.stateful.steering import RUN_AS_KEYS
from spoken import ALONE
from stateful.sampling import sample
from thinned import slow, thinned


@cache
def many() -> list[Scene]:
    return sample(scenes(), 500)


def test_every_call_of_a_scene_is_accepted() -> None:
    for scene in many()[:150]:
        oracle = Oracle(scene.reading, laws=False)
        assert all(oracle.perform(*call).accepted for call in scene.calls)


def test_some_scenes_start_with_a_document_of_their_own_or_in_another_region() -> None:
    starts = [
        (arguments["document"], state.instances[arguments["instance"]].region)
        for scene in many()
        for state, (operation, arguments) in before_each_call(scene)
        if operation == "start_session"
    ]

    assert len(starts) / 20 < sum(document != PREFERENCES for document, _ in starts) < len(starts) / 2
    assert len(starts) / 20 < sum(region != DEFAULT_REGION for _, region in starts) < len(starts) / 2


def test_some_scenes_start_in_a_role_session_whose_tag_is_passed_or_inherited_or_that_of_the_role() -> None:
    found = Counter[str]()
    for scene in many():
        for state, (operation, arguments) in before_each_call(scene):
            if operation == "start_session" and arguments["role_session"]:
                asked = Request(*[arguments[name] for name in ASKED])
                begun = next(call for _, call in scene.calls if call.get("role_session") == asked.role_session)
                how = "chained" if begun.get("source") else "alone"
                found[f"{how}, {'of its own' if has_session_tag(state, asked) else 'of the role'}"] += 1

    assert min(found[f"{how}, {whose}"] for how in ("alone", "chained") for whose in ("of its own", "of the role")) > 4
    assert sum(found.values()) < 250


def test_some_scenes_start_by_a_document_that_declares_a_parameter_and_most_of_these_fill_it() -> None:
    found = Counter[tuple[bool, bool]]()
    for scene in sample(scenes(), 300):
        for state, (operation, arguments) in before_each_call(scene):
            if operation == "start_session":
                asked = Request(*[arguments[name] for name in ASKED])
                declares = document_of(state, asked.instance, asked.document).declares_parameter
                found[declares, asked.filled] += 1

    assert found[False, True] == 0
    assert 4 < found[True, False] < found[True, True] < found[False, False]


def before_each_call(scene: Scene) -> Iterator[tuple[State, Call]]:
    oracle = Oracle(scene.reading, laws=False)
    for call in scene.calls:
        yield oracle.state, call
        oracle.perform(*call)


@pytest.mark.parametrize("nouns", thinned(ALONE, 2))
def test_a_scene_speaks_of_no_nouns_but_those_asked_for(nouns: tuple[Noun, ...]) -> None:
    spoken_of = [nouns_of(scene.calls) for scene in sample(scenes(nouns=nouns))]

    assert frozenset().union(*spoken_of) == frozenset(nouns)


def test_an_arrangement_is_written_to_the_document_that_holds() -> None:
    arranged = arrangement(play_of(("Alice", "alice")), DEFAULT, "default-user-exists", "ops", (1000, 1000))
    region = Region("eu-west-1")
    instances = INITIAL.instances.put("i-1", ManagedInstance("1", Platform.LINUX, region))
    state = evolve(INITIAL, instances=instances)

    asked = {name: Request("amy", "i-1", name, NO_ROLE_SESSION) for name in (PREFERENCES, "Ops")}
    first = {name: next(arranged.calls(state, asked[name])) for name in asked}

    assert first[PREFERENCES][0] == "update_preferences"
    assert (first["Ops"][0], first["Ops"][1]["document"]) == ("put_document", "Ops")
    assert {(arguments["account"], arguments["region"]) for _, arguments in first.values()} == {("1", region)}


@pytest.mark.parametrize("filling", Filling)
@pytest.mark.parametrize("document", [PREFERENCES, "Ops"])
def test_an_arrangement_lets_its_rule_decide_however_the_default_is_named(filling: Filling, document: str) -> None:
    for rule in [rule.id for rule in RULEBOOK if rule.id != "platform-not-covered"]:
        oracle = Oracle(AGENT, laws=False)
        arranged = arrangement(play_of(("Alice", "alice")), AGENT, rule, Name("Alice"), (2001, 2001))
        arranged = evolve(arranged, filling=filling)
        asked = arranged.asked(Request("amy", "i-1", document, NO_ROLE_SESSION))
        for call in (principal(), instance()):
            oracle.perform(*call)
        for call in arranged.calls(oracle.state, asked, other=Name("ops")):
            assert oracle.perform(*call).accepted

        t = oracle.perform("start_session", {"session": "s-1", **asdict(asked)})

        assert (t.accepted, t.decided.rule, asked.filled) == (True, rule, filling is Filling.FILLED)
        written = document_of(t.before, "i-1", document)
        assert written.declares_parameter == (filling is not Filling.FIXED)
        assert (written.default_user == arranged.default) == (filling is not Filling.FILLED)


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
