"""Members that an object has twice: JSON readers differ in which one they take, so neither counts."""

import json
from collections.abc import Sequence
from typing import Any, TypeAlias

import msgspec

__all__ = ["may_repeat", "repeated_member"]

OF_A_ROW = ("tag", "default_user", "run_as_enabled", "outcome", "os_users")
EITHER = ("started_as", "refused")
"""A row has one of these."""


Text: TypeAlias = str | bytes | msgspec.Raw


class _Repeated(Exception):
    """A member that an object has twice."""


def may_repeat(texts: Sequence[Text]) -> list[Any]:
    """The members, quoted, that one of several rows may have twice of those that decide its verdict.

    Counting in all of them at once settles most: where each row has a member, or none has it. It does not notice where
    one row lacks what another has twice.
    """
    rows = len(texts)
    if not rows:
        return []
    text: Any = "\n".join(texts) if isinstance(texts[0], str) else b"\n".join(texts)  # type: ignore[arg-type]
    quoted = [f'"{name}"' if isinstance(text, str) else f'"{name}"'.encode() for name in (*EITHER, *OF_A_ROW)]
    counts = [text.count(name) for name in quoted]
    either = sum(counts[: len(EITHER)]) == rows
    return [name for at, (name, count) in enumerate(zip(quoted, counts, strict=True))
            if count not in (0, rows) and not (either and at < len(EITHER))]  # fmt: skip


def repeated_member(text: Text) -> str:
    """The name of a member that an object in the text has twice; empty where there is none, or no JSON."""
    try:
        json.loads(bytes(text) if isinstance(text, msgspec.Raw) else text, object_pairs_hook=_once)
    except _Repeated as found:
        return str(found)
    except (ValueError, RecursionError):
        pass
    return ""


def _once(members: list[tuple[str, Any]]) -> None:
    names = [name for name, _ in members]
    for name in names:
        if names.count(name) > 1:
            raise _Repeated(name)
