"""Two correct implementations of the whole machine, with different designs, as an implementer would write them.

What an implementation is asked and answers is in `interface`. May import `laws`.

>>> from runas_properties.implementations import DictService
>>> service = DictService()
>>> service.apply("delete_principal", {"principal": "amy"})
Failed(error='UnknownPrincipal')
"""

from runas_properties.implementations.dicts import DictService
from runas_properties.implementations.events import EventSourcedService
from runas_properties.implementations.interface import (
    Arguments,
    Done,
    Factory,
    Failed,
    Implementation,
    Outcome,
    Plain,
    Refused,
    Started,
    plain,
)

__all__ = [
    "Implementation",
    "Factory",
    "Outcome",
    "Started",
    "Refused",
    "Done",
    "Failed",
    "Arguments",
    "Plain",
    "plain",
    "DictService",
    "EventSourcedService",
]
