"""Where the source text is silent, or contradicts itself.

Each silent point is a reading with its choices, and a profile chooses one of each. A contradiction is settled once, and
every profile keeps to that.
"""

from enum import Enum
from functools import cache
from itertools import product
from typing import Any

import attrs

from runas_model.doors import checked, checked_fields, meant
from runas_model.specification.clauses import ClauseId

__all__ = [
    "AGENT",
    "CONTRADICTIONS",
    "DEFAULT",
    "DOCS_2023",
    "ORIGINS",
    "PROFILES",
    "SAID_BY",
    "BlankTag",
    "Contradiction",
    "LookUp",
    "MacOs",
    "Origin",
    "Reading",
    "Superuser",
    "all_readings",
    "choices_of",
    "choices_said_by",
    "counts_under",
    "name_of",
    "profile_of",
    "reading_named",
]


class BlankTag(Enum):
    """How a Run As tag that is empty or only white space is treated (as untagged: D14)."""

    NAMES_NOBODY = "names-nobody"
    AS_UNTAGGED = "as-untagged"


class Superuser(Enum):
    """Which named OS users are refused as superusers: none, the name `root` (D8), or any with uid 0 or gid 0 (D13)."""

    ORDINARY = "ordinary"
    ROOT_REFUSED = "root-refused"
    REFUSED = "refused"


class MacOs(Enum):
    """Whether Run As covers macOS instances (D9)."""

    NOT_COVERED = "not-covered"
    COVERED = "covered"


class LookUp(Enum):
    """How the Run As tag is looked up by its key: spelled exactly so, or in any case."""

    EXACT = "exact"
    ANY_CASE = "any-case"


@attrs.frozen(slots=False, cache_hash=True, field_transformer=checked_fields)
class Reading:
    """One choice for each point on which the source text is silent, as the member or by its value: `"names-nobody"`.

    Raises TypeError for what is neither, and ValueError for a text that is none of the choices.
    """

    blank_tag: BlankTag
    superuser: Superuser
    macos: MacOs
    tag_key: LookUp


DEFAULT = Reading(BlankTag.NAMES_NOBODY, Superuser.ORDINARY, MacOs.NOT_COVERED, LookUp.EXACT)
"""The source text of April 2020 read literally: where it is silent it adds nothing."""
AGENT = Reading(BlankTag.AS_UNTAGGED, Superuser.REFUSED, MacOs.COVERED, LookUp.EXACT)
"""The choices of amazon-ssm-agent 3.3.1142.0, as observed."""
DOCS_2023 = Reading(BlankTag.NAMES_NOBODY, Superuser.ROOT_REFUSED, MacOs.COVERED, LookUp.EXACT)
"""The choices of the Run As page as it stood in 2023."""


PROFILES = {"default": DEFAULT, "agent": AGENT, "docs-2023": DOCS_2023}
"""The named readings, keyed by name."""


@attrs.frozen
class Origin:
    """What the choices of a profile were taken from, when that was written, and the clauses whose choices it makes.

    Where none of these says a choice, the profile makes the first that no clause says.
    """

    text: str
    date: str
    clauses: tuple[ClauseId, ...] = ()


ORIGINS = {
    "default": Origin("the source text, read literally: where it is silent it adds nothing", "April 2020"),
    "agent": Origin(
        "amazon-ssm-agent 3.3.1142.0, observed by running it", "source of October 2024", ("D9", "D13", "D14")
    ),
    "docs-2023": Origin("the AWS page that replaced the source text", "2023", ("D8", "D9")),
}
"""Where each profile comes from, keyed by its name."""


SAID_BY: dict[Enum, ClauseId] = {
    BlankTag.AS_UNTAGGED: "D14",
    Superuser.ROOT_REFUSED: "D8",
    Superuser.REFUSED: "D13",
    MacOs.COVERED: "D9",
}
"""The clause that says so, for each choice that one does; of the other choices the sources are silent."""


def choices_said_by(clause: ClauseId) -> list[tuple[str, Enum]]:
    """The choices that a clause says, each with the name of its field in a `Reading`; none for most clauses."""
    points = {kind: name for name, kind in CHOICES.items()}
    return [(points[type(choice)], choice) for choice, said in SAID_BY.items() if said == clause]


def counts_under(clause: ClauseId, reading: Reading) -> bool:
    """Whether a clause counts under a reading: one that says a choice, only where the reading makes that choice."""
    said = choices_said_by(clause)
    return not said or any(getattr(reading, name) is choice for name, choice in said)


@attrs.frozen(field_transformer=checked_fields)
class Contradiction:
    """Two clauses that cannot both hold of one case: the case, how the rules settle it, why, and what the agent does.

    `decided_by` are the rules that would be without work if it were settled the other way.
    """

    id: str
    case: str
    clauses: tuple[ClauseId, ClauseId]
    settled_for: ClauseId
    why: str
    decided_by: tuple[str, ...]
    agent: str
    addresses: tuple[str, ...]


AGENT_REPOSITORY = "https://github.com/aws/amazon-ssm-agent"
REPORTED_AT = tuple(f"{AGENT_REPOSITORY}/{place}" for place in ("issues/217", "issues/431", "pull/394"))

CONTRADICTIONS = (
    Contradiction(
        "tag-names-ssm-user",
        "Run As applies, the tag names ssm-user, and ssm-user exists.",
        ("C7", "C12"),
        "C12",
        "The closing of step 2 states the purpose of the whole procedure and makes no exception; step 1 speaks of OS "
        "users in general.",
        ("tag-names-ssm-user",),
        "It starts the session as ssm-user: with Run As on no name is special to it.",
        REPORTED_AT,
    ),
    Contradiction(
        "default-names-ssm-user",
        "Run As applies, the caller is not tagged, the preferences name ssm-user, and ssm-user exists.",
        ("C10", "C12"),
        "C12",
        "The closing follows step 2 directly, and restates it for ssm-user without an exception.",
        ("default-names-ssm-user",),
        "It starts the session as ssm-user, as with a tag.",
        REPORTED_AT,
    ),
)
"""Where two clauses of the source text contradict each other."""

CHOICES: dict[str, type[Enum]] = {field.name: field.type for field in attrs.fields(Reading)}  # type: ignore[misc]
"""What may be chosen for each field of a `Reading`."""


def choices_of(reading: Reading) -> dict[str, str]:
    """The choices of a reading as plain data: the values by the names of the fields."""
    return {name: getattr(reading, name).value for name in CHOICES}


def all_readings() -> list[Reading]:
    """Every combination of choices."""
    return list(_combined(tuple(CHOICES.values())))


@cache
def _combined(choices: tuple[type[Enum], ...]) -> tuple[Reading, ...]:
    return tuple(Reading(*chosen) for chosen in product(*choices))  # type: ignore[arg-type]


@checked
def reading_named(text: str) -> Reading:
    """A profile, or one with some choices changed: `agent`, `default,superuser=refused`, `macos=covered`.

    Raises ValueError, saying what there is, for a name that is none, and TypeError for what is no text.
    """
    profile, *changes = text.split(",")
    if "=" in profile:
        profile, changes = "default", [profile, *changes]
    if profile not in PROFILES:
        near = meant(profile, PROFILES)
        raise ValueError(f"unknown reading {profile!r}; {near}use one of {', '.join(PROFILES)}")
    chosen: dict[str, Any] = attrs.asdict(PROFILES[profile])
    for change in changes:
        name, _, value = change.partition("=")
        if name not in CHOICES:
            raise ValueError(f"unknown reading {name!r}; {meant(name, CHOICES)}use one of {', '.join(CHOICES)}")
        if sum(other.startswith(f"{name}=") for other in changes) > 1:
            raise ValueError(f"{name} is chosen twice in {text!r}")
        values = [choice.value for choice in CHOICES[name]]
        if value not in values:
            raise ValueError(f"{name} cannot be {value!r}; {meant(value, values)}use one of {', '.join(values)}")
        chosen[name] = CHOICES[name](value)
    return Reading(**chosen)


def profile_of(reading: Reading) -> str | None:
    """The name of the profile with these choices, or None."""
    return next((name for name, of in PROFILES.items() if of == reading), None)


def name_of(reading: Reading) -> str:
    """The text that `reading_named` reads as this reading: a profile's name, or its choices."""
    return profile_of(reading) or ",".join(f"{name}={choice}" for name, choice in choices_of(reading).items())
