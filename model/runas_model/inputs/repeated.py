"""Members that an object has twice: JSON readers differ in which one they take, so neither counts."""

import json
from collections.abc import Sequence
from typing import Any

import msgspec

__all__ = ["may_repeat", "repeated_member"]

OF_A_ROW = ("tag", "default_user", "run_as_enabled", "outcome", "started_as", "refused", "os_users")
QUOTED = tuple(f'"{name}"'.encode() for name in OF_A_ROW)


class _Repeated(Exception):
    """A member that an object has twice."""


def may_repeat(texts: Sequence[str | msgspec.Raw]) -> bool:
    """Whether one of several rows may have a member twice that decides its verdict. Counting alone settles most."""
    rows = len(texts)
    if texts and isinstance(texts[0], str):
        text: Any = "\n".join(texts)  # type: ignore[arg-type]
        return any(text.count(f'"{name}"') > rows for name in OF_A_ROW)
    text = b"\n".join(texts)  # type: ignore[arg-type]
    return any(text.count(name) > rows for name in QUOTED)


def repeated_member(text: str | bytes | msgspec.Raw) -> str:
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
