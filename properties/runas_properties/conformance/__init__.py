"""The conformance kit: hold any implementation, in any language, to the specification.

`runas-spec conform` and its fellows are thin fronts of this package. In Python:

>>> from runas_properties.conformance import PythonTarget, conform
>>> from runas_properties.conformance.vectors import vectors
>>> from runas_properties.conformance.cases import situation_asked
>>> from runas_model import AGENT, decide
>>> def factory():
...     return lambda asked: decide(situation_asked(asked), AGENT).os_user
>>> run = conform(PythonTarget(factory, "ours"), vectors("decision"))
>>> run.report.conforms, run.report.profile
(True, 'agent')
"""

from runas_properties.conformance.commands import CommandTarget
from runas_properties.conformance.kit import Generating, conform
from runas_properties.conformance.report import Report
from runas_properties.conformance.targets import PythonTarget, Target, Unusable, load
from runas_properties.conformance.vectors import Vector

__all__ = [
    "CommandTarget",
    "Generating",
    "PythonTarget",
    "Report",
    "Target",
    "Unusable",
    "Vector",
    "conform",
    "load",
]
