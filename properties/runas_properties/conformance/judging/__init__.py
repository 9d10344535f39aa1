"""Judging: the answers of a target, the reading that they follow, and the verdict on each case.

May import `targets`, `vectors` and `protocol`; random cases need Hypothesis (`runas-spec[testing]`).
"""

from typing import TYPE_CHECKING

from runas_model.faces import when_asked

if TYPE_CHECKING:
    from runas_properties.conformance.judging.generated import Failure, Tried, try_cases
    from runas_properties.conformance.judging.known import KnownFailure, read_known_failures
    from runas_properties.conformance.judging.running import Judged, Observed, Verdict, followed, judge, observe
    from runas_properties.conformance.judging.stories import story
else:
    __getattr__ = when_asked(__name__)

__all__ = [
    "observe",
    "Observed",
    "followed",
    "judge",
    "Judged",
    "Verdict",
    "KnownFailure",
    "read_known_failures",
    "story",
    "try_cases",
    "Tried",
    "Failure",
]
