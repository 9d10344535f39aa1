"""Views of a state that see another situation than the one that is there."""

from attrs import evolve

from runas_model.specification.state import State, document_of, situation_of
from runas_model.specification.vocabulary import (
    RUN_AS_TAG,
    Account,
    Principal,
    Request,
    Situation,
    TagKey,
)
from runas_model.universes.connectives import any_of, choose, folded, is_blank, spelled
from runas_properties.gallery.specifications.faulty import faulty_view
from runas_properties.gallery.specifications.holding import under


@faulty_view("The default OS user of one account serves every account.")
def another_accounts_default(state: State, asked: Request) -> Situation:
    own = document_of(state, asked.instance, asked.document)
    of = state.documents[Account("111111111111"), state.instances[asked.instance].region, asked.document]
    return under(state, asked, evolve(own, default_user=of.default_user))


@faulty_view("A tag with another key is used as the Run As tag.")
def another_key_counts(state: State, asked: Request) -> Situation:
    s = situation_of(state, asked)
    other = (asked.principal, folded(TagKey("runas")))
    found = state.tags.has(other)
    tag = choose(found, state.tags[other].value, s.tag)
    exact = any_of(found, s.tag_key_exact)
    return evolve(s, tagged=any_of(s.tagged, found), tag_key_exact=exact, tag=tag, tag_blank=is_blank(tag))


@faulty_view("A blank default OS user is treated as a name.")
def blank_defaults_count(state: State, asked: Request) -> Situation:
    return evolve(situation_of(state, asked), default_named=True)


@faulty_view("The tag of one principal serves every principal.")
def one_tag_serves_all(state: State, asked: Request) -> Situation:
    at = (Principal("amy"), folded(RUN_AS_TAG))
    s = situation_of(state, asked)
    tag = state.tags[at]
    return evolve(
        s,
        tagged=state.tags.has(at),
        tag_key_exact=tag.spelling == spelled(RUN_AS_TAG),
        tag=tag.value,
        tag_blank=is_blank(tag.value),
    )
