"""The conformance kit: tests an implementation in any language against the specification.

`runas-spec conform` and related commands are thin layers over this package. Its rooms, from the ground: `protocol`
(requests and answers); `vectors` (the cases) and `targets` (how an implementation is driven); `judging` (verdicts on
answers); `reports`. `kit`, `smoke` and `selfcheck` are built on them. May import all other rooms. In Python:

>>> from runas_properties.conformance import conform
>>> from runas_properties.conformance.protocol import situation_asked
>>> from runas_properties.conformance.targets import PythonTarget
>>> from runas_properties.conformance.vectors import vectors
>>> from runas_model import AGENT, decide
>>> def factory():
...     return lambda asked: decide(situation_asked(asked), AGENT).os_user
>>> run = conform(PythonTarget(factory, "ours"), vectors("decision"))
>>> run.report.conforms, run.report.profile
(True, 'agent')
"""

from typing import TYPE_CHECKING

from runas_model.faces import when_asked

if TYPE_CHECKING:
    from runas_properties.conformance.kit import Generating, Run, chosen, conform
    from runas_properties.conformance.selfcheck import Tried, self_check, trials
    from runas_properties.conformance.smoke import Smoke, smoke_test
else:
    __getattr__ = when_asked(__name__)

__all__ = ["conform", "Run", "Generating", "chosen", "smoke_test", "Smoke", "self_check", "trials", "Tried"]
