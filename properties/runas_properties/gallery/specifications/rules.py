"""Rules that ask for what they should not, or decide what they should not."""

from runas_model.specification.readings import Superuser
from runas_model.specification.rulebook import refuse, run_as_covers
from runas_model.specification.vocabulary import Decision, Reason, Situation, Switch
from runas_model.universes.connectives import all_of, any_of, not_
from runas_properties.gallery.specifications.faulty import BOB, faulty_rule


def bob_exists(s: Situation) -> bool:
    return s.os_users.has(BOB)


faulty_rule(
    "tag-user-missing",
    "bob-stands-in-the-way",
    "A tag that names a missing user is refused only if an unrelated OS user exists.",
    when=lambda s, r: bob_exists(s),
)
faulty_rule(
    "run-as-off",
    "bob-switches-off",
    "Run As is treated as off if an unrelated OS user exists.",
    when=lambda s, r: any_of(not_(s.run_as_enabled == Switch.ON), bob_exists(s)),
)
faulty_rule(
    "run-as-off",
    "refusing-superusers-switches-off",
    "Run As is treated as off under a reading that refuses every superuser.",
    when=lambda s, r: any_of(not_(s.run_as_enabled == Switch.ON), r.superuser == Superuser.REFUSED),
)
faulty_rule(
    "run-as-off",
    "default-bob-is-refused",
    "One default OS user is refused even if Run As is off or the caller is tagged.",
    when=lambda s, r: s.default_user == BOB,
    outcome=refuse(Reason.NOBODY_NAMED),
)
faulty_rule(
    "tag-user-missing",
    "refusal-with-an-os-user",
    "A refusal names an OS user.",
    outcome=lambda rule, s: Decision(rule, False, s.tag, Reason.OS_USER_MISSING),
)
faulty_rule(
    "tag-user-missing",
    "refusal-without-a-reason",
    "A session is refused without a reason.",
    outcome=lambda rule, s: Decision(rule, False, None, None),
)
faulty_rule(
    "nobody-named",
    "nobody-starts",
    "Where nobody is named, a session starts as nobody.",
    outcome=lambda rule, s: Decision(rule, True, None, None),
)


faulty_rule(
    "nobody-named",
    "nobody-named-asks",
    "The last rule tests that nobody is named instead of always matching.",
    when=lambda s, r: not_(s.default_named),
)
faulty_rule(
    "run-as-off",
    "off-asks-for-the-platform",
    "The rule for Run As off also tests that the platform is covered, which the previous rule ensures.",
    when=lambda s, r: all_of(run_as_covers(s, r), not_(s.run_as_enabled == Switch.ON)),
)
