"""Sessions for which another session document holds than the one that they name, or that may not be named."""

from attrs import evolve

from runas_model.specification import errors
from runas_model.specification.operations import Decides, Step
from runas_model.specification.readings import Reading
from runas_model.specification.state import State, can_be_named, document_of, place_of, situation_of
from runas_model.specification.vocabulary import (
    DEFAULT_REGION,
    PREFERENCES,
    Account,
    Request,
    Session,
    SessionDocument,
    Situation,
    Switch,
)
from runas_model.universes.connectives import all_of, any_of, choose, is_blank, not_
from runas_model.universes.syntax import for_every_universe
from runas_properties.gallery.specifications.faulty import faulty_operation, faulty_view, requiring, without
from runas_properties.gallery.specifications.starts import start


@for_every_universe
def under(state: State, asked: Request, written: SessionDocument) -> Situation:
    """The situation as it would be if this session document held."""
    at = place_of(state, asked.instance, asked.document)
    return situation_of(evolve(state, documents=state.documents.put(at, written)), asked)


@faulty_view("The session documents of the default Region serve every Region.")
def the_default_region_serves_all(state: State, asked: Request) -> Situation:
    machine = state.instances[asked.instance]
    return under(state, asked, state.documents[machine.account, DEFAULT_REGION, asked.document])


@faulty_view("Where a Region has no preferences, those of the default Region serve.")
def the_default_region_serves_those_without(state: State, asked: Request) -> Situation:
    account, _, _ = at = place_of(state, asked.instance, PREFERENCES)
    lacks = all_of(asked.document == PREFERENCES, not_(state.documents.has(at)))
    of = state.documents[account, DEFAULT_REGION, PREFERENCES]
    return choose(lacks, under(state, asked, of), situation_of(state, asked))


@faulty_view("The session documents of one account serve every account.")
def documents_of_one_account_serve_all(state: State, asked: Request) -> Situation:
    of = state.documents[Account("111111111111"), state.instances[asked.instance].region, asked.document]
    return under(state, asked, of)


@faulty_view("The preferences hold for every session, whatever it names.")
def preferences_hold_for_all(state: State, asked: Request) -> Situation:
    return situation_of(state, evolve(asked, document=PREFERENCES))


@faulty_view("The switch of the preferences holds with the default OS user of the document.")
def the_switch_of_the_preferences_holds(state: State, asked: Request) -> Situation:
    s = situation_of(state, asked)
    return evolve(s, run_as_enabled=document_of(state, asked.instance, PREFERENCES).run_as_enabled)


@faulty_view("The default OS user of the preferences serves with the switch of the document.")
def the_default_of_the_preferences_serves(state: State, asked: Request) -> Situation:
    preferences, own = (document_of(state, asked.instance, one) for one in (PREFERENCES, asked.document))
    return under(state, asked, evolve(own, default_user=preferences.default_user))


@faulty_view("A document without a default OS user borrows that of the preferences.")
def documents_borrow_the_default(state: State, asked: Request) -> Situation:
    preferences, own = (document_of(state, asked.instance, one) for one in (PREFERENCES, asked.document))
    default = choose(is_blank(own.default_user), preferences.default_user, own.default_user)
    return under(state, asked, evolve(own, default_user=default))


@faulty_view("Run As is on for a session that names a document if it is on in the preferences.")
def on_in_either_is_on(state: State, asked: Request) -> Situation:
    s = situation_of(state, asked)
    on = document_of(state, asked.instance, PREFERENCES).run_as_enabled == Switch.ON
    return evolve(s, run_as_enabled=choose(on, Switch.ON, s.run_as_enabled))


@faulty_view("An unreadable switch is treated as off in a document that is not the preferences.")
def unreadable_is_off_in_others(state: State, asked: Request) -> Situation:
    s = situation_of(state, asked)
    wrong = all_of(not_(asked.document == PREFERENCES), s.run_as_enabled == Switch.UNREADABLE)
    return evolve(s, run_as_enabled=choose(wrong, Switch.OFF, s.run_as_enabled))


@faulty_view("An unreadable switch is treated as on in a document that is not the preferences.")
def unreadable_is_on_in_others(state: State, asked: Request) -> Situation:
    s = situation_of(state, asked)
    wrong = all_of(not_(asked.document == PREFERENCES), s.run_as_enabled == Switch.UNREADABLE)
    return evolve(s, run_as_enabled=choose(wrong, Switch.ON, s.run_as_enabled))


@faulty_view("The default OS user of a document wins over the tag.")
def documents_move_the_tagged(state: State, asked: Request) -> Situation:
    s = situation_of(state, asked)
    moves = all_of(not_(asked.document == PREFERENCES), s.default_named)
    return evolve(s, tagged=all_of(s.tagged, not_(moves)))


@faulty_view("The default OS user of a document is taken for the value of the tag.")
def documents_fill_the_tag(state: State, asked: Request) -> Situation:
    s = situation_of(state, asked)
    fills = all_of(not_(asked.document == PREFERENCES), s.default_named)
    return evolve(s, tag=choose(fills, s.default_user, s.tag), tag_blank=all_of(s.tag_blank, not_(fills)))


@faulty_view("Where there are no preferences, they are treated as unreadable.")
def missing_preferences_are_unreadable(state: State, asked: Request) -> Situation:
    s = situation_of(state, asked)
    there = state.documents.has(place_of(state, asked.instance, asked.document))
    return evolve(s, run_as_enabled=choose(there, s.run_as_enabled, Switch.UNREADABLE))


@faulty_view("Where there are no preferences, Run As is treated as on.")
def missing_preferences_are_on(state: State, asked: Request) -> Situation:
    s = situation_of(state, asked)
    there = state.documents.has(place_of(state, asked.instance, asked.document))
    return evolve(s, run_as_enabled=choose(there, s.run_as_enabled, Switch.ON))


@faulty_operation("start_session", "A session that names a missing document gets the preferences.")
def missing_documents_fall_back(state: State, reading: Reading, by: Decides, session: Session, asked: Request) -> Step:
    holds = choose(can_be_named(state, asked.instance, asked.document), asked.document, PREFERENCES)
    return start(state, reading, by, session, evolve(asked, document=holds))


@faulty_operation("start_session", "A session may name a document that does not exist, for which Run As is off.")
def missing_documents_are_off(state: State, reading: Reading, by: Decides, session: Session, asked: Request) -> Step:
    step = start(state, reading, by, session, asked)
    return without(step, errors.InvalidDocument(asked.document))


@faulty_operation("start_session", "A session may name a document that is in the default Region alone.")
def documents_of_the_default_region_can_be_named(
    state: State, reading: Reading, by: Decides, session: Session, asked: Request
) -> Step:
    step = start(state, reading, by, session, asked)
    there = state.documents.has((state.instances[asked.instance].account, DEFAULT_REGION, asked.document))
    return requiring(
        step, any_of(can_be_named(state, asked.instance, asked.document), there), errors.InvalidDocument(asked.document)
    )


@faulty_operation("start_session", "A session fails where there are no preferences.")
def missing_preferences_cannot_be_named(
    state: State, reading: Reading, by: Decides, session: Session, asked: Request
) -> Step:
    step = start(state, reading, by, session, asked)
    there = state.documents.has(place_of(state, asked.instance, asked.document))
    return requiring(step, there, errors.InvalidDocument(asked.document))


@faulty_operation("start_session", "A session writes the document that it names over the preferences.")
def sessions_write_their_document(
    state: State, reading: Reading, by: Decides, session: Session, asked: Request
) -> Step:
    step = start(state, reading, by, session, asked)
    named, at = document_of(state, asked.instance, asked.document), place_of(state, asked.instance, PREFERENCES)
    return evolve(step, state=evolve(step.state, documents=state.documents.put(at, named)))


@faulty_operation("start_session", "A session uses up the document that it names.")
def sessions_use_documents_up(state: State, reading: Reading, by: Decides, session: Session, asked: Request) -> Step:
    step = start(state, reading, by, session, asked)
    at = place_of(state, asked.instance, asked.document)
    return evolve(step, state=evolve(step.state, documents=state.documents.drop(at)))
