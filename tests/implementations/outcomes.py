"""What an implementation is to answer, of what the specification does."""

from runas_properties.explorer.reach import events
from runas_properties.implementations import Done, Failed, Outcome, Refused, Started


def outcome_of(t: object) -> Outcome:
    """The outcome of a transition."""
    assert hasattr(t, "accepted")
    if not t.accepted:
        return Failed(next(iter(events(t))).rpartition(" ")[2])
    if t.decision is None:  # type: ignore[attr-defined]
        return Done()
    decision = t.decision  # type: ignore[attr-defined]
    return Started(decision.os_user) if decision.starts else Refused(decision.reason.value)
