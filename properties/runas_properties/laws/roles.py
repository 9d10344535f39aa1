"""Laws of role sessions: whose tag counts, which tags go on, and what ends with a role session."""

from attrs import evolve

from runas_model.specification.readings import Reading
from runas_model.specification.rulebook import run_as_applies
from runas_model.specification.state import State, has_session_tag
from runas_model.specification.transitions import Specification, Transition
from runas_model.specification.vocabulary import (
    NO_ROLE_SESSION,
    RUN_AS_TAG,
    FoldedKey,
    Name,
    Principal,
    Request,
    RoleSession,
    SessionTag,
    TagKey,
)
from runas_model.universes.connectives import all_of, any_of, equal, folded, implies, is_blank, not_, spelled
from runas_properties.laws.law import Claim, comparison_law, step_law
from runas_properties.laws.objections import hands_on
from runas_properties.laws.parts import have_one_tag, same, same_session_tag

__all__: list[str] = []


@comparison_law(
    "a-session-tag-wins",
    ("C7", "D1"),
    "the session runs as the OS user that the Run As tag of the role session names, whatever that of the role names",
)
def a_session_tag_wins(by: Specification, state: State, r: Reading, asked: Request) -> Claim:
    s, tag = by.situation_of(state, asked), state.session_tags[asked.role_session, folded(RUN_AS_TAG)]
    d = by.decide(s, r)
    counts = all_of(tag.spelling == spelled(RUN_AS_TAG), not_(is_blank(tag.value)))
    return Claim(all_of(has_session_tag(state, asked), counts, run_as_applies(s, r), d.starts), d.os_user == tag.value)


@comparison_law(
    "without-a-session-tag-the-role-decides",
    ("D1", "D3"),
    "the outcome is the one that the principal would have in no role session",
)
def without_a_session_tag_the_role_decides(by: Specification, state: State, r: Reading, asked: Request) -> Claim:
    as_itself = by.situation_of(state, evolve(asked, role_session=NO_ROLE_SESSION))
    return Claim(
        not_(has_session_tag(state, asked)), same(by.decide(by.situation_of(state, asked), r), by.decide(as_itself, r))
    )


@comparison_law(
    "role-sessions-differ-only-by-their-tags",
    ("D1",),
    "the outcome is the same in both role sessions",
)
def role_sessions_differ_only_by_their_tags(
    by: Specification, state: State, r: Reading, asked: Request, other: RoleSession
) -> Claim:
    in_other = by.situation_of(state, evolve(asked, role_session=other))
    return Claim(
        have_one_tag(state, asked.role_session, other),
        same(by.decide(by.situation_of(state, asked), r), by.decide(in_other, r)),
    )


@comparison_law(
    "other-session-tags-do-not-matter",
    ("D1",),
    "setting a session tag with that key makes no difference to the outcome in any role session",
)
def other_session_tags_do_not_matter(
    by: Specification, state: State, r: Reading, asked: Request, role_session: RoleSession, key: TagKey, value: Name
) -> Claim:
    at, before = (role_session, folded(key)), by.decide(by.situation_of(state, asked), r)
    tags = [SessionTag(spelled(key), value, transitive) for transitive in (True, False)]
    tagged = [evolve(state, session_tags=state.session_tags.put(at, tag)) for tag in tags]
    after = [by.decide(by.situation_of(one, asked), r) for one in tagged]
    return Claim(not_(folded(key) == folded(RUN_AS_TAG)), all_of(*(same(before, one) for one in after)))


@step_law(
    "role-sessions-keep-their-tags",
    ("D1", "D3"),
    "its session tags stay the same, whatever becomes of it and of the tags of the role",
)
def role_sessions_keep_their_tags(t: Transition, role_session: RoleSession, key: FoldedKey) -> Claim:
    return Claim(t.before.assumed.has(role_session), same_session_tag(t, role_session, key))


@step_law(
    "session-tags-are-passed-or-inherited",
    ("D1", "D2", "D3"),
    "a role session that is assumed has the session tag that is passed, and those that its source hands on, as they "
    "are there; it has no other, and no other role session gets one",
)
def session_tags_are_passed_or_inherited(t: Transition, role_session: RoleSession, key: FoldedKey) -> Claim:
    at = (role_session, key)
    if not t.takes("source"):
        return Claim(True, same_session_tag(t, role_session, key))
    made, source = t.did(t.operation, role_session=role_session), t.arguments["source"]
    passed = folded(t.arguments["key"]) == key if t.takes("key") else False
    inherits = hands_on(t.before, source, key)
    now, before = t.after.session_tags[at], t.before.session_tags[source, key]
    conclusion = [
        any_of(made, same_session_tag(t, role_session, key)),
        implies(made, t.after.session_tags.has(at) == any_of(passed, inherits)),
        implies(all_of(made, inherits, not_(passed)), equal(now, before)),
    ]
    if t.takes("key"):
        asked = t.arguments
        as_passed = all_of(
            now.spelling == spelled(asked["key"]),
            now.value == asked["value"],
            now.transitive == asked["transitive"],
        )
        conclusion = [*conclusion, implies(all_of(made, passed), as_passed)]
    return Claim(True, all_of(*conclusion))


@step_law("transitive-tags-go-on", ("D2",), "the role session that is assumed has that session tag, as it is there")
def transitive_tags_go_on(t: Transition, key: FoldedKey) -> Claim:
    if not t.takes("source"):
        return Claim(False, False)
    source, made = t.arguments["source"], t.arguments["role_session"]
    now = t.after.session_tags[made, key]
    return Claim(
        all_of(t.accepted, hands_on(t.before, source, key)),
        all_of(t.after.session_tags.has((made, key)), equal(now, t.before.session_tags[source, key])),
    )


@step_law(
    "other-tags-end-with-their-session",
    ("D3",),
    "the role session that is assumed has no session tag with that key, unless that key is passed",
)
def other_tags_end_with_their_session(t: Transition, key: FoldedKey) -> Claim:
    if not t.takes("source"):
        return Claim(False, False)
    passed = folded(t.arguments["key"]) == key if t.takes("key") else False
    has = t.after.session_tags.has((t.arguments["role_session"], key))
    goes_on = hands_on(t.before, t.arguments["source"], key)
    return Claim(all_of(t.accepted, not_(goes_on)), any_of(passed, not_(has)))


@step_law("ended-role-sessions-start-nothing", ("D1",), "no session is started")
def ended_role_sessions_start_nothing(t: Transition) -> Claim:
    if not t.decides:
        return Claim(False, False)
    asked = t.asked
    goes_on = t.before.role_sessions.has((asked.principal, asked.role_session))
    return Claim(all_of(not_(asked.role_session == NO_ROLE_SESSION), not_(goes_on)), not_(t.starts()))


@step_law("deleted-roles-start-nothing", ("D1",), "none of its role sessions goes on")
def deleted_roles_start_nothing(t: Transition, principal: Principal, role_session: RoleSession) -> Claim:
    return Claim(
        t.did("delete_principal", principal=principal), not_(t.after.role_sessions.has((principal, role_session)))
    )


@step_law(
    "role-sessions-change-only-as-asked",
    ("D1",),
    "a role session goes on after the operation exactly if the operation begins it, or it went on and neither it nor "
    "its role ended; it has been assumed exactly if it had been or the operation begins it, and then as that role",
)
def role_sessions_change_only_as_asked(t: Transition, principal: Principal, role_session: RoleSession) -> Claim:
    before, after, at = t.before, t.after, (principal, role_session)
    made = t.did(t.operation, principal=principal, role_session=role_session) if t.takes("source") else False
    begun = t.did(t.operation, role_session=role_session) if t.takes("source") else False
    ended = any_of(t.did("end_role_session", role_session=role_session), t.did("delete_principal", principal=principal))
    had = before.assumed.has(role_session)
    conclusion = [
        after.role_sessions.has(at) == any_of(made, all_of(before.role_sessions.has(at), not_(ended))),
        after.assumed.has(role_session) == any_of(had, begun),
        implies(had, after.assumed[role_session] == before.assumed[role_session]),
    ]
    if t.takes("source"):
        conclusion = [*conclusion, implies(begun, after.assumed[role_session] == t.arguments["principal"])]
    return Claim(True, all_of(*conclusion))
