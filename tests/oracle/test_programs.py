"""Each program that a failure is told as runs, whoever made the implementation, or says what to put into it."""

import pytest

from runas_model import DEFAULT, Reading
from runas_model.specification.operations import OPERATIONS
from runas_model.specification.transitions import Call
from runas_properties.conformance.protocol.cases import as_operations, call_of
from runas_properties.conformance.vectors.vector import vectors
from runas_properties.gallery.implementations import FAULTS, Fault
from runas_properties.implementations import DictService, Outcome, Refused
from runas_properties.oracle.failures import departure_of, program
from runas_properties.oracle.oracle import Departure

START: tuple[Call, ...] = (
    ("create_principal", {"principal": "amy", "account": "1111", "kind": "user"}),
    ("register_instance", {"instance": "i-1", "account": "1111", "platform": "linux"}),
    ("start_session", {"session": "s-1", "principal": "amy", "instance": "i-1"}),
)


def maker(fault: Fault) -> tuple[str, str]:
    """The module of what made it, and that function; empty where it is a class of the module."""
    name = fault.make.__qualname__
    return fault.make.__module__, name.partition(".<locals>")[0] if "<locals>" in name else ""


OF_EACH_KIND = {maker(fault): fault for fault in FAULTS.values()}


def departure(fault: Fault) -> Departure:
    """The first that the vectors which catch it show."""
    catching = (vector for vector in vectors() if fault.id in vector.convicts)
    cases = (as_operations(one.steps[0]) if one.level == "decision" else one.steps for one in catching)
    calls = ([call_of(step) for step in steps if step["operation"] in OPERATIONS] for steps in cases)
    every = (departure_of(fault.make, some, reading) for some in calls for reading in fault.readings)
    return next(found for found in every if found is not None)


@pytest.mark.parametrize("fault", OF_EACH_KIND.values(), ids=lambda fault: fault.id)
def test_the_program_of_a_fault_fails_where_it_departs_and_for_no_correct_implementation(fault: Fault) -> None:
    found = departure(fault)

    with pytest.raises(AssertionError):
        exec(program(found, fault.make), {})
    exec(program(found, DictService), {})


def test_faults_of_functions_and_of_modules_are_tried() -> None:
    functions = {name for _, name in OF_EACH_KIND}
    assert "" in functions
    assert len(functions) > 10


def refuses(reason: str) -> type[DictService]:
    class Refuses(DictService):
        def decide(self, principal: str, instance: str) -> Outcome:
            return Refused(reason)

    return Refuses


class InThisModule(DictService):
    def decide(self, principal: str, instance: str) -> Outcome:
        return Refused("nobody-named")


def made_here(reading: Reading) -> DictService:
    return refuses("nobody-named")(reading)


@pytest.mark.parametrize("make", [refuses("nobody-named"), lambda reading: InThisModule(reading)])
def test_what_no_import_finds_is_left_to_the_reader_in_a_comment(make: type[DictService]) -> None:
    found = departure_of(make, START, DEFAULT)
    assert found is not None
    text = program(found, make)
    (line,) = (line for line in text.splitlines() if "..." in line)

    assert line.startswith(f"make = ...  # put here what makes {make.__qualname__} of {__name__}: ")
    with pytest.raises(AssertionError):
        exec(text.replace(line, ""), {"make": make})


@pytest.mark.parametrize("make", [InThisModule, made_here])
def test_what_a_module_has_by_its_name_is_imported(make: type[DictService]) -> None:
    found = departure_of(make, START, DEFAULT)
    assert found is not None

    assert f"from {__name__} import {make.__name__}\n" in program(found, make)
    with pytest.raises(AssertionError):
        exec(program(found, make), {})
