"""The decision on a recorded situation; where its switch cannot be read, nobody gets a session."""

from runas_model.facts.compiled import decide
from runas_model.inputs.recorded import Recorded
from runas_model.specification.readings import Reading
from runas_model.specification.vocabulary import Decision, Reason, RuleId

__all__ = ["decided"]

REFUSED = Decision(RuleId("preferences-unreadable"), False, None, Reason.NOBODY_NAMED)


def decided(row: Recorded, reading: Reading) -> Decision:
    """What the specification decides under `reading`."""
    return REFUSED if row.switch_unreadable else decide(row.situation, reading)
