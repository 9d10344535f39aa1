"""The rules, in order: the first that matches decides.

`s` is the situation, `r` the reading. Ids are stable and never reused.
"""

from collections.abc import Callable

import attrs

from runas_model.doors import checked_fields
from runas_model.specification.clauses import ClauseId
from runas_model.specification.readings import BlankTag, LookUp, MacOs, Reading, Superuser
from runas_model.specification.vocabulary import (
    ROOT,
    SSM_USER,
    SUPERUSER_ID,
    Decision,
    Name,
    Platform,
    Reason,
    RuleId,
    Situation,
    Switch,
)
from runas_model.universes.connectives import all_of, any_of, not_
from runas_model.universes.naming import named

__all__ = ["RULEBOOK", "RULES", "Rule", "names_by_tag", "run_as_applies", "run_as_covers"]


@attrs.frozen(field_transformer=checked_fields)
class Rule:
    """A condition, and the outcome if this is the first rule whose condition holds.

    In a title, *no tag* includes a tag that does not count under the reading: a blank one, or one whose key is in
    another case.
    """

    id: RuleId
    title: str
    clauses: tuple[ClauseId, ...]
    when: Callable[[Situation, Reading], bool]
    outcome: Callable[[RuleId, Situation], Decision]


@named("Run As covers the platform", "Run As does not cover the platform")
def run_as_covers(s: Situation, r: Reading) -> bool:
    """Run As covers the platform of the instance (C13; macOS: D9)."""
    return any_of(s.platform == Platform.LINUX, all_of(s.platform == Platform.MACOS, r.macos == MacOs.COVERED))


@named("Run As applies", "Run As does not apply")
def run_as_applies(s: Situation, r: Reading) -> bool:
    """Run As covers the platform and is on."""
    return all_of(run_as_covers(s, r), s.run_as_enabled == Switch.ON)


@named("the caller has a Run As tag that counts", "the caller has no Run As tag that counts")
def names_by_tag(s: Situation, r: Reading) -> bool:
    """The caller has a Run As tag that counts as one: by its key, and where blank ones count, or it is not blank."""
    return all_of(
        s.tagged,
        any_of(s.tag_key_exact, r.tag_key == LookUp.ANY_CASE),
        not_(all_of(s.tag_blank, r.blank_tag == BlankTag.AS_UNTAGGED)),
    )


@named("the tag names an OS user on the instance", "the tag names no OS user on the instance")
def tag_user_exists(s: Situation) -> bool:
    """The OS user that the tag names exists; a blank name is nobody's."""
    return all_of(not_(s.tag_blank), s.os_users.has(s.tag))


@named("{name} is a superuser that the reading refuses", "{name} is not a superuser that the reading refuses")
def is_refused_superuser(s: Situation, r: Reading, name: Name) -> bool:
    """The OS user exists, and the reading refuses it: by the name root (D8), or by uid 0 or gid 0 (D13)."""
    user = s.os_users[name]
    by_name = all_of(r.superuser == Superuser.ROOT_REFUSED, name == ROOT)
    has_root_id = any_of(user.uid == SUPERUSER_ID, user.gid == SUPERUSER_ID)
    return all_of(s.os_users.has(name), any_of(by_name, all_of(r.superuser == Superuser.REFUSED, has_root_id)))


def start_as_ssm_user(rule: RuleId, s: Situation) -> Decision:
    return Decision(rule, True, SSM_USER, None)


def start_as_tag(rule: RuleId, s: Situation) -> Decision:
    return Decision(rule, True, s.tag, None)


def start_as_default(rule: RuleId, s: Situation) -> Decision:
    return Decision(rule, True, s.default_user, None)


def refuse(reason: Reason) -> Callable[[RuleId, Situation], Decision]:
    return lambda rule, s: Decision(rule, False, None, reason)


RULEBOOK = (
    Rule(
        RuleId("preferences-unreadable"),
        "The preferences cannot be read: refused.",
        ("C13", "D12"),
        when=lambda s, r: s.run_as_enabled == Switch.UNREADABLE,
        outcome=refuse(Reason.PREFERENCES_UNREADABLE),
    ),
    Rule(
        RuleId("platform-not-covered"),
        "Run As does not cover the platform: the session starts as ssm-user.",
        ("C1", "C2", "C13"),
        when=lambda s, r: not_(run_as_covers(s, r)),
        outcome=start_as_ssm_user,
    ),
    Rule(
        RuleId("run-as-off"),
        "Run As is turned off: the session starts as ssm-user.",
        ("C1", "C2"),
        when=lambda s, r: not_(s.run_as_enabled == Switch.ON),
        outcome=start_as_ssm_user,
    ),
    Rule(
        RuleId("tag-names-ssm-user"),
        "The tag is ssm-user: refused.",
        ("C12",),
        when=lambda s, r: all_of(names_by_tag(s, r), s.tag == SSM_USER),
        outcome=refuse(Reason.SSM_USER_NAMED),
    ),
    Rule(
        RuleId("tag-names-superuser"),
        "The tag names a superuser that the reading refuses: refused.",
        ("C3", "D8", "D13"),
        when=lambda s, r: all_of(names_by_tag(s, r), not_(s.tag_blank), is_refused_superuser(s, r, s.tag)),
        outcome=refuse(Reason.SUPERUSER_NAMED),
    ),
    Rule(
        RuleId("tag-user-exists"),
        "The tag names an existing user: the session starts as that user.",
        ("C3", "C4", "C7", "D4"),
        when=lambda s, r: all_of(names_by_tag(s, r), tag_user_exists(s)),
        outcome=start_as_tag,
    ),
    Rule(
        RuleId("tag-user-missing"),
        "The tag names no existing user: refused, whatever the preferences say.",
        ("C3", "C8"),
        when=lambda s, r: names_by_tag(s, r),
        outcome=refuse(Reason.OS_USER_MISSING),
    ),
    Rule(
        RuleId("default-names-ssm-user"),
        "No tag; the default user is ssm-user: refused.",
        ("C9", "C12", "D14"),
        when=lambda s, r: all_of(s.default_named, s.default_user == SSM_USER),
        outcome=refuse(Reason.SSM_USER_NAMED),
    ),
    Rule(
        RuleId("default-names-superuser"),
        "No tag; the default user is a superuser that the reading refuses: refused.",
        ("C9", "D8", "D13", "D14"),
        when=lambda s, r: all_of(s.default_named, is_refused_superuser(s, r, s.default_user)),
        outcome=refuse(Reason.SUPERUSER_NAMED),
    ),
    Rule(
        RuleId("default-user-exists"),
        "No tag; the default user exists: the session starts as that user.",
        ("C5", "C6", "C9", "C10", "D14"),
        when=lambda s, r: all_of(s.default_named, s.os_users.has(s.default_user)),
        outcome=start_as_default,
    ),
    Rule(
        RuleId("default-user-missing"),
        "No tag; the default user does not exist: refused.",
        ("C9", "C11", "C12", "D14"),
        when=lambda s, r: s.default_named,
        outcome=refuse(Reason.OS_USER_MISSING),
    ),
    Rule(
        RuleId("nobody-named"),
        "Neither a tag nor a default user: refused.",
        ("C9", "C12", "C14", "D10", "D14"),
        when=lambda s, r: True,
        outcome=refuse(Reason.NOBODY_NAMED),
    ),
)
"""The complete decision. The last rule has no condition and applies if no earlier rule does."""

RULES: dict[RuleId, Rule] = {rule.id: rule for rule in RULEBOOK}
"""Every rule, by its id."""
