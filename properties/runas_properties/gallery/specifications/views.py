"""Views of a state that see another situation than the one that is there."""

from attrs import evolve

from runas_model.specification.state import State, situation_of
from runas_model.specification.vocabulary import (
    RUN_AS_TAG,
    Account,
    DocumentName,
    Instance,
    Principal,
    Situation,
    TagKey,
)
from runas_model.universes.connectives import any_of, choose, folded, is_blank, not_, spelled
from runas_properties.gallery.specifications.faulty import faulty_view


@faulty_view("The default OS user of one account serves every account.")
def another_accounts_default(
    state: State, principal: Principal, instance: Instance, document: DocumentName
) -> Situation:
    s = situation_of(state, principal, instance, document)
    default = state.documents[Account("111111111111"), state.instances[instance].region, document].default_user
    return evolve(s, default_user=default, default_named=not_(is_blank(default)))


@faulty_view("A tag with another key is used as the Run As tag.")
def another_key_counts(state: State, principal: Principal, instance: Instance, document: DocumentName) -> Situation:
    s = situation_of(state, principal, instance, document)
    other = (principal, folded(TagKey("runas")))
    found = state.tags.has(other)
    tag = choose(found, state.tags[other].value, s.tag)
    exact = any_of(found, s.tag_key_exact)
    return evolve(s, tagged=any_of(s.tagged, found), tag_key_exact=exact, tag=tag, tag_blank=is_blank(tag))


@faulty_view("A blank default OS user is treated as a name.")
def blank_defaults_count(state: State, principal: Principal, instance: Instance, document: DocumentName) -> Situation:
    return evolve(situation_of(state, principal, instance, document), default_named=True)


@faulty_view("The tag of one principal serves every principal.")
def one_tag_serves_all(state: State, principal: Principal, instance: Instance, document: DocumentName) -> Situation:
    at = (Principal("amy"), folded(RUN_AS_TAG))
    s = situation_of(state, principal, instance, document)
    tag = state.tags[at]
    return evolve(
        s,
        tagged=state.tags.has(at),
        tag_key_exact=tag.spelling == spelled(RUN_AS_TAG),
        tag=tag.value,
        tag_blank=is_blank(tag.value),
    )
