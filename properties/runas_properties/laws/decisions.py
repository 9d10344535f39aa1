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
    RUN_AS_TAG,
    SSM_USER,
    Decision,
    Instance,
    Name,
    OsUser,
    Principal,
    Reason,
    Situation,
    Switch,
    Tag,
    TagKey,
)
from runas_model.universes.connectives import all_of, any_of, choose, folded, implies, is_blank, not_, spelled
from runas_properties.laws.law import Claim, comparison_law, decision_law
from runas_properties.laws.parts import (
    is_silent_on,
    matches,
    may_serve,
    named_os_user,
    same,
    somebody_is_named,
)

__all__: list[str] = []


@decision_law("never-ssm-user", ("C12",))
def never_ssm_user(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(all_of(run_as_applies(s, r), d.starts), not_(d.os_user == SSM_USER))


@comparison_law(
    "tag-overrides-preference",
    ("C3", "C7", "C9"),
    "the preferences' OS user makes no difference to the outcome, and a session that starts runs as the OS user "
    "named by the tag",
)
def tag_overrides_preference(by: Specification, s: Situation, r: Reading, other: Name, other_named: bool) -> Claim:
    d = by.decide(s, r)
    changed = by.decide(evolve(s, default_user=other, default_named=other_named), r)
    return Claim(
        all_of(run_as_applies(s, r), names_by_tag(s, r)),
        all_of(same(d, changed), implies(d.starts, d.os_user == s.tag)),
    )


@decision_law("started-user-exists", ("C7", "C10", "D11"))
def started_user_exists(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(all_of(run_as_applies(s, r), d.starts), s.os_users.has(d.os_user))  # type: ignore[arg-type]


@decision_law("started-as-named", ("C3", "C5"))
def started_as_named(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(
        all_of(run_as_applies(s, r), d.starts),
        all_of(somebody_is_named(s, r), d.os_user == named_os_user(s, r)),
    )


@decision_law(
    "no-fall-through",
    ("C8",),
    "the session does not start, whatever the preferences name",
)
def no_fall_through(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(all_of(run_as_applies(s, r), names_by_tag(s, r), not_(tag_user_exists(s))), not_(d.starts))


@decision_law("tag-serves-the-tagged", ("C4", "C7", "C15"))
def tag_serves_the_tagged(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(
        all_of(
            run_as_applies(s, r),
            names_by_tag(s, r),
            tag_user_exists(s),
            may_serve(s, r, s.tag),
        ),
        all_of(d.starts, d.os_user == s.tag),
    )


@decision_law("default-serves-the-untagged", ("C6", "C9", "C10"))
def default_serves_the_untagged(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(
        all_of(
            run_as_applies(s, r),
            not_(names_by_tag(s, r)),
            s.default_named,
            s.os_users.has(s.default_user),
            may_serve(s, r, s.default_user),
        ),
        all_of(d.starts, d.os_user == s.default_user),
    )


@decision_law("missing-default-is-refused", ("C11",))
def missing_default_is_refused(s: Situation, d: Decision, r: Reading) -> Claim:
    premise = all_of(
        run_as_applies(s, r), not_(names_by_tag(s, r)), s.default_named, not_(s.os_users.has(s.default_user))
    )
    return Claim(premise, not_(d.starts))


@decision_law("nobody-named-is-refused", ("C12", "C14", "D10"))
def nobody_named_is_refused(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(
        all_of(run_as_applies(s, r), not_(somebody_is_named(s, r))),
        all_of(not_(d.starts), d.reason == Reason.NOBODY_NAMED),
    )


@decision_law("off-means-ssm-user", ("C1",))
def off_means_ssm_user(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(s.run_as_enabled == Switch.OFF, all_of(d.starts, d.os_user == SSM_USER))


@decision_law("unreadable-refuses-everybody", ("C13", "D12"))
def unreadable_refuses_everybody(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(
        s.run_as_enabled == Switch.UNREADABLE,
        all_of(not_(d.starts), d.reason == Reason.PREFERENCES_UNREADABLE),
    )


@decision_law("uncovered-means-ssm-user", ("C1", "C13", "D9"))
def uncovered_means_ssm_user(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(
        all_of(not_(run_as_covers(s, r)), not_(s.run_as_enabled == Switch.UNREADABLE)),
        all_of(d.starts, d.os_user == SSM_USER),
    )


@decision_law("refused-superusers-never-start", ("D8", "D13"))
def refused_superusers_never_start(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(
        all_of(run_as_applies(s, r), d.starts),
        not_(is_refused_superuser(s, r, d.os_user)),  # type: ignore[arg-type]
    )


@decision_law(
    "exactly-one-rule",
    ("C9",),
    "the rule that decides is the first that matches",
)
def exactly_one_rule(s: Situation, d: Decision, r: Reading) -> Claim:
    decided_by_first = False
    for rule in reversed(RULEBOOK):
        decided_by_first = choose(matches(rule, s, r), d.rule == rule.id, decided_by_first)
    return Claim(True, decided_by_first)


@decision_law(
    "refusals-have-reasons",
    ("C8", "C11"),
    "a session that starts has an OS user and no reason for refusing; one that does not start has a reason and no"
    " OS user",
)
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
    ("C8", "C11", "C12"),
    "the reason is true: the preferences cannot be read, or no OS user is named, or the one that is named is "
    "ssm-user, or a superuser that the reading refuses, or not on the instance",
)
def reasons_are_true(s: Situation, d: Decision, r: Reading) -> Claim:
    name = named_os_user(s, r)
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


@comparison_law("blank-default-is-none", ("C14",))
def blank_default_is_none(
    by: Specification, state: State, r: Reading, principal: Principal, instance: Instance
) -> Claim:
    s = by.situation_of(state, principal, instance)
    blank = is_blank(state.preferences[state.instances[instance].account].default_user)
    return Claim(
        all_of(run_as_applies(s, r), blank, not_(names_by_tag(s, r))),
        by.decide(s, r).reason == Reason.NOBODY_NAMED,
    )


@comparison_law(
    "other-tags-do-not-matter",
    ("C3", "D4"),
    "setting the principal's tag with that key makes no difference to the outcome",
)
def other_tags_do_not_matter(
    by: Specification, state: State, r: Reading, principal: Principal, instance: Instance, key: TagKey, value: Name
) -> Claim:
    tagged = evolve(state, tags=state.tags.put((principal, folded(key)), Tag(spelled(key), value)))
    before, after = (by.situation_of(one, principal, instance) for one in (state, tagged))
    return Claim(not_(folded(key) == folded(RUN_AS_TAG)), same(by.decide(before, r), by.decide(after, r)))


@comparison_law(
    "other-os-users-do-not-matter",
    ("C7", "C10"),
    "putting that OS user on the instance, with whatever uid and gid, makes no difference to the outcome",
)
def other_os_users_do_not_matter(by: Specification, s: Situation, r: Reading, other: Name, user: OsUser) -> Claim:
    with_other = evolve(s, os_users=s.os_users.put(other, user))  # type: ignore[attr-defined]
    return Claim(
        all_of(not_(other == s.tag), not_(other == s.default_user)), same(by.decide(s, r), by.decide(with_other, r))
    )


@comparison_law(
    "more-os-users-never-hurt",
    ("C7", "C10"),
    "putting that OS user on the instance, with whatever uid and gid, makes no difference to the outcome",
)
def more_os_users_never_hurt(by: Specification, s: Situation, r: Reading, other: Name, user: OsUser) -> Claim:
    d = by.decide(s, r)
    with_other = evolve(s, os_users=s.os_users.put(other, user))  # type: ignore[attr-defined]
    return Claim(all_of(d.starts, not_(s.os_users.has(other))), same(d, by.decide(with_other, r)))


@comparison_law(
    "names-are-exact",
    ("C7", "C8"),
    "no session starts when that OS user is on the instance and the one that is named is not",
)
def names_are_exact(by: Specification, s: Situation, r: Reading, near: Name, user: OsUser) -> Claim:
    name = named_os_user(s, r)
    users = s.os_users.drop(name).put(near, user)  # type: ignore[attr-defined]
    return Claim(
        all_of(run_as_applies(s, r), somebody_is_named(s, r), not_(near == name)),
        not_(by.decide(evolve(s, os_users=users), r).starts),
    )


@comparison_law(
    "readings-differ-only-where-silent",
    ("C7", "C13", "D8", "D9", "D13", "D14"),
    "the outcome is the same under every reading",
)
def readings_differ_only_where_silent(by: Specification, s: Situation, r: Reading, q: Reading) -> Claim:
    return Claim(not_(is_silent_on(s)), same(by.decide(s, r), by.decide(s, q)))
