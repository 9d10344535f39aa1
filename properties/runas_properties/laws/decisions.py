"""Laws of the decision: decision laws speak of one situation, comparison laws of two."""

from attrs import evolve

from runas_model.specification.readings import Reading
from runas_model.specification.rulebook import (
    RULEBOOK,
    is_refused_superuser,
    names_by_tag,
    run_as_applies,
    run_as_covers,
    tag_user_exists,
)
from runas_model.specification.state import State
from runas_model.specification.transitions import Specification
from runas_model.specification.vocabulary import (
    ROOT,
    RUN_AS_TAG,
    SSM_USER,
    SUPERUSER_ID,
    Decision,
    Instance,
    Name,
    OsUser,
    Platform,
    Principal,
    Reason,
    Situation,
    Switch,
    Tag,
    TagKey,
)
from runas_model.universes.connectives import all_of, any_of, choose, folded, implies, is_blank, not_, spelled
from runas_properties.laws.law import Claim, comparison_law, decision_law

__all__ = ["same"]


def same(one: Decision, other: Decision) -> bool:
    """Both start as the same OS user, or both refuse."""
    return any_of(
        all_of(one.starts, other.starts, one.os_user == other.os_user),
        all_of(not_(one.starts), not_(other.starts)),
    )


def named(s: Situation, r: Reading) -> Name:
    """The OS user named for the principal: by its tag, else by the preferences."""
    return choose(names_by_tag(s, r), s.tag, s.default_user)


def somebody_is_named(s: Situation, r: Reading) -> bool:
    return any_of(names_by_tag(s, r), s.default_named)


@decision_law("never-ssm-user", "With Run As on, no session runs as ssm-user.", ("C12",))
def never_ssm_user(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(all_of(run_as_applies(s, r), d.starts), not_(d.os_user == SSM_USER))


@comparison_law(
    "tag-overrides-preference",
    "For a tagged principal the preferences' OS user makes no difference, and a session runs as the tag says.",
    ("C3", "C7", "C9"),
)
def tag_overrides_preference(by: Specification, s: Situation, r: Reading, other: Name, other_named: bool) -> Claim:
    d = by.decide(s, r)
    changed = by.decide(evolve(s, default_user=other, default_named=other_named), r)
    return Claim(
        all_of(run_as_applies(s, r), names_by_tag(s, r)),
        all_of(same(d, changed), implies(d.starts, d.os_user == s.tag)),
    )


@decision_law("started-user-exists", "With Run As on, a session runs as an OS user that exists.", ("C7", "C10"))
def started_user_exists(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(all_of(run_as_applies(s, r), d.starts), s.os_users.has(d.os_user))  # type: ignore[arg-type]


@decision_law("started-as-named", "With Run As on, a session runs as the OS user that is named for it.", ("C3", "C5"))
def started_as_named(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(
        all_of(run_as_applies(s, r), d.starts),
        all_of(somebody_is_named(s, r), d.os_user == named(s, r)),
    )


@decision_law(
    "no-fall-through",
    "A tag that names a missing OS user is refused, even where the default would do.",
    ("C8",),
)
def no_fall_through(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(all_of(run_as_applies(s, r), names_by_tag(s, r), not_(tag_user_exists(s))), not_(d.starts))


@decision_law(
    "tag-serves-the-tagged", "A tagged principal gets the OS user of its tag, if it exists.", ("C4", "C7", "C15")
)
def tag_serves_the_tagged(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(
        all_of(
            run_as_applies(s, r),
            names_by_tag(s, r),
            tag_user_exists(s),
            not_(s.tag == SSM_USER),
            not_(is_refused_superuser(s, r, s.tag)),
        ),
        all_of(d.starts, d.os_user == s.tag),
    )


@decision_law(
    "default-serves-the-untagged",
    "A principal without a tag gets the preferences' OS user, if it exists.",
    ("C6", "C9", "C10"),
)
def default_serves_the_untagged(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(
        all_of(
            run_as_applies(s, r),
            not_(names_by_tag(s, r)),
            s.default_named,
            s.os_users.has(s.default_user),
            not_(s.default_user == SSM_USER),
            not_(is_refused_superuser(s, r, s.default_user)),
        ),
        all_of(d.starts, d.os_user == s.default_user),
    )


@decision_law("missing-default-is-refused", "Preferences that name a missing OS user start no session.", ("C11",))
def missing_default_is_refused(s: Situation, d: Decision, r: Reading) -> Claim:
    premise = all_of(
        run_as_applies(s, r), not_(names_by_tag(s, r)), s.default_named, not_(s.os_users.has(s.default_user))
    )
    return Claim(premise, not_(d.starts))


@decision_law("nobody-named-is-refused", "With Run As on and nobody named, no session starts.", ("C12", "C14", "D10"))
def nobody_named_is_refused(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(
        all_of(run_as_applies(s, r), not_(somebody_is_named(s, r))),
        all_of(not_(d.starts), d.reason == Reason.NOBODY_NAMED),
    )


@decision_law("off-means-ssm-user", "With Run As off, every session runs as ssm-user.", ("C1",))
def off_means_ssm_user(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(s.run_as_enabled == Switch.OFF, all_of(d.starts, d.os_user == SSM_USER))


@decision_law(
    "unreadable-refuses-everybody", "Where the preferences cannot be read, no session starts.", ("C13", "D12")
)
def unreadable_refuses_everybody(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(
        s.run_as_enabled == Switch.UNREADABLE,
        all_of(not_(d.starts), d.reason == Reason.PREFERENCES_UNREADABLE),
    )


@decision_law(
    "uncovered-means-ssm-user",
    "On a platform that Run As does not cover, every session runs as ssm-user.",
    ("C1", "C13"),
)
def uncovered_means_ssm_user(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(
        all_of(not_(run_as_covers(s, r)), not_(s.run_as_enabled == Switch.UNREADABLE)),
        all_of(d.starts, d.os_user == SSM_USER),
    )


@decision_law(
    "refused-superusers-never-start",
    "Where Run As applies, no session runs as a superuser whom the reading refuses.",
    ("D8", "D13"),
)
def refused_superusers_never_start(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(
        all_of(run_as_applies(s, r), d.starts),
        not_(is_refused_superuser(s, r, d.os_user)),  # type: ignore[arg-type]
    )


@decision_law("exactly-one-rule", "Exactly one rule decides: the first that matches.", ("C9",))
def exactly_one_rule(s: Situation, d: Decision, r: Reading) -> Claim:
    first_matches = []
    passed_over = True
    for rule in RULEBOOK:
        matches = rule.when(s, r)
        first_matches.append(all_of(d.rule == rule.id, passed_over, matches))
        passed_over = all_of(passed_over, not_(matches))
    return Claim(True, any_of(*first_matches))


@decision_law("refusals-have-reasons", "A refusal has a reason and no OS user; a start has no reason.", ("C8", "C11"))
def refusals_have_reasons(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(
        True,
        choose(
            d.starts,
            all_of(d.reason == None, not_(d.os_user == None)),  # noqa: E711
            all_of(d.os_user == None, not_(d.reason == None)),  # noqa: E711
        ),
    )


@decision_law(
    "reasons-are-true",
    "A refusal says what is the case: ssm-user or a superuser is named, or somebody missing, or nobody.",
    ("C8", "C11", "C12"),
)
def reasons_are_true(s: Situation, d: Decision, r: Reading) -> Claim:
    name = named(s, r)
    exists = choose(names_by_tag(s, r), tag_user_exists(s), s.os_users.has(s.default_user))
    return Claim(
        not_(d.starts),
        any_of(
            all_of(d.reason == Reason.PREFERENCES_UNREADABLE, s.run_as_enabled == Switch.UNREADABLE),
            all_of(d.reason == Reason.NOBODY_NAMED, not_(somebody_is_named(s, r))),
            all_of(d.reason == Reason.SSM_USER_NAMED, somebody_is_named(s, r), name == SSM_USER),
            all_of(d.reason == Reason.SUPERUSER_NAMED, somebody_is_named(s, r), is_refused_superuser(s, r, name)),
            all_of(d.reason == Reason.OS_USER_MISSING, somebody_is_named(s, r), not_(exists)),
        ),
    )


@comparison_law("blank-default-is-none", "Preferences with a blank OS user name nobody.", ("C14",))
def blank_default_is_none(
    by: Specification, state: State, r: Reading, principal: Principal, instance: Instance
) -> Claim:
    s = by.situation_of(state, principal, instance)
    blank = is_blank(state.preferences[state.instances[instance].account].default_user)
    return Claim(
        all_of(run_as_applies(s, r), blank, not_(names_by_tag(s, r))),
        by.decide(s, r).reason == Reason.NOBODY_NAMED,
    )


@comparison_law("other-tags-do-not-matter", "Only the Run As tag counts among a principal's tags.", ("C3", "D4"))
def other_tags_do_not_matter(
    by: Specification, state: State, r: Reading, principal: Principal, instance: Instance, key: TagKey, value: Name
) -> Claim:
    tagged = evolve(state, tags=state.tags.put((principal, folded(key)), Tag(spelled(key), value)))
    before, after = (by.situation_of(one, principal, instance) for one in (state, tagged))
    return Claim(not_(folded(key) == folded(RUN_AS_TAG)), same(by.decide(before, r), by.decide(after, r)))


@comparison_law(
    "other-os-users-do-not-matter",
    "An OS user that neither the tag nor the preferences name makes no difference.",
    ("C7", "C10"),
)
def other_os_users_do_not_matter(by: Specification, s: Situation, r: Reading, other: Name, user: OsUser) -> Claim:
    with_other = evolve(s, os_users=s.os_users.put(other, user))  # type: ignore[attr-defined]
    return Claim(
        all_of(not_(other == s.tag), not_(other == s.default_user)), same(by.decide(s, r), by.decide(with_other, r))
    )


@comparison_law("more-os-users-never-hurt", "A session that starts still does with one more OS user.", ("C7", "C10"))
def more_os_users_never_hurt(by: Specification, s: Situation, r: Reading, other: Name, user: OsUser) -> Claim:
    d = by.decide(s, r)
    with_other = evolve(s, os_users=s.os_users.put(other, user))  # type: ignore[attr-defined]
    return Claim(all_of(d.starts, not_(s.os_users.has(other))), same(d, by.decide(with_other, r)))


@comparison_law(
    "names-are-exact",
    "An OS user whose name differs at all from the one named does not serve in its place.",
    ("C7", "C8"),
)
def names_are_exact(by: Specification, s: Situation, r: Reading, near: Name, user: OsUser) -> Claim:
    name = named(s, r)
    users = s.os_users.drop(name).put(near, user)  # type: ignore[attr-defined]
    return Claim(
        all_of(run_as_applies(s, r), somebody_is_named(s, r), not_(near == name)),
        not_(by.decide(evolve(s, os_users=users), r).starts),
    )


@comparison_law(
    "readings-differ-only-where-silent",
    "Two readings decide alike except for a blank tag, a tag's key in another case, a named superuser, or macOS.",
    ("C7", "C13", "D8", "D9", "D13", "D14"),
)
def readings_differ_only_where_silent(by: Specification, s: Situation, r: Reading, q: Reading) -> Claim:
    def is_superuser(name: Name) -> bool:
        user = s.os_users[name]
        return all_of(s.os_users.has(name), any_of(name == ROOT, user.uid == SUPERUSER_ID, user.gid == SUPERUSER_ID))

    silent = any_of(
        all_of(s.tagged, any_of(s.tag_blank, not_(s.tag_key_exact))),
        all_of(s.tagged, is_superuser(s.tag)),
        all_of(s.default_named, is_superuser(s.default_user)),
        s.platform == Platform.MACOS,
    )
    return Claim(not_(silent), same(by.decide(s, r), by.decide(s, q)))
