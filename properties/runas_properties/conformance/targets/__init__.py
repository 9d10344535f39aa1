"""Targets: how the kit drives an implementation, in Python or as a command, without trusting it.

May import `protocol`.
"""

from typing import TYPE_CHECKING

from runas_model.faces import when_asked

if TYPE_CHECKING:
    from runas_properties.conformance.targets.adapters import Stepwise
    from runas_properties.conformance.targets.apart import PythonApart
    from runas_properties.conformance.targets.commands import CommandTarget
    from runas_properties.conformance.targets.target import CaseError, NotAsked, PythonTarget, Target, Unusable, load
else:
    __getattr__ = when_asked(__name__)

__all__ = [
    "Target",
    "PythonTarget",
    "load",
    "CaseError",
    "NotAsked",
    "Unusable",
    "CommandTarget",
    "PythonApart",
    "Stepwise",
]
