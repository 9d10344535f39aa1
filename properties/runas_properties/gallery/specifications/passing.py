"""Views of a state that see another Run As tag than the one that the caller has, in a role session or in none."""

from attrs import evolve

from runas_model.specification.state import State, has_session_tag, situation_of
from runas_model.specification.vocabulary import (
    NO_ROLE_SESSION,
    RUN_AS_TAG,
    Principal,
    Request,
    RoleSession,
    SessionTag,
    Situation,
    TagKey,
)
from runas_model.universes.connectives import all_of, any_of, choose, folded, is_blank, not_, spelled
from runas_properties.gallery.specifications.faulty import faulty_view

FIRST = RoleSession("rs-1")
"""A role session whose tags are taken for those of others."""


def tagged_by(s: Situation, tag: SessionTag) -> Situation:
    """The situation as it would be if this session tag counted."""
    return evolve(
        s,
        tagged=True,
        tag_key_exact=tag.spelling == spelled(RUN_AS_TAG),
        tag=tag.value,
        tag_blank=is_blank(tag.value),
    )


def as_the_role(state: State, asked: Request) -> Situation:
    """The situation of the role in no role session."""
    return situation_of(state, evolve(asked, role_session=NO_ROLE_SESSION))


@faulty_view("The Run As tag of a role wins over that of its role session.")
def the_tag_of_the_role_wins(state: State, asked: Request) -> Situation:
    role = as_the_role(state, asked)
    return choose(role.tagged, role, situation_of(state, asked))


@faulty_view("Session tags do not count.")
def session_tags_do_not_count(state: State, asked: Request) -> Situation:
    return as_the_role(state, asked)


@faulty_view("In a role session without a Run As tag of its own, the caller is untagged.")
def only_session_tags_count(state: State, asked: Request) -> Situation:
    s = situation_of(state, asked)
    counts = any_of(asked.role_session == NO_ROLE_SESSION, has_session_tag(state, asked))
    return evolve(s, tagged=all_of(s.tagged, counts))


@faulty_view("A blank session tag leaves the tag of the role.")
def blank_session_tags_leave_the_roles(state: State, asked: Request) -> Situation:
    s = situation_of(state, asked)
    blank = all_of(has_session_tag(state, asked), s.tag_blank)
    return choose(blank, as_the_role(state, asked), s)


@faulty_view("A session tag whose key is spelled otherwise stands beside that of the role, which counts.")
def session_tags_stand_beside_the_roles(state: State, asked: Request) -> Situation:
    s, role = situation_of(state, asked), as_the_role(state, asked)
    beside = all_of(has_session_tag(state, asked), not_(s.tag_key_exact), role.tagged)
    return choose(beside, role, s)


@faulty_view("The value of a session tag counts with the key of the role's tag.")
def keys_of_the_role_are_compared(state: State, asked: Request) -> Situation:
    s, role = situation_of(state, asked), as_the_role(state, asked)
    return evolve(s, tag_key_exact=choose(role.tagged, role.tag_key_exact, s.tag_key_exact))


@faulty_view("Only session tags that are transitive count.")
def only_transitive_session_tags_count(state: State, asked: Request) -> Situation:
    transitive = state.session_tags[asked.role_session, folded(RUN_AS_TAG)].transitive
    return choose(transitive, situation_of(state, asked), as_the_role(state, asked))


@faulty_view("A session tag with another key is used as the Run As tag.")
def another_session_key_counts(state: State, asked: Request) -> Situation:
    s, at = situation_of(state, asked), (asked.role_session, folded(TagKey("runas")))
    found = all_of(not_(asked.role_session == NO_ROLE_SESSION), state.session_tags.has(at))
    return choose(found, tagged_by(s, state.session_tags[at]), s)


@faulty_view("The session tag of one role session serves every role session.")
def one_session_tag_serves_all(state: State, asked: Request) -> Situation:
    s, at = situation_of(state, asked), (FIRST, folded(RUN_AS_TAG))
    serves = all_of(not_(asked.role_session == NO_ROLE_SESSION), state.session_tags.has(at))
    return choose(serves, tagged_by(s, state.session_tags[at]), s)


@faulty_view("The session tag of a role session serves its role when it is in none.")
def session_tags_serve_those_in_none(state: State, asked: Request) -> Situation:
    s, at = situation_of(state, asked), (FIRST, folded(RUN_AS_TAG))
    serves = all_of(
        asked.role_session == NO_ROLE_SESSION, state.assumed[FIRST] == asked.principal, state.session_tags.has(at)
    )
    return choose(serves, tagged_by(s, state.session_tags[at]), s)


@faulty_view("The session tags of a role session count only while it goes on.")
def session_tags_end_with_their_session(state: State, asked: Request) -> Situation:
    goes_on = state.role_sessions.has((asked.principal, asked.role_session))
    return choose(goes_on, situation_of(state, asked), as_the_role(state, asked))


@faulty_view("The Run As tag of the instance's role is taken for the caller's.")
def the_role_of_the_instance_is_the_caller(state: State, asked: Request) -> Situation:
    return situation_of(state, evolve(asked, principal=Principal("instance-role"), role_session=NO_ROLE_SESSION))
