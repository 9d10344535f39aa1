"""The complete decision table, grouped: every class of situations; those with the same outcome share a row."""

from collections.abc import Mapping, Sequence
from itertools import product

import attrs

from runas_model import Platform, Reading, decide
from runas_model.facts.classes import SituationClass, situation_classes
from runas_model.specification.vocabulary import SSM_USER, Name, Situation

__all__ = ["ANY", "Group", "groups"]

ANY = "any"


@attrs.frozen
class Group:
    """Situations that are decided by the same rules, one for each of the readings asked."""

    platforms: str
    run_as: str
    tags: str
    defaults: str
    rules: "Rules"
    classes: int


Rules = tuple[str, ...]
Kinds = tuple[str, str, str, str]
"""Platform, Run As, what the tag names, what the preferences name."""


def groups(readings: Sequence[Reading]) -> list[Group]:
    """All classes of situations in as few groups as merging platforms, switch, tags and defaults gives, in order.

    Every class is in exactly one group.
    """
    decided: dict[Kinds, Rules] = {}
    counts: dict[Kinds, int] = {}
    for one in situation_classes():
        kinds = _kinds(one)
        rules = tuple(str(decide(one.example, reading).rule) for reading in readings)
        if decided.setdefault(kinds, rules) != rules:
            raise ValueError(f"{one.id}: the kinds that the table shows do not settle which rule decides")
        counts[kinds] = counts.get(kinds, 0) + 1
    every = [list(dict.fromkeys(kinds[place] for kinds in decided)) for place in range(4)]
    found = []
    for rules, box in _boxes(decided, every):
        names = [ANY if len(part) == len(whole) else " or ".join(part) for part, whole in zip(box, every, strict=True)]
        platforms, run_as, tags, defaults = names
        classes = sum(count for kinds, count in counts.items() if kinds in set(product(*box)))
        found.append(Group(platforms, run_as, tags, defaults, rules, classes))
    if sum(group.classes for group in found) != len(situation_classes()):
        raise ValueError("some class of situations is in no group, or in two")
    return found


Box = tuple[tuple[str, ...], ...]


def _boxes(
    decided: Mapping[Kinds, Rules], every: Sequence[Sequence[str]], prefix: tuple[str, ...] = ()
) -> tuple[tuple[Rules, Box], ...]:
    """Boxes of kinds within which the same rules decide; values with the same boxes under them are one."""
    if len(prefix) == len(every):
        return ((decided[prefix], ()),)  # type: ignore[index]
    alike: dict[tuple[tuple[Rules, Box], ...], list[str]] = {}
    for value in every[len(prefix)]:
        alike.setdefault(_boxes(decided, every, (*prefix, value)), []).append(value)
    return tuple((rules, (tuple(values), *box)) for below, values in alike.items() for rules, box in below)


def _kinds(one: SituationClass) -> Kinds:
    s = one.example
    tag = "blank" if s.tagged and s.tag_blank else _called(s, s.tag) if s.tagged else "none"
    default = _called(s, s.default_user) if s.default_named else "nobody"
    return _platform(s.platform), "on" if s.run_as_enabled else "off", tag, default


def _platform(platform: Platform) -> str:
    return {"macos": "macOS"}.get(platform.value, platform.value.title())


def _called(s: Situation, name: Name) -> str:
    if name == SSM_USER:
        return "ssm-user"
    if not s.os_users.has(name):
        return "missing"
    user = s.os_users[name]
    return "superuser" if 0 in (user.uid, user.gid) else "present"
