"""The questions that can be asked of a situation and a reading, and how their answers read."""

import re
from collections.abc import Callable
from functools import cache
from itertools import chain
from typing import Any

import attrs

from runas_model.specification.readings import CHOICES, Reading
from runas_model.specification.vocabulary import Platform, Situation, Switch
from runas_model.universes.connectives import is_blank

__all__ = ["CONSTANTS", "FACTS", "Fact", "ask", "fact_of"]

CONSTANTS: dict[str, Any] = {
    f"{type(member).__name__}_{member.name}": member for member in chain(*CHOICES.values(), Platform, Switch)
} | {"is_blank": is_blank}
"""The enumerated values that a fact may be compared with, and what it may ask of a name, as its source calls them."""


@attrs.frozen
class Fact:
    """A question as Python asks it, and how either answer reads, with the names `{tag}` and `{default_user}`."""

    source: str
    holds: str
    fails: str


FACTS = {
    fact.source: fact
    for fact in (
        Fact(
            "s.run_as_enabled is Switch_UNREADABLE",
            "the switch in the preferences is not a truth value",
            "the preferences can be read",
        ),
        Fact("s.platform is Platform_LINUX", "the instance runs Linux", "the instance does not run Linux"),
        Fact("s.platform is Platform_MACOS", "the instance runs macOS", "the instance does not run macOS"),
        Fact("r.macos is MacOs_COVERED", "the reading covers macOS", "the reading does not cover macOS"),
        Fact("s.run_as_enabled is Switch_ON", "Run As is on", "Run As is not on"),
        Fact("s.tagged", "the caller is tagged {tag}", "the caller is not tagged"),
        Fact(
            "s.tag_key_exact",
            "the tag's key is spelled SSMSessionRunAs",
            "the tag's key is SSMSessionRunAs in another case",
        ),
        Fact(
            "r.tag_key is LookUp_ANY_CASE",
            "the reading ignores case in the tag's key",
            "the reading compares the tag's key with its case",
        ),
        Fact("s.tag_blank", "the tag is blank", "the tag is not blank"),
        Fact(
            "r.blank_tag is BlankTag_AS_UNTAGGED",
            "the reading treats a blank tag as no tag",
            "the reading treats a blank tag as naming nobody",
        ),
        Fact("s.tag == 'ssm-user'", "the tag names ssm-user", "the tag does not name ssm-user"),
        Fact("s.os_users.has(s.tag)", "{tag} is on the instance", "{tag} is not on the instance"),
        Fact(
            "r.superuser is Superuser_ROOT_REFUSED",
            "the reading refuses root by its name",
            "the reading does not refuse root by its name",
        ),
        Fact("s.tag == 'root'", "the tag names root", "the tag does not name root"),
        Fact("s.os_users[s.tag].uid == 0", "{tag} has uid 0", "{tag} has a uid other than 0"),
        Fact("s.os_users[s.tag].gid == 0", "{tag} has gid 0", "{tag} has a gid other than 0"),
        Fact(
            "r.superuser is Superuser_REFUSED",
            "the reading refuses OS users with uid 0 or gid 0",
            "the reading does not refuse OS users with uid 0 or gid 0",
        ),
        Fact("s.default_named", "the preferences name {default_user}", "the preferences name nobody"),
        Fact("s.default_user == 'ssm-user'", "the preferences name ssm-user", "the preferences do not name ssm-user"),
        Fact(
            "s.os_users.has(s.default_user)",
            "{default_user} is on the instance",
            "{default_user} is not on the instance",
        ),
        Fact("s.default_user == 'root'", "the preferences name root", "the preferences do not name root"),
        Fact(
            "s.os_users[s.default_user].uid == 0", "{default_user} has uid 0", "{default_user} has a uid other than 0"
        ),
        Fact(
            "s.os_users[s.default_user].gid == 0", "{default_user} has gid 0", "{default_user} has a gid other than 0"
        ),
    )
}
"""Every question that the rulebook asks, by its source; a test holds the two equal."""


def ask(source: str, s: Situation, r: Reading) -> bool:
    """The answer to a question of `FACTS`, by its source, in any universe."""
    return _question(source)(s, r)


@cache
def _question(source: str) -> Callable[[Situation, Reading], bool]:
    """A fact as a function; enumerated values are compared by `==`, which every universe answers."""
    compared = re.sub(r" is (\w+)$", r" == \1", source)
    return eval(f"lambda s, r: {compared}", dict(CONSTANTS))  # type: ignore[no-any-return]


def fact_of(source: str) -> Fact:
    """The fact that a source asks for. Raises LookupError, which names the file, where nothing says how it reads."""
    if source in FACTS:
        return FACTS[source]
    raise LookupError(
        f'model/runas_model/facts/questions.py: no wording of {source} in FACTS: add Fact("{source}", ...)'
    )
