"""Laws of the decision in one situation, and the one that compares it with other preferences."""

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
from runas_model.specification.transitions import Specification
from runas_model.specification.vocabulary import (
    SSM_USER,
    Decision,
    Name,
    Platform,
    Reason,
    Situation,
    Switch,
)
from runas_model.universes.connectives import all_of, any_of, choose, implies, not_
from runas_properties.laws.law import Claim, comparison_law, decision_law
from runas_properties.laws.parts import (
    matches,
    may_serve,
    named_os_user,
    refuses_superuser,
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
            all_of(
                d.reason == Reason.SUPERUSER_NAMED, somebody_is_named(s, r), exists, is_refused_superuser(s, r, name)
            ),
            all_of(d.reason == Reason.OS_USER_MISSING, somebody_is_named(s, r), not_(exists)),
        ),
    )


@decision_law("ssm-user-is-refused-by-name", ("C12",))
def ssm_user_is_refused_by_name(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(
        all_of(run_as_applies(s, r), somebody_is_named(s, r), named_os_user(s, r) == SSM_USER),
        all_of(not_(d.starts), d.reason == Reason.SSM_USER_NAMED),
    )


@decision_law(
    "rules-say-why",
    ("C1", "C3", "C5", "C12", "C13"),
    "the rule that decides is the one whose name says what was found: whether Run As applies, whether a tag or the "
    "preferences name somebody, and the reason for refusing",
)
def rules_say_why(s: Situation, d: Decision, r: Reading) -> Claim:
    by_tag = names_by_tag(s, r)
    starts = choose(
        run_as_applies(s, r),
        choose(by_tag, d.rule == "tag-user-exists", d.rule == "default-user-exists"),
        choose(run_as_covers(s, r), d.rule == "run-as-off", d.rule == "platform-not-covered"),
    )
    refuses = any_of(
        all_of(d.reason == Reason.PREFERENCES_UNREADABLE, d.rule == "preferences-unreadable"),
        all_of(d.reason == Reason.NOBODY_NAMED, d.rule == "nobody-named"),
        all_of(
            d.reason == Reason.SSM_USER_NAMED,
            choose(by_tag, d.rule == "tag-names-ssm-user", d.rule == "default-names-ssm-user"),
        ),
        all_of(
            d.reason == Reason.SUPERUSER_NAMED,
            choose(by_tag, d.rule == "tag-names-superuser", d.rule == "default-names-superuser"),
        ),
        all_of(
            d.reason == Reason.OS_USER_MISSING,
            choose(by_tag, d.rule == "tag-user-missing", d.rule == "default-user-missing"),
        ),
    )
    return Claim(True, choose(d.starts, starts, refuses))


@decision_law("linux-is-covered", ("C13",))
def linux_is_covered(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(
        all_of(s.platform == Platform.LINUX, s.run_as_enabled == Switch.ON, d.starts), not_(d.os_user == SSM_USER)
    )


@decision_law("windows-is-not-covered", ("C13",))
def windows_is_not_covered(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(
        all_of(s.platform == Platform.WINDOWS, not_(s.run_as_enabled == Switch.UNREADABLE)),
        all_of(d.starts, d.os_user == SSM_USER),
    )


@decision_law("tagged-superusers-are-refused-as-read", ("C3", "D8", "D13"))
def tagged_superusers_are_refused_as_read(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(
        all_of(
            run_as_applies(s, r),
            s.tagged,
            s.tag_key_exact,
            not_(s.tag_blank),
            s.os_users.has(s.tag),
            not_(s.tag == SSM_USER),
        ),
        (d.reason == Reason.SUPERUSER_NAMED) == refuses_superuser(s, r, s.tag),
    )


@decision_law("default-superusers-are-refused-as-read", ("C9", "D8", "D13"))
def default_superusers_are_refused_as_read(s: Situation, d: Decision, r: Reading) -> Claim:
    return Claim(
        all_of(
            run_as_applies(s, r),
            not_(s.tagged),
            s.default_named,
            s.os_users.has(s.default_user),
            not_(s.default_user == SSM_USER),
        ),
        (d.reason == Reason.SUPERUSER_NAMED) == refuses_superuser(s, r, s.default_user),
    )
