"""Known departures: how each kind of them is told, and what is said of it."""

import re
from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from runas_model.inputs.records import Recorded
from runas_model.inputs.rows import Id
from runas_properties.oracle.asked_of_id import asked_of_id, groups_readable, name_asked_for
from runas_properties.oracle.departures import Departure, runs_as, users_of

__all__ = ["BY_TAG", "ENTRY_MEMBERS", "FACTS", "MEMBERS", "Known", "KnownFile", "When", "kind_of"]

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
    uid_or_gid: list[Id] = []
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


def _fits(pattern: str, text: str) -> bool:
    return not pattern or re.fullmatch(pattern, text, re.S) is not None


ENTRY_MEMBERS = {
    "kind": "what such departures are called in reports; needed with `when`",
    "when": "when a recorded decision is of this kind: see below",
    "reason": "why it is accepted; not blank",
    "link": "a page about it",
    "cause": "where in the implementation it comes from",
    "allows": "what it lets somebody do",
    "by_tag": f"whether the value of an IAM tag can cause it: {', '.join(f'`{one}`' for one in BY_TAG)}",
    "must_occur": "whether `check` fails if no row shows it (default true)",
    "id": "the id of a vector, or of a recorded row",
    "issue": "the URL under which it is followed up; needed with `id`",
}
"""What each member of an entry means."""


class Known(msgspec.Struct, forbid_unknown_fields=True):
    """A known failure or kind of departure: a vector or a row by its `id`, or all rows `when` they are so.

    `issue` is where it is followed up, `link` a page about it. `cause` is where in the implementation it comes from.
    `allows` is what it lets somebody do. `by_tag` says whether the value of an IAM tag can cause it, where a name
    causes it at all. A kind that `must_occur` is reported where all rows were checked and none shows it.
    """

    kind: str = ""
    when: When | None = None
    reason: str = ""
    link: str = ""
    cause: str = ""
    allows: str = ""
    by_tag: Literal["yes", "no", "no name", ""] = ""
    must_occur: bool = True
    id: str = ""
    issue: str = ""

    @property
    def name(self) -> str:
        """What it is called in reports: its kind, else the id."""
        return self.kind or self.id

    @property
    def page(self) -> str:
        """The page to be read about it, if there is one."""
        return self.issue or self.link

    @property
    def is_computed(self) -> bool:
        """Whether facts that are computed from a row tell the cause of its departure."""
        return self.when is not None and bool(self.when.facts)

    def tells(self, departure: Departure) -> bool:
        """Whether it is about a departure."""
        return departure.recorded.id == self.id if self.when is None else self.when.matches(departure)


class KnownFile(msgspec.Struct, forbid_unknown_fields=True):
    """A list; `must_occur` holds for each entry that does not say otherwise."""

    known: list[Known] = []
    must_occur: bool = True


def kind_of(departure: Departure, known: Sequence[Known]) -> Known | None:
    """The first entry that is about a departure, if any."""
    return next((entry for entry in known if entry.tells(departure)), None)
