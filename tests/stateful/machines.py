"""Machines with a principal and an instance, to be led by hand."""

from runas_model import AGENT
from runas_model.specification.vocabulary import (
    NO_ROLE_SESSION,
    DocumentName,
    Request,
)
from runas_properties.stateful.aiming import Aim
from runas_properties.stateful.calls import AMY, I1, instance, principal
from runas_properties.stateful.coverage import Coverage
from runas_properties.stateful.machine import RunAsMachine
from runas_properties.stateful.scenes import play_of

__all__ = ["aiming", "begun"]


def begun() -> RunAsMachine:
    """A machine with a principal and an instance."""

    class Machine(RunAsMachine):
        coverage = Coverage()

    machine = Machine()
    machine.play = play_of(("Alice", "alice"))
    for operation, arguments in (principal(), instance()):
        machine.perform(operation, **arguments)
    return machine


def aiming(machine: RunAsMachine, document: DocumentName) -> Aim:
    """An aim of the machine, for starts with a document."""
    machine.oracle.reading = AGENT
    asked = Request(AMY, I1, document, NO_ROLE_SESSION)
    return Aim(lambda name, arguments: machine.perform(name, **arguments), machine.oracle.state, AGENT, machine.play,
               asked)  # fmt: skip
