"""Recorded decisions held against the specification: one of four verdicts for each row, and all of them counted."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import attrs

from runas_model.doors import checked, read
from runas_model.facts.compiled import decide
from runas_model.inputs.observed import Outside
from runas_model.inputs.printing import printable
from runas_model.inputs.records import CannotBeRead, Recorded, RecordedOutside, RowRead, read_recorded
from runas_model.specification.readings import AGENT, Reading
from runas_model.specification.vocabulary import Platform
from runas_properties.oracle.completions import judged
from runas_properties.oracle.departures import Departure, agrees
from runas_properties.oracle.known import Known, kind_of
from runas_properties.oracle.known_files import read_known

__all__ = [
    "AGENT_DECISIONS",
    "AGENT_FILES",
    "AGENT_KNOWN",
    "AGENT_PLATFORM",
    "Agreement",
    "Group",
    "Known",
    "Report",
    "agreement",
    "check",
    "check_agent",
    "interrupted_after",
    "read_known",
    "recorded_of_agent",
    "rows_in_words",
]

OBSERVED = files("runas_properties.oracle") / "observed"
AGENT_DECISIONS = Path(str(OBSERVED / "agent-decisions.json"))
"""577 decisions of amazon-ssm-agent 3.3, in the plain format."""
AGENT_FILES = (AGENT_DECISIONS, Path(str(OBSERVED / "agent-decisions-2.json")))
"""These, and 917 more, which also tell how the session was asked for and what else was so on the instance."""
AGENT_KNOWN = Path(str(OBSERVED / "agent-known.toml"))
"""Its known departures."""

AGENT_PLATFORM = Platform.LINUX
"""Where they were recorded; its rows do not say it."""

SHOWN = 10
ALIKE = 1 << 12
"""Rows that agree and are kept, since others may be like them."""


@attrs.define
class Group:
    """Departures of one kind: how many, the first, and the smallest, whose settings are the shortest."""

    known: Known
    count: int = 0
    first: Departure | None = None
    smallest: Departure | None = None
    rules: set[str] = attrs.field(factory=set)
    laws: set[str] = attrs.field(factory=set)
    causes: dict[str, str] = attrs.field(factory=dict)
    """What went wrong in the rows, each with the id of the first."""

    def add(self, departure: Departure) -> None:
        """Count a departure of this kind."""
        self.first = self.first or departure
        if self.smallest is None or _size(departure) < _size(self.smallest):
            self.smallest = departure
        self.rules.add(departure.expected.rule)
        self.laws.update(departure.laws)
        self.causes.setdefault(departure.cause, departure.recorded.id)
        self.count += 1

    @property
    def mixed(self) -> str:
        """The causes of its rows where there are several and nothing computed tells that they have one; else empty."""
        if len(self.causes) < 2 or self.known.is_computed:
            return ""
        return "; ".join(f"{cause} (first {printable(id)})" for cause, id in self.causes.items())

    def as_data(self) -> dict[str, Any]:
        """The group as plain data."""
        known = self.known
        return {
            "kind": known.name,
            "count": self.count,
            "rules": sorted(self.rules),
            "laws": sorted(self.laws),
            "reason": known.reason,
            "cause": known.cause,
            "allows": known.allows,
            "by_tag": known.by_tag,
            "causes": list(self.causes),
            "link": known.page,
            "first": self.first.story if self.first else None,
            "smallest": self.smallest.story if self.smallest else None,
        }


def _size(departure: Departure) -> int:
    s = departure.recorded.situation
    return len(s.tag) + len(s.default_user) + s.tagged + s.default_named


@attrs.define
class Report:
    """What a check under a reading found, at any time: each row counts when all of it was checked.

    Of the rows that agreed, `completed` do so only where what they leave out is filled in.
    `interrupted` is for whoever breaks a check off to set: then it does not hold, whatever it found by then.
    """

    reading: Reading
    known: Sequence[Known] = ()
    agreed: int = 0
    completed: int = 0
    completed_first: Recorded | None = None
    groups: dict[str, Group] = attrs.field(
        default=attrs.Factory(lambda self: {entry.name: Group(entry) for entry in self.known}, takes_self=True)
    )
    unexplained: int = 0
    unexplained_first: list[Departure] = attrs.field(factory=list)
    outside: Counter[str] = attrs.field(factory=Counter)
    outside_first: dict[str, RecordedOutside] = attrs.field(factory=dict)
    unreadable: int = 0
    unreadable_first: list[CannotBeRead] = attrs.field(factory=list)
    interrupted: bool = False
    _alike: dict[Any, Recorded] = attrs.field(factory=dict, init=False, repr=False)
    _met: set[int] = attrs.field(factory=set, init=False, repr=False)

    def add(self, row: RowRead) -> RowRead:
        """Give a row its verdict.

        Returns a row that came before, agrees, and differs from this one in its id alone; this one where there is none.
        """
        if type(row) is not Recorded:
            self._add_other(row)  # type: ignore[arg-type]
            return row
        # a reader makes the same situation only once, so that it is known by itself, which is fast
        key = (id(row.situation), id(row.besides), row.unsaid, row.started_as, row.uid, row.created)
        alike = self._alike.get(key)
        if alike is None:
            if not agrees(row, decide(row.situation, self.reading)):
                self._add_judged(row)
                return row
            self._keep(key, row)
            alike = row
        self.agreed += 1
        return alike

    def _keep(self, key: Any, row: Recorded) -> None:
        """Keep a row from the second time on: many never come again, and to keep each would cost more."""
        met = hash(key)
        if met not in self._met:
            if len(self._met) >= 4 * ALIKE:
                self._met.clear()
            self._met.add(met)
            return
        if len(self._alike) >= ALIKE:
            self._alike.clear()
        self._alike[key] = row  # so that nothing else comes to have the ids in its key

    def _add_judged(self, row: Recorded) -> None:
        departure = judged(row, self.reading)
        if isinstance(departure, Recorded):
            self.agreed += 1
            self.completed += 1
            self.completed_first = self.completed_first or departure
            return
        entry = kind_of(departure, self.known)
        if entry is None:
            if len(self.unexplained_first) < SHOWN:
                self.unexplained_first.append(departure)
            self.unexplained += 1
            return
        self.groups[entry.name].add(departure)

    def _add_other(self, row: RecordedOutside | CannotBeRead) -> None:
        if isinstance(row, RecordedOutside):
            self.outside[row.facts[0].value] += 1
            self.outside_first.setdefault(row.facts[0].value, row)
            return
        unreadable = read(CannotBeRead, row, "a row of recorded")
        if len(self.unreadable_first) < SHOWN:
            self.unreadable_first.append(unreadable)
        self.unreadable += 1

    @property
    def departed(self) -> int:
        """How many decisions differ from the specification, of a known kind or not."""
        return self.unexplained + sum(group.count for group in self.groups.values())

    @property
    def compared(self) -> int:
        """How many decisions were inside the model, and held against the specification."""
        return self.agreed + self.departed

    @property
    def rows(self) -> int:
        """How many rows were checked, whatever their verdict."""
        return self.compared + self.outside.total() + self.unreadable

    @property
    def stale(self) -> list[str]:
        """Known kinds that must occur and did not, where all rows were checked."""
        if self.interrupted:
            return []
        return [kind for kind, group in self.groups.items() if group.known.must_occur and group.count == 0]

    @property
    def holds(self) -> bool:
        """All rows were read, some are inside the model, departures are known, and known kinds are as they must be.

        Each is of one cause, and occurs if it must.
        """
        wrong = self.unexplained or self.unreadable or self.stale or self.interrupted
        return self.compared > 0 and not (wrong or any(group.mixed for group in self.groups.values()))

    def as_data(self) -> dict[str, Any]:
        """The report as plain data, as `recorded` in `verify.schema.json` describes it."""
        return {
            "rows": self.rows,
            "agreed": self.agreed,
            "completed": self.completed,
            "departed": self.departed,
            "departures": [group.as_data() for group in self.groups.values()],
            "unexplained": self.unexplained,
            "unexplained_first": [departure.story for departure in self.unexplained_first],
            "outside": [
                {"fact": fact.value, "count": self.outside[fact.value], "meaning": fact.meaning, "first": first.told}
                for fact in Outside
                if (first := self.outside_first.get(fact.value)) is not None
            ],
            "unreadable": self.unreadable,
            "unreadable_first": [row.told for row in self.unreadable_first],
            "stale": self.stale,
            "holds": self.holds,
            "interrupted": self.interrupted,
        }


def check(recorded: Iterable[RowRead], reading: Reading, known: Sequence[Known] = ()) -> Report:
    """Give every row its verdict under `reading`.

    Raises TypeError for what is no row, no reading, or no list of known departures.
    """
    known = read(Sequence[Known], known, "known")
    report = Report(read(Reading, reading, "reading"), known)
    for row in read(Iterable[Any], recorded, "recorded"):
        report.add(row)
    return report


def recorded_of_agent() -> Iterator[RowRead]:
    """All recorded decisions of amazon-ssm-agent that come with this project."""
    for file in AGENT_FILES:
        yield from read_recorded(file, AGENT_PLATFORM)


def check_agent(reading: Reading = AGENT) -> Report:
    """The verdicts on all of them; every known kind of departure must occur, since together they show them all."""
    known = read_known(AGENT_KNOWN)
    for entry in known:
        entry.must_occur = True
    return check(recorded_of_agent(), reading, known)


@attrs.frozen
class Agreement:
    """How many recorded decisions of amazon-ssm-agent agree with a reading, depart, and lie outside the model."""

    agreeing: int
    departing: int
    outside: int


@checked
def agreement(reading: Reading) -> Agreement:
    """The recorded decisions of amazon-ssm-agent, counted by how they fare under `reading`."""
    report = check(recorded_of_agent(), reading)
    return Agreement(report.agreed, report.departed, report.outside.total())


def interrupted_after(how_far: str) -> str:
    """What stands in place of a verdict where there is none: `INTERRUPTED after 3 rows`."""
    return f"INTERRUPTED after {how_far}"


def rows_in_words(count: int) -> str:
    return f"{count:,} {'row' if count == 1 else 'rows'}"
