"""Scenarios: each does what its id says, and reaches what it is there for."""

from collections.abc import Iterator
from itertools import islice
from random import Random
from typing import Any

import pytest

from runas_model.specification.nouns import Noun, nouns_of
from runas_model.specification.operations import OPERATIONS
from runas_model.specification.readings import DEFAULT
from runas_model.specification.transitions import Call
from runas_properties.explorer.reach import errors_of
from runas_properties.implementations import DictService, EventSourcedService, Implementation, Outcome
from runas_properties.implementations.dicts import PREFERENCES, REGION
from runas_properties.oracle.failures import departure_of
from runas_properties.stateful.scenarios import (
    EVENTS,
    MANY,
    OF_DOCUMENTS,
    OF_PARAMETERS,
    OF_ROLES,
    PAGES,
    SCENE,
    SEPARATORS,
    SIMILAR_DOCUMENTS,
    SIMILAR_IDS,
    SIMILAR_REGIONS,
    NameAsked,
    after,
    any_call,
    documents_joined,
    documents_told_apart,
    in_another_order,
    in_every_mode,
    joined,
    many,
    regions_told_apart,
    shuffled,
    told_apart,
    ways,
)
from spoken import ALONE
from stateful.scenarios.outcomes import answers, outcomes

OF_NOUNS = [*OF_DOCUMENTS.values(), *OF_PARAMETERS.values(), *OF_ROLES.values()]
REMAINING = "properties/runas_properties/stateful/scenarios/remaining.py"


def test_the_scene_starts_sessions_and_nothing_in_it_fails() -> None:
    found = outcomes(SCENE)

    assert [one for one in found if "raises" in one or one == "refused"] == []
    assert [one for one in found if one.startswith("starts")] == [
        "starts as alice",
        "starts as ops",
        "starts as ops",
        "starts as ops",
        "starts as alice",
    ]


def test_events_meet_every_operation_and_every_error() -> None:
    found = {one for event in EVENTS.values() for one in outcomes((*SCENE, *event))[len(SCENE) :]}
    found |= {one for calls in OF_NOUNS for one in outcomes(calls)}
    wanted = {f"{operation} raises {error}" for operation in OPERATIONS for error in errors_of(operation)}

    assert wanted - found == set(), f"add an event to EVENTS in {REMAINING}"
    assert set(OPERATIONS) - {"start_session"} - found == set(), f"add an event to EVENTS in {REMAINING}"


def every_scenario_of_documents() -> Iterator[tuple[Call, ...]]:
    yield from OF_DOCUMENTS.values()
    yield from (documents_told_apart(*pair) for pair in SIMILAR_DOCUMENTS)
    yield from (regions_told_apart(*pair) for pair in SIMILAR_REGIONS)
    yield from map(documents_joined, SEPARATORS)


def test_every_scenario_of_documents_speaks_of_them_or_of_regions_and_has_different_answers() -> None:
    for calls in every_scenario_of_documents():
        assert nouns_of(calls)
        assert len(answers(calls)) > 1


class DefaultRegionServesAll(DictService):
    def place_of(self, instance: str, document: str) -> tuple[str, str, str]:
        return self.instances[instance][0], REGION, document


class AccountsShareDocuments(DictService):
    def settings_of(self, instance: str) -> tuple[bool | str, str]:
        _, region, document = self.place_of(instance, self.document)
        written = [said for (_, where, name), said in self.documents.items() if (where, name) == (region, document)]
        return written[-1] if written else (False, "")


class FallsBackToThePreferences(DictService):
    def start_session(self, session: str, principal: str, instance: str, **more: str) -> Outcome:
        if instance in self.instances and not self.has_document(instance, more.get("document", PREFERENCES)):
            del more["document"]
        return super().start_session(session, principal, instance, **more)


class TakesTheSwitchOfThePreferences(DictService):
    def settings_of(self, instance: str) -> tuple[bool | str, str]:
        return self.preferences_of(*self.place_of(instance, "")[:2])[0], super().settings_of(instance)[1]


class TakesTheDefaultOfThePreferences(DictService):
    def settings_of(self, instance: str) -> tuple[bool | str, str]:
        return super().settings_of(instance)[0], self.preferences_of(*self.place_of(instance, "")[:2])[1]


class NamesWithoutCase(DictService):
    def put_document(self, account: str, document: str, *more: Any, **named: Any) -> Outcome:
        return super().put_document(account, document.lower(), *more, **named)

    def place_of(self, instance: str, document: str) -> tuple[str, str, str]:
        return super().place_of(instance, document.lower())


class KeepsThePreferencesThatAreDeleted(DictService):
    def delete_document(self, account: str, document: str, region: str = REGION) -> Outcome:
        kept = dict(self.documents)
        outcome = super().delete_document(account, document, region)
        if document == PREFERENCES:
            self.documents = kept
        return outcome


class StaysInItsRegion(DictService):
    def register_instance(self, instance: str, account: str, platform: str, region: str = REGION) -> Outcome:
        self.first = {**getattr(self, "first", {})}
        return super().register_instance(instance, account, platform, self.first.setdefault(instance, region))


CONFUSED = (DefaultRegionServesAll, AccountsShareDocuments, FallsBackToThePreferences, TakesTheSwitchOfThePreferences,
            TakesTheDefaultOfThePreferences, NamesWithoutCase, KeepsThePreferencesThatAreDeleted,
            StaysInItsRegion)  # fmt: skip


@pytest.mark.parametrize("make", CONFUSED)
def test_who_confuses_documents_departs_in_a_scenario(make: type[DictService]) -> None:
    assert any(departure_of(make, calls, DEFAULT) for calls in every_scenario_of_documents())


@pytest.mark.parametrize("make", [DictService, EventSourcedService])
def test_who_does_not_departs_in_none(make: type[Implementation]) -> None:
    assert not [calls for calls in every_scenario_of_documents() if departure_of(make, calls, DEFAULT)]


@pytest.mark.parametrize("event", [event for event in EVENTS if event != "nothing"])
def test_an_event_is_followed_by_questions_that_start_sessions(event: str) -> None:
    found = outcomes(after(EVENTS[event]))

    assert len(found) > len(SCENE) + len(EVENTS[event]) + 15
    assert (
        any(one.startswith("starts") for one in found[len(SCENE) + len(EVENTS[event]) :]) or event == "deregister-all"
    )


@pytest.mark.parametrize("whose", SIMILAR_IDS)
def test_ids_that_differ_lead_to_different_answers(whose: str) -> None:
    for one, other in SIMILAR_IDS[whose]:
        assert one != other
        assert len(answers(told_apart(whose, one, other))) >= 2


def test_what_is_joined_is_the_same_text_and_means_two_things() -> None:
    for separator in SEPARATORS:
        calls = joined(separator)
        tagged = {arguments["principal"] + separator + arguments["key"] for operation, arguments in calls
                  if operation == "tag_principal"}  # fmt: skip
        assert len(tagged) < sum(operation == "tag_principal" for operation, _ in calls)
        assert {"starts as alice", "starts as ops"} <= set(outcomes(calls))


@pytest.mark.parametrize("whose", MANY)
def test_there_are_as_many_as_are_asked_for(whose: str) -> None:
    makes = {
        "sessions": "start_session",
        "os-users": "create_os_user",
        "principals": "create_principal",
        "tags": "tag_principal",
        "instances": "register_instance",
        "accounts": "update_preferences",
    }[whose]

    for number in (11, PAGES[whose]):
        assert sum(operation == makes for operation, _ in many(whose, number)) >= number


def test_orders_differ_and_lead_to_the_same_answers() -> None:
    orders = [in_another_order(Random(number)) for number in range(5)]

    assert len({str(order) for order in orders}) == len(orders)
    starts = [[one for one in outcomes(order) if one.startswith(("starts", "refused"))] for order in orders]
    assert all(one == starts[0] for one in starts)


def test_every_way_comes_once_before_any_comes_again() -> None:
    cards = shuffled(Random(1), range(50))
    first, second = ([next(cards) for _ in range(50)] for _ in range(2))

    assert sorted(first) == sorted(second) == list(range(50))
    assert first != second


def test_a_name_is_asked_by_tag_and_default_and_with_both_os_users() -> None:
    asked = NameAsked("Alice", "alice")
    assert asked.situation().tag == "Alice"
    assert asked.situation().default_user == "alice"
    assert [name for name, *_ in asked.users] == ["alice"]

    random, there = Random(2), set[str]()
    way = next(way for way in ways(random) if way.special)
    begin = (*SCENE[:1], *SCENE[3:4])
    found = outcomes((*begin, *in_every_mode(way, 1, there)))
    assert found.count("refused") >= 2
    assert any(one == f"starts as {way.asked.named}" for one in found)
    assert "delete_os_user raises UnknownOsUser" in found


def test_every_session_in_which_ways_to_write_a_name_are_asked_has_an_id_of_its_own() -> None:
    there = {"alice", "bob", "carol", "dave"}
    some = islice((way for way in ways(Random(5)) if way.special), 40)
    asked = [call for number, way in enumerate(some) for call in in_every_mode(way, number, there)]

    sessions = [arguments["session"] for operation, arguments in asked if operation == "start_session"]
    assert len(sessions) == len(set(sessions)) > 200


def test_any_operation_may_come_and_many_are_about_the_same() -> None:
    random = Random(3)
    about = {"principal": "ben", "instance": "i-2", "name": "carol"}
    found = [any_call(random, about) for _ in range(2000)]

    assert {operation for operation, _ in found} == set(OPERATIONS), f"change what any_call draws from in {REMAINING}"
    same = [arguments["principal"] == "ben" for _, arguments in found if "principal" in arguments]
    assert sum(same) > len(same) / 2


@pytest.mark.parametrize("nouns", [*ALONE, tuple(Noun)])
def test_any_operation_speaks_of_no_nouns_but_those_asked_for(nouns: tuple[Noun, ...]) -> None:
    random = Random(3)

    assert nouns_of(any_call(random, {}, nouns) for _ in range(500)) == frozenset(nouns)
