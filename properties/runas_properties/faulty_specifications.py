"""Faulty specifications: each differs from the specification in one named way, and a law must convict it.

Generated ones drop, swap and replace rules and blind or negate facts; those made by hand change an operation or the
view of a state. Where one makes no difference at all it is equivalent, and that is proved instead.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import attrs
from attrs import evolve

from runas_model.connectives import all_of, any_of, choose, is_blank, not_
from runas_model.facts import FACTS, READING, SITUATION, evaluate
from runas_model.operations import OPERATIONS, SSM_USER_RECORD, Decides, Step
from runas_model.readings import Reading, Superuser
from runas_model.rulebook import (
    RULEBOOK,
    Rule,
    refuse,
    run_as_covers,
    start_as_default,
    start_as_ssm_user,
    start_as_tag,
)
from runas_model.specification import Specification
from runas_model.state import State, situation_of
from runas_model.vocabulary import (
    RUN_AS_TAG,
    SSM_USER,
    SUPERUSER_ID,
    Account,
    Decision,
    Instance,
    Name,
    Platform,
    PosixId,
    Principal,
    PrincipalKind,
    Reason,
    RuleId,
    Session,
    Situation,
    TagKey,
)

__all__ = ["FAULTY_SPECIFICATIONS", "FaultySpecification"]


@attrs.frozen
class FaultySpecification:
    """A specification that is wrong in one way."""

    id: str
    title: str
    specification: Specification


def _generated() -> Iterator[FaultySpecification]:
    for index, rule in enumerate(RULEBOOK):
        rules = [*RULEBOOK[:index], *RULEBOOK[index + 1 :]]
        yield FaultySpecification(f"without-{rule.id}", f"The rule {rule.id} is dropped.", Specification(rules))
    for index, (rule, following) in enumerate(pairwise(RULEBOOK)):
        rules = [*RULEBOOK[:index], following, rule, *RULEBOOK[index + 2 :]]
        title = f"The rule {following.id} comes before {rule.id}."
        yield FaultySpecification(f"swapped-{rule.id}", title, Specification(rules))
    outcomes = {
        "ssm-user": start_as_ssm_user,
        "tag": start_as_tag,
        "default": start_as_default,
        "refusal": refuse(Reason.NOBODY_NAMED),
    }
    for rule in RULEBOOK:
        for name, outcome in outcomes.items():
            if _outcome(rule.outcome) != _outcome(outcome):
                changed = [evolve(one, outcome=outcome) if one is rule else one for one in RULEBOOK]
                title = f"The rule {rule.id} has the outcome: {name}."
                yield FaultySpecification(f"{rule.id}-gives-{name}", title, Specification(changed))
    for number, fact in enumerate(FACTS.values(), 1):
        for way, answer in (("blind", lambda truth: False), ("sure", lambda truth: True), ("negated", not_)):
            changed = [evolve(rule, when=_altered(rule, fact.source, answer)) for rule in RULEBOOK]
            when = {"blind": "never", "sure": "always", "negated": "exactly when it is not so"}[way]
            holds = fact.holds.format(tag="the OS user of the tag", default_user="the OS user of the preferences")
            title = f"The rules take it that {holds}: {when}."
            yield FaultySpecification(f"fact-{number}-{way}", title, Specification(changed))


def _outcome(outcome: Callable[[RuleId, Situation], Decision]) -> Any:
    decision = outcome(RuleId(""), SITUATION)
    return (decision.starts, getattr(decision.os_user, "source", decision.os_user), decision.reason)


def _altered(rule: Rule, source: str, answer: Callable[[Any], Any]) -> Callable[[Situation, Reading], bool]:
    """The rule's condition with one fact answered otherwise."""
    condition = rule.when(SITUATION, READING)

    def when(s: Situation, r: Reading) -> bool:
        return evaluate(condition, s, r, {source: answer})

    return when


HAND_MADE: list[FaultySpecification] = []


def faulty_operation(replaces: str, title: str) -> Callable[[Any], Any]:
    """Register a specification in which an operation does something else."""

    def register(function: Callable[..., Step]) -> Callable[..., Step]:
        operations = {**OPERATIONS, replaces: evolve(OPERATIONS[replaces], function=function)}
        id = function.__name__.replace("_", "-")
        HAND_MADE.append(FaultySpecification(id, title, Specification(operations=operations)))
        return function

    return register


def faulty_view(title: str) -> Callable[[Any], Any]:
    """Register a specification that looks at a state in another way."""

    def register(function: Callable[[State, Principal, Instance], Situation]) -> Any:
        id = function.__name__.replace("_", "-")
        HAND_MADE.append(FaultySpecification(id, title, Specification(situation_of=function)))
        return function

    return register


def faulty_rule(rule: str, id: str, title: str, **changes: Any) -> None:
    """Register a specification with a rule that is changed by hand."""
    rules = [evolve(one, **changes) if one.id == rule else one for one in RULEBOOK]
    HAND_MADE.append(FaultySpecification(id, title, Specification(rules)))


def correct(operation: str, *arguments: Any) -> Step:
    """The step that the specification takes."""
    return OPERATIONS[operation].function(*arguments)


BOB = Name("bob")


def bob_exists(s: Situation) -> bool:
    return s.os_users.has(BOB)


faulty_rule(
    "tag-user-missing",
    "bob-stands-in-the-way",
    "A missing tag user is refused only where an unrelated OS user exists.",
    when=lambda s, r: bob_exists(s),
)
faulty_rule(
    "run-as-off",
    "bob-switches-off",
    "Run As counts as off where an unrelated OS user exists.",
    when=lambda s, r: any_of(not_(s.run_as_enabled), bob_exists(s)),
)
faulty_rule(
    "run-as-off",
    "refusing-superusers-switches-off",
    "Run As counts as off under a reading that refuses superusers.",
    when=lambda s, r: any_of(not_(s.run_as_enabled), r.superuser == Superuser.REFUSED),
)
faulty_rule(
    "run-as-off",
    "default-bob-is-refused",
    "One default OS user is refused although Run As is off or the principal is tagged.",
    when=lambda s, r: s.default_user == BOB,
    outcome=refuse(Reason.NOBODY_NAMED),
)
faulty_rule(
    "tag-user-missing",
    "refusal-with-an-os-user",
    "A refused session has an OS user all the same.",
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
    "nobody-named-asks",
    "The last rule asks whether nobody is named, although no other rule is left.",
    when=lambda s, r: not_(s.default_named),
)
faulty_rule(
    "run-as-off",
    "off-asks-for-the-platform",
    "Run As counts as off only where it covers the platform, which the rule before has settled.",
    when=lambda s, r: all_of(run_as_covers(s, r), not_(s.run_as_enabled)),
)


@faulty_operation("create_principal", "A principal that is made anew gets a Run As tag.")
def new_principals_are_tagged(state: State, principal: Principal, account: Account, kind: PrincipalKind) -> Step:
    step = correct("create_principal", state, principal, account, kind)
    return evolve(step, state=evolve(step.state, tags=state.tags.put((principal, RUN_AS_TAG), BOB)))


@faulty_operation("create_principal", "Creating a principal that exists moves it to another account.")
def principals_can_be_created_twice(state: State, principal: Principal, account: Account, kind: PrincipalKind) -> Step:
    return evolve(correct("create_principal", state, principal, account, kind), requires=[])


@faulty_operation("create_principal", "Every principal counts as an IAM user.")
def kinds_are_forgotten(state: State, principal: Principal, account: Account, kind: PrincipalKind) -> Step:
    return correct("create_principal", state, principal, account, PrincipalKind.USER)


@faulty_operation("delete_principal", "The tags of a deleted principal stay for the next one of that name.")
def tags_outlive_principals(state: State, principal: Principal) -> Step:
    step = correct("delete_principal", state, principal)
    return evolve(step, state=evolve(step.state, tags=state.tags))


@faulty_operation("delete_principal", "Deleting a principal forgets its tags alone.")
def principals_outlive_deletion(state: State, principal: Principal) -> Step:
    step = correct("delete_principal", state, principal)
    return evolve(step, state=evolve(step.state, principals=state.principals))


@faulty_operation("tag_principal", "Whatever the key, the Run As tag is set.")
def keys_are_confused(state: State, principal: Principal, key: TagKey, value: Name) -> Step:
    return correct("tag_principal", state, principal, RUN_AS_TAG, value)


@faulty_operation("tag_principal", "A tag that is there already is not replaced.")
def tags_stick(state: State, principal: Principal, key: TagKey, value: Name) -> Step:
    step = correct("tag_principal", state, principal, key, value)
    return evolve(step, state=choose(state.tags.has((principal, key)), state, step.state))


@faulty_operation("tag_principal", "A tag that is there already is lost instead of replaced.")
def retagging_loses_the_tag(state: State, principal: Principal, key: TagKey, value: Name) -> Step:
    step = correct("tag_principal", state, principal, key, value)
    at = (principal, key)
    dropped = evolve(state, tags=state.tags.drop(at))
    return evolve(step, state=choose(state.tags.has(at), dropped, step.state))


@faulty_operation("tag_principal", "A principal that does not exist can be tagged.")
def anybody_can_be_tagged(state: State, principal: Principal, key: TagKey, value: Name) -> Step:
    return evolve(correct("tag_principal", state, principal, key, value), requires=[])


@faulty_operation("untag_principal", "Untagging leaves an empty tag behind.")
def untagging_leaves_a_blank(state: State, principal: Principal, key: TagKey) -> Step:
    step = correct("untag_principal", state, principal, key)
    return evolve(step, state=evolve(state, tags=state.tags.put((principal, key), Name(""))))


@faulty_operation("untag_principal", "Untagging takes off all tags.")
def untagging_takes_off_all(state: State, principal: Principal, key: TagKey) -> Step:
    step = correct("untag_principal", state, principal, key)
    return evolve(step, state=evolve(state, tags=state.tags.drop_under(principal)))


@faulty_operation("untag_principal", "Untagging a principal ends the sessions on one instance.")
def untagging_ends_sessions(state: State, principal: Principal, key: TagKey) -> Step:
    step = correct("untag_principal", state, principal, key)
    return evolve(step, state=evolve(step.state, sessions=state.sessions.drop_under(Instance("i-1"))))


@faulty_operation("update_preferences", "Switching Run As off keeps the old default OS user.")
def defaults_stick(state: State, account: Account, run_as_enabled: bool, default_user: Name) -> Step:
    kept = choose(run_as_enabled, default_user, state.preferences[account].default_user)
    return correct("update_preferences", state, account, run_as_enabled, kept)


@faulty_operation("update_preferences", "Preferences are set for one account, whichever is meant.")
def preferences_leak(state: State, account: Account, run_as_enabled: bool, default_user: Name) -> Step:
    return correct("update_preferences", state, Account("111111111111"), run_as_enabled, default_user)


@faulty_operation("update_preferences", "Naming a default OS user switches Run As on.")
def defaults_switch_on(state: State, account: Account, run_as_enabled: bool, default_user: Name) -> Step:
    on = any_of(run_as_enabled, not_(is_blank(default_user)))
    return correct("update_preferences", state, account, on, default_user)


@faulty_operation("update_preferences", "New preferences are applied to a running session.")
def preferences_reach_sessions(state: State, account: Account, run_as_enabled: bool, default_user: Name) -> Step:
    step = correct("update_preferences", state, account, run_as_enabled, default_user)
    at = (Instance("i-1"), Session("s-1"))
    moved = state.sessions.put(at, evolve(state.sessions[at], os_user=default_user))
    sessions = choose(state.sessions.has(at), moved, state.sessions)
    return evolve(step, state=evolve(step.state, sessions=sessions))


@faulty_operation("register_instance", "An instance can be registered again, with its sessions running.")
def instances_move(state: State, instance: Instance, account: Account, platform: Platform) -> Step:
    return evolve(correct("register_instance", state, instance, account, platform), requires=[])


@faulty_operation("register_instance", "Every instance counts as Linux.")
def everything_is_linux(state: State, instance: Instance, account: Account, platform: Platform) -> Step:
    return correct("register_instance", state, instance, account, Platform.LINUX)


@faulty_operation("register_instance", "Registering an instance creates ssm-user on it.")
def registering_creates_ssm_user(state: State, instance: Instance, account: Account, platform: Platform) -> Step:
    step = correct("register_instance", state, instance, account, platform)
    return evolve(step, state=evolve(step.state, os_users=state.os_users.put((instance, SSM_USER), SSM_USER_RECORD)))


@faulty_operation("deregister_instance", "The sessions of a deregistered instance go on.")
def sessions_outlive_instances(state: State, instance: Instance) -> Step:
    step = correct("deregister_instance", state, instance)
    return evolve(step, state=evolve(step.state, sessions=state.sessions))


@faulty_operation("deregister_instance", "The OS users of a deregistered instance are kept for the next.")
def os_users_outlive_instances(state: State, instance: Instance) -> Step:
    step = correct("deregister_instance", state, instance)
    return evolve(step, state=evolve(step.state, os_users=state.os_users))


@faulty_operation("create_os_user", "An OS user that is created gets uid 0.")
def everybody_is_root(state: State, instance: Instance, name: Name, uid: PosixId, gid: PosixId) -> Step:
    return correct("create_os_user", state, instance, name, SUPERUSER_ID, gid)


@faulty_operation("create_os_user", "Creating an OS user that exists changes its uid.")
def os_users_can_be_created_twice(state: State, instance: Instance, name: Name, uid: PosixId, gid: PosixId) -> Step:
    step = correct("create_os_user", state, instance, name, uid, gid)
    return evolve(step, requires=step.requires[:2])


@faulty_operation("create_os_user", "An OS user may have a blank name.")
def names_may_be_blank(state: State, instance: Instance, name: Name, uid: PosixId, gid: PosixId) -> Step:
    step = correct("create_os_user", state, instance, name, uid, gid)
    return evolve(step, requires=[step.requires[0], step.requires[2]])


@faulty_operation("delete_os_user", "Deleting an OS user ends the sessions on its instance.")
def deleting_os_users_ends_sessions(state: State, instance: Instance, name: Name) -> Step:
    step = correct("delete_os_user", state, instance, name)
    return evolve(step, state=evolve(step.state, sessions=state.sessions.drop_under(instance)))


@faulty_operation("delete_os_user", "A deleted OS user stays.")
def os_users_stay(state: State, instance: Instance, name: Name) -> Step:
    return evolve(correct("delete_os_user", state, instance, name), state=state)


def start(state: State, reading: Reading, by: Decides, session: Session, principal: Principal, at: Instance) -> Step:
    return correct("start_session", state, reading, by, session, principal, at)


@faulty_operation("start_session", "A session may have the id of an earlier one.")
def session_ids_are_reused(
    state: State, reading: Reading, by: Decides, session: Session, principal: Principal, instance: Instance
) -> Step:
    step = start(state, reading, by, session, principal, instance)
    return evolve(step, requires=step.requires[:-1])


@faulty_operation("start_session", "A principal may start sessions on another account's instances.")
def accounts_do_not_matter(
    state: State, reading: Reading, by: Decides, session: Session, principal: Principal, instance: Instance
) -> Step:
    step = start(state, reading, by, session, principal, instance)
    return evolve(step, requires=[*step.requires[:2], step.requires[3]])


@faulty_operation("start_session", "A refused session leaves its OS user behind.")
def refusals_create_the_named_user(
    state: State, reading: Reading, by: Decides, session: Session, principal: Principal, instance: Instance
) -> Step:
    step = start(state, reading, by, session, principal, instance)
    named = (instance, state.preferences[state.instances[instance].account].default_user)
    created = evolve(state, os_users=state.os_users.put(named, SSM_USER_RECORD))
    return evolve(
        step, state=choose(by.decide(by.situation_of(state, principal, instance), reading).starts, step.state, created)
    )


@faulty_operation("start_session", "A missing ssm-user is not created.")
def ssm_user_is_not_created(
    state: State, reading: Reading, by: Decides, session: Session, principal: Principal, instance: Instance
) -> Step:
    step = start(state, reading, by, session, principal, instance)
    return evolve(step, state=evolve(step.state, os_users=state.os_users))


@faulty_operation("start_session", "Every session that starts creates ssm-user.")
def every_session_creates_ssm_user(
    state: State, reading: Reading, by: Decides, session: Session, principal: Principal, instance: Instance
) -> Step:
    step = start(state, reading, by, session, principal, instance)
    users = step.state.os_users.put((instance, SSM_USER), SSM_USER_RECORD)
    return evolve(step, state=evolve(step.state, os_users=users))


@faulty_operation("start_session", "A refused session is recorded as started.")
def refusals_are_recorded(
    state: State, reading: Reading, by: Decides, session: Session, principal: Principal, instance: Instance
) -> Step:
    step = start(state, reading, by, session, principal, instance)
    return evolve(step, state=evolve(step.state, started=state.started.put(session, instance)))


@faulty_operation("start_session", "A session runs as ssm-user, whatever was decided.")
def sessions_run_as_ssm_user(
    state: State, reading: Reading, by: Decides, session: Session, principal: Principal, instance: Instance
) -> Step:
    step = start(state, reading, by, session, principal, instance)
    at = (instance, session)
    run = evolve(step.state.sessions[at], os_user=SSM_USER)
    started = evolve(step.state, sessions=step.state.sessions.put(at, run))
    return evolve(
        step, state=choose(by.decide(by.situation_of(state, principal, instance), reading).starts, started, step.state)
    )


@faulty_operation("terminate_session", "Terminating a session frees its id.")
def terminating_frees_the_id(state: State, session: Session) -> Step:
    step = correct("terminate_session", state, session)
    return evolve(step, state=evolve(step.state, started=state.started.drop(session)))


@faulty_operation("terminate_session", "Terminating a session ends all on its instance.")
def terminating_ends_all(state: State, session: Session) -> Step:
    step = correct("terminate_session", state, session)
    return evolve(step, state=evolve(step.state, sessions=state.sessions.drop_under(state.started[session])))


@faulty_operation("terminate_session", "A terminated session goes on.")
def termination_is_ignored(state: State, session: Session) -> Step:
    return evolve(correct("terminate_session", state, session), state=state)


@faulty_view("The default OS user of one account serves every account.")
def another_accounts_default(state: State, principal: Principal, instance: Instance) -> Situation:
    s = situation_of(state, principal, instance)
    default = state.preferences[Account("111111111111")].default_user
    return evolve(s, default_user=default, default_named=not_(is_blank(default)))


@faulty_view("A tag with another key counts as the Run As tag.")
def another_key_counts(state: State, principal: Principal, instance: Instance) -> Situation:
    s = situation_of(state, principal, instance)
    other = (principal, TagKey("runas"))
    tag = choose(state.tags.has(other), state.tags[other], s.tag)
    return evolve(s, tagged=any_of(s.tagged, state.tags.has(other)), tag=tag, tag_blank=is_blank(tag))


@faulty_view("A blank default OS user counts as named.")
def blank_defaults_count(state: State, principal: Principal, instance: Instance) -> Situation:
    return evolve(situation_of(state, principal, instance), default_named=True)


@faulty_view("The tag of one principal serves every principal.")
def one_tag_serves_all(state: State, principal: Principal, instance: Instance) -> Situation:
    at = (Principal("amy"), RUN_AS_TAG)
    s = situation_of(state, principal, instance)
    return evolve(s, tagged=state.tags.has(at), tag=state.tags[at], tag_blank=is_blank(state.tags[at]))


FAULTY_SPECIFICATIONS = {fault.id: fault for fault in (*_generated(), *HAND_MADE)}
