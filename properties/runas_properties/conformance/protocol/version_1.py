"""Version 1 of the protocol, for adapters that were written for it: what they declare, and what they can be asked.

An implementation of version 1 is asked every case that means in it what it means now: nothing of what is `NEW`.
"""

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any, Literal

import attrs
import msgspec

from runas_model.specification.nouns import Noun
from runas_model.specification.readings import (
    DOCS_2023,
    PROFILES,
    BlankTag,
    LookUp,
    MacOs,
    Reading,
    Superuser,
    name_of,
    profile_of,
)
from runas_model.specification.vocabulary import RUN_AS_TAG, Platform, Switch
from runas_model.universes.connectives import folded, is_blank
from runas_properties.conformance.protocol.cases import DECIDE, AskedOsUser, Decide, Level, Step

__all__ = [
    "NEW",
    "PROFILES_IN_VERSION_1",
    "ChoicesInVersion1",
    "DecideInVersion1",
    "StartedInVersion1",
    "can_be_asked",
    "meant_in_version_1",
    "question_in_version_1",
]

NEW = (
    'run_as_enabled may be "unreadable"',
    "a key of a tag is the same in any case, and the reading tag_key says how SSMSessionRunAs is looked up",
    "U+001C to U+001F are not white space",
    f"there are nouns ({', '.join(noun.value for noun in Noun)})",
)
"""What version 2 added or changed, of which version 1 cannot be asked."""

PROFILES_IN_VERSION_1 = {**PROFILES, "docs-2023": attrs.evolve(DOCS_2023, superuser=Superuser.REFUSED)}
"""What the names of the profiles meant."""


def meant_in_version_1(reading: Reading) -> Reading:
    """A reading that is given as a `Reading`: that of a profile means what the profile did.

    Raises ValueError for one with a choice that there was not.
    """
    meant = PROFILES_IN_VERSION_1.get(profile_of(reading) or "", reading)
    if meant.superuser is Superuser.ROOT_REFUSED or meant.tag_key is not LookUp.EXACT:
        raise ValueError(f"reading {name_of(reading)}, which has a choice that version 1 did not have")
    return meant


class SuperuserInVersion1(Enum):
    """Which named OS users are refused as superusers: none, or any with uid 0 or gid 0."""

    ORDINARY = Superuser.ORDINARY.value
    REFUSED = Superuser.REFUSED.value


class ChoicesInVersion1(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reading in version 1, by its choices: keys of tags were looked up as they are spelled."""

    blank_tag: BlankTag
    superuser: SuperuserInVersion1
    macos: MacOs

    @property
    def reading(self) -> Reading:
        return Reading(self.blank_tag, Superuser(self.superuser.value), self.macos, LookUp.EXACT)


class StartedInVersion1(msgspec.Struct, frozen=True):
    """The answer to `start` in version 1, in which there were no nouns."""

    protocol: Literal[1]
    name: str
    level: Level
    version: str = ""
    language: str = ""
    reading: str | ChoicesInVersion1 | None = None

    @property
    def nouns(self) -> tuple[str, ...]:
        return ()


class DecideInVersion1(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="operation", tag=DECIDE):
    """The question of the level `decision` in version 1, which does not say how the key of the tag is spelled."""

    run_as_enabled: bool
    default_user: str | None
    tag: str | None
    platform: Platform
    os_users: tuple[AskedOsUser, ...]


LATER = {*Decide.__struct_fields__} - {*DecideInVersion1.__struct_fields__}
"""The members of the question that version 1 did not have."""


def question_in_version_1(step: Step) -> Step:
    """A question that can be asked in version 1, as it is sent in it."""
    return {name: value for name, value in step.items() if name not in LATER}


def can_be_asked(steps: Sequence[Step]) -> bool:
    """Whether version 1 has words for some steps that speak of no nouns, and means by them what is meant now.

    The switch is a truth value; a tag's key is spelled `SSMSessionRunAs` if it is that in any case, and no two keys
    differ in case alone (these were two keys, and now they are one); no name has nothing but white space and U+001C to
    U+001F, which counted as white space.
    """
    spellings = {folded(RUN_AS_TAG): RUN_AS_TAG}
    for step in steps:
        if step.get("run_as_enabled") == Switch.UNREADABLE.value:
            return False
        keys = (key for key in (step.get("key"), step.get("tag_key")) if key is not None)
        if any(spellings.setdefault(folded(key), key) != key for key in keys):
            return False
        if any(not name.strip() and not is_blank(name) for name in _names(step)):
            return False
    return True


def _names(step: Step) -> Iterator[Any]:
    """All that may name an OS user in a step."""
    yield from (step[member] for member in ("tag", "default_user", "name", "value") if step.get(member) is not None)
    yield from (user["name"] for user in step.get("os_users", ()))
