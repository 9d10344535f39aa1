"""Recorded decisions held against the specification, and known departures held to what they say."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import attrs
import msgspec

from runas_model.facts.compiled import decide
from runas_model.inputs.records import InputError, Recorded
from runas_model.specification.readings import Reading
from runas_model.specification.vocabulary import SSM_USER, Decision, Name, Situation
from runas_model.stories.situations import tell
from runas_properties.oracle.checking import broken_by, decision_seen

__all__ = [
    "AGENT_DECISIONS",
    "AGENT_KNOWN",
    "Departure",
    "Known",
    "Report",
    "agrees",
    "check",
    "creates",
    "interrupted_after",
    "kind_of",
    "read_known",
    "rows_in_words",
]

OBSERVED = files("runas_properties.oracle") / "observed"
AGENT_DECISIONS = Path(str(OBSERVED / "agent-decisions.json"))
"""577 decisions of amazon-ssm-agent 3.3."""
AGENT_KNOWN = Path(str(OBSERVED / "agent-known.toml"))
"""Its known departures."""

SHOWN = 10


class When(msgspec.Struct, forbid_unknown_fields=True):
    """How a row of a departure is told: all that is given must match."""

    rule: list[str] = []
    observed: Literal["started", "refused", ""] = ""
    name: str = ""
    started_as: str = ""


class Known(msgspec.Struct, forbid_unknown_fields=True):
    """A kind of departure that is known, with the reason for it and a link."""

    kind: str
    when: When
    reason: str
    link: str = ""

    def tells(self, departure: "Departure") -> bool:
        w = self.when
        return (
            (not w.rule or departure.expected.rule in w.rule)
            and (not w.observed or (w.observed == "started") == (departure.recorded.started_as is not None))
            and (not w.name or re.fullmatch(w.name, departure.name) is not None)
            and (not w.started_as or re.fullmatch(w.started_as, departure.recorded.started_as or "") is not None)
        )


class KnownFile(msgspec.Struct, forbid_unknown_fields=True):
    known: list[Known] = []


@attrs.frozen
class Departure:
    """A recorded decision that the specification does not make."""

    recorded: Recorded
    expected: Decision
    reading: Reading

    @property
    def name(self) -> str:
        """The name that the deciding rule looked at; empty where it looked at none."""
        if self.expected.rule.startswith("tag-"):
            return self.recorded.situation.tag
        return self.recorded.situation.default_user if self.expected.rule.startswith("default-") else ""

    @property
    def laws(self) -> tuple[str, ...]:
        """The decision laws that what was seen breaks."""
        seen = decision_seen(self.expected, self.recorded.started_as)
        return tuple(law.id for law in broken_by(seen, self.recorded.situation, self.reading))

    @property
    def story(self) -> str:
        seen = self.recorded.started_as
        got = "refused" if seen is None else f'started as "{seen}"'
        uid = "" if self.recorded.uid is None else f" (uid {self.recorded.uid})"
        expected = tell(self.recorded.situation, self.expected)
        rule = self.expected.rule
        return f"{self.recorded.id}: {expected} by {rule}; seen: {got}{uid}, created {list(self.recorded.created)}"


@attrs.define
class Group:
    """Departures of one kind: how many, and the first."""

    known: Known | None
    count: int = 0
    first: Departure | None = None
    rules: set[str] = attrs.field(factory=set)
    laws: set[str] = attrs.field(factory=set)


@attrs.define
class Report:
    """What a check found, at any time: each row counts when all of it was checked.

    `interrupted` is for whoever breaks a check off to set: then it does not hold, whatever it found by then.
    """

    known: Sequence[Known] = ()
    agreed: int = 0
    groups: dict[str, Group] = attrs.field(
        default=attrs.Factory(lambda self: {entry.kind: Group(entry) for entry in self.known}, takes_self=True)
    )
    unexplained: int = 0
    unexplained_first: list[Departure] = attrs.field(factory=list)
    interrupted: bool = False

    def add(self, row: Recorded, reading: Reading) -> None:
        """Hold a recorded decision against the specification under `reading`."""
        expected = decide(row.situation, reading)
        if agrees(row, expected):
            self.agreed += 1
            return
        departure = Departure(row, expected, reading)
        entry = kind_of(departure, self.known)
        if entry is None:
            if len(self.unexplained_first) < SHOWN:
                self.unexplained_first.append(departure)
            self.unexplained += 1
            return
        group = self.groups[entry.kind]
        group.first = group.first or departure
        group.rules.add(expected.rule)
        group.laws.update(departure.laws)
        group.count += 1

    @property
    def rows(self) -> int:
        """How many decisions were checked."""
        return self.agreed + self.unexplained + sum(group.count for group in self.groups.values())

    @property
    def stale(self) -> list[str]:
        """Known kinds that did not occur, where all rows were checked."""
        return [] if self.interrupted else [kind for kind, group in self.groups.items() if group.count == 0]

    @property
    def holds(self) -> bool:
        """Something was checked, to the end; every departure is known, and every known kind occurs."""
        return self.rows > 0 and self.unexplained == 0 and not self.stale and not self.interrupted

    def as_data(self) -> dict[str, Any]:
        return {
            "rows": self.rows,
            "agreed": self.agreed,
            "departures": [
                {
                    "kind": kind,
                    "count": group.count,
                    "rules": sorted(group.rules),
                    "laws": sorted(group.laws),
                    "reason": group.known.reason if group.known else "",
                    "link": group.known.link if group.known else "",
                    "first": group.first.story if group.first else None,
                }
                for kind, group in self.groups.items()
            ],
            "unexplained": self.unexplained,
            "unexplained_first": [departure.story for departure in self.unexplained_first],
            "holds": self.holds,
            "interrupted": self.interrupted,
        }


def read_known(path: str | Path) -> list[Known]:
    """The known departures in a TOML file. Raises `InputError` for one that cannot be read."""
    try:
        known = msgspec.convert(tomllib.loads(Path(path).read_text("utf-8")), KnownFile).known
        for entry in known:
            re.compile(entry.when.name)
            re.compile(entry.when.started_as)
    except OSError as error:
        raise InputError(error.strerror or str(error), file=str(path)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, re.error, msgspec.ValidationError) as error:
        raise InputError(str(error), file=str(path)) from None
    return known


def check(recorded: Iterable[Recorded], reading: Reading, known: Sequence[Known] = ()) -> Report:
    """Hold every recorded decision against the specification under `reading`."""
    report = Report(known)
    for row in recorded:
        report.add(row, reading)
    return report


def interrupted_after(how_far: str) -> str:
    """What stands in place of a verdict where there is none: `INTERRUPTED after 3 rows`."""
    return f"INTERRUPTED after {how_far}"


def rows_in_words(count: int) -> str:
    return f"{count:,} {'row' if count == 1 else 'rows'}"


def kind_of(departure: Departure, known: Sequence[Known]) -> Known | None:
    """The first kind that a departure is of, if any."""
    return next((entry for entry in known if entry.tells(departure)), None)


def creates(s: Situation, expected: Decision) -> tuple[str, ...]:
    """The OS users that the session of a decision creates: `ssm-user`, where it runs as that and it is missing."""
    return (SSM_USER,) if expected.os_user == SSM_USER and not s.os_users.has(SSM_USER) else ()


def agrees(row: Recorded, expected: Decision) -> bool:
    """Started or refused alike, as the same OS user, and nothing else created than `ssm-user` where it was missing."""
    users = row.situation.os_users
    if row.started_as != expected.os_user or row.created != creates(row.situation, expected):
        return False
    named = Name(expected.os_user or "")
    return row.uid is None or not users.has(named) or users[named].uid == row.uid
