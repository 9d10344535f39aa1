"""What differs between two situations, or two readings, in phrases; nothing else of them is told."""

from collections.abc import Callable, Iterator
from typing import Any

import attrs

from runas_model.doors import checked
from runas_model.specification.readings import Reading, choices_of
from runas_model.specification.vocabulary import Situation
from runas_model.stories.situations import os_user_ids, plain

__all__ = ["differing_choices", "differing_facts"]


@checked
def differing_choices(reading: Reading, other: Reading) -> str:
    """The choices that another reading makes otherwise: `superuser=refused, macos=covered`; empty where none."""
    before = choices_of(reading)
    return ", ".join(f"{point}={choice}" for point, choice in choices_of(other).items() if choice != before[point])


@checked
def differing_facts(s: Situation, other: Situation) -> Iterator[str]:
    """What is otherwise in another situation, a phrase for each field and each OS user."""
    for field in attrs.fields(Situation):
        if field.name != "os_users" and getattr(s, field.name) != getattr(other, field.name):
            yield PHRASES[field.name](getattr(other, field.name))
    for name in sorted({*map(str, s.os_users), *map(str, other.os_users)}):  # type: ignore[call-overload]
        if other.os_users.has(name) and (not s.os_users.has(name) or s.os_users[name] != other.os_users[name]):
            yield f"{plain(name)} ({os_user_ids(other.os_users[name])}) is on the instance"
        elif s.os_users.has(name) and not other.os_users.has(name):
            yield f"{plain(name)} is not on the instance"


PHRASES: dict[str, Callable[[Any], str]] = {
    "platform": lambda platform: f"the platform is {platform.value}",
    "run_as_enabled": lambda switch: f"Run As is {switch}",
    "tagged": lambda tagged: "tagged" if tagged else "not tagged",
    "tag_key_exact": lambda exact: f"the tag's key is {'spelled exactly so' if exact else 'in another case'}",
    "tag": lambda tag: f"the tag is {plain(tag)}",
    "tag_blank": lambda blank: f"the tag is {'blank' if blank else 'not blank'}",
    "default_named": lambda named: f"the preferences name {'an OS user' if named else 'nobody'}",
    "default_user": lambda name: f"the default OS user is {plain(name)}",
}
"""How a field of a situation is told that differs from another's."""
