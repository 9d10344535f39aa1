"""Known departures: how each kind of them is told, and what is said of it."""

import re
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from runas_model.doors import checked
from runas_model.inputs.records import InputError, Recorded
from runas_properties.oracle.asked_of_id import asked_of_id, groups_readable, name_asked_for
from runas_properties.oracle.departures import Departure, runs_as, users_of

__all__ = ["BY_TAG", "FACTS", "MEMBERS", "Known", "When", "kind_of", "read_known"]

FACTS: dict[str, Callable[[Recorded, str], bool]] = {}
"""Facts that are computed from a row and the name of the OS user in question, for what patterns cannot say."""


def _fact(id: str) -> Callable[[Callable[[Recorded, str], bool]], Callable[[Recorded, str], bool]]:
    def register(function: Callable[[Recorded, str], bool]) -> Callable[[Recorded, str], bool]:
        FACTS[id] = function
        return function

    return register


@_fact("asked-of-id")
def _asked_of_id(row: Recorded, name: str) -> bool:
    """what was observed is what comes of asking the program id for the name, through a shell"""
    return asked_of_id(row, name)


@_fact("groups-unreadable")
def _groups_unreadable(row: Recorded, name: str) -> bool:
    """amazon-ssm-agent cannot parse what the program id prints about the groups of the OS user"""
    return not groups_readable(row.besides.groups.get(name, ()))


BY_TAG = {
    "yes": "the value of an IAM tag can cause it",
    "no": "no value of an IAM tag can cause it, the preferences can",
    "no name": "neither tag nor preferences matter",
}
"""Whether a tag can cause a kind of departure, in words; a value has up to 256 letters, digits, spaces and _.:/=+-@."""

MEMBERS = {
    "rule": "the rule that should have decided is one of these",
    "observed": "what was observed: `started` or `refused`",
    "name": "a pattern of the name that the rule looked at",
    "started_as": "a pattern of the name that was recorded for the session",
    "really": "a pattern of the name of the OS user whose uid the process has",
    "class": "the class of the refusal is one of these; a row that records no class matches",
    "run_as": "the switch: `on`, `off` or `unreadable`",
    "uid_or_gid": "the uid or the gid of the OS user in question is one of these",
    "group": "a pattern of the name of one of its groups; a row that records no groups does not match",
    "group_without_name": "true: one of its gids has no name; a row that records no groups does not match",
    "conditions": "a pattern of one of the conditions on the instance; a row that records none does not match",
    "id_program": "a pattern of the program id that the row records; empty where it records none",
    "sh": "a pattern of the shell that the row records; empty where it records none",
    "facts": "names of facts that are computed from the row, all of which must hold",
}
"""What each member of `When` means. The OS user in question has the name that the rule looked at, else `ssm-user`."""


class When(msgspec.Struct, forbid_unknown_fields=True, rename={"sort": "class"}):
    """How a row of a departure is matched: all that is given must match. `MEMBERS` says what each member means.

    A pattern is a regular expression that must match the whole text. The OS user in question has the name that the rule
    looked at or, with Run As off, `ssm-user`.
    """

    rule: list[str] = []
    observed: Literal["started", "refused", ""] = ""
    name: str = ""
    started_as: str = ""
    really: str = ""
    sort: list[str] = []
    run_as: Literal["on", "off", "unreadable", ""] = ""
    uid_or_gid: list[int] = []
    group: str = ""
    group_without_name: bool = False
    conditions: str = ""
    id_program: str = ""
    sh: str = ""
    facts: list[str] = []

    def matches(self, departure: Departure) -> bool:
        """Whether all of it is so of a departure."""
        row = departure.recorded
        started = row.started_as is not None
        asked = name_asked_for(row, departure.name)
        groups = row.besides.groups.get(asked, ())
        user = users_of(row.situation).get(asked)  # type: ignore[call-overload]
        return (
            (not self.rule or departure.expected.rule in self.rule)
            and (not self.observed or (self.observed == "started") == started)
            and _fits(self.name, departure.name)
            and _fits(self.started_as, row.started_as or "")
            and (not self.really or _fits(self.really, runs_as(row) or ""))
            and (not self.sort or row.besides.sort in ("", *self.sort))
            and self.run_as in ("", str(row.situation.run_as_enabled))
            and (not self.uid_or_gid or (user is not None and not {user.uid, user.gid}.isdisjoint(self.uid_or_gid)))
            and (not self.group or any(_fits(self.group, group.name or "") for group in groups))
            and (not self.group_without_name or any(group.name is None for group in groups))
            and (not self.conditions or any(_fits(self.conditions, one) for one in row.besides.conditions))
            and _fits(self.id_program, row.besides.id_program)
            and _fits(self.sh, row.besides.sh)
            and all(FACTS[fact](row, asked) for fact in self.facts)
        )

    def check(self) -> None:
        """Raises re.error for a pattern that is none, and ValueError for a fact that there is not."""
        for pattern in (
            self.name, self.started_as, self.really, self.group, self.conditions, self.id_program, self.sh
        ):  # fmt: skip
            re.compile(pattern)
        if unknown := [fact for fact in self.facts if fact not in FACTS]:
            raise ValueError(f"unknown fact {unknown[0]!r}; use {', '.join(FACTS)}")


def _fits(pattern: str, text: str) -> bool:
    return not pattern or re.fullmatch(pattern, text, re.S) is not None


class Known(msgspec.Struct, forbid_unknown_fields=True):
    """A kind of departure that is known: how it is told, the reason for it, and a link.

    `cause` is where in the implementation it comes from. `allows` is what it lets somebody do. `by_tag` says whether
    the value of an IAM tag can cause it, where a name causes it at all. A kind that `must_occur` is reported where all
    rows were checked and none shows it.
    """

    kind: str
    when: When
    reason: str
    link: str = ""
    cause: str = ""
    allows: str = ""
    by_tag: Literal["yes", "no", "no name", ""] = ""
    must_occur: bool = True

    def tells(self, departure: Departure) -> bool:
        """Whether a departure is of this kind."""
        return self.when.matches(departure)


class KnownFile(msgspec.Struct, forbid_unknown_fields=True):
    """A list; `must_occur` holds for each kind that does not say otherwise."""

    known: list[Known] = []
    must_occur: bool = True


@checked
def read_known(path: str | Path) -> list[Known]:
    """The known departures in a TOML file. Raises `InputError` for one that cannot be read."""
    try:
        file = msgspec.convert(tomllib.loads(Path(path).read_text("utf-8")), KnownFile)
        for entry in file.known:
            entry.when.check()
            entry.must_occur &= file.must_occur
    except OSError as error:
        raise InputError(error.strerror or str(error), file=str(path)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, re.error, ValueError) as error:
        raise InputError(str(error), file=str(path)) from None
    return file.known


def kind_of(departure: Departure, known: Sequence[Known]) -> Known | None:
    """The first kind that a departure is of, if any."""
    return next((entry for entry in known if entry.tells(departure)), None)
