"""Scenarios of parameters of session documents: whoever takes a parameter for something else departs in some."""

from collections import Counter
from typing import Any

import pytest

from runas_model.specification.nouns import Noun, nouns_of
from runas_model.specification.readings import DEFAULT
from runas_model.specification.vocabulary import SSM_USER
from runas_properties.implementations import DictService, EventSourcedService, Implementation, Outcome
from runas_properties.implementations.dicts import PREFERENCES, REGION
from runas_properties.oracle.failures import departure_of
from runas_properties.stateful.precedents import PRECEDENTS
from runas_properties.stateful.scenarios import OF_PARAMETERS
from stateful.scenarios.outcomes import answers, outcomes

NOBODY_STARTS = {"filled-with-ssm-user-where-nobody-can-read", "filled-where-a-session-tag-is-blank"}
"""The scenarios in which everybody is refused, whatever is given."""


def test_every_scenario_speaks_of_parameters_and_has_different_answers() -> None:
    for id, calls in OF_PARAMETERS.items():
        assert {Noun.DOCUMENTS, Noun.PARAMETERS} & nouns_of(calls)
        assert any("parameter" in arguments for _, arguments in calls)
        assert len(answers(calls)) > 1 or id in NOBODY_STARTS, calls


def test_nothing_is_said_twice() -> None:
    assert len({repr(calls) for calls in OF_PARAMETERS.values()}) == len(OF_PARAMETERS)


def test_a_parameter_is_filled_with_every_kind_of_value_and_left_out() -> None:
    given = Counter(
        arguments.get("parameter")
        for calls in OF_PARAMETERS.values()
        for operation, arguments in calls
        if operation == "start_session"
    )

    assert {None, "", " ", SSM_USER, "root", "bob", "dave", "Alice"} <= set(given)


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("filled-by-the-tagged", ["alice", "alice", "alice", "alice", "bob", "bob", "bob", "ops"]),
        ("filled-with-ssm-user", ["alice", "alice", SSM_USER, SSM_USER]),
        ("filled-with-an-empty-value", ["alice"]),
        ("given-once-and-then-left-out", ["alice", "bob", "alice", "ops", "alice", "ops", "alice"]),
    ],
)
def test_a_scenario_starts_sessions_as_its_id_says(id: str, expected: list[str]) -> None:
    found = [one for one in outcomes(OF_PARAMETERS[id]) if one.startswith("starts as ")]

    assert found == [f"starts as {os_user}" for os_user in expected]


class FillsTheTag(DictService):
    def tag_value(self, principal: str) -> str | None:
        tag = super().tag_value(principal)
        return self.parameter if tag is not None and self.parameter is not None else tag


class IgnoresParameters(DictService):
    def default_of(self, instance: str) -> str | None:
        self.parameter = None
        return super().default_of(instance)


class TakesAnyParameter(DictService):
    def declares(self, instance: str) -> bool:
        return True


class IgnoresUndeclaredParameters(DictService):
    def start_session(self, session: str, principal: str, instance: str, **more: str) -> Outcome:
        self.document = more.get("document", PREFERENCES)
        if instance in self.instances and not self.declares(instance):
            more.pop("parameter", None)
        return super().start_session(session, principal, instance, **more)


class EmptyIsNotGiven(DictService):
    def start_session(self, session: str, principal: str, instance: str, **more: str) -> Outcome:
        if not more.get("parameter"):
            more.pop("parameter", None)
        return super().start_session(session, principal, instance, **more)


class BlankFallsBackToTheDefault(DictService):
    def default_of(self, instance: str) -> str | None:
        if self.parameter is not None and self.is_blank(self.parameter):
            self.parameter = None
        return super().default_of(instance)


class ParameterStays(DictService):
    def default_of(self, instance: str) -> str | None:
        place = self.place_of(instance, self.document)
        if self.parameter is not None:
            self.documents[place] = (self.documents[place][0], self.parameter)
        return super().default_of(instance)


class ParameterGoesOnToTheNextSession(DictService):
    last: str | None = None

    def default_of(self, instance: str) -> str | None:
        if self.declares(instance):
            self.parameter = self.last = self.last if self.parameter is None else self.parameter
        return super().default_of(instance)


class MustBeFilled(DictService):
    def default_of(self, instance: str) -> str | None:
        return None if self.parameter is None and self.declares(instance) else super().default_of(instance)


class DeclaresForGood(DictService):
    def put_document(self, *said: Any, **named: Any) -> Outcome:
        before = set(self.declaring)
        outcome = super().put_document(*said, **named)
        self.declaring |= before
        return outcome


class DeletedStillDeclares(DictService):
    def delete_document(self, account: str, document: str, region: str = REGION) -> Outcome:
        before = set(self.declaring)
        outcome = super().delete_document(account, document, region)
        self.declaring |= before
        return outcome

    def put_document(self, *said: Any, **named: Any) -> Outcome:
        account, document = said[:2] if len(said) > 1 else (named["account"], named["document"])
        place = (account, named.get("region", REGION), document)
        kept = place in self.declaring and place not in self.documents
        outcome = super().put_document(*said, **named)
        if kept:
            self.declaring.add(place)
        return outcome


class UpdatedPreferencesStillDeclare(DictService):
    def update_preferences(self, account: str, *said: Any, **named: Any) -> Outcome:
        before = set(self.declaring)
        outcome = super().update_preferences(account, *said, **named)
        self.declaring |= before
        return outcome


class DeclaredByThePreferences(DictService):
    def declares(self, instance: str) -> bool:
        return self.place_of(instance, PREFERENCES) in self.declaring


class DeclaredAnywhere(DictService):
    def declares(self, instance: str) -> bool:
        return self.document in {name for _, _, name in self.declaring}


class SsmUserMayFill(DictService):
    def is_ssm_user(self, name: str) -> bool:
        return self.parameter is None and super().is_ssm_user(name)


class TrimsParameters(DictService):
    def start_session(self, session: str, principal: str, instance: str, **more: str) -> Outcome:
        trimmed = {name: value.strip() if name == "parameter" else value for name, value in more.items()}
        return super().start_session(session, principal, instance, **trimmed)


class FoldsParameters(DictService):
    def start_session(self, session: str, principal: str, instance: str, **more: str) -> Outcome:
        folded = {name: value.lower() if name == "parameter" else value for name, value in more.items()}
        return super().start_session(session, principal, instance, **folded)


FAULTY = (FillsTheTag, IgnoresParameters, TakesAnyParameter, IgnoresUndeclaredParameters, EmptyIsNotGiven,
          BlankFallsBackToTheDefault, ParameterStays, ParameterGoesOnToTheNextSession, MustBeFilled, DeclaresForGood,
          DeletedStillDeclares, UpdatedPreferencesStillDeclare, DeclaredByThePreferences, DeclaredAnywhere,
          SsmUserMayFill, TrimsParameters, FoldsParameters)  # fmt: skip
"""Each takes a parameter, or what declares it, for something else."""


@pytest.mark.parametrize("make", FAULTY)
def test_who_takes_a_parameter_for_something_else_departs_in_a_scenario(make: type[DictService]) -> None:
    assert any(departure_of(make, calls, DEFAULT) for calls in OF_PARAMETERS.values())


@pytest.mark.parametrize("make", FAULTY)
def test_who_takes_a_parameter_for_something_else_departs_in_a_precedent(make: type[DictService]) -> None:
    assert any(departure_of(make, calls, DEFAULT) for calls in PRECEDENTS if Noun.PARAMETERS in nouns_of(calls))


@pytest.mark.parametrize("make", [DictService, EventSourcedService])
def test_who_does_not_departs_in_none(make: type[Implementation]) -> None:
    assert not [calls for calls in OF_PARAMETERS.values() if departure_of(make, calls, DEFAULT)]
