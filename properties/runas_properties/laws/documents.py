"""Laws of session documents: which one holds for a session, and what a document can and cannot do."""

from attrs import evolve

from runas_model.specification.readings import Reading
from runas_model.specification.rulebook import names_by_tag, run_as_applies, run_as_covers
from runas_model.specification.state import State, can_be_named, document_of, fills, has_session_tag
from runas_model.specification.transitions import Specification, Transition
from runas_model.specification.vocabulary import (
    PREFERENCES,
    RUN_AS_TAG,
    SSM_USER,
    Name,
    Request,
    Switch,
)
from runas_model.universes.connectives import all_of, folded, is_blank, not_, spelled
from runas_properties.laws.law import Claim, comparison_law, step_law
from runas_properties.laws.objections import gives_what_is_not_declared
from runas_properties.laws.parts import acts_in_region_of, in_one_account, is_about, same

__all__: list[str] = []


@comparison_law(
    "no-document-moves-a-tagged-caller",
    ("C3", "C7", "D6", "D7"),
    "the session runs as the OS user that the Run As tag of the principal names, whichever document it names and "
    "whatever parameter it gives",
)
def no_document_moves_a_tagged_caller(by: Specification, state: State, r: Reading, asked: Request) -> Claim:
    s, at = by.situation_of(state, asked), (asked.principal, folded(RUN_AS_TAG))
    d, tag = by.decide(s, r), state.tags[at]
    counts = all_of(
        not_(has_session_tag(state, asked)),
        state.tags.has(at),
        tag.spelling == spelled(RUN_AS_TAG),
        not_(is_blank(tag.value)),
    )
    return Claim(all_of(counts, run_as_applies(s, r), d.starts), d.os_user == tag.value)


@comparison_law("a-document-with-run-as-never-yields-ssm-user", ("C12", "D6"))
def a_document_with_run_as_never_yields_ssm_user(by: Specification, state: State, r: Reading, asked: Request) -> Claim:
    s = by.situation_of(state, asked)
    on = document_of(state, asked.instance, asked.document).run_as_enabled == Switch.ON
    return Claim(all_of(on, run_as_covers(s, r)), not_(by.decide(s, r).os_user == SSM_USER))


@comparison_law(
    "a-document-without-run-as-starts-ssm-user",
    ("C1", "D6"),
    "a session that may be requested with it starts as ssm-user, whatever the preferences say",
)
def a_document_without_run_as_starts_ssm_user(by: Specification, state: State, r: Reading, asked: Request) -> Claim:
    d = by.decide(by.situation_of(state, asked), r)
    return Claim(
        document_of(state, asked.instance, asked.document).run_as_enabled == Switch.OFF,
        all_of(d.starts, d.os_user == SSM_USER),
    )


@comparison_law(
    "without-preferences-run-as-is-off",
    ("C1", "D5"),
    "a session that names no other document and gives no parameter starts as ssm-user",
)
def without_preferences_run_as_is_off(by: Specification, state: State, r: Reading, asked: Request) -> Claim:
    machine = state.instances[asked.instance]
    d = by.decide(by.situation_of(state, asked), r)
    missing = not_(state.documents.has((machine.account, machine.region, PREFERENCES)))
    return Claim(all_of(asked.document == PREFERENCES, missing), all_of(d.starts, d.os_user == SSM_USER))


@comparison_law("an-unreadable-document-starts-nobody", ("D6", "D12"))
def an_unreadable_document_starts_nobody(by: Specification, state: State, r: Reading, asked: Request) -> Claim:
    d = by.decide(by.situation_of(state, asked), r)
    return Claim(document_of(state, asked.instance, asked.document).run_as_enabled == Switch.UNREADABLE, not_(d.starts))


@step_law("a-missing-document-starts-nobody", ("D6",), "no session is started")
def a_missing_document_starts_nobody(t: Transition) -> Claim:
    if not t.decides:
        return Claim(False, False)
    return Claim(not_(can_be_named(t.before, t.arguments["instance"], t.arguments["document"])), not_(t.starts()))


@step_law(
    "other-documents-do-not-matter",
    ("D6",),
    "the operation makes no difference to the outcome for a session that names this document",
)
def other_documents_do_not_matter(t: Transition, asked: Request) -> Claim:
    if t.takes("instance") or not t.takes("region"):
        return Claim(False, False)
    before, after = (t.specification.situation_of(state, asked) for state in (t.before, t.after))
    return Claim(
        not_(is_about(t, asked.document)),
        same(t.specification.decide(before, t.reading), t.specification.decide(after, t.reading)),
    )


@step_law(
    "regions-are-isolated",
    ("D5",),
    "the operation makes no difference to the outcome for the principal on the instance",
)
def regions_are_isolated(t: Transition, asked: Request) -> Claim:
    before, after = (t.specification.situation_of(state, asked) for state in (t.before, t.after))
    return Claim(
        all_of(in_one_account(t.before, asked.principal, asked.instance), not_(acts_in_region_of(t, asked.instance))),
        same(t.specification.decide(before, t.reading), t.specification.decide(after, t.reading)),
    )


@comparison_law(
    "a-parameter-names-the-default",
    ("C10", "D7"),
    "the session runs as the OS user that the parameter names",
)
def a_parameter_names_the_default(by: Specification, state: State, r: Reading, asked: Request) -> Claim:
    s = by.situation_of(state, asked)
    d = by.decide(s, r)
    return Claim(
        all_of(fills(state, asked), run_as_applies(s, r), not_(names_by_tag(s, r)), d.starts),
        d.os_user == asked.parameter,
    )


@comparison_law(
    "a-parameter-that-nobody-fills-is-the-default",
    ("C5", "C10", "D7"),
    "the session runs as the OS user that the document names",
)
def a_parameter_that_nobody_fills_is_the_default(by: Specification, state: State, r: Reading, asked: Request) -> Claim:
    s, document = by.situation_of(state, asked), document_of(state, asked.instance, asked.document)
    d = by.decide(s, r)
    return Claim(
        all_of(not_(fills(state, asked)), run_as_applies(s, r), not_(names_by_tag(s, r)), d.starts),
        d.os_user == document.default_user,
    )


@comparison_law(
    "a-parameter-never-fills-the-tag",
    ("C9", "D7"),
    "the outcome is the same whatever parameter that the document declares is given, and with none",
)
def a_parameter_never_fills_the_tag(by: Specification, state: State, r: Reading, asked: Request, other: Name) -> Claim:
    s = by.situation_of(state, asked)
    instead = [evolve(asked, filled=True, parameter=other), evolve(asked, filled=False)]
    outcomes = [by.decide(by.situation_of(state, one), r) for one in instead]
    return Claim(names_by_tag(s, r), all_of(*(same(by.decide(s, r), one) for one in outcomes)))


@step_law("an-undeclared-parameter-starts-nobody", ("D7",), "no session is started")
def an_undeclared_parameter_starts_nobody(t: Transition) -> Claim:
    if not t.decides:
        return Claim(False, False)
    return Claim(gives_what_is_not_declared(t.before, t.asked), not_(t.starts()))
