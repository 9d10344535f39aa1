"""The protocol for implementations in any language: one JSON object per line, on standard input and output.

The kit sends `start`, then a `run` for each case, then `stop`; the implementation answers each of the first two with
one line. The kit never sends the expected answer.
"""

from collections.abc import Iterable
from inspect import cleandoc
from typing import Any, Literal

import msgspec

from runas_model.specification.nouns import Noun
from runas_model.specification.readings import CHOICES, PROFILES, Reading
from runas_properties.conformance.protocol.cases import STEPS, Level
from runas_properties.conformance.protocol.results import KINDS, Result
from runas_properties.conformance.protocol.version_1 import (
    PROFILES_IN_VERSION_1,
    ChoicesInVersion1,
    DecideInVersion1,
    StartedInVersion1,
    meant_in_version_1,
)

__all__ = [
    "VERSION",
    "VERSIONS",
    "Start",
    "Started",
    "Run",
    "Ran",
    "Stop",
    "About",
    "declared",
    "known_version",
    "offered",
    "definitions",
    "json_schema",
]

VERSION = 2
"""Of the protocol; it grows when an implementation that was right would no longer be."""
VERSIONS = (1, VERSION)
"""Those that an implementation may speak."""


class Start(msgspec.Struct, frozen=True, tag_field="command", tag="start"):
    """The first message to an implementation."""

    protocol: int = VERSION


Choices = msgspec.defstruct(
    "Choices",
    list(CHOICES.items()),
    namespace={"__doc__": "A reading, by its choices."},
    module=__name__,
    frozen=True,
    forbid_unknown_fields=True,
)


class Started(msgspec.Struct, frozen=True):
    """The answer to `start`: who answers, and what it is held to.

    `reading` is a profile's name or a choice for each point; if it is omitted, the kit infers the reading. `nouns` are
    the nouns that an implementation of the level `service` has beyond those that every one has; what speaks of others
    it is not asked.
    """

    protocol: Literal[2]
    name: str
    level: Level
    version: str = ""
    language: str = ""
    reading: str | Choices | None = None  # type: ignore[valid-type]
    nouns: tuple[str, ...] = ()


class Run(msgspec.Struct, frozen=True, tag_field="command", tag="run"):
    """A case. Each case starts from an empty state, independent of all others."""

    id: str
    steps: tuple[dict[str, Any], ...]


class Ran(msgspec.Struct, frozen=True):
    """The answer to `run`: one result per step, or only for steps that ask something: `decide`, starts and lists."""

    id: str
    results: tuple[Result, ...]


class Stop(msgspec.Struct, frozen=True, tag_field="command", tag="stop"):
    """The last message: the implementation exits without an answer."""


class About(msgspec.Struct, frozen=True):
    """What is known of an implementation under test; without a reading, it declared none.

    `nouns` are those that it offers, of those that not everybody has; `protocol` is the version that it speaks.
    """

    name: str
    level: Level
    version: str = ""
    language: str = ""
    reading: Reading | None = None
    nouns: tuple[Noun, ...] = ()
    protocol: int = VERSION

    def __str__(self) -> str:
        spoken = f" ({self.language})" if self.language else ""
        return f"{self.name}{f' {self.version}' if self.version else ''}{spoken}"


def declared(reading: Reading | str | msgspec.Struct | None, protocol: int = VERSION) -> Reading | None:
    """The reading that is meant in a version of the protocol.

    Raises ValueError for a name that is no profile's, and for a choice that the version does not have.
    """
    if isinstance(reading, Reading):
        return reading if protocol == VERSION else meant_in_version_1(reading)
    if isinstance(reading, ChoicesInVersion1):
        return reading.reading
    if isinstance(reading, Choices):
        return Reading(**{name: getattr(reading, name) for name in CHOICES})
    if reading is not None and reading not in PROFILES:
        raise ValueError(
            f"unknown reading {reading!r}; use one of {', '.join(PROFILES)}, or an object with a choice for each point"
        )
    return None if reading is None else (PROFILES if protocol == VERSION else PROFILES_IN_VERSION_1)[reading]


def known_version(given: object) -> int:
    """A version of the protocol that an implementation says it speaks. Raises ValueError for one that there is not."""
    if type(given) is not int or given not in VERSIONS:
        raise ValueError(f"it uses protocol version {given!r:.80}, not {' or '.join(map(str, VERSIONS))}")
    return given


def offered(nouns: Iterable[object], level: Level, protocol: int = VERSION) -> tuple[Noun, ...]:
    """The nouns that are meant, in order, by their names or themselves.

    Raises ValueError for one that there is not, and for any where only decisions are answered, or in version 1.
    """
    given = [one.value if isinstance(one, Noun) else one for one in nouns]
    known = [noun.value for noun in Noun]
    for one in given:
        if one not in known:
            raise ValueError(f"unknown noun {one!r:.80}; use {', '.join(known)}")
    if given and level == "decision":
        raise ValueError(f"only an implementation of the level service can offer nouns, such as {given[0]}")
    if given and protocol != VERSION:
        raise ValueError(
            f"protocol {protocol} has no nouns, such as {given[0]}: an implementation must speak {VERSION}"
        )
    return tuple(noun for noun in Noun if noun.value in given)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of every message; a line is one of them."""
    messages = (Start, Started, StartedInVersion1, Run, Ran, Stop)
    every_step: tuple[type[msgspec.Struct], ...] = (*STEPS, DecideInVersion1)
    components = definitions(*messages, *every_step)
    steps = [{"$ref": f"#/$defs/{step.__name__}"} for step in every_step]
    components["Run"]["properties"]["steps"]["items"] = {"anyOf": steps}
    components["Started"]["properties"]["nouns"] |= {"items": {"enum": [noun.value for noun in Noun]}, "default": []}
    components["Result"]["oneOf"] = [{"required": [kind]} for kind in KINDS]
    components["Result"]["dependentRequired"] = {"skipped": ["issue"], "issue": ["skipped"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The protocol of runas-spec's conformance kit",
        "anyOf": [{"$ref": f"#/$defs/{message.__name__}"} for message in messages],
        "$defs": components,
    }


def definitions(*types: Any) -> dict[str, Any]:
    """The JSON Schemas of types and all that they use, by name."""
    _, components = msgspec.json.schema_components(types, ref_template="#/$defs/{name}")
    for one in components.values():
        if "description" in one:
            one["description"] = cleandoc(one["description"])
    return components
