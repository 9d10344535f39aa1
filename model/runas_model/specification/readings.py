"""Where the source text is silent: each silent point is a reading, and a profile chooses one of each."""

from enum import Enum
from typing import Any

import attrs

__all__ = [
    "AGENT",
    "DEFAULT",
    "DOCS_2023",
    "PROFILES",
    "BlankTag",
    "MacOs",
    "Reading",
    "Superuser",
    "all_readings",
    "name_of",
    "profile_of",
    "reading_named",
]


class BlankTag(Enum):
    """What a Run As tag that is empty or only white space means."""

    NAMES_NOBODY = "names-nobody"
    AS_UNTAGGED = "as-untagged"


class Superuser(Enum):
    """What becomes of a named OS user with uid 0 or gid 0."""

    ORDINARY = "ordinary"
    REFUSED = "refused"


class MacOs(Enum):
    """Whether Run As covers macOS instances."""

    NOT_COVERED = "not-covered"
    COVERED = "covered"


@attrs.frozen(slots=False)
class Reading:
    """One choice for each point on which the source text is silent."""

    blank_tag: BlankTag
    superuser: Superuser
    macos: MacOs


DEFAULT = Reading(BlankTag.NAMES_NOBODY, Superuser.ORDINARY, MacOs.NOT_COVERED)
"""The source text read literally, failing closed."""
AGENT = Reading(BlankTag.AS_UNTAGGED, Superuser.REFUSED, MacOs.COVERED)
"""What amazon-ssm-agent 3.3 does."""
DOCS_2023 = Reading(BlankTag.NAMES_NOBODY, Superuser.REFUSED, MacOs.COVERED)
"""What the AWS page of 2023 says."""

PROFILES = {"default": DEFAULT, "agent": AGENT, "docs-2023": DOCS_2023}
"""The readings that have a name, by it."""


def all_readings() -> list[Reading]:
    """Every combination of choices."""
    return [Reading(blank, superuser, macos) for blank in BlankTag for superuser in Superuser for macos in MacOs]


CHOICES: dict[str, type[BlankTag] | type[Superuser] | type[MacOs]] = {
    "blank_tag": BlankTag,
    "superuser": Superuser,
    "macos": MacOs,
}
"""What may be chosen for each field of a `Reading`."""


def reading_named(text: str) -> Reading:
    """A profile, or one with some choices changed: `agent`, `default,superuser=refused`, `macos=covered`.

    Raises ValueError, saying what there is, for a name that is none.
    """
    profile, *changes = text.split(",")
    if "=" in profile:
        profile, changes = "default", [profile, *changes]
    if profile not in PROFILES:
        raise ValueError(f"unknown reading {profile!r}; use one of {', '.join(PROFILES)}")
    chosen: dict[str, Any] = attrs.asdict(PROFILES[profile])
    for change in changes:
        name, _, value = change.partition("=")
        if name not in CHOICES:
            raise ValueError(f"unknown reading {name!r}; use one of {', '.join(CHOICES)}")
        values = [choice.value for choice in CHOICES[name]]
        if value not in values:
            raise ValueError(f"{name} cannot be {value!r}; use one of {', '.join(values)}")
        chosen[name] = CHOICES[name](value)
    return Reading(**chosen)


def profile_of(reading: Reading) -> str | None:
    """The name of the profile that makes these choices, if one does."""
    return next((name for name, of in PROFILES.items() if of == reading), None)


def name_of(reading: Reading) -> str:
    """The text that `reading_named` reads as this reading: a profile's name, or else the three choices."""
    return profile_of(reading) or ",".join(f"{name}={getattr(reading, name).value}" for name in CHOICES)
