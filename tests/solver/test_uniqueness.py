"""The uniqueness of the decision and of the machine: what the laws determine, and that each part of it can be open."""

from collections.abc import Callable
from itertools import product

import attrs
import pytest
import z3

from runas_model.specification.operations import OPERATIONS, Operation, Step
from runas_model.specification.state import State
from runas_model.specification.transitions import SPECIFICATION, Specification
from runas_model.specification.vocabulary import Principal, PrincipalRecord, Session
from runas_model.universes.tables import Table
from runas_properties.laws import LAWS, Claim, Kind, Law
from runas_properties.laws import laws_of as all_laws_of
from runas_solver import uniqueness
from runas_solver.asking import ask
from runas_solver.free import free_choices
from runas_solver.obligations import Obligations
from runas_solver.uniqueness import Determination, Determinations, Determined, determine, determined
from thinned import slow


@pytest.fixture(scope="module")
def determinations() -> list[Determination]:
    return list(Determinations(Obligations()))


def determined_about(about: str) -> Determined:
    every = Determinations(Obligations())
    if about in OPERATIONS:
        return determine(every.step(about))
    return determine({"decision": every.decision, "initially": every.initially, "situation": every.situation}[about]())


def test_the_laws_determine_the_decision_and_every_part_of_the_machine() -> None:
    found = {one.about: one for one in determined()}

    assert set(found) == {"decision", "initially", "situation", "operations", *OPERATIONS}
    assert [one for one in found.values() if not one.holds or one.open] == []
    assert {"starts", "os_user", "reason", "rule"} <= set(found["decision"].compared)
    assert {"accepted", "error", "decision", "sessions", "started", "os_users"} <= set(found["start_session"].compared)


def test_what_is_supposed_can_hold_so_that_nothing_follows_from_a_contradiction(
    determinations: list[Determination],
) -> None:
    for one in determinations:
        assert ask(one.known()).answer == z3.sat, one.id


def test_the_law_that_quotes_the_rulebook_is_not_supposed(determinations: list[Determination]) -> None:
    assert "exactly-one-rule" in LAWS
    assert all("exactly-one-rule" not in one.supposed for one in determinations)


OPENED = [
    ("unreadable-refuses-everybody", "decision", "starts"),
    ("ssm-user-is-refused-by-name", "decision", "reason"),
    ("rules-say-why", "decision", "rule"),
    ("nothing-is-there-at-first", "initially", "sessions"),
    ("what-is-not-there-reads-as-nothing", "initially", "os_users"),
    ("errors-are-true", "update_preferences", "accepted"),
    ("errors-are-true", "delete_principal", "error"),
    ("accepted-if-no-error-is-true", "delete_principal", "accepted"),
    ("starts-are-decided", "start_session", "decision"),
    ("only-starts-use-session-ids", "tag_principal", "started"),
    ("created-ssm-user-is-no-superuser", "start_session", "os_users"),
    ("documents-change-only-as-asked", "update_preferences", "documents"),
    ("documents-change-only-as-asked", "delete_document", "documents"),
    ("membership-changes-only-as-asked", "create_principal", "principals"),
    ("tags-change-only-as-asked", "untag_principal", "tags"),
    ("ended-sessions-are-gone", "terminate_session", "sessions"),
]
"""A law, and what it alone determines."""


@pytest.mark.parametrize(("law", "about", "what"), OPENED)
def test_without_a_law_that_it_needs_the_theorem_does_not_hold_and_says_what_is_open(
    law: str, about: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fewer(*kinds: Kind) -> list[Law]:
        return [one for one in all_laws_of(*kinds) if one.id != law]

    monkeypatch.setattr(uniqueness, "laws_of", fewer)

    found = determined_about(about)

    assert not found.holds
    assert what in found.open


def test_without_the_law_of_situations_every_part_of_a_situation_is_open(monkeypatch: pytest.MonkeyPatch) -> None:
    law = attrs.evolve(LAWS[uniqueness.VIEWS], claim=lambda *_, **__: Claim(True, True))
    monkeypatch.setitem(LAWS, uniqueness.VIEWS, law)

    found = determined_about("situation")

    assert not found.holds
    assert set(found.open) == set(found.compared)


def test_what_the_solver_cannot_tell_is_not_determined() -> None:
    assert not determine(Determinations(Obligations()).step("start_session"), rlimit=10).holds


OF_ROLE = ("UnknownPrincipal", "NotARole")
OF_SOURCE = ("UnknownRoleSession", "ExpiredToken")
OF_DOCUMENT = ("InvalidDocument", "InvalidParameters")
OF_REQUEST = ("DifferentAccounts", *OF_DOCUMENT, "SessionIdUsed", "UnknownInstance")
TO_ASSUME = {
    *product(OF_ROLE, (*OF_SOURCE, "RoleSessionIdUsed")),
    *product(OF_SOURCE, ("RoleSessionIdUsed",)),
}
FREE = {
    "create_os_user": {("UnknownInstance", "BlankOsUserName")},
    "assume_role": TO_ASSUME,
    "assume_role_with_tag": {
        *TO_ASSUME,
        *product((*OF_ROLE, "ExpiredToken", "RoleSessionIdUsed"), ("TransitiveTagRepeated",)),
    },
    "start_session": {
        *product(("UnknownPrincipal",), ("ExpiredToken", "UnknownInstance", *OF_DOCUMENT, "SessionIdUsed")),
        *product(OF_SOURCE, OF_REQUEST),
        ("UnknownInstance", "SessionIdUsed"),
        *product(("DifferentAccounts",), (*OF_DOCUMENT, "SessionIdUsed")),
        *product(OF_DOCUMENT, ("SessionIdUsed",)),
    },
}


def test_two_errors_that_can_be_true_together_are_free() -> None:
    found = {(choice.operation, *choice.errors) for choice in free_choices()}

    assert found == {(operation, *pair) for operation, pairs in FREE.items() for pair in pairs}


def in_two_steps(state: State, session: Session, principal: Principal) -> Step:
    return OPERATIONS["terminate_session"].function(state, session)


WITHOUT = {name: one for name, one in OPERATIONS.items() if name != "terminate_session"}


@slow
@pytest.mark.parametrize(
    "operations",
    [
        WITHOUT,
        {**OPERATIONS, "end_session": OPERATIONS["terminate_session"]},
        {**WITHOUT, "terminate_session": attrs.evolve(OPERATIONS["terminate_session"], function=in_two_steps)},
    ],
    ids=["one less", "one more", "another argument"],
)
def test_a_machine_with_other_operations_is_another_one(operations: dict[str, Operation]) -> None:
    *_, found = determined(Specification(operations=operations))

    assert (found.about, found.holds) == ("operations", False)
    assert set(found.open) <= {"terminate_session", "end_session"}


def with_another_name(state: State, id: Session) -> Step:
    return OPERATIONS["terminate_session"].function(state, id)


def without_its_argument(state: State) -> Step:
    return OPERATIONS["terminate_session"].function(state, Session("s"))


@pytest.mark.parametrize("function", [in_two_steps, with_another_name, without_its_argument])
def test_an_argument_that_is_other_in_this_specification_itself_is_noticed(
    function: Callable[..., Step], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = attrs.evolve(OPERATIONS["terminate_session"], function=function)
    changed = Specification(operations={**OPERATIONS, "terminate_session": other})
    monkeypatch.setattr(uniqueness, "SPECIFICATION", changed)
    monkeypatch.setattr(uniqueness, "Determinations", lambda obligations: [])

    (found,) = determined(changed)

    assert (found.about, found.holds, found.open) == ("operations", False, ("terminate_session",))


def test_tables_of_another_kind_are_no_initial_state() -> None:
    class Stubborn(Table[Principal, PrincipalRecord]):
        """A table that drops nothing."""

        def drop(self, key: Principal) -> "Stubborn":
            return self

    tables = Stubborn(SPECIFICATION.initial.principals.default)
    with pytest.raises(TypeError, match="principals of the initial state is no Table"):
        Specification(initial=attrs.evolve(SPECIFICATION.initial, principals=tables))


def nobody_is_deleted(state: State, principal: Principal) -> Step:
    step = OPERATIONS["delete_principal"].function(state, principal)
    return attrs.evolve(step, state=state)


def test_a_machine_that_breaks_a_law_is_another_one() -> None:
    faulty = attrs.evolve(OPERATIONS["delete_principal"], function=nobody_is_deleted)
    specification = Specification(operations={**SPECIFICATION.operations, "delete_principal": faulty})

    found = {one.about: one for one in determined(specification)}

    assert {about for about, one in found.items() if not one.holds} == {"delete_principal"}
    assert "principals" in found["delete_principal"].open
