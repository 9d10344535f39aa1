"""The switch `runAsEnabled`, as it stands in a session document: JSON of whatever type."""

from typing import Any

from runas_model.specification.vocabulary import Switch

__all__ = ["switch_of"]

TRUE_WORDS = frozenset({"1", "t", "T", "TRUE", "true", "True"})
FALSE_WORDS = frozenset({"", "0", "f", "F", "FALSE", "false", "False"})


def switch_of(raw: Any) -> Switch:
    """`runAsEnabled` as amazon-ssm-agent reads it: True is on, False or nothing off, and so are Go's words for them.

    Anything else is unreadable: nobody gets a session by such a document (D12).
    """
    if raw is True:
        return Switch.ON
    if raw is False or raw is None:
        return Switch.OFF
    if not isinstance(raw, str):
        return Switch.UNREADABLE
    return Switch.ON if raw in TRUE_WORDS else Switch.OFF if raw in FALSE_WORDS else Switch.UNREADABLE
