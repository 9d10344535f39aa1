"""Where a request takes its names from: which Run As tag counts, and whose; and who says the default OS user."""

from runas_model.doors import checked
from runas_model.specification.readings import Reading
from runas_model.specification.rulebook import names_by_tag, run_as_applies
from runas_model.specification.state import State, document_of, fills, has_session_tag, tag_of
from runas_model.specification.vocabulary import NO_ROLE_SESSION, RUN_AS_TAG, Request, Situation
from runas_model.stories.situations import plain
from runas_model.universes.connectives import folded, is_blank

__all__ = ["tell_session_tag", "tell_whose_default", "tell_whose_tag"]


@checked
def tell_whose_tag(state: State, asked: Request) -> str:
    """Whether it is the role session or the role that has the tag (D1, D3); empty for a request in no role session."""
    if asked.role_session == NO_ROLE_SESSION:
        return ""
    role, role_session = plain(asked.principal), f"role session {plain(asked.role_session)}"
    role_has = state.tags.has((asked.principal, folded(RUN_AS_TAG)))
    if has_session_tag(state, asked):
        return f"the tag is that of {role_session}{f', which comes before that of {role}' if role_has else ''}"
    if role_has:
        return f"the tag is that of {role}, as {role_session} has none"
    return f"neither {role_session} nor {role} has a Run As tag"


@checked
def tell_session_tag(state: State, asked: Request) -> str:
    """Which of two tags is the caller's, by their values (D1); empty where the role session has none of its own."""
    if not has_session_tag(state, asked):
        return ""
    _, tag = tag_of(state, asked)
    own = (asked.principal, folded(RUN_AS_TAG))
    instead = f", not the role's tag {plain(state.tags[own].value)}" if state.tags.has(own) else ""
    return f"the caller's tag is the session tag {plain(tag.value)}{instead} (D1)"


@checked
def tell_whose_default(state: State, asked: Request, s: Situation, r: Reading) -> str:
    """Whether the caller or the document names the default OS user (D7); empty where the document has no parameter.

    `s` is the situation that is asked for in `state`. Where Run As applies and the caller's tag counts under the
    reading, it says the tag too, which no parameter fills.
    """
    document = document_of(state, asked.instance, asked.document)
    if not document.declares_parameter:
        return ""
    if not fills(state, asked):
        default = document.default_user
        named = "is nobody," if is_blank(default) else f"is the document's, {plain(default)},"
        return f"the default OS user {named} as the caller gives no parameter"
    decides = run_as_applies(s, r) and names_by_tag(s, r)
    tagged_so = f"; the tag is {plain(s.tag)} all the same" if decides else ""
    return f"the default OS user is what the caller fills in, {plain(asked.parameter)}{tagged_so}"
