"""The switch `runAsEnabled`, as it stands in a session document: JSON of whatever type."""

from typing import Any

__all__ = ["switch_of"]

TRUE_WORDS = frozenset({"1", "t", "T", "TRUE", "true", "True"})
FALSE_WORDS = frozenset({"", "0", "f", "F", "FALSE", "false", "False"})


def switch_of(raw: Any) -> bool | None:
    """What amazon-ssm-agent reads of `runAsEnabled`: True is on, False or nothing off, and so are Go's words for them.

    None for anything else: the agent cannot read such a document, and nobody gets a session by it.
    """
    if raw is True or raw is False or raw is None:
        return raw is True
    if not isinstance(raw, str) or raw not in TRUE_WORDS | FALSE_WORDS:
        return None
    return raw in TRUE_WORDS
