"""All situations for a function that treats names as opaque: one for each that it can tell apart from the others.

Such a function asks whether a name is blank, and takes all blank names for one; it compares other names with each
other, with `ssm-user` and with `root`, looks one up among the OS users, and asks whether a uid or gid is 0. It cannot
tell two situations apart in which all of that is the same; so if it is right in each of these, it is right in all.
"""

from collections.abc import Iterator, Sequence
from itertools import product

from runas_model.facts.classes import IDS, OTHER_CASE
from runas_model.inputs.situations import situation
from runas_model.specification.vocabulary import ROOT, RUN_AS_TAG, SSM_USER, Platform, Situation, Switch
from runas_model.universes.connectives import is_blank

__all__ = ["opaque_situations", "pattern_of"]

ONE, OTHER = "alice", "ops"
"""Ordinary names: the first that comes, and one that differs from it."""
TAGS = (None, "", SSM_USER, ROOT, ONE)
RECORDS: tuple[tuple[int, int] | None, ...] = (None, *IDS.values())
"""An OS user that is missing, ordinary, root, or has either half of root."""


def opaque_situations() -> Iterator[Situation]:
    """The situations, each once."""
    for platform, switch, tag in product(Platform, Switch, TAGS):
        for key, default in product((RUN_AS_TAG,) if tag is None else (RUN_AS_TAG, OTHER_CASE), _defaults(tag)):
            names = sorted({name for name in (tag, default, SSM_USER, ROOT) if name})
            for records in product(RECORDS, repeat=len(names)):
                users = [(name, *ids) for name, ids in zip(names, records, strict=True) if ids is not None]
                yield situation(
                    run_as_enabled=switch,
                    tag=tag,
                    tag_key=key,
                    default_user=default,
                    users=users,
                    platform=platform,
                )


def _defaults(tag: str | None) -> Sequence[str]:
    return ("", SSM_USER, ROOT, ONE, *([OTHER] if tag == ONE else []))


def pattern_of(s: Situation) -> tuple[object, ...]:
    """All that such a function can ask of a situation: equal for two that it cannot tell apart."""
    tag = _kind(s.tag) if s.tagged else None
    key = s.tag_key_exact if s.tagged else None
    default = _kind(s.default_user) if s.default_named else None
    named = [name for name, there in ((s.tag, s.tagged), (s.default_user, s.default_named)) if there]
    records = tuple(_record(name, s) for name in (*named, SSM_USER, ROOT))
    same = tag == default == "ordinary" and s.tag == s.default_user
    return s.platform, s.run_as_enabled, tag, key, default, same, records


def _kind(name: str) -> str:
    return "blank" if is_blank(name) else name if name in (SSM_USER, ROOT) else "ordinary"


def _record(name: str, s: Situation) -> tuple[bool, ...]:
    user = s.os_users[name]  # type: ignore[index]
    return (user.uid == 0, user.gid == 0) if s.os_users.has(name) and not is_blank(name) else ()  # type: ignore[arg-type]
