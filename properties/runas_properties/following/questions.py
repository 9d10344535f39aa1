"""A question of which nothing is known but how many OS users it lists: as the code under test is asked it, as the
specification is, and made of values that are known."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from runas_model.facts.compiled import decide
from runas_model.specification.readings import Reading
from runas_model.specification.vocabulary import POSIX_IDS, RUN_AS_TAG, Decision, Platform, Switch
from runas_model.universes.connectives import WHITE_SPACE
from runas_properties.conformance.protocol.cases import DECIDE, Step
from runas_properties.following.knowledge import Number, Text
from runas_properties.following.paths import Path
from runas_properties.following.values import Dict, List, Unsettled

__all__ = ["OpenQuestion", "decided", "long_questions", "others_added", "questions_with"]

BLANK = frozenset(WHITE_SPACE)
SWITCHES = tuple(switch.value for switch in (Switch.ON, Switch.OFF, Switch.UNREADABLE))
PLATFORMS = tuple(platform.value for platform in Platform)


@attrs.frozen(eq=False)
class Row:
    """An OS user of which nothing is known."""

    name: Text
    uid: Number
    gid: Number


class OpenQuestion:
    """A question with so many OS users, in any order.

    Their names differ and are not blank, and their uids and gids are such as an account may have.
    """

    def __init__(self, os_users: int) -> None:
        self.tag, self.default = Text("tag"), Text("default user")
        self.key = Text("tag key", spelling=True)
        self.rows = [Row(Text(f"name {n}"), Number(f"uid {n}"), Number(f"gid {n}")) for n in range(os_users)]
        self.switch = Unsettled("switch", SWITCHES)
        self.platform = Unsettled("platform", PLATFORMS)
        self.tag_or_none = Unsettled("tagged", (self.tag, None))
        self.key_or_none = Unsettled("tagged", (self.key, None))
        self.default_or_none = Unsettled("default", (self.default, None))

    @property
    def terms(self) -> list[Text | Number]:
        """Everything that is not known, but for what is one of several."""
        of_rows = [term for row in self.rows for term in (row.name, row.uid, row.gid)]
        return [self.tag, self.default, self.key, *of_rows]

    def assume(self, path: Path) -> None:
        """Note on a path what is so of every question."""
        for at, row in enumerate(self.rows):
            path.know_within(row.name, BLANK, holds=False)
            for id in (row.uid, row.gid):
                path.know_below(id, POSIX_IDS.start, holds=False)
                path.know_below(id, POSIX_IDS.stop, holds=True)
            for other in self.rows[:at]:
                path.know_same(row.name, other.name, holds=False)

    def asked(self) -> Dict:
        """The question as the code under test gets it."""
        return Dict(
            [
                ("operation", DECIDE),
                ("run_as_enabled", self.switch),
                ("default_user", self.default_or_none),
                ("tag", self.tag_or_none),
                ("tag_key", self.key_or_none),
                ("platform", self.platform),
                (
                    "os_users",
                    List([Dict([("name", row.name), ("uid", row.uid), ("gid", row.gid)]) for row in self.rows]),
                ),
            ]
        )

    def example(self, path: Path, style: int = 0, names: Sequence[str] = ()) -> tuple[Step, Mapping[Any, Any]] | None:
        """A question that takes a path, and its values for what is not known; None where none is found.

        Where it may be any name, it is the first of `names` that can be had.
        """
        found = path.values_for(self.terms, style, names)
        if found is None:
            return None
        values: dict[Any, Any] = dict(zip(self.terms, found, strict=True))

        def one_of(unsettled: Unsettled, otherwise: int) -> Any:
            at = path.chosen.get(unsettled.question, (otherwise + style) % len(unsettled.alternatives))
            value = unsettled.alternatives[at]
            values[unsettled] = values[value] if type(value) is Text else value
            return values[unsettled]

        question = {
            "operation": DECIDE,
            "run_as_enabled": one_of(self.switch, 0),
            "default_user": one_of(self.default_or_none, 1),
            "tag": one_of(self.tag_or_none, 1),
            "tag_key": one_of(self.key_or_none, 1),
            "platform": one_of(self.platform, 0),
            "os_users": [
                {"name": values[row.name], "uid": values[row.uid], "gid": values[row.gid]} for row in self.rows
            ],
        }
        return question, values


def decided(question: OpenQuestion, reading: Reading, path: Path) -> Decision:
    """What the specification decides on a path under a reading; the path forks where that depends on more."""
    return decide(Asked(question, path), reading)  # type: ignore[arg-type]


class Asked:
    """The situation of a question on a path, each fact of which is asked for when it is needed."""

    def __init__(self, question: OpenQuestion, path: Path) -> None:
        self.question, self.path = question, path
        self.tag, self.default_user = Name(question.tag, path), Name(question.default, path)
        self.os_users = self

    @property
    def platform(self) -> Platform:
        return Platform(self._settled(self.question.platform))

    @property
    def run_as_enabled(self) -> Switch:
        return Switch(self._settled(self.question.switch))

    @property
    def tagged(self) -> bool:
        return self._settled(self.question.tag_or_none) is not None

    @property
    def tag_key_exact(self) -> bool:
        return self.path.same(self.question.key, RUN_AS_TAG)

    @property
    def tag_blank(self) -> bool:
        return self.path.within(self.question.tag, BLANK)

    @property
    def default_named(self) -> bool:
        named = self._settled(self.question.default_or_none) is not None
        return named and not self.path.within(self.question.default, BLANK)

    def has(self, name: Any) -> bool:
        """Whether there is an OS user of a name."""
        return self._row(name) is not None

    def __getitem__(self, name: Any) -> "Ids":
        return Ids(self._row(name), self.path)

    def _row(self, name: Any) -> Row | None:
        text = name.text if isinstance(name, Name) else name
        return next((row for row in self.question.rows if self.path.same(text, row.name)), None)

    def _settled(self, unsettled: Unsettled) -> Any:
        return unsettled.alternatives[self.path.choice(unsettled.question, len(unsettled.alternatives))]


class Name:
    """A name on a path."""

    def __init__(self, text: Text, path: Path) -> None:
        self.text, self.path = text, path

    def __eq__(self, other: object) -> bool:
        return self.path.same(self.text, other.text if isinstance(other, Name) else other)

    __hash__ = None  # type: ignore[assignment]


class Ids:
    """The uid and gid of an OS user on a path."""

    def __init__(self, row: Row | None, path: Path) -> None:
        self.uid = Id(None if row is None else row.uid, path)
        self.gid = Id(None if row is None else row.gid, path)


class Id:
    """A uid or gid on a path; of no OS user it is none that is asked for."""

    def __init__(self, number: Number | None, path: Path) -> None:
        self.number, self.path = number, path

    def __eq__(self, other: object) -> bool:
        return self.number is not None and self.path.same(self.number, other)

    __hash__ = None  # type: ignore[assignment]


def others_added(question: Step, number: int) -> Step:
    """The question with more OS users that nobody names."""
    named = {question["tag"], question["default_user"], *(user["name"] for user in question["os_users"])}
    new = [{"name": f"other-{at}", "uid": 3000 + at, "gid": 3000 + at} for at in range(number)]
    more: Sequence[Any] = [user for user in new if user["name"] not in named]
    return {**question, "os_users": [*more[: number // 2], *question["os_users"], *more[number // 2 :]]}


MANY = 3_000
"""How many constants are tried."""


def questions_with(constants: Sequence[str | int]) -> Iterator[Step]:
    """Plain questions in which a constant of the code under test is a name, or the uid or gid of an OS user."""
    for constant in constants[:MANY]:
        if isinstance(constant, int):
            for uid, gid in ((constant, 1001), (1001, constant)):
                yield _plain("alice", None, [{"name": "alice", "uid": uid, "gid": gid}])
            continue
        users = [{"name": name, "uid": 1001, "gid": 1001} for name in dict.fromkeys([constant, "ops"])]
        for there in (users[:1], users, users[1:]) if constant.strip() else (users[1:],):
            yield _plain(constant, None, there)
            yield _plain(None, constant, there)


def long_questions(constants: Sequence[str | int], shortest: int, longest: int) -> Iterator[Step]:
    """Plain questions with more OS users than are followed: a few more, and about as many as a constant says."""
    near = (number for number in constants if isinstance(number, int) and number < longest)
    numbers = {*range(shortest, shortest + 8), *(one + more for one in near for more in (-1, 0, 1, 2))}
    for number in sorted(one for one in numbers if one >= shortest):
        others = [{"name": f"other-{at}", "uid": 3000 + at, "gid": 3000 + at} for at in range(number - 1)]
        alice = {"name": "alice", "uid": 1001, "gid": 1001}
        for users in ([alice, *others], [*others, alice]):
            yield _plain("alice", None, users)
            yield _plain(None, "alice", users)
            yield _plain(None, "nobody", users)


def _plain(tag: str | None, default: str | None, os_users: Sequence[Mapping[str, Any]]) -> Step:
    return {
        "operation": DECIDE,
        "run_as_enabled": True,
        "default_user": default,
        "tag": tag,
        "tag_key": None if tag is None else RUN_AS_TAG,
        "platform": Platform.LINUX.value,
        "os_users": list(os_users),
    }
