"""The machine and its aims where documents declare parameters: filled, left out, and given where none is declared."""

import pytest
from attrs import evolve

from runas_model import RULEBOOK
from runas_model.specification.vocabulary import (
    PREFERENCES,
    DocumentName,
    Name,
    PosixId,
    Session,
)
from runas_properties.stateful.calls import AMY, I1, document
from runas_properties.stateful.filling import Filling
from stateful.machines import aiming, begun


@pytest.mark.parametrize("filling", Filling)
@pytest.mark.parametrize("operation", ["put_document", "delete_document", "update_preferences", "tag_principal"])
def test_an_operation_can_be_brought_right_before_a_start_with_a_parameter_that_any_rule_decides(
    operation: str, filling: Filling
) -> None:
    for rule in [rule.id for rule in RULEBOOK if rule.id != "platform-not-covered"]:
        machine = begun()

        aiming(machine, "Ops").at(operation, rule, Name("Alice"), (PosixId(2001), PosixId(2001)), filling=filling)

        (*_, before, last) = machine.oracle.calls
        assert (before[0], last[0], last[1]["filled"]) == (operation, "start_session", filling is Filling.FILLED)
        assert machine.coverage.reached[f"{operation}, then {rule}"] == 1
        assert machine.coverage.reached[f"rule {rule} with a parameter"] >= (filling is Filling.FILLED)


def test_what_goes_on_fills_the_parameter_until_no_document_declares_it() -> None:
    machine = begun()
    machine.about = evolve(machine.about, filled=True, parameter=Name("bob"))
    asked = []
    for declares in (True, True, False, True):
        operation, arguments = document("Ops", True, declares=declares)
        machine.perform(operation, **arguments)
        machine.go_on(then_start=True)
        asked.append(machine.oracle.calls[-1][1]["filled"])

    assert asked == [True, True, False, False]


@pytest.mark.parametrize("given", [False, True])
def test_a_mistake_gives_a_parameter_that_is_not_declared_where_one_is_given(given: bool) -> None:
    machine = begun()
    operation, arguments = document("Ops", True, declares=True)
    machine.perform(operation, **arguments)
    asked = {"principal": AMY, "instance": I1, "document": DocumentName("Ops"), "session": Session("s-1")}

    found = machine.rejected("start_session", "InvalidParameters", Name("bob"), **asked, filled=given, parameter="bob")

    assert (found and (found["document"], found["filled"])) == ((PREFERENCES, True) if given else None)
