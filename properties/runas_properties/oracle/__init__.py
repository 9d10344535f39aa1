"""The oracle: an implementation, a trace or a recorded decision held to the specification.

What departs is made short and told with the laws that it breaks. May import `implementations` and `laws`.
"""

from typing import TYPE_CHECKING

from runas_model.faces import when_asked

if TYPE_CHECKING:
    from runas_properties.oracle.checking import broken, broken_by
    from runas_properties.oracle.expected import expected_outcome
    from runas_properties.oracle.failures import departure_of, program, shortened, story, told
    from runas_properties.oracle.known import Known
    from runas_properties.oracle.known_files import read_known
    from runas_properties.oracle.oracle import ORACLE, Departure, Oracle
    from runas_properties.oracle.recorded import AGENT_DECISIONS, AGENT_FILES, AGENT_KNOWN, Report, agreement, check
else:
    __getattr__ = when_asked(__name__)

__all__ = [
    "Oracle",
    "Departure",
    "ORACLE",
    "expected_outcome",
    "broken",
    "broken_by",
    "departure_of",
    "shortened",
    "story",
    "program",
    "told",
    "check",
    "Report",
    "Known",
    "read_known",
    "agreement",
    "AGENT_DECISIONS",
    "AGENT_FILES",
    "AGENT_KNOWN",
]
