"""Situations in facts, so that CrossHair can follow every path through `decide`.

`decide` branches on a fact; the laws connect facts without branching, so that the paths are those of `decide`. Two
names may be equal and yet differ in what is on the instance: that is more than can be, so what is confirmed here holds
of every real situation.
"""

from enum import Enum
from functools import reduce
from operator import and_, or_
from types import FunctionType
from typing import Any

import attrs

from runas_model.facts.compiled import decide
from runas_model.specification.readings import BlankTag, LookUp, MacOs, Superuser
from runas_model.specification.vocabulary import ROOT, Platform, Switch
from runas_properties.laws import LAWS

FACTS = (
    *("unreadable", "on", "linux", "on_macos", "tagged", "tag_key_exact", "tag_blank", "default_named", "names_equal"),
    *("tag_is_ssm_user", "tag_is_root", "tag_exists", "tag_uid_0", "tag_gid_0"),
    *("default_is_ssm_user", "default_is_root", "default_exists", "default_uid_0", "default_gid_0", "ssm_user_exists"),
    *("as_untagged", "root_refused", "refused", "covered", "any_case"),
)


class Fact:
    """A truth that is branched on only where a branch is asked for."""

    def __init__(self, truth: bool) -> None:
        self.truth = truth

    def __bool__(self) -> bool:
        return bool(self.truth)

    def all_of(self, truths: tuple[Any, ...]) -> "Fact":
        return Fact(reduce(and_, map(_plain, truths)))

    def any_of(self, truths: tuple[Any, ...]) -> "Fact":
        return Fact(reduce(or_, map(_plain, truths)))

    def negated(self) -> "Fact":
        return Fact(self.truth ^ True)

    def choose(self, then: Any, otherwise: Any) -> Any:
        return then if self else otherwise

    def __eq__(self, other: object) -> Any:
        return Fact(self.truth ^ _plain(other) ^ True)

    __hash__ = None  # type: ignore[assignment]


def _plain(truth: Any) -> bool:
    return truth.truth if isinstance(truth, Fact) else truth


class FlatName:
    """A name of which it is known whether it is `ssm-user` or `root`, whether it exists, and with which ids."""

    def __init__(self, facts: dict[str, bool], which: str) -> None:
        self.equal = Fact(facts["names_equal"])
        self.is_ssm_user, self.is_root = Fact(facts[f"{which}_is_ssm_user"]), Fact(facts[f"{which}_is_root"])
        self.exists = Fact(facts[f"{which}_exists"])
        self.uid, self.gid = FlatId(facts[f"{which}_uid_0"]), FlatId(facts[f"{which}_gid_0"])

    def __eq__(self, other: object) -> Any:
        if other is None or other is self:
            return other is self
        if not isinstance(other, str):
            return self.equal
        return self.is_root if other == ROOT else self.is_ssm_user

    __hash__ = None  # type: ignore[assignment]


class FlatId:
    """A uid or gid of which it is known whether it is 0."""

    def __init__(self, is_0: bool) -> None:
        self.is_0 = Fact(is_0)

    def __eq__(self, other: object) -> Any:
        return self.is_0

    __hash__ = None  # type: ignore[assignment]


class FlatOsUsers:
    def __init__(self, ssm_user_exists: bool) -> None:
        self.ssm_user_exists = Fact(ssm_user_exists)

    def has(self, name: Any) -> Any:
        return name.exists if isinstance(name, FlatName) else self.ssm_user_exists

    def __getitem__(self, name: Any) -> Any:
        return name if isinstance(name, FlatName) else FlatName(dict.fromkeys(FACTS, False), "tag")


class Choice:
    """An enumerated value of which it is known, for each member, whether it is that one."""

    def __init__(self, members: dict[Any, Any]) -> None:
        self.members = members

    def __eq__(self, other: object) -> Any:
        return Fact(self.members[other])

    __hash__ = None  # type: ignore[assignment]


class FlatSituation:
    """What `decide` is given: platform and switch are branched on where they are asked for."""

    def __init__(self, facts: dict[str, bool]) -> None:
        self.facts = facts
        for name in ("tagged", "tag_key_exact", "tag_blank", "default_named"):
            setattr(self, name, Fact(facts[name]))
        self.tag, self.default_user = FlatName(facts, "tag"), FlatName(facts, "default")
        self.os_users = FlatOsUsers(facts["ssm_user_exists"])

    @property
    def run_as_enabled(self) -> Switch:
        if self.facts["unreadable"]:
            return Switch.UNREADABLE
        return Switch.ON if self.facts["on"] else Switch.OFF

    @property
    def platform(self) -> Platform:
        if self.facts["linux"]:
            return Platform.LINUX
        return Platform.MACOS if self.facts["on_macos"] else Platform.WINDOWS


class FlatReading:
    """What `decide` is given: each choice is branched on where it is asked for."""

    def __init__(self, facts: dict[str, bool]) -> None:
        self.facts = facts

    @property
    def blank_tag(self) -> BlankTag:
        return BlankTag.AS_UNTAGGED if self.facts["as_untagged"] else BlankTag.NAMES_NOBODY

    @property
    def superuser(self) -> Superuser:
        if self.facts["root_refused"]:
            return Superuser.ROOT_REFUSED
        return Superuser.REFUSED if self.facts["refused"] else Superuser.ORDINARY

    @property
    def macos(self) -> MacOs:
        return MacOs.COVERED if self.facts["covered"] else MacOs.NOT_COVERED

    @property
    def tag_key(self) -> LookUp:
        return LookUp.ANY_CASE if self.facts["any_case"] else LookUp.EXACT


class Unbranched:
    """What a law is given: the same, compared without branching."""

    def __init__(self, known: Any, **choices: Choice) -> None:
        self.__dict__.update(vars(known), **choices)


def unbranched(s: FlatSituation, r: FlatReading, facts: dict[str, bool]) -> tuple[Any, Any]:
    """The situation and the reading, for a law."""
    platform = _first_of(facts, {Platform.LINUX: "linux", Platform.MACOS: "on_macos"}, Platform.WINDOWS)
    switch = _first_of(facts, {Switch.UNREADABLE: "unreadable", Switch.ON: "on"}, Switch.OFF)
    superuser = {Superuser.ROOT_REFUSED: "root_refused", Superuser.REFUSED: "refused"}
    return Unbranched(s, platform=platform, run_as_enabled=switch), Unbranched(
        r,
        blank_tag=_first_of(facts, {BlankTag.AS_UNTAGGED: "as_untagged"}, BlankTag.NAMES_NOBODY),
        superuser=_first_of(facts, superuser, Superuser.ORDINARY),
        macos=_first_of(facts, {MacOs.COVERED: "covered"}, MacOs.NOT_COVERED),
        tag_key=_first_of(facts, {LookUp.ANY_CASE: "any_case"}, LookUp.EXACT),
    )


def _first_of(facts: dict[str, bool], members: dict[Any, str], otherwise: Enum) -> Choice:
    """The first member of which the fact is true; without branching on any."""
    is_it: dict[Enum, Any] = {}
    none_yet: Any = True
    for member, fact in members.items():
        is_it[member] = none_yet & facts[fact]
        none_yet = none_yet & (facts[fact] ^ True)
    return Choice({**is_it, otherwise: none_yet})


@attrs.frozen
class Decided:
    """A decision of which CrossHair can watch how it is made, as it cannot of a class that is written in C."""

    rule: Any
    starts: Any
    os_user: Any
    reason: Any


the_code: Any = decide
decide_watched = FunctionType(
    the_code.__code__, {**the_code.__globals__, "Decision": Decided}, argdefs=the_code.__defaults__
)
"""The very code of `decide`."""


def holds(law: str, facts: dict[str, bool]) -> bool:
    """Whether a decision law holds of the decision in these facts."""
    s, r = FlatSituation(facts), FlatReading(facts)
    decision = decide_watched(s, r)
    seen, reading = unbranched(s, r, facts)
    return bool(LAWS[law].meaning(seen, decision, reading).holds)


def module(laws: list[str]) -> str:
    """A module with a function for each law, whose postcondition is that it holds."""
    parameters = ", ".join(f"{fact}: bool" for fact in FACTS)
    functions = [
        f'def {law.replace("-", "_")}({parameters}) -> bool:\n    """post: _"""\n    return holds({law!r}, locals())\n'
        for law in laws
    ]
    return "\n\n".join(["from every_path.paths import holds\n", *functions])
