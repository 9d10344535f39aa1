"""Explorations: kept by their fingerprints, all met that can be, and what an interrupted one covered."""

import pytest
from attrs import evolve

from explorer.one_at_a_time import SMALL, STATES, TRANSITIONS
from runas_model import AGENT, OPERATIONS, Specification, State
from runas_model.specification.nouns import Noun, nouns_of
from runas_model.specification.vocabulary import Principal
from runas_model.universes.syntax import for_every_universe
from runas_properties.explorer import Scope, explore
from thinned import slow


@pytest.mark.parametrize(
    ("scope", "states", "transitions", "fingerprint"),
    [
        (SMALL, STATES, TRANSITIONS, "c0b0d70941b647b62b590e8ce7dfd298c0fa73aa1392788e2505ec5d94aa3f65"),
        (
            Scope(1, 2, 1, 3, 1, switches=3),
            22_050,
            482_580,
            "4dd37b117e1fa871644ac4c35fd89040e3bbe8ab88017c689a45f48be76854eb",
        ),
        (Scope(1, 2, 1, 3, 1), 19_600, 409_360, "a18580ac819b155d807a699f37e0f4c57578744ec3f8978c0afe6435cbaf056f"),
        (
            Scope(2, 2, 1, 3, 1),
            1_005_696,
            29_935_872,
            "8bc6ea2051e1cb405524680ddec4a5915b6ce8839701bda73d881dfa1ac1ffd1",
        ),
        (
            Scope(1, 1, 1, 1, 1, regions=2, documents=2),
            48_750,
            1_162_500,
            "634a252c718154257e508244af56eab8f2c2aafed200d448c60b02f51bc91ec0",
        ),
        (
            Scope(1, 1, 1, 1, 1, regions=2, documents=2, role_sessions=1),
            292_500,
            7_254_750,
            "3b4d07c83cf3ab079c00b3484111ab7764b8a780aac982ebf2d1e53b5634a841",
        ),
        (
            Scope(1, 1, 1, 1, 1, role_sessions=2),
            6_384,
            67_176,
            "c2d8a3eb62424ae35f11ba4c7a38d37f9fd5dc8a20c8b2d28481e6c504dd0a2e",
        ),
        (
            Scope(1, 1, 1, 1, 1, documents=2, parameters=1),
            3_402,
            75_960,
            "1569e2fb357b4a1be6d6b78185aa71bfab3552ece75c51d01f1da85e72e2f935",
        ),
    ],
)
def test_the_fingerprint_of_a_scope_is_kept(scope: Scope, states: int, transitions: int, fingerprint: str) -> None:
    done = explore(scope, laws=())

    counted = done.states, done.transitions, done.fingerprint
    assert counted == (states, transitions, fingerprint), "if that is meant: first runas.pml, then the counts here"


NOUNS = {
    "regions": Noun.REGIONS,
    "documents": Noun.DOCUMENTS,
    "role_sessions": Noun.ROLES,
    "parameters": Noun.PARAMETERS,
}
"""The sizes of a scope that bring a noun into play."""

BEYOND = {"law tag-keys-count-as-read"}
"""What no scope has: a key in another case."""


@slow
def test_every_rule_operation_error_and_premise_is_met_in_scopes_that_have_all_of_them() -> None:
    all_but_nouns = Scope(accounts=2, principals=1, instances=1, names=4, sessions=1, platforms=3, switches=3)
    documents = Scope(accounts=1, principals=1, instances=1, names=1, sessions=1, regions=2, documents=2)
    roles = Scope(accounts=1, principals=2, instances=1, names=1, sessions=1, role_sessions=2)
    parameters = Scope(accounts=1, principals=1, instances=1, names=1, sessions=1, documents=2, parameters=1)
    missing = []
    for scope in (all_but_nouns, documents, roles, parameters):
        done = explore(scope, AGENT)
        assert done.holds
        missing.append({found.name for found in done.found if not found.met and ", then " not in found.name})

    assert set.intersection(*missing) == BEYOND
    assert {*documents.nouns, *roles.nouns, *parameters.nouns} == set(Noun)


@pytest.mark.parametrize(
    "counts",
    [
        {},
        *({noun: 2} for noun in NOUNS if noun != "parameters"),
        {"regions": 3, "documents": 3},
        {"regions": 2, "role_sessions": 1},
        {"documents": 2, "parameters": 1},
        dict.fromkeys(NOUNS, 2) | {"parameters": 1},
    ],
)
def test_the_nouns_in_play_are_those_that_the_calls_of_a_scope_speak_of(counts: dict[str, int]) -> None:
    scope = Scope(1, 1, 1, 1, 1, **counts)

    assert set(scope.nouns) == nouns_of(scope.calls())
    assert scope.nouns == tuple(noun for noun in Noun if noun in {NOUNS[count] for count in counts})


def test_preferences_that_cannot_be_read_are_met_only_where_the_scope_has_them_and_start_nobody() -> None:
    def met(switches: int) -> set[str]:
        done = explore(Scope(1, 1, 1, 2, 1, switches=switches))
        assert done.holds
        return {found.name for found in done.found if found.met}

    assert met(3) > met(2)
    assert {"rule preferences-unreadable", "law unreadable-refuses-everybody"} <= met(3) - met(2)


def test_pairs_that_cannot_be_are_not_met_and_the_others_are() -> None:
    done = explore(Scope(accounts=1, principals=1, instances=1, names=4, sessions=1, platforms=2), AGENT)

    met = {found.name for found in done.found if found.met}
    assert "tag_principal, then rule tag-names-superuser" in met
    assert "tag_principal, then rule default-user-exists" in met, "a blank tag is none under this reading"
    assert "delete_principal, then rule nobody-named" not in met, "who is deleted starts no session"
    assert "untag_principal, then rule tag-user-exists" not in met


def test_an_operation_that_branches_on_a_column_says_what_to_use_instead() -> None:
    @for_every_universe
    def branches(state: State, principal: str):  # type: ignore[no-untyped-def]
        return None if state.principals.has(Principal(principal)) else delete(state, principal)

    delete = OPERATIONS["delete_principal"].function
    operations = {**OPERATIONS, "delete_principal": evolve(OPERATIONS["delete_principal"], function=branches)}

    with pytest.raises(TypeError, match="use the connectives"):
        explore(SMALL, specification=Specification(operations=operations))


def test_an_interrupted_exploration_says_what_it_covered() -> None:
    def interrupt(explored: int, found: int) -> None:
        if explored >= 100:
            raise KeyboardInterrupt

    done = explore(SMALL, progress=interrupt)

    assert done.interrupted
    assert not done.complete
    assert not done.holds
    assert 100 <= done.states < STATES
    assert sum(done.levels) == done.states
