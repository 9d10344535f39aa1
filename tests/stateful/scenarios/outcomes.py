"""What the specification answers to calls, in words."""

from collections.abc import Iterable

from runas_model.specification.readings import DEFAULT, Reading
from runas_model.specification.transitions import Call
from runas_properties.oracle.expected import mistakes
from runas_properties.oracle.oracle import Oracle

__all__ = ["answers", "outcomes"]


def outcomes(calls: Iterable[Call], reading: Reading = DEFAULT) -> list[str]:
    """Each operation with the error that it raises, or the OS user of the session that starts, or what else it does."""
    oracle = Oracle(reading, laws=False)
    found = []
    for operation, arguments in calls:
        t = oracle.perform(operation, arguments)
        if not t.accepted:
            found.append(f"{operation} raises {mistakes(t)[0]}")
        elif t.decision is not None:
            found.append(f"starts as {t.decision.os_user}" if t.decision.starts else "refused")
        else:
            found.append(operation)
    return found


def answers(calls: Iterable[Call]) -> set[str]:
    """The different answers to starts, and the errors."""
    return {one for one in outcomes(calls) if one.startswith(("starts", "refused")) or "raises" in one}
