"""The complete decision table, grouped: every class of situations; those with the same outcome share a row."""

from collections.abc import Mapping, Sequence
from itertools import product

import attrs

from runas_model import Platform, Reading, decide
from runas_model.facts.classes import class_of, named_situations
from runas_model.specification.readings import LookUp
from runas_model.specification.vocabulary import ROOT, SSM_USER, Name, Situation, Switch

__all__ = ["ANY", "Group", "groups"]

ANY, OTHER_CASE = "any", "other-case"


@attrs.frozen
class Group:
    """Situations that are decided by the same rules, one for each of the readings asked."""

    run_as: str
    platforms: str
    tags: str
    defaults: str
    rules: "Rules"
    classes: frozenset[str]


Rules = tuple[str, ...]
Kinds = tuple[str, str, str, str]
"""Run As, platform, what the tag names, what the preferences name."""


def groups(readings: Sequence[Reading]) -> list[Group]:
    """All classes of situations in as few groups as merging switch, platforms, tags and defaults gives, in order.

    Every class is in a group. One to which a column makes no difference may be in several, which decide it alike.
    """
    decided: dict[tuple[str, ...], Rules] = {}
    classes: dict[tuple[str, ...], set[str]] = {}
    for platform, switch in product(Platform, Switch):
        for slug, s in named_situations(platform, switch):
            kinds = _kinds(s, readings)
            rules = tuple(str(decide(s, reading).rule) for reading in readings)
            if decided.setdefault(kinds, rules) != rules:
                raise ValueError(f"{slug}: the kinds that the table shows do not settle which rule decides")
            classes.setdefault(kinds, set()).add(class_of(s).id)
    every = [list(dict.fromkeys(kinds[place] for kinds in decided)) for place in range(4)]
    for box in product(*every):
        if box not in decided:  # root cannot have two uids: the row that has the tag's serves for both
            possible = (*box[:3], box[2].removeprefix(f"{OTHER_CASE} "))
            decided[box], classes[box] = decided[possible], set()
    found = []
    for rules, merged in _boxes(decided, every):
        names = [
            ANY if len(part) == len(whole) else " or ".join(part) for part, whole in zip(merged, every, strict=True)
        ]
        run_as, platforms, tags, defaults = names
        within = frozenset().union(*(classes[kinds] for kinds in product(*merged)))
        found.append(Group(run_as, platforms, tags, defaults, rules, within))
    return found


Box = tuple[tuple[str, ...], ...]


def _boxes(
    decided: Mapping[tuple[str, ...], Rules], every: Sequence[Sequence[str]], prefix: tuple[str, ...] = ()
) -> tuple[tuple[Rules, Box], ...]:
    """Boxes of kinds within which the same rules decide; values with the same boxes under them are one."""
    if len(prefix) == len(every):
        return ((decided[prefix], ()),)
    alike: dict[tuple[tuple[Rules, Box], ...], list[str]] = {}
    for value in every[len(prefix)]:
        alike.setdefault(_boxes(decided, every, (*prefix, value)), []).append(value)
    return tuple((rules, (tuple(values), *box)) for below, values in alike.items() for rules, box in below)


def _kinds(s: Situation, readings: Sequence[Reading]) -> Kinds:
    default = _called(s, s.default_user) if s.default_named else "nobody"
    return str(s.run_as_enabled), _platform(s.platform), _tag(s, readings), default


def _tag(s: Situation, readings: Sequence[Reading]) -> str:
    """What the tag names; a key in another case is a kind of its own where it makes a difference, or all of it."""
    if not s.tagged:
        return "none"
    called = "blank" if s.tag_blank else _called(s, s.tag)
    looked_up = {reading.tag_key for reading in readings}
    if s.tag_key_exact or looked_up == {LookUp.ANY_CASE}:
        return called
    return OTHER_CASE if looked_up == {LookUp.EXACT} else f"{OTHER_CASE} {called}"


def _platform(platform: Platform) -> str:
    return {"macos": "macOS"}.get(platform.value, platform.value.title())


def _called(s: Situation, name: Name) -> str:
    if name == SSM_USER:
        return "ssm-user"
    if not s.os_users.has(name):
        return "missing"
    user = s.os_users[name]
    has_root_id = 0 in (user.uid, user.gid)
    if name == ROOT:
        return "root-id-0" if has_root_id else "root"
    return "id-0" if has_root_id else "present"
