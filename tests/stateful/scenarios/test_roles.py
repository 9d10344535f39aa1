"""Scenarios of role sessions: each has different answers, and whoever takes one tag for another departs in some."""

from collections.abc import Iterator

import pytest

from runas_model import RUN_AS_TAG
from runas_model.specification.nouns import Noun, nouns_of
from runas_model.specification.readings import DEFAULT
from runas_model.specification.transitions import Call
from runas_properties.implementations import DictService, EventSourcedService, Implementation, Outcome
from runas_properties.oracle.failures import departure_of
from runas_properties.stateful.precedents import PRECEDENTS
from runas_properties.stateful.scenarios import (
    OF_ROLES,
    SEPARATORS,
    SIMILAR_ROLE_SESSIONS,
    role_sessions_joined,
    role_sessions_told_apart,
)
from stateful.scenarios.outcomes import answers


def every_scenario() -> Iterator[tuple[Call, ...]]:
    yield from OF_ROLES.values()
    yield from (role_sessions_told_apart(*pair) for pair in SIMILAR_ROLE_SESSIONS)
    yield from map(role_sessions_joined, SEPARATORS)


def test_every_scenario_speaks_of_role_sessions_and_has_different_answers() -> None:
    for calls in every_scenario():
        assert Noun.ROLES in nouns_of(calls)
        assert len(answers(calls)) > 1, calls


def test_most_scenarios_speak_of_no_other_noun() -> None:
    assert sum(nouns_of(calls) == {Noun.ROLES} for calls in every_scenario()) > 90


Tags = dict[str, tuple[str, bool]]


class RoleTagWins(DictService):
    def tag_value(self, principal: str) -> str | None:
        role_session, self.role_session = self.role_session, ""
        of_role = super().tag_value(principal)
        self.role_session = role_session
        return super().tag_value(principal) if of_role is None else of_role


class IgnoresSessionTags(DictService):
    def session_tags(self) -> Tags:
        return {}


class LosesTransitiveTags(DictService):
    def inherited_from(self, source: str) -> Tags:
        return {}


class HandsOnEveryTag(DictService):
    def inherited_from(self, source: str) -> Tags:
        return {key: (value, True) for key, (value, _) in self.role_sessions[source].tags.items()} if source else {}


class HandsOnOnce(DictService):
    def inherited_from(self, source: str) -> Tags:
        return {key: (value, False) for key, (value, _) in super().inherited_from(source).items()}


class HandsOnTheTagOfTheRole(DictService):
    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        outcome = super().assume(role, role_session, source, passed)
        if outcome.__class__.__name__ == "Done" and source:
            of_role = self.tags.get(self.role_sessions[source].role, {})
            for key, value in of_role.items():
                self.role_sessions[role_session].tags.setdefault(key, (value, True))
        return outcome


class LetsTransitiveTagsBeHandedOver(DictService):
    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        plain = self.inherited_from

        def inherited_from(source: str) -> Tags:
            return {key: tag for key, tag in plain(source).items() if not self.alike(key, passed)}

        self.inherited_from = inherited_from  # type: ignore[method-assign]
        try:
            return super().assume(role, role_session, source, passed)
        finally:
            del self.inherited_from


class LeaksIntoTheNextSession(DictService):
    last: Tags | None = None

    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        outcome = super().assume(role, role_session, source, passed)
        if outcome.__class__.__name__ == "Done":
            begun = self.role_sessions[role_session]
            begun.tags = {**({} if begun.tags else self.last or {}), **begun.tags}
            self.last = begun.tags
        return outcome


class TagsTheRole(DictService):
    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        outcome = super().assume(role, role_session, source, passed)
        if outcome.__class__.__name__ == "Done":
            self.tags[role].update({key: value for key, (value, _) in passed.items()})
        return outcome


class TagsOfTheRoleReachItsSessions(DictService):
    def tag_principal(self, principal: str, key: str, value: str) -> Outcome:
        for one in self.role_sessions.values():
            if one.role == principal and self.alike(key, one.tags):
                one.tags = {key: (value, False)}
        return super().tag_principal(principal, key, value)


class KeepsTheTagOfTheRoleAsItWas(DictService):
    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        outcome = super().assume(role, role_session, source, passed)
        if outcome.__class__.__name__ == "Done":
            for key, value in self.tags[role].items():
                if not self.alike(key, self.role_sessions[role_session].tags):
                    self.role_sessions[role_session].tags[key] = (value, False)
        return outcome


class EndsNothing(DictService):
    def start_session(self, session: str, principal: str, instance: str, **more: str) -> Outcome:
        ended = self.role_sessions.get(more.get("role_session", ""))
        goes_on = ended.goes_on if ended else False
        if ended:
            ended.goes_on = True
        try:
            return super().start_session(session, principal, instance, **more)
        finally:
            if ended:
                ended.goes_on = goes_on


class SurvivesItsRole(DictService):
    def delete_principal(self, principal: str) -> Outcome:
        before = [one for one in self.role_sessions.values() if one.goes_on]
        outcome = super().delete_principal(principal)
        for one in before:
            one.goes_on = True
        return outcome


class EndsChainedSessions(DictService):
    source: dict[str, str]

    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        self.source = {**getattr(self, "source", {}), role_session: source}
        return super().assume(role, role_session, source, passed)

    def end_role_session(self, role_session: str) -> Outcome:
        outcome = super().end_role_session(role_session)
        for chained in [one for one, source in getattr(self, "source", {}).items() if source == role_session]:
            if chained in self.role_sessions and role_session:
                self.role_sessions[chained].goes_on = False
        return outcome


class KeysMustBeSpelledExactly(DictService):
    def alike(self, key: str, keys: object) -> str | None:
        return key if key in list(keys) else None  # type: ignore[call-overload]


class BlankSessionTagsAreNone(DictService):
    def session_tags(self) -> Tags:
        return {key: tag for key, tag in super().session_tags().items() if not self.is_blank(tag[0])}


class CutsLongValues(DictService):
    def assume(self, role: str, role_session: str, source: str, passed: Tags) -> Outcome:
        return super().assume(role, role_session, source, {key: (tag[0][:255], tag[1]) for key, tag in passed.items()})


class AnyRoleMayUseIt(DictService):
    def is_session_of(self, role_session: str, principal: str) -> bool:
        return role_session in self.role_sessions


class UsersAreRoles(DictService):
    def create_principal(self, principal: str, account: str, kind: str) -> Outcome:
        return super().create_principal(principal, account, "role")


class TagsOfOtherKeysCount(DictService):
    def session_tags(self) -> Tags:
        return {key.strip().removesuffix("User"): tag for key, tag in super().session_tags().items()}


FAULTY = (RoleTagWins, IgnoresSessionTags, LosesTransitiveTags, HandsOnEveryTag, HandsOnOnce, HandsOnTheTagOfTheRole,
          LetsTransitiveTagsBeHandedOver, LeaksIntoTheNextSession, TagsTheRole, TagsOfTheRoleReachItsSessions,
          KeepsTheTagOfTheRoleAsItWas, EndsNothing, SurvivesItsRole, EndsChainedSessions, KeysMustBeSpelledExactly,
          BlankSessionTagsAreNone, CutsLongValues, AnyRoleMayUseIt, UsersAreRoles, TagsOfOtherKeysCount)  # fmt: skip
"""Each takes what a role session has, or is, for something else."""
OF_PRECEDENTS = [make for make in FAULTY if make is not CutsLongValues]


@pytest.mark.parametrize("make", FAULTY)
def test_who_takes_one_tag_for_another_departs_in_several_scenarios(make: type[DictService]) -> None:
    departs = (calls for calls in OF_ROLES.values() if departure_of(make, calls, DEFAULT))

    assert next(departs, None)
    assert next(departs, None) or make is CutsLongValues


@pytest.mark.parametrize("make", OF_PRECEDENTS)
def test_who_takes_one_tag_for_another_departs_in_a_precedent(make: type[DictService]) -> None:
    assert any(departure_of(make, calls, DEFAULT) for calls in PRECEDENTS if Noun.ROLES in nouns_of(calls))


@pytest.mark.parametrize("make", [DictService, EventSourcedService])
def test_who_does_not_departs_in_none(make: type[Implementation]) -> None:
    assert not [calls for calls in every_scenario() if departure_of(make, calls, DEFAULT)]


def test_a_role_session_has_a_tag_of_every_kind_of_key_in_some_scenario() -> None:
    keys = {
        arguments["key"] for calls in every_scenario() for name, arguments in calls if name == "assume_role_with_tag"
    }

    assert {RUN_AS_TAG, RUN_AS_TAG.lower(), RUN_AS_TAG.upper(), "Team", f"{RUN_AS_TAG} "} <= keys
