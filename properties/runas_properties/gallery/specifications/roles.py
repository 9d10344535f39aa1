"""Operations on roles and role sessions that do something else."""

from attrs import evolve

from runas_model.specification import errors
from runas_model.specification.operations import Step
from runas_model.specification.state import State
from runas_model.specification.vocabulary import (
    NO_ROLE_SESSION,
    RUN_AS_TAG,
    Instance,
    Name,
    Principal,
    RoleSession,
    SessionTag,
    Tag,
    TagKey,
)
from runas_model.universes.connectives import all_of, choose, folded, not_, spelled
from runas_properties.gallery.specifications.faulty import correct, faulty_operation, requiring, without
from runas_properties.gallery.specifications.passing import FIRST


@faulty_operation("assume_role", "A chained role session inherits no session tags.")
def transitive_tags_are_lost(
    state: State, principal: Principal, role_session: RoleSession, source: RoleSession
) -> Step:
    step = correct("assume_role", state, principal, role_session, source)
    return evolve(step, state=evolve(step.state, session_tags=state.session_tags))


@faulty_operation("assume_role", "A Run As tag that is not transitive goes on into chained role sessions.")
def tags_that_are_not_transitive_travel(
    state: State, principal: Principal, role_session: RoleSession, source: RoleSession
) -> Step:
    step = correct("assume_role", state, principal, role_session, source)
    key = folded(RUN_AS_TAG)
    copied = step.state.session_tags.put((role_session, key), state.session_tags[source, key])
    tags = choose(state.session_tags.has((source, key)), copied, step.state.session_tags)
    return evolve(step, state=evolve(step.state, session_tags=tags))


@faulty_operation("assume_role", "An inherited Run As tag is not transitive any more.")
def inherited_tags_go_no_further(
    state: State, principal: Principal, role_session: RoleSession, source: RoleSession
) -> Step:
    step = correct("assume_role", state, principal, role_session, source)
    at = (role_session, folded(RUN_AS_TAG))
    tags = step.state.session_tags
    ended = tags.put(at, evolve(tags[at], transitive=False))
    return evolve(step, state=evolve(step.state, session_tags=choose(tags.has(at), ended, tags)))


@faulty_operation("assume_role", "The tag of a role replaces an inherited session tag.")
def roles_override_what_is_inherited(
    state: State, principal: Principal, role_session: RoleSession, source: RoleSession
) -> Step:
    step = correct("assume_role", state, principal, role_session, source)
    own, tags = (principal, folded(RUN_AS_TAG)), step.state.session_tags
    dropped = tags.drop((role_session, folded(RUN_AS_TAG)))
    return evolve(step, state=evolve(step.state, session_tags=choose(state.tags.has(own), dropped, tags)))


@faulty_operation("assume_role", "A role session takes over the transitive session tags of an earlier one.")
def tags_leak_to_the_next_role_session(
    state: State, principal: Principal, role_session: RoleSession, source: RoleSession
) -> Step:
    step = correct("assume_role", state, principal, role_session, source)
    leaked = step.state.session_tags.copy_under(FIRST, role_session, "transitive")
    return evolve(step, state=evolve(step.state, session_tags=leaked))


@faulty_operation("assume_role", "The tag of a role becomes a session tag of its role sessions.")
def tags_of_roles_are_copied(
    state: State, principal: Principal, role_session: RoleSession, source: RoleSession
) -> Step:
    step = correct("assume_role", state, principal, role_session, source)
    key, tags = folded(RUN_AS_TAG), step.state.session_tags
    own = state.tags[principal, key]
    copied = tags.put((role_session, key), SessionTag(own.spelling, own.value, False))
    copies = all_of(state.tags.has((principal, key)), not_(tags.has((role_session, key))))
    return evolve(step, state=evolve(step.state, session_tags=choose(copies, copied, tags)))


@faulty_operation("assume_role", "An IAM user can be assumed like a role.")
def users_can_be_assumed(state: State, principal: Principal, role_session: RoleSession, source: RoleSession) -> Step:
    return without(correct("assume_role", state, principal, role_session, source), errors.NotARole(principal))


@faulty_operation("assume_role", "A role session may reuse the id of an earlier one.")
def role_session_ids_are_reused(
    state: State, principal: Principal, role_session: RoleSession, source: RoleSession
) -> Step:
    step = correct("assume_role", state, principal, role_session, source)
    return requiring(step, not_(role_session == NO_ROLE_SESSION), errors.RoleSessionIdUsed(role_session))


@faulty_operation("assume_role", "A role session may have an empty id.")
def role_sessions_may_have_no_id(
    state: State, principal: Principal, role_session: RoleSession, source: RoleSession
) -> Step:
    step = correct("assume_role", state, principal, role_session, source)
    return requiring(step, not_(state.assumed.has(role_session)), errors.RoleSessionIdUsed(role_session))


@faulty_operation("assume_role", "A role session that has ended can still assume roles.")
def ended_role_sessions_assume_roles(
    state: State, principal: Principal, role_session: RoleSession, source: RoleSession
) -> Step:
    return without(correct("assume_role", state, principal, role_session, source), errors.ExpiredToken(source))


@faulty_operation("assume_role", "Assuming a role in a role session that there is not tells that it has ended.")
def unknown_role_sessions_have_ended(
    state: State, principal: Principal, role_session: RoleSession, source: RoleSession
) -> Step:
    return without(correct("assume_role", state, principal, role_session, source), errors.UnknownRoleSession(source))


@faulty_operation("assume_role", "A role session ends when it assumes another role.")
def chaining_ends_the_source(
    state: State, principal: Principal, role_session: RoleSession, source: RoleSession
) -> Step:
    step = correct("assume_role", state, principal, role_session, source)
    ended = step.state.role_sessions.drop((state.assumed[source], source))
    return evolve(step, state=evolve(step.state, role_sessions=ended))


@faulty_operation("assume_role", "Assuming a role ends its earlier role sessions.")
def roles_have_one_session(state: State, principal: Principal, role_session: RoleSession, source: RoleSession) -> Step:
    step = correct("assume_role", state, principal, role_session, source)
    alone = state.role_sessions.drop_under(principal).put((principal, role_session), True)
    return evolve(step, state=evolve(step.state, role_sessions=alone))


def assume_with(
    state: State,
    principal: Principal,
    role_session: RoleSession,
    key: TagKey,
    value: Name,
    transitive: bool,
    source: RoleSession,
) -> Step:
    return correct("assume_role_with_tag", state, principal, role_session, key, value, transitive, source)


@faulty_operation("assume_role_with_tag", "An inherited session tag can be overridden by passing it again.")
def inherited_tags_can_be_overridden(
    state: State,
    principal: Principal,
    role_session: RoleSession,
    key: TagKey,
    value: Name,
    transitive: bool,
    source: RoleSession,
) -> Step:
    step = assume_with(state, principal, role_session, key, value, transitive, source)
    return without(step, errors.TransitiveTagRepeated(key))


@faulty_operation("assume_role_with_tag", "A session tag cannot be passed again, transitive or not.")
def no_tag_can_be_repeated(
    state: State,
    principal: Principal,
    role_session: RoleSession,
    key: TagKey,
    value: Name,
    transitive: bool,
    source: RoleSession,
) -> Step:
    step = assume_with(state, principal, role_session, key, value, transitive, source)
    return requiring(step, not_(state.session_tags.has((source, folded(key)))), errors.TransitiveTagRepeated(key))


@faulty_operation("assume_role_with_tag", "A role session with a session tag of its own inherits none.")
def passed_tags_stop_the_inherited(
    state: State,
    principal: Principal,
    role_session: RoleSession,
    key: TagKey,
    value: Name,
    transitive: bool,
    source: RoleSession,
) -> Step:
    step = assume_with(state, principal, role_session, key, value, transitive, source)
    alone = state.session_tags.put((role_session, folded(key)), SessionTag(spelled(key), value, transitive))
    return evolve(step, state=evolve(step.state, session_tags=alone))


@faulty_operation("assume_role_with_tag", "Every session tag is recorded as transitive.")
def every_session_tag_is_transitive(
    state: State,
    principal: Principal,
    role_session: RoleSession,
    key: TagKey,
    value: Name,
    transitive: bool,
    source: RoleSession,
) -> Step:
    return assume_with(state, principal, role_session, key, value, True, source)


@faulty_operation("assume_role_with_tag", "A session tag is put on the role too.")
def session_tags_leak_to_the_role(
    state: State,
    principal: Principal,
    role_session: RoleSession,
    key: TagKey,
    value: Name,
    transitive: bool,
    source: RoleSession,
) -> Step:
    step = assume_with(state, principal, role_session, key, value, transitive, source)
    leaked = state.tags.put((principal, folded(key)), Tag(spelled(key), value))
    return evolve(step, state=evolve(step.state, tags=leaked))


@faulty_operation("end_role_session", "A role session that is ended goes on.")
def role_sessions_go_on(state: State, role_session: RoleSession) -> Step:
    return evolve(correct("end_role_session", state, role_session), state=state)


@faulty_operation("end_role_session", "Ending a role session ends all role sessions of its role.")
def ending_ends_all_of_the_role(state: State, role_session: RoleSession) -> Step:
    step = correct("end_role_session", state, role_session)
    left = state.role_sessions.drop_under(state.assumed[role_session])
    return evolve(step, state=evolve(step.state, role_sessions=left))


@faulty_operation("end_role_session", "Ending a role session frees its id.")
def ending_frees_the_id(state: State, role_session: RoleSession) -> Step:
    step = correct("end_role_session", state, role_session)
    return evolve(step, state=evolve(step.state, assumed=state.assumed.drop(role_session)))


@faulty_operation("end_role_session", "Ending a role session removes its session tags.")
def ending_removes_session_tags(state: State, role_session: RoleSession) -> Step:
    step = correct("end_role_session", state, role_session)
    return evolve(step, state=evolve(step.state, session_tags=state.session_tags.drop_under(role_session)))


@faulty_operation("end_role_session", "Ending a role session ends the sessions on one instance.")
def ending_ends_shells(state: State, role_session: RoleSession) -> Step:
    step = correct("end_role_session", state, role_session)
    return evolve(step, state=evolve(step.state, sessions=state.sessions.drop_under(Instance("i-1"))))


@faulty_operation("delete_principal", "The role sessions of a deleted role go on.")
def role_sessions_outlive_roles(state: State, principal: Principal) -> Step:
    step = correct("delete_principal", state, principal)
    return evolve(step, state=evolve(step.state, role_sessions=state.role_sessions))
