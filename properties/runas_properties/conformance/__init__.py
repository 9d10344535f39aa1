"""The conformance kit: hold any implementation, in any language, to the specification.

`runas-spec conform` and its fellows are thin fronts of this package. It imports nothing by itself, since every
command asks it for the formats of reports. In Python:

>>> from runas_properties.conformance.kit import conform
>>> from runas_properties.conformance.targets import PythonTarget
>>> from runas_properties.conformance.vectors import vectors
>>> from runas_properties.conformance.cases import situation_asked
>>> from runas_model import AGENT, decide
>>> def factory():
...     return lambda asked: decide(situation_asked(asked), AGENT).os_user
>>> run = conform(PythonTarget(factory, "ours"), vectors("decision"))
>>> run.report.conforms, run.report.profile
(True, 'agent')
"""
