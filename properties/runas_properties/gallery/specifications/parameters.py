"""Parameters of session documents that fill something else, or that are declared, asked for and kept otherwise."""

from attrs import evolve

from runas_model.specification import errors
from runas_model.specification.operations import Decides, Step
from runas_model.specification.readings import Reading
from runas_model.specification.state import (
    INITIAL,
    State,
    can_be_named,
    default_of,
    document_of,
    fills,
    has_session_tag,
    place_of,
    situation_of,
)
from runas_model.specification.transitions import Specification
from runas_model.specification.vocabulary import (
    NO_NAME,
    NO_ROLE_SESSION,
    PREFERENCES,
    SSM_USER,
    Account,
    DocumentName,
    Name,
    Region,
    Request,
    Session,
    SessionDocument,
    Situation,
    Switch,
)
from runas_model.universes.connectives import all_of, any_of, choose, is_blank, not_
from runas_model.universes.tables import Table
from runas_properties.gallery.specifications.documents import OTHER
from runas_properties.gallery.specifications.faulty import (
    HAND_MADE,
    FaultySpecification,
    correct,
    faulty_operation,
    faulty_view,
    requiring,
    without,
)
from runas_properties.gallery.specifications.holding import under
from runas_properties.gallery.specifications.starts import start

__all__: list[str] = []


@faulty_view("A parameter fills the tag too, of a caller that has one.")
def parameters_fill_the_tag(state: State, asked: Request) -> Situation:
    s = situation_of(state, asked)
    filled = evolve(s, tag=asked.parameter, tag_blank=is_blank(asked.parameter))
    return choose(fills(state, asked), filled, s)


@faulty_view("A parameter tags a caller that has no tag.")
def parameters_tag_the_untagged(state: State, asked: Request) -> Situation:
    s = situation_of(state, asked)
    tags = all_of(fills(state, asked), not_(s.tagged))
    tagged = evolve(s, tagged=True, tag_key_exact=True, tag=asked.parameter, tag_blank=is_blank(asked.parameter))
    return choose(tags, tagged, s)


@faulty_view("A parameter wins over the tag.")
def parameters_win_over_tags(state: State, asked: Request) -> Situation:
    s = situation_of(state, asked)
    return evolve(s, tagged=all_of(s.tagged, not_(fills(state, asked))))


@faulty_view("A parameter wins over a session tag, after which the tag of the role counts.")
def parameters_win_over_session_tags(state: State, asked: Request) -> Situation:
    wins = all_of(fills(state, asked), has_session_tag(state, asked))
    return situation_of(state, evolve(asked, role_session=choose(wins, NO_ROLE_SESSION, asked.role_session)))


@faulty_view("A parameter is declared, asked for and ignored.")
def parameters_are_ignored(state: State, asked: Request) -> Situation:
    return situation_of(state, evolve(asked, filled=False))


@faulty_view("A parameter counts only where the document names a default OS user.")
def parameters_replace_only_a_default(state: State, asked: Request) -> Situation:
    named = not_(is_blank(document_of(state, asked.instance, asked.document).default_user))
    return situation_of(state, evolve(asked, filled=all_of(asked.filled, named)))


@faulty_view("A parameter counts only where the document names no default OS user.")
def parameters_fill_only_what_is_blank(state: State, asked: Request) -> Situation:
    blank = is_blank(document_of(state, asked.instance, asked.document).default_user)
    return situation_of(state, evolve(asked, filled=all_of(asked.filled, blank)))


@faulty_view("A blank parameter leaves the default OS user that the document names.")
def blank_parameters_leave_the_default(state: State, asked: Request) -> Situation:
    return situation_of(state, evolve(asked, filled=all_of(asked.filled, not_(is_blank(asked.parameter)))))


@faulty_view("A blank parameter is treated as a name.")
def blank_parameters_count(state: State, asked: Request) -> Situation:
    s = situation_of(state, asked)
    return evolve(s, default_named=any_of(s.default_named, fills(state, asked)))


@faulty_view("A parameter that nobody fills names nobody.")
def unfilled_parameters_name_nobody(state: State, asked: Request) -> Situation:
    document = document_of(state, asked.instance, asked.document)
    nobody = choose(document.declares_parameter, NO_NAME, document.default_user)
    return under(state, asked, evolve(document, default_user=nobody))


@faulty_view("A parameter that nobody fills is the default OS user of the preferences.")
def unfilled_parameters_are_of_the_preferences(state: State, asked: Request) -> Situation:
    document = document_of(state, asked.instance, asked.document)
    preferences = document_of(state, asked.instance, PREFERENCES)
    default = choose(document.declares_parameter, preferences.default_user, document.default_user)
    return under(state, asked, evolve(document, default_user=default))


@faulty_view("A parameter that is given turns Run As on.")
def parameters_turn_run_as_on(state: State, asked: Request) -> Situation:
    s = situation_of(state, asked)
    return evolve(s, run_as_enabled=choose(fills(state, asked), Switch.ON, s.run_as_enabled))


@faulty_view("A parameter that names ssm-user turns Run As off.")
def parameters_turn_run_as_off(state: State, asked: Request) -> Situation:
    s = situation_of(state, asked)
    off = all_of(fills(state, asked), default_of(state, asked) == SSM_USER, s.run_as_enabled == Switch.ON)
    return evolve(s, run_as_enabled=choose(off, Switch.OFF, s.run_as_enabled))


@faulty_operation("start_session", "A parameter that the document does not declare is accepted and ignored.")
def undeclared_parameters_are_ignored(
    state: State, reading: Reading, by: Decides, session: Session, asked: Request
) -> Step:
    return without(start(state, reading, by, session, asked), errors.InvalidParameters(asked.document))


@faulty_operation("start_session", "A parameter that the document does not declare names the default OS user.")
def undeclared_parameters_are_filled(
    state: State, reading: Reading, by: Decides, session: Session, asked: Request
) -> Step:
    step = start(state, reading, by, session, asked)
    at = place_of(state, asked.instance, asked.document)
    declaring = evolve(state, documents=state.documents.put(at, evolve(state.documents[at], declares_parameter=True)))
    filled = start(declaring, reading, by, session, asked)
    accepted = without(step, errors.InvalidParameters(asked.document)).requires
    return evolve(filled, requires=accepted, state=evolve(filled.state, documents=state.documents))


@faulty_operation("start_session", "A session of the preferences may give a parameter that another document declares.")
def preferences_take_parameters_of_others(
    state: State, reading: Reading, by: Decides, session: Session, asked: Request
) -> Step:
    step = start(state, reading, by, session, asked)
    other = all_of(asked.document == PREFERENCES, document_of(state, asked.instance, OTHER).declares_parameter)
    taken = any_of(not_(asked.filled), fills(state, asked), other)
    return requiring(step, taken, errors.InvalidParameters(asked.document))


@faulty_operation("start_session", "A blank parameter is taken for none.")
def blank_parameters_are_none(state: State, reading: Reading, by: Decides, session: Session, asked: Request) -> Step:
    filled = all_of(asked.filled, not_(is_blank(asked.parameter)))
    return start(state, reading, by, session, evolve(asked, filled=filled))


@faulty_operation("start_session", "A document that declares a parameter can be named only by those that fill it.")
def parameters_have_to_be_filled(state: State, reading: Reading, by: Decides, session: Session, asked: Request) -> Step:
    step = start(state, reading, by, session, asked)
    declared = document_of(state, asked.instance, asked.document).declares_parameter
    return requiring(step, asked.filled == declared, errors.InvalidParameters(asked.document))


@faulty_operation("start_session", "A missing document is told as a parameter that is not declared.")
def missing_documents_declare_nothing(
    state: State, reading: Reading, by: Decides, session: Session, asked: Request
) -> Step:
    step = start(state, reading, by, session, asked)
    declares = any_of(not_(asked.filled), fills(state, asked))
    there = all_of(can_be_named(state, asked.instance, asked.document), declares)
    told = requiring(step, there, errors.InvalidParameters(asked.document))
    return without(told, errors.InvalidDocument(asked.document))


@faulty_operation("start_session", "A parameter that is not declared is told as a missing document.")
def undeclared_parameters_are_missing_documents(
    state: State, reading: Reading, by: Decides, session: Session, asked: Request
) -> Step:
    step = start(state, reading, by, session, asked)
    declared = any_of(not_(asked.filled), fills(state, asked))
    there = all_of(can_be_named(state, asked.instance, asked.document), declared)
    told = requiring(step, there, errors.InvalidDocument(asked.document))
    return without(told, errors.InvalidParameters(asked.document))


@faulty_operation("start_session", "A principal that fills a parameter may start sessions in another account.")
def parameters_cross_accounts(state: State, reading: Reading, by: Decides, session: Session, asked: Request) -> Step:
    step = start(state, reading, by, session, asked)
    same = state.principals[asked.principal].account == state.instances[asked.instance].account
    return requiring(step, any_of(same, fills(state, asked)), errors.DifferentAccounts(asked.principal, asked.instance))


@faulty_operation("start_session", "A parameter that is given is written into the document.")
def parameters_are_written(state: State, reading: Reading, by: Decides, session: Session, asked: Request) -> Step:
    step = start(state, reading, by, session, asked)
    at = place_of(state, asked.instance, asked.document)
    written = state.documents.put(at, evolve(state.documents[at], default_user=asked.parameter))
    documents = choose(fills(state, asked), written, state.documents)
    return evolve(step, state=evolve(step.state, documents=documents))


@faulty_operation("start_session", "A parameter can be filled once, after which the document declares it no more.")
def parameters_are_used_up(state: State, reading: Reading, by: Decides, session: Session, asked: Request) -> Step:
    step = start(state, reading, by, session, asked)
    at = place_of(state, asked.instance, asked.document)
    written = state.documents.put(at, evolve(state.documents[at], declares_parameter=False))
    documents = choose(fills(state, asked), written, state.documents)
    return evolve(step, state=evolve(step.state, documents=documents))


@faulty_operation("put_document", "Every session document declares a parameter.")
def documents_always_declare(
    state: State, account: Account, document: DocumentName, written: SessionDocument, region: Region
) -> Step:
    return correct("put_document", state, account, document, evolve(written, declares_parameter=True), region)


@faulty_operation("put_document", "No session document declares a parameter.")
def documents_never_declare(
    state: State, account: Account, document: DocumentName, written: SessionDocument, region: Region
) -> Step:
    return correct("put_document", state, account, document, evolve(written, declares_parameter=False), region)


@faulty_operation("put_document", "A session document that is updated declares a parameter as it did before.")
def updated_documents_keep_declaring(
    state: State, account: Account, document: DocumentName, written: SessionDocument, region: Region
) -> Step:
    at = (account, region, document)
    kept = choose(state.documents.has(at), state.documents[at].declares_parameter, written.declares_parameter)
    return correct("put_document", state, account, document, evolve(written, declares_parameter=kept), region)


@faulty_operation("put_document", "A session document that is updated declares no parameter.")
def updated_documents_forget_to_declare(
    state: State, account: Account, document: DocumentName, written: SessionDocument, region: Region
) -> Step:
    new = all_of(written.declares_parameter, not_(state.documents.has((account, region, document))))
    return correct("put_document", state, account, document, evolve(written, declares_parameter=new), region)


@faulty_operation("put_document", "A session document that declares a parameter is written without a default OS user.")
def declaring_documents_name_nobody(
    state: State, account: Account, document: DocumentName, written: SessionDocument, region: Region
) -> Step:
    named = choose(written.declares_parameter, NO_NAME, written.default_user)
    return correct("put_document", state, account, document, evolve(written, default_user=named), region)


@faulty_operation("put_document", "The preferences cannot declare a parameter.")
def preferences_cannot_declare(
    state: State, account: Account, document: DocumentName, written: SessionDocument, region: Region
) -> Step:
    step = correct("put_document", state, account, document, written, region)
    allowed = not_(all_of(document == PREFERENCES, written.declares_parameter))
    return evolve(step, requires=[(allowed, errors.InvalidParameters(document))])


@faulty_operation("update_preferences", "Preferences that are set declare a parameter as they did before.")
def preferences_keep_declaring(
    state: State, account: Account, run_as_enabled: Switch, default_user: Name, region: Region
) -> Step:
    kept = state.documents[account, region, PREFERENCES].declares_parameter
    written = SessionDocument(run_as_enabled, default_user, kept)
    return correct("put_document", state, account, PREFERENCES, written, region)


HAND_MADE.append(
    FaultySpecification(
        "documents-that-are-missing-declare-a-parameter",
        "A session document that is not there declares a parameter.",
        Specification(initial=evolve(INITIAL, documents=Table(SessionDocument(Switch.OFF, NO_NAME, True)))),
    )
)
