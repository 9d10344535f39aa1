"""The protocol: the requests to an implementation, its answers, and their encoding as lines.

The ground of the kit. May import what is below the kit, and none of its other rooms.
"""

from typing import TYPE_CHECKING

from runas_model.faces import when_asked

if TYPE_CHECKING:
    from runas_properties.conformance.protocol.cases import Case, Level, Step, question, situation_asked
    from runas_properties.conformance.protocol.messages import VERSION, About
    from runas_properties.conformance.protocol.results import Accepted, Result, accepts
else:
    __getattr__ = when_asked(__name__)

__all__ = ["Case", "Step", "Level", "question", "situation_asked", "Result", "Accepted", "accepts", "About", "VERSION"]
